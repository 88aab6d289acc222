package quote

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

// stillWrong is how many cases of the table have another outcome than they should; it only falls.
const stillWrong = 3

// languageCase is one case of testdata/languages.txt, whose head tells its form.
type languageCase struct {
	lang, text string
	want       []string
}

func languageCases(t *testing.T, part string) (cases []languageCase) {
	for _, block := range strings.Split(strings.TrimSpace(part), "\n\n") {
		line := strings.Split(block, "\n")
		if len(line) < 2 {
			t.Fatalf("a case without a text: %q", block)
		}
		cases = append(cases, languageCase{strings.Trim(line[0], "[]"), strings.ReplaceAll(line[1], " ¶ ", "\n\n"), line[2:]})
	}
	return cases
}

// got is what Find makes of the case, in the form of the table: with names where the case tells one.
func (c languageCase) got() []string {
	got := []string{}
	named := slices.ContainsFunc(c.want, func(line string) bool { return strings.Contains(line, " = ") })
	for _, q := range Find(&news.Article{Text: c.text, Lang: c.lang}) {
		mention := "-"
		if q.Speaker != nil {
			mention = q.Speaker.Mention
			if named {
				mention += " = " + q.Speaker.Name
			}
		}
		got = append(got, string(q.Kind)+" | "+mention+" | "+strings.ReplaceAll(q.Text, "\n\n", " ¶ "))
	}
	return got
}

func TestLanguages(t *testing.T) {
	data, err := os.ReadFile("testdata/languages.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(data), "\n\n")
	right, wrong, _ := strings.Cut(table, "\n# Still wrong\n")
	for _, c := range languageCases(t, right) {
		t.Run(c.lang+" "+c.text, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.got()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	open := languageCases(t, wrong)
	for _, c := range open {
		if slices.Equal(c.want, c.got()) {
			t.Errorf("comes right now, so it belongs to the others: %s %s", c.lang, c.text)
		}
	}
	if len(open) != stillWrong {
		t.Errorf("%d cases are still wrong, the bound says %d", len(open), stillWrong)
	}
}
