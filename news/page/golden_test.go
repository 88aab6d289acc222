package page

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/golden"
)

// TestGolden reads the pages of testdata: each has beside it what is read from it, its asides marked with a bar.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, path := range pages {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
			html, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			golden.Assert(t, goldenText(t, html, "https://courier.example/"+name), name+".golden")
		})
	}
}

func goldenText(t *testing.T, html []byte, address string) string {
	t.Helper()
	a, err := Read(html, "text/html; charset=utf-8", address)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nbyline: %s\npublished: %s\nsource: %s\nlang: %s\nimage: %s\naddress: %s\n\n",
		a.Title, a.Byline, a.Published.Format(time.RFC3339), a.Source, a.Lang, a.Image, a.URL)
	at := 0
	for _, s := range Asides(a.Title, a.Text, a.Lang) {
		b.WriteString(a.Text[at:s.Start] + "| ")
		at = s.Start
	}
	return b.String() + a.Text[at:] + "\n"
}
