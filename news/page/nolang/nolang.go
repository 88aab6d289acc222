// Package whatlanggo stands in for the language detector that go-trafilatura asks about every text it has extracted, to no
// purpose here: news/text knows the language better, and the real one took a fifth of an extraction's time. This one knows no
// language.
//
// It is a module of its own, named in a replace directive of Herald's go.mod.
package whatlanggo

// Lang is a language.
type Lang int

// DetectLang knows no language.
func DetectLang(string) Lang { return 0 }

// Iso6391 is the language's two-letter code: none.
func (Lang) Iso6391() string { return "" }
