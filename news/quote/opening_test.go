package quote

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestFindBehindOpenings(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"dateline", "VARNMOUTH, Dec. 8 (HNS) — The harbour board rejected the plan, calling it “a costly mistake.”", []string{
			"direct | The harbour board | calling | a costly mistake.",
		}},
		{"clause before the main one", "When Orwick left the hall, Tom Reed gave this answer: “Nobody will pay for it.”", []string{
			"direct | Tom Reed | - | Nobody will pay for it.",
		}},
		{"participle that opens", "Conceding that the bridge would close “for a while,” Tom Reed warned of delays.", []string{
			"mixed | Tom Reed | Conceding | that the bridge would close “for a while,”",
		}},
		{"participle behind a thing", "The board sent out a letter to its members asking them to “wait and see.”", []string{
			"direct | The board | asking | wait and see.",
		}},
		{"infinitive", "The letter reached him on Monday. Tom Reed went on to say, “We are not leaving the island.”", []string{
			"direct | Tom Reed | say | We are not leaving the island.",
		}},
		{"a time, then who spoke", "The vote came three days after Tom Reed told the Post he was “not ready to go.”", []string{
			"mixed | Tom Reed | told | he was “not ready to go.”",
		}},
		{"the one who asks", "Reed was asked by the host Ida Brenner, “Why did you not come to the bridge?”", []string{
			"direct | Ida Brenner (host) | asked | Why did you not come to the bridge?",
		}},
		{"nouns that look like verbs", "Ida Brenner, who won in a dozen states, dismissed Reed’s claims as “a very old song.”", []string{
			"direct | Ida Brenner | dismissed | a very old song.",
		}},
		{"a name that looks like a verb", "The toll on the bridge, Mary Will said, would rise again.", []string{
			"indirect | Mary Will | said | The toll on the bridge",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Find(&news.Article{Text: tt.text, Lang: "en"})
			if diff := cmp.Diff(tt.want, lines(got)); diff != "" {
				t.Errorf("Find(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}
