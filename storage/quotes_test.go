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

// said is an article in which these persons say its words in turn.
func said(feed int64, minutes int, title string, names ...string) *news.Article {
	a := article(feed, minutes, title)
	for i, name := range names {
		s := news.Span{Start: i, End: i + 3}
		a.Quotes = append(a.Quotes, news.Quote{
			Kind: news.Direct, Text: s.In(a.Text), Span: s,
			Speaker: &news.Speaker{Mention: a.Text[:2], Span: news.Span{End: 2}, Name: name},
		})
	}
	return a
}

func TestQuotationsOfPerson(t *testing.T) {
	db := openTest(t)
	feed := addFeed(t, db, "north")
	for i, names := range [][]string{
		{"Jörg Müller-Stein", "Ines Okoro"},
		{"Paul Okoro"},
		{"Søren Ærø", "Jean O’Neil"},
		{"田中 太郎"},
		{"the minister", "he"},
		{"Ministry of Water"},
		{"Ines Okoro"},
		{"Анна Йорданова"},
	} {
		save(t, db, said(feed, i, fmt.Sprint("Report ", i), names...))
	}
	for _, test := range []struct {
		person string
		want   []string
	}{
		{"Ines Okoro", []string{"Report 6 Ines Okoro", "Report 0 Ines Okoro"}},
		{"okoro", []string{"Report 6 Ines Okoro", "Report 1 Paul Okoro", "Report 0 Ines Okoro"}},
		{"OKORO  ines", []string{"Report 6 Ines Okoro", "Report 0 Ines Okoro"}},
		{"okoro okoro", []string{"Report 6 Ines Okoro", "Report 1 Paul Okoro", "Report 0 Ines Okoro"}},
		{"jorg muller stein", []string{"Report 0 Jörg Müller-Stein"}},
		{"Müller", []string{"Report 0 Jörg Müller-Stein"}},
		{"soren aero", []string{"Report 2 Søren Ærø"}},
		{"O'Neil", []string{"Report 2 Jean O’Neil"}},
		{"田中", []string{"Report 3 田中 太郎"}},
		{"иорданова", []string{"Report 7 Анна Йорданова"}},
		{"ministry", []string{"Report 5 Ministry of Water"}},
		{"minister", nil}, // a description is nobody's name
		{"he", nil},
		{"Okor", nil},
		{"Ines Brandt", nil},
		{"!?", nil},
		{strings.Repeat("Okoro ", 100), nil},
	} {
		t.Run(test.person, func(t *testing.T) {
			quotes, more, err := db.Quotations(context.Background(), QuoteQuery{Person: test.person})
			ok(t, err)
			var got []string
			for _, q := range quotes {
				got = append(got, q.Article.Title+" "+q.Speaker.Name)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || more {
				t.Errorf("more: %t\n%s", more, diff)
			}
		})
	}
}

func TestQuotationsOfArticleAndStory(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	a := fullArticle(addFeed(t, db, "north"))
	save(t, db, a)
	b := said(a.FeedID, 5, "Harbour reopens", "Ines Okoro")
	b.StoryID = a.StoryID
	save(t, db, b)
	save(t, db, said(a.FeedID, 6, "Else", "Paul Okoro"))
	light := func(x *news.Article) news.Article {
		l := *x
		l.Text, l.Asides, l.Summary, l.Quotes = "", nil, nil, nil
		return l
	}
	var want []news.Quotation
	for _, x := range []*news.Article{b, a} {
		for _, q := range x.Quotes {
			person := int64(0)
			if q.Speaker != nil && q.Speaker.Name == "Ines Okoro" {
				person = 1
			}
			want = append(want, news.Quotation{Quote: q, Person: person, Article: light(x)})
		}
	}
	got, more, err := db.Quotations(ctx, QuoteQuery{StoryID: a.StoryID, Indirect: true})
	ok(t, err)
	if diff := cmp.Diff(want, got); diff != "" || more {
		t.Errorf("story; more: %t\n%s", more, diff)
	}
	got, more, err = db.Quotations(ctx, QuoteQuery{ArticleID: a.ID, Indirect: true, Offset: 1, Limit: 1})
	ok(t, err)
	if diff := cmp.Diff(want[2:3], got); diff != "" || !more {
		t.Errorf("second of the article; more: %t\n%s", more, diff)
	}
}

func TestPeople(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	day := 24 * 60
	save(t, db, said(feed, 0, "Monday", "Ines Okoro", "Ines Okoro", "INES OKORO", "the minister"))
	save(t, db, said(feed, 2*day, "Wednesday", "Paul Okoro", "Lena Brandt", "Paul Okoro"))
	save(t, db, said(feed, 3*day, "Thursday", "Lena Brandt", "Lena Brandt"))
	for _, test := range []struct {
		name  string
		since time.Time
		limit int
		want  []news.Person
	}{
		{"ever", time.Time{}, 5, []news.Person{{Name: "Ines Okoro", Quotes: 3}, {Name: "Lena Brandt", Quotes: 3}, {Name: "Paul Okoro", Quotes: 2}}},
		{"since Tuesday", start.AddDate(0, 0, 1), 5, []news.Person{{Name: "Lena Brandt", Quotes: 3}, {Name: "Paul Okoro", Quotes: 2}}},
		{"since Thursday night", start.AddDate(0, 0, 3).Add(9 * time.Hour), 5, []news.Person{{Name: "Lena Brandt", Quotes: 2}}},
		{"the first", time.Time{}, 1, []news.Person{{Name: "Ines Okoro", Quotes: 3}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, must(db.People(ctx, news.Place{}, test.since, test.limit))(t),
				cmpopts.SortSlices(func(a, b news.Person) bool { return a.Name < b.Name })); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzPerson: no name is an error, neither as a question nor as an answer.
func FuzzPerson(f *testing.F) {
	for _, s := range []string{"", "Ines Okoro", "\x00", "\xff", "'", "%", "田", "\u0300A", strings.Repeat("A", 5000), "ß", "İ", "Dž"} {
		f.Add(s)
	}
	db := openTest(f)
	feed := addFeed(f, db, "north")
	n := 0
	f.Fuzz(func(t *testing.T, name string) {
		n++
		a := said(feed, 0, "Report", name)
		a.Identity = fmt.Sprint(n)
		save(t, db, a)
		if got := must(db.Article(context.Background(), a.ID))(t); got.Quotes[0].Speaker.Name != name {
			t.Errorf("got %q, want %q", got.Quotes[0].Speaker.Name, name)
		}
		found, _, err := db.Quotations(context.Background(), QuoteQuery{Person: name, Limit: 1})
		ok(t, err)
		words := nameWords(name)
		if findable := len(words) > 0 && len(words) <= maxNameWords && isName(name); findable && len(found) == 0 {
			t.Errorf("%q is not found by its own name", name)
		}
	})
}

// TestIndirectQuotes: what is reported without marks is in no list, and counts for nobody, but for the story that is asked for it.
func TestIndirectQuotes(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	loud := said(feed, 0, "Loud", "Ines Okoro", "Ines Okoro")
	loud.Quotes[1].Kind = news.Mixed
	save(t, db, loud)
	for i := range 8 {
		quiet := said(feed, i+1, fmt.Sprint("Quiet ", i), "Ines Okoro", "Paul Okoro")
		quiet.Quotes[0].Kind, quiet.Quotes[1].Kind = news.Indirect, news.Indirect
		quiet.StoryID = loud.StoryID
		save(t, db, quiet)
	}
	for _, test := range []struct {
		name string
		q    QuoteQuery
		want int
	}{
		{"newest", QuoteQuery{}, 2},
		{"first page of the newest", QuoteQuery{Limit: 2}, 2},
		{"person", QuoteQuery{Person: "Ines Okoro"}, 2},
		{"only reported", QuoteQuery{Person: "Paul Okoro"}, 0},
		{"story", QuoteQuery{StoryID: loud.StoryID, Limit: 50}, 2},
		{"story with all", QuoteQuery{StoryID: loud.StoryID, Indirect: true, Limit: 50}, 18},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, more, err := db.Quotations(ctx, test.q)
			ok(t, err)
			if len(got) != test.want || more {
				t.Errorf("got %d, more: %t; want %d", len(got), more, test.want)
			}
		})
	}
	if diff := cmp.Diff([]news.Person{{Name: "Ines Okoro", Quotes: 2}}, must(db.People(ctx, news.Place{}, time.Time{}, 5))(t)); diff != "" {
		t.Error(diff)
	}
}
