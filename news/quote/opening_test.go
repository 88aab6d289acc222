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
		{"a time, then who spoke", "The vote came three days after Tom Reed told the Lantern he was “not ready to go.”", []string{
			"mixed | Tom Reed | told | he was “not ready to go.”",
		}},
		{"the one who asks", "Reed was asked by the host Ida Brenner, “Why did you not come to the bridge?”", []string{
			"direct | Ida Brenner (host) | asked | Why did you not come to the bridge?",
		}},
		{"nouns that look like verbs", "Ida Brenner, who won in a dozen states, dismissed Reed’s claims as “a very old song.”", []string{
			"direct | Ida Brenner | dismissed | a very old song.",
		}},
		{"named behind the last of several paragraphs", "The board met on Monday.\n\n“The bridge is old and it is tired.\n\n“It needs new piers,” Tom Reed said.", []string{
			"direct | Tom Reed | said | The bridge is old and it is tired.", "direct | Tom Reed | said | It needs new piers",
		}},
		{"a signature", "What readers say. “The bridge is a bad joke.” — Ida Brenner\n\n“Give us a ferry.” — Tom Reed", []string{
			"direct | Ida Brenner | - | The bridge is a bad joke.", "direct | Tom Reed | - | Give us a ferry.",
		}},
		{"a name before the colon", "POLLS DISAGREE - Ida Brenner: “The count took nine days.”", []string{
			"direct | Ida Brenner | - | The count took nine days.",
		}},
		{"a sentence that only says who spoke", "“Nobody will pay for the bridge.” Tom Reed said.", []string{
			"direct | Tom Reed | said | Nobody will pay for the bridge.",
		}},
		{"a question and whom it is put to", "“Did you know that it was closed?” Ida Brenner asked the old ferryman.", []string{
			"direct | Ida Brenner | asked | Did you know that it was closed?",
		}},
		{"a word that stands for people", "Another wrote, “Give us back the ferry.”", []string{
			"direct | Another | wrote | Give us back the ferry.",
		}},
		{"adverb behind a description", "Tom Reed, the chief of the harbour board, angrily told the council that it was late.", []string{
			"indirect | Tom Reed (chief of the harbour board) | told | that it was late",
		}},
		{"a remark between dashes", "On Friday, Brenner — praised by many as a hero — told the board that it was late.", []string{
			"indirect | Brenner | told | that it was late",
		}},
		{"a name that looks like a verb", "The toll on the bridge, Mary Will said, would rise again.", []string{
			"indirect | Mary Will | said | The toll on the bridge", "indirect | Mary Will | said | would rise again",
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
