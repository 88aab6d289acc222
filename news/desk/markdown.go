package desk

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"

	"herald/news"
)

// Markdown makes an article of a Markdown document: its words without the marks. The title is the first heading where
// the document begins with one. What front matter says of title, author and date wins.
func (d *Desk) Markdown(s, lang string) *news.Article {
	a := fromMarkdown(s)
	a.Lang = language(lang)
	return d.finish(a)
}

// The words of a document are wanted, not its layout, and it may be hostile: so Markdown is read line by line with
// expressions that take linear time. What is left standing of a mark in rare cases does no harm.
var (
	mdHeading = regexp.MustCompile(`^#{1,6}[ \t]+(.*?)[ \t]*#*$`)
	mdUnder   = regexp.MustCompile(`^(=+|-+)[ \t]*$`)
	mdRule    = regexp.MustCompile(`^([-*_][ \t]*){3,}$`)
	mdFence   = regexp.MustCompile("^(```|~~~)")
	mdItem    = regexp.MustCompile(`^([-*+]|(\d{1,9}[.)]))[ \t]+(\[[ xX]\][ \t]+)?`)
	mdTarget  = regexp.MustCompile(`^\[[^\]]+\]:[ \t]*\S`)
	mdColumns = regexp.MustCompile(`^\|?[ \t]*:?-{2,}:?[ \t]*(\|[ \t]*:?-{2,}:?[ \t]*)*\|?$`)
)

// mdEscape is a mark that is meant as it stands.
var mdEscape = regexp.MustCompile("\\\\[\\\\`*_{}\\[\\]()#+.!|>~<-]")

// mdInline takes the marks inside lines away, in order.
var mdInline = []struct {
	marks *regexp.Regexp
	words string
}{
	{regexp.MustCompile(`!\[[^\]]*\](\([^()]*\)|\[[^\]]*\])`), ""},
	{regexp.MustCompile(`\[\^[^\]]+\]:?`), ""},
	{regexp.MustCompile(`\[([^\[\]]+)\]\([^()]*(\([^()]*\)[^()]*)*\)`), "$1"},
	{regexp.MustCompile(`\[([^\[\]]+)\]\[[^\]]*\]`), "$1"},
	{regexp.MustCompile(`<((https?|mailto):[^<> ]+)>`), "$1"},
	{regexp.MustCompile(`</?[A-Za-z][^<>]*>|<!--.*?-->`), ""},
	{regexp.MustCompile("`+([^`]+)`+"), "$1"},
	{regexp.MustCompile(`\*{1,3}([^*\s]([^*]*[^*\s])?)\*{1,3}`), "$1"},
	{regexp.MustCompile(`(^|[^\pL\pN])_{1,3}([^_\s]([^_]*[^_\s])?)_{1,3}`), "$1$2"},
	{regexp.MustCompile(`~~([^~]+)~~`), "$1"},
}

func fromMarkdown(s string) *news.Article {
	matter, body := frontMatter(s)
	var w mdWriter
	for line := range strings.Lines(body) {
		w.line(line)
	}
	w.end("")
	a := &news.Article{Title: first(matter["title"], w.title), Byline: first(matter["author"], matter["authors"]), Text: strings.TrimSpace(w.out.String())}
	for _, layout := range []string{time.RFC3339, time.DateTime, time.DateOnly} {
		if t, err := time.Parse(layout, matter["date"]); err == nil {
			a.Published = t
		}
	}
	return a
}

// mdWriter writes the paragraphs of a document.
type mdWriter struct {
	out       strings.Builder
	paragraph []string // lines of the one at hand
	title     string
	code      bool
}

// line reads one line.
func (w *mdWriter) line(line string) {
	s := strings.TrimSpace(strings.TrimLeft(line, "> \t"))
	heading := mdHeading.FindStringSubmatch(s)
	item := mdItem.FindStringSubmatch(s)
	switch {
	case mdFence.MatchString(s):
		w.code = !w.code
		w.end("\n\n")
	case w.code:
		w.paragraph = append(w.paragraph, s)
		w.end("\n")
	case heading != nil:
		w.end("\n\n")
		w.heading(heading[1])
	case len(w.paragraph) > 0 && mdUnder.MatchString(s):
		s = strings.Join(w.paragraph, " ")
		w.paragraph = nil
		w.heading(s)
	case s == "" || mdRule.MatchString(s) || mdColumns.MatchString(s):
		w.end("\n\n")
	case mdTarget.MatchString(s):
	case item != nil:
		w.end("\n")
		w.paragraph = append(w.paragraph, strings.TrimSpace(item[2]+" "+s[len(item[0]):]))
	case strings.HasPrefix(s, "|"):
		w.end("\n")
		w.paragraph = append(w.paragraph, cells(s))
	default:
		w.paragraph = append(w.paragraph, s)
	}
}

// heading writes one. The first is the title if nothing stands before it.
func (w *mdWriter) heading(s string) {
	if w.title == "" && w.out.Len() == 0 {
		w.title = mdWords(s)
	}
	w.paragraph = []string{s}
	w.end("\n\n")
}

// end writes the paragraph at hand, with what parts it from the next.
func (w *mdWriter) end(gap string) {
	if s := mdWords(strings.Join(w.paragraph, " ")); s != "" {
		w.out.WriteString(s + gap)
	} else if len(gap) > 1 && w.out.Len() > 0 && !strings.HasSuffix(w.out.String(), gap) {
		w.out.WriteString("\n")
	}
	w.paragraph = nil
}

// cells are those of a table's row.
func cells(row string) string {
	var all []string
	for _, c := range strings.Split(strings.Trim(row, "| \t"), "|") {
		if c = strings.TrimSpace(c); c != "" {
			all = append(all, c)
		}
	}
	return strings.Join(all, " · ")
}

// mdWords is a paragraph without the marks inside it.
func mdWords(s string) string {
	if strings.ContainsAny(s, "[<`*_~\\") {
		s = mdEscape.ReplaceAllStringFunc(s, func(escape string) string { return fmt.Sprintf("&#%d;", escape[1]) })
		for _, in := range mdInline {
			s = in.marks.ReplaceAllString(s, in.words)
		}
	}
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}

// frontMatter splits off the lines "name: value" between two lines "---" that many documents begin with.
func frontMatter(s string) (map[string]string, string) {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "\ufeff"), "\r\n", "\n")
	rest, ok := strings.CutPrefix(s, "---\n")
	if !ok {
		return nil, s
	}
	head, body, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		return nil, s
	}
	matter := map[string]string{}
	for line := range strings.Lines(head) {
		if name, value, ok := strings.Cut(line, ":"); ok {
			matter[strings.ToLower(strings.TrimSpace(name))] = strings.Trim(strings.TrimSpace(value), `"'[]`)
		}
	}
	return matter, body
}
