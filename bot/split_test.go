package bot_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"herald/bot"
)

func TestSplit(t *testing.T) {
	for _, tc := range []struct {
		name  string
		html  string
		limit int
		want  []string
	}{
		{"fits", "<b>Short</b> & sweet", 20, []string{"<b>Short</b> & sweet"}},
		{"nothing", " \n <b> </b>", 20, nil},
		{"at a paragraph", "One two three.\n\nFour five. Six", 20, []string{"One two three.", "Four five. Six"}},
		{"a paragraph that wastes too much", "One two.\n\nThree four. Six seven eight", 22, []string{"One two.\n\nThree four.", "Six seven eight"}},
		{"at a sentence", "Three four. Five six seven", 18, []string{"Three four.", "Five six seven"}},
		{"at a sentence in quotation marks", "He said “yes.” Then nothing more", 19, []string{"He said “yes.”", "Then nothing more"}},
		{"at a line", "Three four five\nsix seven eight", 20, []string{"Three four five", "six seven eight"}},
		{"at a word", "alpha beta gamma delta", 12, []string{"alpha beta", "gamma delta"}},
		{"a word too long", "abcdefghijkl", 5, []string{"abcde", "fghij", "kl"}},
		{"an early word end, then a long word", "a bcdefghijklmno", 10, []string{"a", "bcdefghijk", "lmno"}},
		{
			"tags are closed and opened again", "<b>alpha <i>beta gamma</i></b> delta", 11,
			[]string{"<b>alpha <i>beta</i></b>", "<b><i>gamma</i></b> delta"},
		},
		{"a tag that ends at the cut", "<b>alpha beta</b> gamma delta", 12, []string{"<b>alpha beta</b>", "gamma delta"}},
		{
			"a link keeps its address", `<a href="https://example.org/?a=1&amp;b=2">alpha beta</a>`, 6,
			[]string{`<a href="https://example.org/?a=1&amp;b=2">alpha</a>`, `<a href="https://example.org/?a=1&amp;b=2">beta</a>`},
		},
		{
			"an expandable quote stays one", "<blockquote expandable>alpha beta gamma</blockquote>", 11,
			[]string{"<blockquote expandable>alpha beta</blockquote>", "<blockquote expandable>gamma</blockquote>"},
		},
		{"a reference counts as one and is not cut", "&lt;&lt;&lt;&amp;&#x1F600;&quot;x", 4, []string{"&lt;&lt;&lt;&amp;", "&#x1F600;&quot;x"}},
		{"units, not characters", "😀😀😀😀", 5, []string{"😀😀", "😀😀"}},
		{"what is no tag is text", "1 < 2 <div> & 3", 6, []string{"1 &lt; 2", "&lt;div&gt;", "&amp; 3"}},
		{"a tag that closes nothing is dropped", "alpha</b> beta gamma", 11, []string{"alpha beta", "gamma"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, bot.Split(tc.html, tc.limit)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

var anyTag = regexp.MustCompile(`</?[a-z][^<>]*>`)

// visible is what a reader sees, without white space.
func visible(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(s, ""))), "")
}

// wellFormed tells whether tags are closed in order.
func wellFormed(s string) bool {
	var open []string
	for _, tag := range anyTag.FindAllString(s, -1) {
		name := strings.Fields(strings.Trim(tag, "</>"))[0]
		if !strings.HasPrefix(tag, "</") {
			open = append(open, name)
			continue
		}
		if len(open) == 0 || open[len(open)-1] != name {
			return false
		}
		open = open[:len(open)-1]
	}
	return len(open) == 0
}

// Whatever the text: the parts are within the limit, well formed, and together show what the whole shows.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"a b c", "Ann & Bob <said> \"no\".\n\nThen 😀 left!", strings.Repeat("word. ", 40), "\u00a0", "&amp;lt;", "ä́ö̈"} {
		f.Add(s, 16, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, limit int, marks uint8) {
		limit = 2 + abs(limit)%100
		whole := bot.Escape(text)
		if marks&1 != 0 {
			whole = "<b>" + whole + "</b>"
		}
		if marks&2 != 0 {
			whole += " <blockquote expandable>" + bot.Link(text, "https://example.org/"+text) + " " + whole + "</blockquote>"
		}
		var shown strings.Builder
		for _, part := range bot.Split(whole, limit) {
			plain := html.UnescapeString(anyTag.ReplaceAllString(part, ""))
			if n := bot.Units(strings.TrimSpace(plain)); n > limit {
				t.Errorf("%q has %d units, want at most %d", part, n, limit)
			}
			if !utf8.ValidString(part) || !wellFormed(part) {
				t.Errorf("%q is not well formed", part)
			}
			if strings.TrimSpace(plain) == "" {
				t.Errorf("%q shows nothing", part)
			}
			shown.WriteString(visible(part))
		}
		if got, want := shown.String(), visible(whole); got != want {
			t.Errorf("together the parts show %q, want %q", got, want)
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		`<a href="x">'&'</a>`:        "&lt;a href=&quot;x&quot;&gt;'&amp;'&lt;/a&gt;",
		"bad\xff\x00\x1b bytes\ttab": "bad bytes\ttab",
		"line\nbreak \ufeff😀":        "line\nbreak 😀",

		"\u202agood\u202b \u202cnews\u202d now\u202e.":       "good news now.",
		"\u2066of\u2067 \u2068the\u2069 day\u206a\u206f.":    "of the day.",
		"\u200eleft\u200f right\u061c thin\u202fspace\u2065": "\u200eleft\u200f right\u061c thin\u202fspace\u2065",
	} {
		if got := bot.Escape(in); got != want {
			t.Errorf("Escape(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLink(t *testing.T) {
	for _, tc := range []struct{ text, address, want string }{
		{"a < b", `https://example.org/?q="x"&y`, `<a href="https://example.org/?q=&quot;x&quot;&amp;y">a &lt; b</a>`},
		{"script", "javascript:alert(1)", "script"},
		{"none", "", "none"},
		{"relative", "/page", "relative"},
	} {
		if got := bot.Link(tc.text, tc.address); got != tc.want {
			t.Errorf("Link(%q, %q) = %q, want %q", tc.text, tc.address, got, tc.want)
		}
	}
}

func TestPlainText(t *testing.T) {
	in := `<b>A &lt;b&gt;</b> <a href="https://example.org/?a&amp;b">here</a> <a href="https://example.org">https://example.org</a> 1 < 2`
	want := "A <b> here (https://example.org/?a&b) https://example.org 1 < 2"
	if got := bot.PlainText(in); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
