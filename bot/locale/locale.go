// Package locale holds Herald's own words in English, German, French, Spanish and Russian, with each language's plurals,
// dates and times of day. A language it does not have, and a word that a language lacks, is English. It knows nothing of
// Telegram and does no I/O: the catalogs are part of the program.
//
// To add a text: put the same key into each of the five files en.json, de.json, fr.json, es.json and ru.json, as
// "room.what": "Words with {{.name}}", and read it with w.T("room.what", "name", value). A text that counts is an
// object of plural forms, "room.count": {"one": "{{.n}} story", "other": "{{.n}} stories"} (Russian: one, few, many,
// other; Unicode CLDR, "Language Plural Rules"), and is read with w.N("room.count", n). The test of this package fails
// when a key, a placeholder or a plural form is missing somewhere.
//
// Texts hold no "<", ">" or "&": so a text is HTML where its arguments are escaped, and plain where they are not. Only
// keys that end in ".html" hold Telegram's HTML themselves; their arguments must be escaped. "\n" breaks a line.
package locale

import (
	"embed"
	"fmt"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed *.json
var catalogs embed.FS

// fallback is the language of what is not translated.
const fallback = "en"

// languages are those that have a catalog.
var languages = []string{fallback, "de", "fr", "es", "ru"}

// Words are Herald's texts in one language. They never change, and are safe for concurrent use.
type Words struct {
	lang      string
	localizer *i18n.Localizer
}

var all = load()

// load reads the catalogs that the program brings along; a broken one fails every start, and so the tests.
func load() map[string]*Words {
	bundle := i18n.NewBundle(language.English)
	for _, lang := range languages {
		if _, err := bundle.LoadMessageFileFS(catalogs, lang+".json"); err != nil {
			panic("locale: " + lang + ": " + err.Error())
		}
	}
	words := map[string]*Words{}
	for _, lang := range languages {
		words[lang] = &Words{lang: lang, localizer: i18n.NewLocalizer(bundle, lang)}
	}
	return words
}

// Languages are the codes of the languages that Herald speaks, English first.
func Languages() []string { return append([]string(nil), languages...) }

// Has tells whether Herald speaks the language; lang may be a tag with a region, "de-AT".
func Has(lang string) bool { return all[base(lang)] != nil }

// For returns the words of a language; lang may be a tag with a region. A language that Herald does not speak, or "",
// is English.
func For(lang string) *Words {
	if w := all[base(lang)]; w != nil {
		return w
	}
	return all[fallback]
}

// base is the language of a tag (RFC 5646) in lower case.
func base(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	tag, _, _ = strings.Cut(tag, "_")
	return tag
}

// Lang is the two-letter code of the language.
func (w *Words) Lang() string { return w.lang }

// T is the text under a key. args are names and values in turn, for the placeholders: T("card.by", "name", x). A key
// that no language has is returned itself.
func (w *Words) T(key string, args ...any) string {
	return w.text(&i18n.LocalizeConfig{MessageID: key, TemplateData: named(args)}, key)
}

// N is the text under a key in the plural form of n, which is also its placeholder {{.n}}.
func (w *Words) N(key string, n int, args ...any) string {
	data := named(args)
	data["n"] = n
	return w.text(&i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: data}, key)
}

// text falls back to the key: an odd word in a message is better than none.
func (w *Words) text(c *i18n.LocalizeConfig, key string) string {
	s, _ := w.localizer.Localize(c) // the error of a fallback to English comes with the English text
	if s == "" {
		return key
	}
	return s
}

func named(args []any) map[string]any {
	data := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		data[fmt.Sprint(args[i])] = args[i+1]
	}
	return data
}
