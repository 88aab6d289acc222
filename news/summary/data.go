package summary

import (
	"embed"
	"strings"
	"sync"

	"herald/news/text"
)

// The language files: "[section]" lines, words in lower case separated by white space, "two_words" count together; "#"
// starts a comment line. A language without a file has none of them.
//
//	lean      what a sentence begins with that leans on the one before it
//	start     beginnings that lean, where words are written without spaces
//	pronoun   those of them that stand for people
//	free      such words with the next that lean on nothing: "il y", "this year"
//	introduce pronouns before which a comma ends what introduces the sentence, never a sentence
//	turn      what leans wherever it stands among the first words
//	third     pronouns that lean among the first words from the third on, where the verb is before the subject
//	role      what somebody is called whom an earlier sentence names, where no name stands behind it; link: what may stand there instead
//	thing     what an earlier sentence speaks of, where a sentence begins with an article and it: "The letter says"; article: those
//	reported  forms that words have which somebody else said; teller: what tells that somebody did
//	aside     what a sentence begins with that speaks of the text, not of the news; three words also behind one or two others
//	source    what a sentence begins with, also behind a word that leans, that says only who told what stands before it
//	ordinal   what a sentence begins with that leans where no noun stands behind it: "the first was", "the eldest"
//	self      words by which somebody speaks of himself; address: as written, those by which he speaks to another or of himself
//	label     words of a headline that tell how a text is written; sentences of a live report that have one speak of the report
//	claim     words by which a writer says what is to be done
//	deny      words that take back what somebody said; false: those that say it is untrue, of a whole paragraph
//	not       words that take back what stands before them where hardly another stands with them: "It is not."
//	check     words of a headline that take back what the text begins with, some with the comma that must stand behind them: "Fact check", "No, …"
//	honorific what stands before the name of somebody who was named in full
//	hour      what stands behind a time of day, or before it
//	tie       what a sentence begins with that leans, but that it can do without; tie-comma: where a comma follows
//	but       what a sentence begins with that turns against the one before it
//	tail      what a last clause begins with that its sentence can do without; nothing that makes the rest less true
//	tail-end  endings of words that do so; no-tail: words with such an ending that do not
//	bound     words of a last clause that the sentence cannot do without; bound-start: beginnings of such words
//	count     numbers in letters, with which it is not left out
//	suspend   beginnings of words that take back a part of what stands before them: "eight months of it suspended"
//	dependent what a sentence begins with whose first clause cannot stand without the second
//
//go:embed lang/*.txt
var files embed.FS

// language is what this package knows of one language; the zero value is a language it knows nothing of.
type language struct {
	lean, pronoun, tie, tieComma, tail, noTail, dependent, but, check phrases
	turn, third, role, link, reported, teller, aside                  phrases
	thing, article, free, introduce                                   phrases
	bound, count, ordinal, self, address, hour, source                phrases
	tailEnd, start, boundStart, suspend                               []string
	kinds                                                             map[string]kind
	telling                                                           map[string]int8 // of words that may tell that a sentence leans, among how many first ones; of pairs the second, which is rarer
}

// languages reads the language files once; they are part of the program, so a broken one is a programming error.
var languages = sync.OnceValue(func() map[string]*language {
	all := map[string]*language{}
	for lang, data := range text.LanguageFiles(files) {
		all[lang] = readLanguage(data)
	}
	return all
})

var unknown language

func languageOf(lang string) *language {
	if l := languages()[lang]; l != nil {
		return l
	}
	return &unknown
}

func readLanguage(data string) *language {
	sections := text.Sections(data)
	l := &language{
		lean: phrasesOf(sections["lean"]), pronoun: phrasesOf(sections["pronoun"]), tie: phrasesOf(sections["tie"]), tieComma: phrasesOf(sections["tie-comma"]),
		but: phrasesOf(sections["but"]), check: phrasesOf(sections["check"]), tail: phrasesOf(sections["tail"]),
		noTail: phrasesOf(sections["no-tail"]), dependent: phrasesOf(sections["dependent"]), tailEnd: sections["tail-end"],
		turn: phrasesOf(sections["turn"]), third: phrasesOf(sections["third"]), role: phrasesOf(sections["role"]), link: phrasesOf(sections["link"]),
		reported: phrasesOf(sections["reported"]), teller: phrasesOf(sections["teller"]), aside: phrasesOf(sections["aside"]),
		free: phrasesOf(sections["free"]), introduce: phrasesOf(sections["introduce"]),
		thing: phrasesOf(sections["thing"]), article: phrasesOf(sections["article"]),
		ordinal: phrasesOf(sections["ordinal"]), self: phrasesOf(sections["self"]), address: phrasesOf(sections["address"]), hour: phrasesOf(sections["hour"]),
		source: phrasesOf(sections["source"]),
		bound:  phrasesOf(sections["bound"]), count: phrasesOf(sections["count"]), boundStart: sections["bound-start"], suspend: sections["suspend"], start: sections["start"],
		kinds: map[string]kind{}, telling: map[string]int8{},
	}
	for section, k := range kinds {
		for _, word := range sections[section] {
			l.kinds[word] |= k
		}
	}
	l.tell(2, l.lean, l.thing, l.ordinal, l.aside, l.but)
	l.tell(3, l.role, l.source)
	l.tell(behind+3, l.threes())
	l.tell(near, l.turn)
	l.tell(near+2, l.third)
	return l
}

// tell notes words that tell something among the first n of a sentence.
func (l *language) tell(n int8, all ...phrases) {
	for _, p := range all {
		for phrase := range p {
			l.telling[phrase[strings.LastIndexByte(phrase, '_')+1:]] = n
		}
	}
}

// phrases are words, and pairs of words with "_" between.
type phrases map[string]bool

func phrasesOf(words []string) phrases {
	set := make(phrases, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// begin tells whether s begins with one of them.
func (p phrases) begin(s string) bool {
	first := ""
	for w := range text.Words(s) {
		word := fold(w.In(s))
		if first != "" {
			return p[first+"_"+word]
		}
		if p[word] {
			return true
		}
		first = word
	}
	return false
}

// fold makes two writings of a word equal.
func fold(word string) string { return strings.ReplaceAll(strings.ToLower(word), "’", "'") }
