package quote

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"herald/news/text"
)

// The language files: "[section]" lines, words in lower case separated by white space, "#" starts a comment line.
//
//	cue              verb forms that report speech, with marks or with a clause
//	cue-active       the same, participles that share the subject of the clause before and are never passive
//	cue-quote-active participles that do so next to marks only
//	tell             those of them that name the listener before the clause
//	cue-that         the same, but with a clause only behind a word of [that]
//	cue-quote        the same, but only next to quotation marks
//	cue-it           verb forms whose subject is no speaker: a preposition names the source ("in the letter it says")
//	split            verb forms with the particle that must follow in their clause ("teilt_mit")
//	goes-on          words before an infinitive that stand as an auxiliary does ("went_on_to")
//	event-before     words before a preposition that then says when, not who ("kurz nach dem Bericht")
//	split-quote      the same where they report next to marks only ("fuhr_fort")
//	split-silent     the same where they say nothing with it ("sagt_ab")
//	that             words that open a reported clause
//	according        words that introduce a speaker ("according_to"); post: those that follow one
//	according-quote  the same, but only next to marks ("pour le maire, « … »")
//	according-own    the same with the speaker, a possessive, in the place of "*" ("à_*_avis")
//	meanwhile        phrases that may stand between a verb and its subject ("de_son_côté")
//	he she they it who first pronouns: a man, a woman, several, a thing, relative, those that no text can resolve
//	him her          pronouns in other cases than the first, and possessives that stand for the speaker ("по его словам")
//	thus             words at the beginning of a clause for what somebody said before it ("demnach")
//	pronominal       articles and the like that can stand for somebody without a noun ("einige", "letztere")
//	whether          words that open a question which is not asked of anybody ("die Frage, ob")
//	nothing          words for no words at all ("said nothing until …")
//	question         nouns for a question that somebody answers ("auf die Frage „…“")
//	asked            words at the beginning of a remark about a question to the speaker ("asked about it, she said")
//	of               nouns for people that a name right behind them owns, where nothing but the order shows it ("زوجة محمد")
//	impersonal       pronouns for nobody in particular ("on")
//	they-ending      endings of verbs whose subject is several
//	she-ending       endings of verbs whose subject is a woman
//	oblique-ending   endings of names in another case than the first that are no vowels
//	object-ending    endings of nouns that no subject has
//	reflexive        words that make of a verb with one of [be] no passive ("s'est dit")
//	ask              verbs of [cue-quote] that report a question behind a word of [whether] as well
//	with             prepositions before who does what a participle says ("with the mayor saying …")
//	former           words for an office that somebody has no more: "the minister" is another one
//	namer            nouns behind which a name stands in marks ("the company “…”")
//	det prep conj    articles and the like, prepositions, words that join clauses
//	sub              words that open a clause beside the main one ("when", "after")
//	agent            the word before who does what a passive verb says ("asked by")
//	indefinite       articles of what is mentioned first
//	homonym          forms in cue that are as often nouns ("claims", "comment")
//	aux              what may stand between a subject and its verb; neg: what makes a report none; be: marks of the passive
//	elision          forms that lean on the next word, with their apostrophe
//	as               words that open a clause naming the speaker ("as the mayor said, …")
//	subjunctive      verb forms that mark a clause as somebody else's words
//	conditional      verb forms that do so only behind a report or a reporting verb
//	hearsay          the same only in a clause behind a reporting verb
//	infinitive       the word that opens an infinitive, which can be what a verb reports
//	source           nouns for what somebody says, at the end of a word too: "nach Angaben der Stadt"
//	by               prepositions before a source
//	cue-noun         nouns that report the clause behind them ("der Meinung, dass")
//	aside            words that introduce a speaker between two marks only (", so die Stadt,")
//	genitive         articles that tie a noun to the one before; oblique: those that no subject has
//	perfect          auxiliaries that stand away from their participle
//	title            forms of address; role: what people are by office; body: institutions that speak
//	this             words for the sentence before, at the beginning of the one that names who said it
//	woman            offices in their form for women
//	day              names that are no persons; male, female: given names; particle: small words inside names
//	doer             prepositions before who does what a passive verb says, in languages where verbs stand last
//	cite             verb forms whose object is the speaker ("zitiert den Minister mit den Worten")
//	participle       participles that look like infinitives
//	some             articles of somebody who is not known yet ("a minister"); masculine feminine: articles that tell the sex
//	at               prepositions of places; latter: words for who was named last; kin: relatives; man: offices of men
//	thing-ending     endings of nouns for qualities, acts and things, which can't speak
//	agent-ending     endings of nouns for what people do; woman-ending: such endings for men and for women ("or_ora")
//	name-male name-female       endings of surnames that tell the sex
//	first-male first-female first-neuter  endings of declined names and offices, with that of the first case before ("ов_ова")
//	said-before      in languages without spaces: words for speaking before or behind which a quotation stands at once
//	said-behind      the same, behind the marks only, their particle included; about: particles behind who does something
//	said-so          words for speaking that point back to a quotation that is a sentence of its own
//	surname          surnames of such a language, where a name stands behind an office
//	rule             switches, see language
//
//go:embed lang/*.txt
var files embed.FS

// language is what this package knows of one language; the zero value is a language it knows nothing of.
type language struct {
	words       map[string]class
	according   [][]string          // phrases of one or more words
	beside      [][]string          // the same, which introduce a speaker only next to marks
	own         [][]string          // the same, with the speaker in the place of "*"
	meanwhile   [][]string          // phrases between a verb and its subject
	nothing     []string            // words for no words at all
	questions   []string            // nouns for a question that somebody answers
	asked       []string            // words that open a remark about a question
	of          []string            // nouns for people that a name right behind them owns
	impersonal  []string            // pronouns for nobody in particular
	reflexive   []string            // words that make a verb no passive
	asking      []string            // verbs that report a question
	with        []string            // prepositions before who does what a participle says
	after       []string            // words before a preposition that then says when, not who
	goesOn      [][]string          // what may stand before an infinitive like an auxiliary
	former      []string            // words for an office that somebody has no more
	opening     map[string]bool     // the first words of according, beside and own
	tails       map[string]bool     // the last minPart bytes of the words that a compound can end in
	split       map[string][]string // verb forms and the particles that they need
	splitQuote  map[string][]string // the same, of those that report next to marks only
	silent      map[string][]string // verb forms and the particles with which they say nothing
	nounsUpper  bool                // nouns begin with a capital
	dashes      bool                // dialogue begins with a dash
	free        bool                // the subject may follow its verb anywhere, and a reported clause needs a joining word
	compounds   bool                // what a noun is its last part tells, with a capital or without
	comma       bool                // a comma may open a reported clause
	ordinals    bool                // a full stop makes a number an ordinal
	speaker     *Forest             // tells speakers from other mentions; nil where none was trained
	spaceless   bool                // words are not parted, see spaceless.go
	saying      []string            // words for speaking of such a language
	saidAfter   []string            // the same, only behind a quotation
	saidSo      []string            // words for what was said in the sentence before
	surnames    []string            // of such a language, where they come before the given name and behind an office
	callings    []string            // offices and forms of address
	insertions  bool                // commas part off who speaks inside the marks
	ownerS      bool                // an owner ends in "s" without an apostrophe
	caseless    bool                // letters have no capitals: names are known by their given names
	verbLast    bool                // nothing follows a verb
	suffixes    bool                // an apostrophe parts a name from its endings
	apostrophes bool                // two apostrophes are a usual quotation mark; elsewhere they prove no wording

	articles    bool              // articles tell the sex, so a noun without one is rarely a subject
	given       map[string]class  // given names of all languages
	agents      []string          // endings of nouns for what people do
	things      []string          // endings of nouns for qualities, acts and things
	obliques    []string          // endings of names that are in another case than the first
	objects     []string          // endings of nouns that no subject has
	theyDo      []string          // endings of verbs whose subject is several
	womenDo     []string          // endings of verbs whose subject is a woman
	womanly     []pair            // endings of such nouns for men and for women
	endings     []ending          // of surnames
	declensions []declension      // the longest endings first
	firsts      map[string]string // the first case of declined words that the language knows
}

// languages reads the language files once; they are part of the program, so a broken one is a programming error.
var languages = sync.OnceValue(func() map[string]*language {
	all := map[string]*language{}
	for lang, data := range text.LanguageFiles(files) {
		all[lang] = readLanguage(data)
		all[lang].speaker = speakerForest(lang)
	}
	shareNames(all)
	for _, l := range all {
		l.decline()
		l.end()
	}
	return all
})

// shareNames lets every language know the given names of the others, where they mean the same to all.
func shareNames(all map[string]*language) {
	given := map[string]class{}
	for _, l := range all {
		for w, c := range l.words {
			if c&(male|female) != 0 && c&^(male|female) == 0 {
				given[w] |= c
			}
		}
	}
	for _, l := range all {
		l.given = given
	}
}

func languageOf(lang string) *language {
	if l := languages()[lang]; l != nil {
		return l
	}
	return &unknown
}

var unknown language

func readLanguage(data string) *language {
	l := &language{
		words: map[string]class{}, firsts: map[string]string{}, opening: map[string]bool{},
		split: map[string][]string{}, splitQuote: map[string][]string{}, silent: map[string][]string{},
	}
	for section, line := range text.SectionLines(data) {
		for _, w := range strings.Fields(line) {
			l.add(section, w)
		}
	}
	slices.SortStableFunc(l.according, func(a, b []string) int { return len(b) - len(a) }) // the longest first
	for _, phrases := range [][][]string{l.according, l.beside, l.own} {
		for _, words := range phrases {
			l.opening[words[0]] = true
		}
	}
	return l
}

func (l *language) add(section, word string) {
	switch section {
	case "according":
		l.according = append(l.according, strings.Split(word, "_"))
	case "according-quote":
		l.beside = append(l.beside, strings.Split(word, "_"))
	case "according-own":
		l.own = append(l.own, strings.Split(word, "_"))
	case "goes-on":
		l.goesOn = append(l.goesOn, strings.Split(word, "_"))
	case "meanwhile":
		l.meanwhile = append(l.meanwhile, strings.Split(word, "_"))
	case "nothing":
		l.nothing = append(l.nothing, word)
	case "question":
		l.questions = append(l.questions, word)
	case "asked":
		l.asked = append(l.asked, word)
	case "of":
		l.of = append(l.of, word)
	case "impersonal":
		l.impersonal = append(l.impersonal, word)
	case "they-ending":
		l.theyDo = append(l.theyDo, word)
	case "she-ending":
		l.womenDo = append(l.womenDo, word)
	case "oblique-ending":
		l.obliques = append(l.obliques, word)
	case "object-ending":
		l.objects = append(l.objects, word)
	case "reflexive":
		l.reflexive = append(l.reflexive, word)
	case "ask":
		l.asking = append(l.asking, word)
	case "with":
		l.with = append(l.with, word)
	case "event-before":
		l.after = append(l.after, word)
	case "former":
		l.former = append(l.former, word)
	case "rule":
		l.set(word)
	case "split", "split-quote":
		verb, particle, _ := strings.Cut(word, "_")
		l.split[verb] = append(l.split[verb], particle)
		l.words[verb] |= apart
		if section == "split-quote" {
			l.splitQuote[verb] = append(l.splitQuote[verb], particle)
		}
	case "split-silent":
		verb, particle, _ := strings.Cut(word, "_")
		l.silent[verb] = append(l.silent[verb], particle)
	case "agent-ending":
		l.agents = append(l.agents, word)
	case "said-so":
		l.saidSo = append(l.saidSo, word)
	case "surname":
		l.surnames = append(l.surnames, word)
	case "said-before":
		l.saying = append(l.saying, word)
	case "said-behind":
		l.saidAfter = append(l.saidAfter, word)
	case "thing-ending":
		l.things = append(l.things, word)
	case "woman-ending":
		man, woman, _ := strings.Cut(word, "_")
		l.womanly = append(l.womanly, pair{man, woman})
	case "name-male":
		l.endings = append(l.endings, ending{word, male})
	case "name-female":
		l.endings = append(l.endings, ending{word, female})
	case "first-male", "first-female", "first-neuter":
		first, text, _ := strings.Cut(word, "_")
		l.declensions = append(l.declensions, declension{text, first, classNames[strings.TrimPrefix(section, "first-")]})
	default:
		c, ok := classNames[section]
		if !ok {
			panic("quote: unknown section " + section)
		}
		l.words[word] |= c
		if c == title || c == role && len(word) > len("人") {
			l.callings = append(l.callings, word)
		}
		l.articles = l.articles || c == masculine
	}
}

func (l *language) set(rule string) {
	switch rule {
	case "nouns-upper":
		l.nounsUpper = true
	case "dashes":
		l.dashes = true
	case "free":
		l.free = true
	case "compounds":
		l.compounds = true
	case "comma":
		l.comma = true
	case "ordinals":
		l.ordinals = true
	case "spaceless":
		l.spaceless = true
	case "insertions":
		l.insertions = true
	case "owner-s":
		l.ownerS = true
	case "caseless":
		l.caseless = true
	case "verb-last":
		l.verbLast = true
	case "suffixes":
		l.suffixes = true
	case "apostrophes":
		l.apostrophes = true
	default:
		panic("quote: unknown rule " + rule)
	}
}
