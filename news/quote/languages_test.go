package quote

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

// TestLanguages reads the cases of testdata/languages.txt, whose head tells its form.
func TestLanguages(t *testing.T) {
	data, err := os.ReadFile("testdata/languages.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(strings.TrimSpace(string(data)), "\n\n")[1:] {
		part := strings.Split(block, "\n")
		lang, text, want := strings.Trim(part[0], "[]"), part[1], part[2:]
		t.Run(lang+" "+text, func(t *testing.T) {
			got := []string{}
			for _, q := range Find(&news.Article{Text: text, Lang: lang}) {
				mention := "-"
				if q.Speaker != nil {
					mention = q.Speaker.Mention
				}
				got = append(got, string(q.Kind)+" | "+mention+" | "+q.Text)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
