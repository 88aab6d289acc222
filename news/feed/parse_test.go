package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/golden"

	"herald/news"
)

// TestFixtures parses every feed of testdata/feeds and compares with the file beside it: a case needs no code.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/feeds/*.*ml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("testdata/feeds/*.json")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, more...)
	if len(files) < 160 {
		t.Fatalf("only %d fixtures found", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(strings.TrimPrefix(file, "testdata/"), filepath.Ext(file))
			golden.Assert(t, describe(Parse(body, "", "https://feeds.example/"+filepath.Base(file))), name+".want")
		})
	}
}

func describe(r Result, err error) string {
	if err != nil {
		return fmt.Sprintf("no feed: %v\n", errors.Is(err, news.ErrNotFeed))
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	f := r.Feed
	head := map[string]any{"title": f.Title, "site": f.Site, "lang": f.Lang, "interval": f.Interval.String()}
	if f.Rest != 0 {
		head["rest"] = fmt.Sprintf("%031b", f.Rest)
	}
	if r.Hub != (Hub{}) {
		head["hub"] = r.Hub
	}
	if err := enc.Encode(head); err != nil {
		return err.Error()
	}
	for _, e := range r.Entries {
		if err := enc.Encode(e); err != nil {
			return err.Error()
		}
	}
	return b.String()
}

func TestIdentityIsUnique(t *testing.T) {
	body, err := os.ReadFile("testdata/feeds/guid-repeated.xml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Parse(body, "", "https://g.example/feed")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, e := range r.Entries {
		if other, ok := seen[e.Identity]; ok {
			t.Errorf("%q and %q share an identity", e.Title, other)
		}
		seen[e.Identity] = e.Title
	}
	if len(r.Entries) != 4 {
		t.Errorf("got %d entries, want 4", len(r.Entries))
	}
}

// item makes an RSS item; day 0 leaves the date out.
func item(guid, link, title string, day int) string {
	s := "<item><title>" + title + "</title>"
	if guid != "" {
		s += `<guid isPermaLink="false">` + guid + "</guid>"
	}
	if link != "" {
		s += "<link>https://i.example/" + link + "</link>"
	}
	if day > 0 {
		s += fmt.Sprintf("<pubDate>%s</pubDate>", time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC).Format(time.RFC1123Z))
	}
	return s + "</item>"
}

// parseItems reads a feed of these items: identities by address.
func parseItems(t *testing.T, items ...string) map[string]string {
	t.Helper()
	ids := map[string]string{}
	for _, e := range readItems(t, items...) {
		ids[e.URL] = e.Identity
	}
	return ids
}

// parseAll reads a feed of these items: identities in order.
func parseAll(t *testing.T, items ...string) []string {
	t.Helper()
	var ids []string
	for _, e := range readItems(t, items...) {
		ids = append(ids, e.Identity)
	}
	return ids
}

func readItems(t *testing.T, items ...string) []news.Entry {
	t.Helper()
	body := `<rss version="2.0"><channel><title>t</title><link>https://i.example/</link>` + strings.Join(items, "") + "</channel></rss>"
	r, err := Parse([]byte(body), "", "https://i.example/feed")
	if err != nil {
		t.Fatal(err)
	}
	return r.Entries
}

// TestIdentityIsStable reads a feed again after it changed: what was there keeps its identity.
func TestIdentityIsStable(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after []string
		same          string
	}{
		{"edited", []string{item("1", "a", "Old title", 1)}, []string{item("1", "a", "New title", 2)}, "a"},
		{"edited without guid", []string{item("", "a", "Old title", 1)}, []string{item("", "a", "New title", 1)}, "a"},
		{"reordered", []string{item("1", "a", "A", 0), item("2", "b", "B", 0)}, []string{item("2", "b", "B", 0), item("1", "a", "A", 0)}, "a"},
		{"a second entry with the same guid", []string{item("1", "a", "A", 1)}, []string{item("1", "b", "B", 2), item("1", "a", "A", 1)}, "a"},
		{"a third one", []string{item("1", "b", "B", 2), item("1", "a", "A", 1)}, []string{item("1", "c", "C", 3), item("1", "b", "B", 2), item("1", "a", "A", 1)}, "b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := "https://i.example/" + c.same
			before, after := parseItems(t, c.before...), parseItems(t, c.after...)
			if before[url] == "" || before[url] != after[url] {
				t.Errorf("%s: was %q, is %q", url, before[url], after[url])
			}
		})
	}
}

func TestLimits(t *testing.T) {
	var items []string
	for i := range MaxEntries + 50 {
		items = append(items, item("", fmt.Sprint(i), "t", 1+i%28))
	}
	if got := len(parseItems(t, items...)); got != MaxEntries {
		t.Errorf("got %d entries, want %d", got, MaxEntries)
	}
	for name, body := range map[string]string{
		"deep":         "<rss><channel>" + strings.Repeat("<a>", 1<<20),
		"deep feed":    "<feed>" + strings.Repeat("<feed>", 1<<18),
		"deep JSON":    `{"version":"https://jsonfeed.org/version/1","items":` + strings.Repeat("[", 1<<20),
		"empty":        "",
		"only a tag":   "<rss",
		"binary":       "\x89PNG\r\n\x1a\n\x00\x00\x00",
		"ampersands":   "<rss>" + strings.Repeat("&", 1<<20),
		"open CDATA":   "<rss><channel><title><![CDATA[" + strings.Repeat("x", 1<<20),
		"attributes":   "<rss " + strings.Repeat(`a="b" `, 1<<18) + ">",
		"unclosed tag": "<rss " + strings.Repeat("x", 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if _, err := Parse([]byte(body), "", "https://h.example/"); !errors.Is(err, news.ErrNotFeed) {
				t.Errorf("got %v, want ErrNotFeed", err)
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestWildDate(t *testing.T) {
	then := time.Date(2026, 2, 7, 18, 4, 0, 0, time.FixedZone("", 3600))
	if got := wildDate(&then, "unreadable", false); !got.Equal(then) || got.Location() != time.UTC {
		t.Errorf("got %v", got)
	}
	if got := wildDate(nil, strings.Repeat("1", maxDate+1), false); !got.IsZero() {
		t.Errorf("long text: got %v", got)
	}
}

func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/feeds/*.*")
	for _, file := range files {
		if body, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, ".want") {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := Parse(body, "", "https://fuzz.example/feed")
		if err != nil {
			if !errors.Is(err, news.ErrNotFeed) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, e := range r.Entries {
			if len(e.Identity) != 64 || seen[e.Identity] {
				t.Fatalf("identity %q", e.Identity)
			}
			seen[e.Identity] = true
			if e.URL != "" && !strings.HasPrefix(e.URL, "http") || strings.ContainsAny(e.Title, "\n\r\x00") {
				t.Fatalf("entry %+v", e)
			}
		}
	})
}
