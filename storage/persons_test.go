package storage

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"herald/news"
)

func TestNameWords(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"Ines Okoro", "ines okoro"},
		{"  INES\tOkoro. ", "ines okoro"},
		{"Jörg Müller-Stein", "jorg muller stein"},
		{"Jean O’Neil", "jean oneil"},
		{"Jean O'Neil", "jean oneil"},
		{"Łucja Đorđe Ærø", "lucja dorde aero"},
		{"Анна Йорданова", "анна иорданова"},
		{"田中 太郎", "田中 太郎"},
		{"A\xffB\x00C", "a b c"},
		{"!?", ""},
	} {
		if diff := cmp.Diff(test.want, strings.Join(nameWords(test.name), " ")); diff != "" {
			t.Errorf("%q: %s", test.name, diff)
		}
	}
}

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"Ines Okoro": true, "van der Berg": true, "田中": true, "he": false, "the minister": false, "1st": false, "": false,
		"A" + strings.Repeat("b", maxNameLength): false,
	} {
		if got := isName(name); got != want {
			t.Errorf("%q: got %t, want %t", name, got, want)
		}
	}
}

// TestSoundKey holds which names are one, and which are not.
func TestSoundKey(t *testing.T) {
	for _, same := range [][]string{
		{"Jens Stormberg", "Йенс Стормберг", "JENS STORMBERG"},
		{"Dmytro Rubela", "Dmytro Roubela", "Dmitri Rubela", "Дмитрий Рубела", "Дмитро Рубела"},
		{"Vladimir Lutin", "Vladimir Loutine", "Wladimir Lutin", "Владимир Лутин"},
		{"Sergey Lavrin", "Sergei Lavrin", "Sergej Lawrin", "Сергей Лаврин", "Serguei Lavrin"},
		{"Zinaida Krutikh", "Зинаида Павловна Крутых", "Zinaida P. Krutykh"},
		{"the Citadel", "The Citadel", "Citadel"},
		{"Jörg Müller", "Jorg Muller"},
	} {
		for _, name := range same[1:] {
			if got, want := soundKey(nameWords(name)), soundKey(nameWords(same[0])); got != want {
				t.Errorf("%q sounds %q, %q sounds %q", name, got, same[0], want)
			}
		}
	}
	for _, apart := range [][2]string{
		{"Paul Okoro", "Paula Okoro"},
		{"Mario Rossi", "Maria Rossi"},
		{"Jan Miller", "Ian Miller"},
		{"Ines Okoro", "Ines Okor"},
		{"Martin Kern", "Martine Kern"},
		{"Anna Громов", "Анна Громова"},
		{"John Smith", "Jon Smith"},
	} {
		if got := soundKey(nameWords(apart[0])); got == soundKey(nameWords(apart[1])) {
			t.Errorf("%q and %q both sound %q", apart[0], apart[1], got)
		}
	}
}

// TestSurnameAlone: a surname stands for the person who is known by it, whichever comes first, and never for one of two.
func TestSurnameAlone(t *testing.T) {
	type report struct {
		day, story int // 0: a story of its own
		name       string
	}
	for _, test := range []struct {
		name    string
		reports []report
		want    []news.Person
	}{
		{"after the full name", []report{{0, 0, "Jens Stormberg"}, {1, 0, "Stormberg"}}, []news.Person{{Name: "Jens Stormberg", Quotes: 2}}},
		{"before it", []report{{0, 0, "Stormberg"}, {1, 0, "Jens Stormberg"}}, []news.Person{{Name: "Jens Stormberg", Quotes: 2}}},
		{"in another alphabet", []report{{0, 0, "Jens Stormberg"}, {0, 0, "Стормберг"}}, []news.Person{{Name: "Jens Stormberg", Quotes: 2}}},
		{"long after", []report{{0, 0, "Jens Stormberg"}, {40, 0, "Stormberg"}}, []news.Person{{Name: "Jens Stormberg", Quotes: 1}, {Name: "Stormberg", Quotes: 1}}},
		{"of two", []report{{0, 0, "Ines Okoro"}, {0, 0, "Paul Okoro"}, {1, 0, "Okoro"}}, []news.Person{{Name: "Ines Okoro", Quotes: 1}, {Name: "Okoro", Quotes: 1}, {Name: "Paul Okoro", Quotes: 1}}},
		{"of two, in the story of one", []report{{0, 1, "Ines Okoro"}, {0, 0, "Paul Okoro"}, {1, 1, "Okoro"}}, []news.Person{{Name: "Ines Okoro", Quotes: 2}, {Name: "Paul Okoro", Quotes: 1}}},
		{"of two in one story", []report{{0, 1, "Ines Okoro"}, {0, 1, "Paul Okoro"}, {1, 1, "Okoro"}}, []news.Person{{Name: "Ines Okoro", Quotes: 1}, {Name: "Okoro", Quotes: 1}, {Name: "Paul Okoro", Quotes: 1}}},
		{"a city", []report{{0, 0, "Lindau"}, {0, 0, "Lindau"}, {0, 0, "Lindau"}, {0, 0, "Lindau"}, {0, 0, "Lindau"}, {1, 0, "Max Lindau"}, {1, 0, "Lindau"}}, []news.Person{{Name: "Lindau", Quotes: 6}, {Name: "Max Lindau", Quotes: 1}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := openTest(t)
			feed := addFeed(t, db, "north")
			stories := map[int]int64{}
			for i, r := range test.reports {
				a := said(feed, r.day*24*60+i, fmt.Sprint("Report ", i), r.name)
				a.StoryID = stories[r.story]
				save(t, db, a)
				if r.story > 0 {
					stories[r.story] = a.StoryID
				}
			}
			got := must(db.People(context.Background(), news.Place{}, time.Time{}, 9))(t)
			if diff := cmp.Diff(test.want, got, cmpopts.SortSlices(func(a, b news.Person) bool { return a.Name < b.Name })); diff != "" {
				t.Error(diff)
			}
			surname := test.reports[0].name[strings.LastIndexByte(test.reports[0].name, ' ')+1:]
			found, _, err := db.Quotations(context.Background(), QuoteQuery{Person: surname, Limit: 50})
			ok(t, err)
			if len(found) != len(test.reports) {
				t.Errorf("%q has %d quotes, want %d", surname, len(found), len(test.reports))
			}
		})
	}
}

// TestSameWords: the same words of one speaker are one quotation with all its sources, on every page.
func TestSameWords(t *testing.T) {
	db := openTest(t)
	const long, short = "The bridge will stay closed until the end of May", "bridge will stay closed until the end"
	tell := func(feed int64, minutes int, text, name string) {
		a := article(feed, minutes, fmt.Sprint("Report ", minutes))
		a.Text, a.Source = text, fmt.Sprint("Paper ", feed)
		a.Summary, a.Asides = nil, nil
		a.Quotes = []news.Quote{{Kind: news.Direct, Text: text, Span: news.Span{End: len(text)}, Speaker: &news.Speaker{Name: name}}}
		save(t, db, a)
	}
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	tell(north, 0, long, "Ines Okoro")
	tell(south, 1, short, "Okoro")
	tell(south, 2, "“"+long+".”", "Ines Okoro")
	tell(north, 3, long, "Paul Reston")
	tell(north, 4, "No, never.", "Ines Okoro")
	tell(north, 5, "No, never.", "Ines Okoro")
	for i := range 40 {
		tell(north, 6+i, "Nobody has told us anything about the bridge", "Lena Brandt")
	}
	for _, test := range []struct {
		name string
		q    QuoteQuery
		want []string
		more bool
	}{
		{"person", QuoteQuery{Person: "Okoro"}, []string{"No, never. [Paper 1]", "No, never. [Paper 1]", "“" + long + ".” [Paper 2 Paper 1]"}, false},
		{"second page", QuoteQuery{Person: "Okoro", Offset: 1, Limit: 1}, []string{"No, never. [Paper 1]"}, true},
		{"newest", QuoteQuery{Limit: 2}, []string{"Nobody has told us anything about the bridge [Paper 1]", "No, never. [Paper 1]"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, more, err := db.Quotations(context.Background(), test.q)
			ok(t, err)
			var got []string
			for _, q := range list {
				sources := []string{q.Article.Source}
				for _, a := range q.Also {
					sources = append(sources, a.Source)
				}
				got = append(got, fmt.Sprint(q.Text, " ", sources))
			}
			if diff := cmp.Diff(test.want, got); diff != "" || more != test.more {
				t.Errorf("more: %t\n%s", more, diff)
			}
		})
	}
}
