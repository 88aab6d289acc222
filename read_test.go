package main

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// span is a stretch of the answer's text, as other programs see it.
type span struct {
	Text       string
	Start, End int
}

// answer is the contract of "herald read --jsonl", read by another JSON library than the one that writes it.
type answer struct {
	ID, Lang, Title, Byline, Published, Text, Error string
	Summary                                         []span
	Quotes                                          []struct {
		span
		Kind    string
		Speaker *struct {
			Mention, Name string
			Start, End    int
		}
		Cue *span
	}
}

// readLines runs "herald read --jsonl" on queries.
func readLines(t *testing.T, queries ...any) []answer {
	t.Helper()
	var in, out, errs strings.Builder
	for _, q := range queries {
		b, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(b, '\n'))
	}
	if code := run(t.Context(), []string{"read", "--jsonl"}, strings.NewReader(in.String()), &out, &errs, noEnv); code != exitOK {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	var answers []answer
	for l := range strings.Lines(out.String()) {
		var a answer
		if err := json.Unmarshal([]byte(l), &a); err != nil {
			t.Fatalf("%q: %v", l, err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(queries) {
		t.Fatalf("got %d answers to %d queries", len(answers), len(queries))
	}
	return answers
}

func noEnv(string) string { return "" }

type query map[string]any

// council is a text with a quotation of each kind.
const council = "Sandrup council votes for the tram\n\nThe council of Sandrup voted for the tram on Thursday evening. " +
	"“We have waited thirty years for this track,” said Mayor Liv Hasselt. She added that work would begin in May. " +
	"The opposition called the plan “a railway into the mist” and left the hall before the vote was counted."

// TestReadLinesText: a given text comes back byte for byte, whatever stands in it, and every offset fits it.
func TestReadLinesText(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"plain", council},
		{"Windows line ends", strings.ReplaceAll(council, "\n", "\r\n")},
		{"control characters", "\x00\x01\x1b[31m\u007f\u0085 Bad\ttabs. " + council},
		{"separators of lines", "One.\u2028Two.\u2029Three. " + council},
		{"byte order mark inside", "\ufeff" + council + "\ufeff"},
		{"characters of HTML", "<b>&amp;</b> \" ' \\ / " + council},
		{"beyond the first plane", "🦉 𝒳 👩‍👩‍👧 " + council},
		{"replacement characters", "\ufffd\ufffd " + council},
		{"not characters", "\ufffe\uffff\U0010ffff " + council},
		{"blanks around", " \n\t " + council + " \n "},
		{"decomposed", "cafe\u0301 n\u0303 " + council},
		{"no letters", "…!?—“”„«»\n\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := readLines(t, query{"id": "x", "title": "Tram", "text": c.text})[0]
			if a.Text != c.text {
				t.Errorf("got text %q, want %q", a.Text, c.text)
			}
			checkSpans(t, a)
		})
	}
}

// checkSpans holds every part of the answer against its text.
func checkSpans(t *testing.T, a answer) {
	t.Helper()
	check := func(what, text string, start, end int) {
		t.Helper()
		if start < 0 || end > len(a.Text) || start >= end || a.Text[start:end] != text || !utf8.ValidString(text) {
			t.Errorf("%s %q is not the text at %d to %d", what, text, start, end)
		}
	}
	last := 0
	for _, s := range a.Summary {
		check("sentence", s.Text, s.Start, s.End)
		if s.Start < last {
			t.Errorf("sentence at %d stands before its predecessor's end, %d", s.Start, last)
		}
		last = s.End
	}
	for _, q := range a.Quotes {
		check("quote", q.Text, q.Start, q.End)
		if q.Kind != "direct" && q.Kind != "mixed" && q.Kind != "indirect" {
			t.Errorf("got kind %q", q.Kind)
		}
		if q.Speaker != nil {
			check("mention", q.Speaker.Mention, q.Speaker.Start, q.Speaker.End)
		}
		if q.Cue != nil {
			check("cue", q.Cue.Text, q.Cue.Start, q.Cue.End)
		}
	}
}

func TestReadLinesQuotes(t *testing.T) {
	a := readLines(t, query{"id": "x", "text": council, "lang": "en"})[0]
	for _, q := range a.Quotes {
		if q.Kind == "direct" && strings.HasPrefix(q.Text, "We have waited thirty years for this track") {
			if q.Speaker == nil || q.Speaker.Name != "Liv Hasselt" {
				t.Errorf("got speaker %+v, want Liv Hasselt", q.Speaker)
			}
			return
		}
	}
	t.Errorf("the quotation is not among %+v", a.Quotes)
}

func TestReadLinesBudget(t *testing.T) {
	for n := range 5 {
		a := readLines(t, query{"id": "x", "text": council, "sentences": n})[0]
		if got := len(a.Summary); got > n || n > 0 && got == 0 {
			t.Errorf("got %d sentences, want at most %d, and one at least if any are", got, n)
		}
	}
}

func TestReadLinesHTML(t *testing.T) {
	a := readLines(t, query{"id": "x", "html": harbourPage, "url": "https://lantern.example/harbour"})[0]
	checkSpans(t, a)
	got := []string{a.ID, a.Lang, a.Title, a.Byline, a.Published}
	want := []string{"x", "en", "Harbour of Ostwick reopens", "Hanne Corvell", "2025-03-04T10:30:00Z"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error("-want +got:\n" + d)
	}
	if !strings.HasPrefix(a.Text, "The harbour of Ostwick reopened") || strings.Contains(a.Text, "newsletter") {
		t.Errorf("got text %q", a.Text)
	}
}

// TestReadLinesOrder: long and short articles, worked on side by side, come back as they went in, and a text wins over HTML.
func TestReadLinesOrder(t *testing.T) {
	var queries []any
	for i := range 60 {
		queries = append(queries, query{"id": string(rune('A' + i)), "html": harbourPage, "text": strings.Repeat(council+"\n\n", i%7)})
	}
	for i, a := range readLines(t, queries...) {
		if want := string(rune('A' + i)); a.ID != want {
			t.Fatalf("got %q at %d, want %q", a.ID, i, want)
		}
		if want := strings.Repeat(council+"\n\n", i%7); a.Text != want {
			t.Errorf("%s: got %d bytes of text, want %d", a.ID, len(a.Text), len(want))
		}
	}
}

// TestReadLinesRefused: what can't be given back byte for byte is refused, with its id.
func TestReadLinesRefused(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"half a surrogate pair", `{"id":"a","text":"x \ud800 y"}`, "surrogate"},
		{"bytes that are no UTF-8", "{\"id\":\"a\",\"text\":\"x \xc3 y\"}", "UTF-8"},
		{"a name twice", `{"id":"a","text":"x","text":"y"}`, "duplicate"},
		{"text that is no text", `{"id":"a","text":5}`, "string"},
		{"a page without words", `{"id":"a","html":"<html></html>","url":"https://lantern.example/"}`, "no article"},
		{"more than one value", `{"id":"a","text":""} {}`, "after"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			if code := run(t.Context(), []string{"read", "--jsonl"}, strings.NewReader(c.line), &out, &out, noEnv); code != exitOK {
				t.Fatalf("exit %d", code)
			}
			var a answer
			if err := json.Unmarshal([]byte(out.String()), &a); err != nil || a.ID != "a" || !strings.Contains(a.Error, c.want) {
				t.Errorf("got %s, want an error about %q", out.String(), c.want)
			}
		})
	}
}
