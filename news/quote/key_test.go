package quote

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

// saidBy is a direct quotation with a cue of its own.
func saidBy(name, text string) news.Quote {
	return news.Quote{Kind: news.Direct, Text: text, Speaker: &news.Speaker{Name: name}, Cue: &news.Cue{Text: "said", Span: news.Span{Start: len(text)}}}
}

func TestKey(t *testing.T) {
	mixed := func(text string) news.Quote {
		q := saidBy("Ida Brenner", text)
		q.Kind = news.Mixed
		return q
	}
	fourth := saidBy("Lena Orwick", "The harbour needs four million crowns before the winter")
	for _, tt := range []struct {
		name   string
		quotes []news.Quote
		n      int
		want   []int
	}{
		{"none wanted", []news.Quote{fourth}, 0, nil},
		{"the one that says most", []news.Quote{saidBy("Lena Orwick", "It is late but it is here and we are glad"), fourth}, 1, []int{1}},
		{"other speakers first", []news.Quote{
			fourth, saidBy("Lena Orwick", "Without repairs the northern quay collapses within eighteen months"), saidBy("Paul Reston", "The plan is dead and nobody will miss it"),
		}, 2, []int{1, 2}},
		{"one speaker where there is no other", []news.Quote{fourth, saidBy("Lena Orwick", "Nobody in this town will have to pay for it twice")}, 2, []int{0, 1}},
		{"what goes on", []news.Quote{fourth, {Kind: news.Direct, Text: "It does not have them. We have asked for years.", Speaker: fourth.Speaker, Cue: fourth.Cue}}, 2, []int{0}},
		{"a fragment", []news.Quote{saidBy("Lena Orwick", "a pretty strong word"), saidBy("Paul Reston", "so-called “experts”")}, 2, nil},
		{"too long to read", []news.Quote{saidBy("Paul Reston", strings.Repeat("word ", keyLimit+1))}, 2, nil},
		{"a part of a sentence only where there is no whole one", []news.Quote{
			saidBy("Lena Orwick", "the possible conclusion of a comprehensive harbour partnership agreement"), saidBy("Lena Orwick", "We shall sign it on Monday, whatever the neighbours say"),
		}, 1, []int{1}},
		{"reported", []news.Quote{{Kind: news.Indirect, Text: "that all of it was a lie from the start", Speaker: &news.Speaker{Name: "Ida Brenner"}}}, 2, nil},
		{"nobody known", []news.Quote{{Kind: news.Direct, Text: fourth.Text}, saidBy("", fourth.Text)}, 2, nil},
		{"mostly in marks", []news.Quote{mixed("The visit “shows how far the harbour board now depends on the goodwill of two shipping companies”")}, 2, []int{0}},
		{"hardly in marks", []news.Quote{mixed("that the harbour board “firmly supports” the two companies and has thanked them for it")}, 2, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := make([]news.Quote, 0)
			for _, i := range tt.want {
				want = append(want, tt.quotes[i])
			}
			if diff := cmp.Diff(want, Key(tt.quotes, tt.n)); diff != "" {
				t.Errorf("Key (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVoices(t *testing.T) {
	list := func(quotes ...news.Quote) []news.Quotation {
		var all []news.Quotation
		for _, q := range quotes {
			all = append(all, news.Quotation{Quote: q})
		}
		return all
	}
	plan, dead, late := saidBy("Lena Orwick", "The harbour needs four million crowns before the winter"),
		saidBy("Paul Reston", "The plan is dead and nobody will miss it"), saidBy("Paul Reston", "Too late, too late")
	merged := list(dead, plan, saidBy("Reston", "Nobody asked the fishermen of the northern quay"))
	merged[0].Person, merged[2].Person = 7, 7
	for _, tt := range []struct {
		name string
		all  []news.Quotation
		want []string
	}{
		{"nothing", nil, nil},
		{"each once, who says most first", list(plan, late, dead), []string{dead.Text, plan.Text}},
		{"nobody known is left out", list(saidBy("", "What we saw that night was a miracle"), plan), []string{plan.Text}},
		{"unless nobody is", list(saidBy("", "No"), saidBy("", "What we saw that night was a miracle")), []string{"No"}},
		{"one person of two names", merged, []string{merged[2].Text, plan.Text}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, q := range Voices(tt.all) {
				got = append(got, q.Text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Voices (-want +got):\n%s", diff)
			}
		})
	}
}
