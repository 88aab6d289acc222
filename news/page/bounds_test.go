package page

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"herald/news"
)

// TestExplosivePages has pages that are made to take up memory, each of a few MB at most, read within bounds.
func TestExplosivePages(t *testing.T) {
	many := strings.Repeat
	var open strings.Builder
	for i := range 300 {
		fmt.Fprintf(&open, "<B a=%d>", i)
	}
	story := many("<p>The bridge of Skarn was opened on Monday, and the mayor walked over it first.</p>", 20)
	for _, c := range []struct {
		name, html string
		want       string // in the text; "": there is no article
	}{
		{"open formatting", "<p>" + open.String() + "</p>" + many("<p>The bridge is open.", 50_000), "The bridge is open."},
		{"open formatting beyond a table", "<p>" + open.String() + "<table><td><table></td>" + many("</b>", 300) + "</table></table>" + many("<p>The bridge is open.", 50_000), "The bridge is open."},
		{"open formatting of three", many("<i><b><u>", 3) + many("<p>The bridge is open.", 90_000), "The bridge is open."},
		{"links in links", story + many("<a><div>", 100_000), "the mayor walked"},
		{"paragraphs", many("<p>", 1_300_000), ""},
		{"attributes", story + many("<p a b c d e f g h i j>", 150_000), "the mayor walked"},
		{"one tag", "<p " + many("a=b ", 900_000) + ">" + story, "the mayor walked"},
		{"levels", many("<div>", 10_000) + story, "the mayor walked"},
		{"levels of lists", many("<ul><li>", 10_000) + story, "the mayor walked"},
		{"tables", many("<table><tr><td>", 20_000) + story, "the mayor walked"},
		{"options", "<select>" + many("<option>", 400_000) + "</select>" + story, ""},
		{"drawings", many("<svg><p>", 300_000) + story, ""},
		{"comments", many("<!-->", 150_000) + story, "the mayor walked"},
		{"linked data", `<script type="application/ld+json">[` + many("{},", 1_200_000) + "{}]</script>" + story, "the mayor walked"},
		{"linked data in levels", `<script type="application/ld+json">` + many(`{"a":`, 10_000) + "1" + many("}", 10_000) + "</script>" + story, "the mayor walked"},
		{"one paragraph", "<p>" + many("The bridge of Skarn was opened on Monday. ", 90_000), "The bridge of Skarn"},
		{"one word", "<p>" + many("a", 4<<20), "aaa"},
		{"references", "<p>" + many("&amp;", 800_000), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			a, err := Read([]byte("<!doctype html><html><body>"+c.html), "text/html; charset=utf-8", "https://skarn.example/")
			runtime.ReadMemStats(&after)
			switch {
			case c.want == "" && err != nil && !errors.Is(err, news.ErrNotArticle):
				t.Errorf("got %v", err)
			case c.want != "" && (err != nil || !strings.Contains(a.Text, c.want)):
				t.Errorf("got %v, %v; want %q", a, err, c.want)
			}
			// All that was ever taken, not what was needed at once: that is a fraction of it.
			if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 400 {
				t.Errorf("took %d MB", taken)
			}
		})
	}
}

func TestCalm(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<b>a</b>", "<span>a</span>"},
		{"<B class=x>a</B >", "<span class=x>a</span >"},
		{"<strong/>\n<font\tx><tt>", "<span/>\n<span\tx><span>"},
		{"<body><br><a><em-x><bb><strikes>", "<body><br><a><em-x><bb><strikes>"},
		{"<<b>b>", "<<span>b>"},
		{"a < b > c <", "a < b > c <"},
		{"<b", "<b"},
		{"", ""},
	} {
		if got := calm(c.in, maxGrown, 1); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
		if got := calm(c.in, 1, 1); got != c.in {
			t.Errorf("%q: a quiet page was changed into %q", c.in, got)
		}
	}
}
