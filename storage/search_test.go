package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

// library is a database to search in.
func library(t testing.TB) *DB {
	db := openTest(t)
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	subscribe(t, db, news.Place{Chat: 7}, south)
	for i, x := range []struct {
		feed        int64
		title, text string
	}{
		{north, "Storm over Lindau", "The storm took roofs in Lindau and the Café Brüllow."},
		{north, "Calm over Lindau", "No storm today. Roofs are mended AND paid for."},
		{south, "Taxes rise", "The council of Oberwald raised taxes, NOT fees. It's 5% more."},
		{south, "東京で地震", "東京都で大きな地震がありました。"},
		{south, "Буря в Линдау", "Буря сорвала крыши. Мэр говорил о ёлке."},
		{north, "น้ำท่วมใหญ่", "น้ำท่วมใหญ่ในเมือง"},
	} {
		a := article(x.feed, i, x.title)
		a.Text = x.text
		save(t, db, a)
	}
	return db
}

func TestSearch(t *testing.T) {
	db := library(t)
	const stormy, calm, taxes, quake, russian, flood = "Storm over Lindau", "Calm over Lindau", "Taxes rise", "東京で地震", "Буря в Линдау", "น้ำท่วมใหญ่"
	for _, test := range []struct {
		words string
		want  []string
	}{
		{"storm", []string{calm, stormy}},
		{"STORM lindau", []string{calm, stormy}},
		{"storm -mended", []string{stormy}},
		{`"over lindau"`, []string{calm, stormy}},
		{`"lindau over"`, nil},
		{`“storm took”`, []string{stormy}},
		{`«storm took»`, []string{stormy}},
		{`„storm took“`, []string{stormy}},
		{`"storm took`, []string{stormy}},
		{`storm -"took roofs"`, []string{calm}},
		{`roofs-mended`, nil},
		{"cafe brullow", []string{stormy}},
		{"and", []string{calm, stormy}},
		{"AND", []string{calm, stormy}},
		{"not", []string{taxes}},
		{"it's", []string{taxes}},
		{"storm OR taxes", nil},
		{"title:storm", nil},
		{"stor*", nil},
		{"any", nil},
		{"tag:1", nil},
		{"буря", []string{russian}},
		{"地震", []string{quake}},
		{"京東", nil},
		{"น้ำท่วม", []string{flood}},
		{"source", []string{flood, russian, quake, taxes, calm}}, // the publisher is searched too
		{"-storm -source", []string{}},
		{"-storm", []string{flood, russian, quake, taxes}},
		{"-storm -taxes", []string{flood, russian, quake}},
		{"", []string{flood, russian, quake, taxes, calm}},
		{" - \"\" !? -- ", []string{flood, russian, quake, taxes, calm}},
		{"storm !!", []string{calm, stormy}},
	} {
		t.Run(test.words, func(t *testing.T) {
			got, _, err := db.Search(context.Background(), Query{Words: test.words})
			ok(t, err)
			if diff := cmp.Diff(test.want, titles(got), equalEmpty); diff != "" {
				t.Error(diff)
			}
			same, _, err := db.Latest(context.Background(), Query{Words: test.words})
			ok(t, err)
			if diff := cmp.Diff(got, same); diff != "" {
				t.Errorf("Latest differs: %s", diff)
			}
		})
	}
}

// equalEmpty makes no difference between no list and an empty one.
var equalEmpty = cmp.Transformer("emptyIsNil", func(s []string) string { return strings.Join(s, "\n") })

func TestSearchNarrowed(t *testing.T) {
	db := library(t)
	for _, test := range []struct {
		name string
		q    Query
		want []string
	}{
		{"by place", Query{Place: news.Place{Chat: 7}, Words: "-x"}, []string{"Буря в Линдау", "東京で地震", "Taxes rise"}},
		{"by a place that follows none", Query{Place: news.Place{Chat: 8}, Words: "storm"}, []string{"Calm over Lindau", "Storm over Lindau"}},
		{"all", Query{Place: news.Place{Chat: 7}, All: true, Words: "storm"}, []string{"Calm over Lindau", "Storm over Lindau"}},
		{"by place, none", Query{Place: news.Place{Chat: 7}, Words: "storm"}, nil},
		{"by feed", Query{Place: news.Place{Chat: 7}, FeedID: 1, Words: "lindau"}, []string{"Calm over Lindau", "Storm over Lindau"}},
		{"by anchor", Query{Words: "lindau", Anchor: start}, []string{"Storm over Lindau"}},
		{"by cursor", Query{Words: "source", Before: Cursor{ID: 3, Updated: start}}, []string{"Calm over Lindau", "Storm over Lindau"}},
		{"by page", Query{Words: "lindau", Offset: 1, Limit: 1}, []string{"Storm over Lindau"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, more, err := db.Search(context.Background(), test.q)
			ok(t, err)
			if diff := cmp.Diff(test.want, titles(got), equalEmpty); diff != "" || more {
				t.Errorf("more: %t\n%s", more, diff)
			}
		})
	}
}

// TestSearchInManyFeeds: over maxTagged feeds another way is taken to the same answer.
func TestSearchInManyFeeds(t *testing.T) {
	db := library(t)
	for i := range maxTagged {
		subscribe(t, db, news.Place{Chat: 7}, addFeed(t, db, fmt.Sprint("quiet", i)))
	}
	got, _, err := db.Search(context.Background(), Query{Place: news.Place{Chat: 7}, Words: "-storm"})
	ok(t, err)
	if diff := cmp.Diff([]string{"Буря в Линдау", "東京で地震", "Taxes rise"}, titles(got)); diff != "" {
		t.Error(diff)
	}
}

func TestSearchShowsAStoryOnce(t *testing.T) {
	db := openTest(t)
	feed := addFeed(t, db, "north")
	var story int64
	for i := range 8 {
		a := article(feed, i, fmt.Sprint("Storm, day ", i))
		if a.StoryID = story; i == 4 {
			a.StoryID = 0
		}
		save(t, db, a)
		if i == 0 {
			story = a.StoryID
		}
	}
	got, more, err := db.Search(context.Background(), Query{Words: "storm", Limit: 2})
	ok(t, err)
	if diff := cmp.Diff([]string{"Storm, day 0", "Storm, day 4"}, titles(got)); diff != "" || more {
		t.Errorf("more: %t\n%s", more, diff)
	}
}

func TestSpaced(t *testing.T) {
	for in, want := range map[string]string{"": "", "Lindau über": "Lindau über", "a東b": "a 東 b", "한국 뉴스": "한국 뉴스"} {
		if got := spaced(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// FuzzSearch: whatever a reader types is no error, and what is found has the words that were asked for.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{
		"", "storm", `"`, `""`, `"""`, "-", "--", "*", "a*", "NEAR(a b)", "a AND", "NOT", "(", ")", "{title}:x", "^a",
		"a:b", "'; DROP TABLE feed; --", "\x00", "a\x00b", "\xff", "“„«»", "-\"", "\" \"", strings.Repeat("x ", 500), strings.Repeat("\"", 99),
		"\u0300", "\u200d", "storm\u00ad", "\ue000", "𐐀", "-storm", "東京", "a-b-c", "+x", "x+y", "@x", "\\",
	} {
		f.Add(s)
	}
	db := library(f)
	f.Fuzz(func(t *testing.T, words string) {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		for _, p := range []news.Place{{}, {Chat: 7}} {
			if _, _, err := db.Search(ctx, Query{Place: p, Words: words}); err != nil {
				t.Errorf("%q: %v", words, err)
			}
		}
		parsed := parseTerms(words)
		if n := len(parsed.want) + len(parsed.avoid); n > maxTerms {
			t.Errorf("%d terms", n)
		}
		if slices.Contains(append(parsed.want, parsed.avoid...), "") {
			t.Errorf("%q: an empty term", words)
		}
	})
}
