package sample

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

const header = "Title: T\nAuthor: A\nSection: S\n"

func TestParseArticleRefuses(t *testing.T) {
	for name, data := range map[string]string{
		"nothing":           "",
		"no header":         "\n\nText.",
		"no title":          "Author: A\nSection: S\nAge: 1h\n\nText.",
		"no text":           header + "Age: 1h\n\n \n",
		"neither age":       header + "\nText.",
		"age and order":     header + "Age: 1h\nOrder: 1\n\nText.",
		"negative age":      header + "Age: -1h\n\nText.",
		"negative order":    header + "Order: -1\n\nText.",
		"age not a time":    header + "Age: old\n\nText.",
		"unknown line":      header + "Age: 1h\nMood: grim\n\nText.",
		"a line twice":      header + "Title: U\nAge: 1h\n\nText.",
		"line not a header": header + "what\nAge: 1h\n\nText.",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parseArticle([]byte(data)); !errors.Is(err, errArticle) {
				t.Errorf("got %v, want %v", err, errArticle)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  string // part of the error
	}{
		"no feeds":       {fstest.MapFS{}, "feeds.json"},
		"feeds not JSON": {fstest.MapFS{"feeds.json": {Data: []byte("[")}}, "feeds.json"},
		"unknown format": {fstest.MapFS{"feeds.json": {Data: []byte(`[{"id":"x","format":"fax"}]`)}}, `x: no format "fax"`},
		"broken article": {fstest.MapFS{
			"feeds.json":           {Data: []byte(`[{"id":"x","format":"rss"}]`)},
			"articles/x/01-one.md": {Data: []byte("no header")},
		}, "articles/x/01-one.md"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := load(c.files)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error that names %q", err, c.want)
			}
		})
	}
}

func FuzzParseArticle(f *testing.F) {
	f.Add([]byte(header + "Age: 1h\nUntidy: true\n\nText.\n\n## Head\n\nMore."))
	f.Add([]byte(header + "Order: 3\nEvent: e\n\n- \n\n\n#"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := parseArticle(data)
		if err != nil {
			if !errors.Is(err, errArticle) {
				t.Fatalf("got %v, want %v", err, errArticle)
			}
			return
		}
		if a.title == "" || len(a.blocks) == 0 || (a.age > 0) == (a.order > 0) {
			t.Fatalf("accepted an incomplete article: %+v", a)
		}
		for _, b := range a.blocks {
			if b.Text == "" || strings.Contains(b.Text, "\n") {
				t.Fatalf("block %q", b.Text)
			}
		}
	})
}
