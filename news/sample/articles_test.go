package sample

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func library(t *testing.T) ([]publisher, []article) {
	t.Helper()
	publishers, articles, err := load(files)
	if err != nil {
		t.Fatal(err)
	}
	return publishers, articles
}

func (a article) words() (n int) {
	for _, b := range a.blocks {
		n += len(strings.Fields(b.Text))
	}
	return n
}

func TestEveryArticleIsThereOnce(t *testing.T) {
	_, articles := library(t)
	if got, want := len(articles), 66; got < want {
		t.Errorf("%d articles, want at least %d", got, want)
	}
	seen := map[string]string{}
	for _, a := range articles {
		name := a.publisher + "/" + a.slug
		if a.slug == "" || a.slug == "feed" {
			t.Errorf("%s: not usable as an address", name)
		}
		texts := []string{"address " + name, "title " + a.title}
		for _, b := range a.blocks {
			if len(b.Text) > 120 { // shorter ones are links to other articles, and may repeat
				texts = append(texts, "text "+b.Text)
			}
		}
		for _, text := range texts {
			if other, ok := seen[text]; ok {
				t.Errorf("%s repeats %s: %.80s", name, other, text)
			}
			seen[text] = name
		}
	}
}

func TestArticlesPerLanguage(t *testing.T) {
	publishers, articles := library(t)
	lang, feeds, got := map[string]string{}, map[string]int{}, map[string]int{}
	for _, p := range publishers {
		lang[p.ID] = p.Lang
		feeds[p.Lang]++
	}
	for _, a := range articles {
		got[lang[a.publisher]]++
	}
	for l, want := range map[string]int{"en": 20, "fr": 10, "de": 10, "es": 10, "ru": 10} {
		if got[l] < want {
			t.Errorf("%s: %d articles, want at least %d", l, got[l], want)
		}
	}
	if feeds["en"] < 2 || len(feeds) != 5 {
		t.Errorf("feeds per language: %v, want 5 languages and 2 English feeds", feeds)
	}
}

func TestKindsOfArticles(t *testing.T) {
	_, articles := library(t)
	got := map[string]int{}
	for _, a := range articles {
		n := a.words()
		kinds := map[string]bool{
			"untidy": a.untidy, "without guid": a.noGUID, "short": n < 60, "long": n >= 900, "usual": n >= 100 && n <= 450,
			"special": strings.ContainsAny(a.title, "&") && strings.ContainsAny(a.title, "<") && strings.ContainsAny(a.title, ">"),
			"emoji":   strings.ContainsFunc(a.title, func(r rune) bool { return r >= 0x1F300 }),
		}
		for kind, is := range kinds {
			if is {
				got[kind]++
			}
		}
		if !kinds["short"] && !kinds["long"] && !kinds["usual"] {
			t.Errorf("%s/%s has %d words", a.publisher, a.slug, n)
		}
	}
	want := map[string]int{"untidy": 8, "without guid": 3, "short": 1, "long": 1, "usual": 60, "special": 1, "emoji": 1}
	for kind, n := range want {
		if got[kind] < n {
			t.Errorf("%s: %d, want at least %d", kind, got[kind], n)
		}
	}
}

func TestSharedEvents(t *testing.T) {
	_, articles := library(t)
	tellers := map[string][]string{}
	for _, a := range articles {
		if a.event == "" {
			continue
		}
		if slices.Contains(tellers[a.event], a.publisher) {
			t.Errorf("%s tells %s twice", a.publisher, a.event)
		}
		tellers[a.event] = append(tellers[a.event], a.publisher)
	}
	if len(tellers) < 10 {
		t.Errorf("%d shared events, want at least 10", len(tellers))
	}
	for event, list := range tellers {
		if len(list) < 2 || len(list) > 4 {
			t.Errorf("%s is told by %v, want two to four", event, list)
		}
	}
}

func TestReservedOrder(t *testing.T) {
	publishers, articles := library(t)
	english := map[string]bool{}
	for _, p := range publishers {
		english[p.ID] = p.Lang == "en"
	}
	reserved := slices.DeleteFunc(articles, func(a article) bool { return a.order == 0 })
	slices.SortFunc(reserved, func(a, b article) int { return a.order - b.order })
	if len(reserved) < 18 {
		t.Fatalf("%d reserved, want at least 18", len(reserved))
	}
	begun := map[string]bool{}
	for i, a := range reserved {
		if a.order != i+1 {
			t.Fatalf("%s/%s: order %d, want %d", a.publisher, a.slug, a.order, i+1)
		}
		follows := i > 0 && a.event != "" && a.event == reserved[i-1].event
		if follows {
			continue
		}
		if !english[a.publisher] {
			t.Errorf("%s/%s: an event breaks in English first", a.publisher, a.slug)
		}
		if a.event != "" && begun[a.event] {
			t.Errorf("%s/%s: the articles on %s don't follow each other", a.publisher, a.slug, a.event)
		}
		begun[a.event] = true
	}
}

func TestAgesWithinThreeDays(t *testing.T) {
	_, articles := library(t)
	for _, a := range articles {
		if a.age > 72*time.Hour {
			t.Errorf("%s/%s is %v old", a.publisher, a.slug, a.age)
		}
	}
}

// TestTypography is what a copy editor would mark at once: typewriter quotes, marks of another language, marks that
// are opened and not closed, Latin letters in a Russian word.
func TestTypography(t *testing.T) {
	marks := map[string]string{"en": "“”", "fr": "«»", "de": "„“", "es": "«»", "ru": "«»"}
	others := map[string]string{"en": "«»„", "fr": "“”„", "de": "«»”", "es": "„", "ru": "”"}
	mixed := regexp.MustCompile(`\p{Cyrillic}\p{Latin}|\p{Latin}\p{Cyrillic}`)
	publishers, articles := library(t)
	for _, p := range publishers {
		pair := []rune(marks[p.Lang])
		for _, a := range articles {
			if a.publisher != p.ID {
				continue
			}
			for _, text := range a.texts() {
				bare := strings.Trim(text, "« »") // arrows around "previous" and "next"
				switch {
				case strings.ContainsAny(text, "\"'`"):
					t.Errorf("%s/%s: typewriter marks: %s", p.ID, a.slug, text)
				case len(text) > 60 && strings.ContainsAny(bare, others[p.Lang]):
					t.Errorf("%s/%s: marks of another language: %s", p.ID, a.slug, text)
				case len(text) > 60 && strings.Count(text, string(pair[0])) != strings.Count(text, string(pair[1])):
					t.Errorf("%s/%s: marks left open: %s", p.ID, a.slug, text)
				case mixed.MatchString(text):
					t.Errorf("%s/%s: two alphabets in one word: %s", p.ID, a.slug, text)
				}
			}
		}
	}
}

func (a article) texts() []string {
	texts := []string{a.title, a.teaser}
	for _, b := range a.blocks {
		texts = append(texts, b.Text)
	}
	return texts
}

func TestParseArticle(t *testing.T) {
	data := "Title: A & B\r\nAuthor: Ann Oake\nSection: Local\nOrder: 2\nNo-Guid: true\n\nOne\u00a0line\nand another.\n\n\n## Head\n\nTwo.\n"
	got, err := parseArticle([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	want := article{
		title: "A & B", author: "Ann Oake", section: "Local", order: 2, noGUID: true, teaser: "One\u00a0line and another.",
		blocks: []block{{false, "One\u00a0line and another."}, {true, "Head"}, {false, "Two."}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(article{})); diff != "" {
		t.Errorf("article (-want +got):\n%s", diff)
	}
}
