package quote

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"herald/news"
)

// namesRight is the least share of the labelled quotations whose speaker must have the right name.
const namesRight = 0.86

// label is who says the words that end at a place of an article.
type label struct {
	at    int
	names []string // any of them is right; "-": nobody that has a name
}

var labels = regexp.MustCompile(`\{([^}]*)\}`)

// labelled takes the labels out of an article: "{Name/Other form}" stands behind the last word of a quotation.
func labelled(s string) (string, []label) {
	var text strings.Builder
	var out []label
	from := 0
	for _, m := range labels.FindAllStringSubmatchIndex(s, -1) {
		text.WriteString(s[from:m[0]])
		out = append(out, label{text.Len(), strings.Split(s[m[2]:m[3]], "/")})
		from = m[1]
	}
	text.WriteString(s[from:])
	return text.String(), out
}

// quoteAt is the last quotation that begins before the place and reaches to it, but for marks.
func quoteAt(text string, quotes []news.Quote, at int) *news.Quote {
	for i := len(quotes) - 1; i >= 0; i-- {
		q := &quotes[i]
		if q.Start < at && (q.End >= at || strings.Trim(text[q.End:at], ",.!?”»“ ") == "") {
			return q
		}
	}
	return nil
}

// right tells whether the quotation's speaker has one of the names. An article before it is no part of a name.
func (l label) right(q *news.Quote) bool {
	if q == nil {
		return false
	}
	name := ""
	if q.Speaker != nil {
		name = q.Speaker.Name
	}
	for _, want := range l.names {
		if want == "-" && bare(name) == strings.ToLower(bare(name)) || strings.EqualFold(want, bare(name)) {
			return true
		}
	}
	return false
}

var article = regexp.MustCompile(`(?i)^(the|a|der|die|das|dem|den|ein|eine|le|la|les|une?|el|los|las|il|lo|de|het|o|its|his|her) |^l['’]`)

func bare(name string) string { return article.ReplaceAllString(name, "") }

// TestNames holds how many of the names behind mentions are found, in articles that make it hard: titles, nicknames,
// couples, patronymics, bodies, pronouns over paragraphs, name order, particles, cases, initials.
func TestNames(t *testing.T) {
	files, err := filepath.Glob("testdata/people/*.txt")
	if err != nil || len(files) < 9 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	all, good := 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lang := strings.TrimSuffix(filepath.Base(file), ".txt")
		n, ok := 0, 0
		for s := range strings.SplitSeq(string(data), "\n===\n") {
			text, labels := labelled(s)
			quotes := Find(&news.Article{Text: text, Lang: lang})
			for _, l := range labels {
				n++
				q := quoteAt(text, quotes, l.at)
				if l.right(q) {
					ok++
					continue
				}
				got := "no quotation"
				if q != nil && q.Speaker == nil {
					got = "nobody"
				} else if q != nil {
					got = q.Speaker.Name + " for " + q.Speaker.Mention
				}
				t.Logf("%s: …%s: got %s, want %s", lang, strings.ToValidUTF8(text[max(0, l.at-40):l.at], ""), got, l.names)
			}
		}
		t.Logf("%s: %d of %d", lang, ok, n)
		all, good = all+n, good+ok
	}
	t.Logf("%d of %d names right: %.3f", good, all, float64(good)/float64(all))
	if all < 200 || float64(good) < namesRight*float64(all) {
		t.Errorf("%d of %d names right, want at least %v of 200 and more", good, all, namesRight)
	}
}

// Whose wife it is cannot be told by a surname where nobody with a name was mentioned.
func TestRelativeOfSomebodyWithoutAName(t *testing.T) {
	const body = `"C'est la honte, la mer a tout pris", fulmine un témoin questionné par Le Fanal. "C'est trop triste, le quai est perdu", renchérit un autre riverain. Sa femme a déclaré à Radio Clairval qu'il souffrait du froid.`
	for _, q := range Find(&news.Article{Text: body, Lang: "fr"}) {
		if q.Kind == news.Indirect && q.Speaker != nil && q.Speaker.Mention != "Sa femme" {
			t.Errorf("%q is said by %+v", q.Text, q.Speaker)
		}
	}
}

func TestPronounsAreNoNames(t *testing.T) {
	for _, tt := range []struct{ lang, text, name string }{
		{"ru", "По его словам, мост откроют летом.", ""},
		{"ru", "Мэр Павел Орлов осмотрел мост. По его словам, мост откроют летом.", "Павел Орлов"},
		{"uk", "За його словами, міст відкриють улітку.", ""},
		{"nl", "Volgens hem is de brug veilig.", ""},
		{"de", "Ihm zufolge ist die Brücke sicher.", ""},
		{"en", "According to him, the bridge is safe.", ""},
		{"en", "Mayor Tom Reed came on Monday. According to him, the bridge is safe.", "Tom Reed"},
		{"fr", "Selon lui, le pont est sûr.", ""},
		{"es", "Según ella, el puente es seguro.", ""},
		{"it", "Secondo lui, il ponte è sicuro.", ""},
		{"pt", "Segundo ela, a ponte é segura.", ""},
	} {
		quotes := Find(&news.Article{Text: tt.text, Lang: tt.lang})
		if len(quotes) != 1 || quotes[0].Speaker == nil {
			t.Errorf("%s: %d quotations, want one with a speaker", tt.text, len(quotes))
		} else if got := quotes[0].Speaker.Name; got != tt.name {
			t.Errorf("%s: name %q, want %q", tt.text, got, tt.name)
		}
	}
}
