package locale_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/bot/locale"
)

// forms are the plural forms that whole numbers have up to a million (Unicode CLDR, "Language Plural Rules").
var forms = map[string][]string{
	"en": {"one", "other"}, "de": {"one", "other"}, "fr": {"one", "other"}, "es": {"one", "other"},
	"ru": {"few", "many", "one", "other"},
}

// catalog is a language's file: texts by key and plural form ("" for those that do not count).
func catalog(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	data, err := os.ReadFile(lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	c := map[string]map[string]string{}
	for key, value := range raw {
		var text string
		if json.Unmarshal(value, &text) == nil {
			c[key] = map[string]string{"": text}
			continue
		}
		if err := json.Unmarshal(value, new(map[string]string)); err != nil {
			t.Fatalf("%s: %s: %v", lang, key, err)
		}
		plural := map[string]string{}
		_ = json.Unmarshal(value, &plural)
		c[key] = plural
	}
	return c
}

var placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

func placeholders(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestCatalogsAgree(t *testing.T) {
	english := catalog(t, "en")
	for _, lang := range locale.Languages() {
		t.Run(lang, func(t *testing.T) {
			c := catalog(t, lang)
			if diff := cmp.Diff(slices.Sorted(maps.Keys(english)), slices.Sorted(maps.Keys(c))); diff != "" {
				t.Errorf("keys (-en +%s):\n%s", lang, diff)
			}
			for key, texts := range c {
				checkForms(t, lang, key, texts, english[key])
				for form, text := range texts {
					checkPlaceholders(t, key, form, text, english[key])
					checkText(t, key, text)
				}
			}
		})
	}
}

// checkPlaceholders wants the same ones as English; only the form for one may do without the number, "a feed".
func checkPlaceholders(t *testing.T, key, form, text string, english map[string]string) {
	t.Helper()
	want, ok := english[form]
	if !ok || form == "one" {
		want = english["other"]
	}
	got := placeholders(text)
	if form == "one" && !slices.Contains(got, "n") {
		got = append(got, "n")
		slices.Sort(got)
	}
	if diff := cmp.Diff(placeholders(want), got); diff != "" {
		t.Errorf("%s %s: placeholders (-want +got):\n%s", key, form, diff)
	}
}

func checkForms(t *testing.T, lang, key string, texts, english map[string]string) {
	t.Helper()
	want := []string{""}
	if _, counts := english["other"]; counts {
		want = forms[lang]
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(texts))); diff != "" {
		t.Errorf("%s: plural forms (-want +got):\n%s", key, diff)
	}
}

// checkText finds what would show in a message: marks outside ".html" keys, braces that are no placeholder, no words.
func checkText(t *testing.T, key, text string) {
	t.Helper()
	if !strings.HasSuffix(key, ".html") && strings.ContainsAny(text, "<>&") {
		t.Errorf("%s: %q holds marks of HTML", key, text)
	}
	if strings.ContainsAny(placeholder.ReplaceAllString(text, ""), "{}") || strings.TrimSpace(text) == "" {
		t.Errorf("%s: %q is empty or has stray braces", key, text)
	}
}

func TestFor(t *testing.T) {
	for tag, want := range map[string]string{"de": "de", "de-AT": "de", "RU_ru": "ru", "": "en", "xx": "en", "pt-BR": "en", "-": "en"} {
		if got := locale.For(tag).Lang(); got != want {
			t.Errorf("For(%q): got %s, want %s", tag, got, want)
		}
		if got := locale.Has(tag); got != (want != "en") {
			t.Errorf("Has(%q): got %v", tag, got)
		}
	}
}

func TestTexts(t *testing.T) {
	en, ru, fr := locale.For("en"), locale.For("ru"), locale.For("fr")
	for _, tc := range []struct{ got, want string }{
		{en.T("search.title", "words", "<b>x</b>"), "Found for “<b>x</b>”"},
		{en.T("no.such.key"), "no.such.key"},
		{en.N("list.sources", 1), "1 source"},
		{en.N("list.sources", 5), "5 sources"},
		{ru.N("list.sources", 21), "21 источник"},
		{ru.N("list.sources", 3), "3 источника"},
		{ru.N("list.sources", 11), "11 источников"},
		{fr.N("list.sources", 0), "0 source"},
		{fr.N("list.sources", 1000000), "1000000 sources"},
		{en.N("card.also.more", 2, "sources", "A, B"), "A, B and 2 more"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}

func TestWhen(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2031, 3, 31, 0, 30, 0, 0, berlin) // the day after the clocks went forward
	for _, tc := range []struct {
		ago  time.Duration
		lang string
		want string
	}{
		{30 * time.Second, "en", "just now"},
		{12 * time.Minute, "de", "vor 12 Min."},
		{59 * time.Minute, "en", "59 min ago"},
		{time.Hour, "en", "yesterday 23:30"},
		{22*time.Hour + 59*time.Minute, "fr", "hier 00:31"},
		{24 * time.Hour, "es", "29 de marzo 23:30"},
		{29*24*time.Hour + 12*time.Hour, "fr", "1er mars 11:30"},
		{365 * 24 * time.Hour, "ru", "30 марта 2030"},
		{-10 * time.Minute, "en", "today 00:40"},
		{-48 * time.Hour, "en", "2 April 00:30"},
	} {
		t.Run(fmt.Sprint(tc.lang, tc.ago), func(t *testing.T) {
			if got := locale.For(tc.lang).When(now.Add(-tc.ago), now, berlin); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
	if got := locale.For("en").When(time.Time{}, now, berlin); got != "" {
		t.Errorf("the zero time: got %q, want nothing", got)
	}
}

func TestDate(t *testing.T) {
	day := time.Date(2031, 5, 1, 23, 30, 0, 0, time.UTC)
	for lang, want := range map[string]string{"en": "Thursday, 1 May", "de": "Donnerstag, 1. Mai", "fr": "jeudi 1er mai", "es": "jueves, 1 de mayo", "ru": "четверг, 1 мая"} {
		if got := locale.For(lang).Date(day, time.UTC); got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
	if got := locale.For("en").Date(day, time.FixedZone("east", 3600)); got != "Friday, 2 May" {
		t.Errorf("an hour east: got %q", got)
	}
}

func BenchmarkText(b *testing.B) {
	w := locale.For("ru")
	for b.Loop() {
		w.N("card.also.more", 2, "sources", "A, B")
	}
}
