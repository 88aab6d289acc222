package main

import (
	"strings"
	"testing"
	"time"

	"herald/news"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"short", []string{"short"}},
		{"one two three", []string{"one two", "three"}},
		{"ten chars! x", []string{"ten chars!", "x"}},
		{"unbreakable-less wordwordwordword x", []string{"unbreakable-", "less", "wordwordwordword", "x"}},
		{"東京の港は火曜日に", []string{"東京の港は", "火曜日に"}}, // each two columns wide
	} {
		if d := cmp.Diff(c.want, wrap(c.in, 10)); d != "" {
			t.Errorf("wrap(%q): -want +got:\n%s", c.in, d)
		}
	}
}

func TestPrintArticle(t *testing.T) {
	a := &news.Article{
		Title: "Tram\x1b]0;owned\x07 wins", Byline: "Ada Finch", Source: "Sandrup Post", Published: time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC),
		Summary: []news.Sentence{{Text: "The council voted\nfor the tram."}, {Text: "Work begins in May."}},
		Quotes: []news.Quote{
			{Kind: news.Direct, Text: "At last", Speaker: &news.Speaker{Name: "Liv Hasselt", Role: "Mayor"}},
			{Kind: news.Indirect, Text: "that it was early"},
		},
	}
	want := "Tram]0;owned wins\nAda Finch · Sandrup Post · 4 March 2025\n\nThe council voted for the tram. Work begins in May.\n\n" +
		"  “At last”\n    — Liv Hasselt, Mayor\n\n  that it was early\n"
	var got strings.Builder
	if err := printArticle(&got, a, false); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got.String()); d != "" {
		t.Error("-want +got:\n" + d)
	}
	got.Reset()
	if err := printArticle(&got, a, true); err != nil || !strings.HasPrefix(got.String(), "\x1b[1mTram]0;owned wins\x1b[0m\n\x1b[2mAda") {
		t.Errorf("in colour: got %q, %v", got.String(), err)
	}
	if err := printArticle(brokenPipe{}, a, false); err == nil {
		t.Error("no error where nothing can be written")
	}
}
