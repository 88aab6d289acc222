package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"herald/news"

	"github.com/mattn/go-isatty"
	"github.com/rivo/uniseg"
)

// printWidth is the width of printed text in columns: comfortable to read on any terminal.
const printWidth = 80

// isTerminal tells whether a stream is a terminal, where a person reads or writes.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// paint puts text into a terminal's style (ECMA-48, SGR): 1 bold, 2 faint.
func paint(color bool, style int, s string) string {
	if !color || s == "" {
		return s
	}
	return fmt.Sprintf("\x1b[%dm%s\x1b[0m", style, s)
}

// printArticle prints an article for people: headline, who and when, summary, quotes.
func printArticle(out io.Writer, a *news.Article, color bool) error {
	w := bufio.NewWriter(out)
	put := func(style int, indent, s string) {
		for _, l := range wrap(clean(s), printWidth-len(indent)) {
			fmt.Fprintln(w, indent+paint(color, style, l))
		}
	}
	put(1, "", a.Title)
	put(2, "", strings.Join(nonEmpty(a.Byline, a.Source, when(a.Published)), " · "))
	if len(a.Summary) > 0 {
		fmt.Fprintln(w)
		put(0, "", joined(a.Summary))
	}
	for _, q := range a.Quotes {
		fmt.Fprintln(w)
		put(0, "  ", quoted(q))
		put(2, "    ", speaker(q.Speaker))
	}
	if len(a.Summary)+len(a.Quotes) == 0 {
		fmt.Fprintln(w, "\n(no sentence and no quote found)")
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

func joined(sentences []news.Sentence) string {
	texts := make([]string, len(sentences))
	for i, s := range sentences {
		texts[i] = s.Plain()
	}
	return strings.Join(texts, " ")
}

// quoted shows a quote: only what was said word for word gets marks around it.
func quoted(q news.Quote) string {
	if q.Kind == news.Direct {
		return "“" + q.Text + "”"
	}
	return q.Text
}

func speaker(s *news.Speaker) string {
	if s == nil {
		return ""
	}
	return "— " + strings.Join(nonEmpty(s.Name, s.Role), ", ")
}

// when shows a date, with the time where there is one.
func when(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0:
		return t.Format("2 January 2006")
	}
	return t.Format("2 January 2006, 15:04 -07:00")
}

func nonEmpty(texts ...string) []string {
	var kept []string
	for _, s := range texts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// clean makes white space single spaces and takes control characters out: a text must not command a terminal.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// wrap breaks text into lines of at most width columns where the script allows it (Unicode Annex 14).
func wrap(s string, width int) []string {
	var lines []string
	var now strings.Builder
	columns := 0
	for state := -1; s != ""; {
		var part string
		part, s, _, state = uniseg.FirstLineSegmentInString(s, state)
		n := uniseg.StringWidth(strings.TrimRight(part, " "))
		if columns > 0 && columns+n > width {
			lines, columns = append(lines, strings.TrimRight(now.String(), " ")), 0
			now.Reset()
		}
		now.WriteString(part)
		columns += uniseg.StringWidth(part)
	}
	if last := strings.TrimRight(now.String(), " "); last != "" {
		lines = append(lines, last)
	}
	return lines
}
