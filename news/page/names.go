package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

var (
	byPrefix = regexp.MustCompile(`(?i)^(?:(?:post(?:ed)?|written|published|reported|articles?|text|story|words|artikel|ein\s+\p{L}+|(?:blog[ -]?)?beitrag|beiträge|(?:alle|all|mehr|more)\s+\p{L}+)\s+)?` +
		`(?:author|by|vo[nm]|par|por|di|door|автор|autor(?:en|in|a)?|auteure?|autore|texte?|interview|av|af|yazar|بقلم|كتبت?|글)\s*:?\s+|` +
		`^(?:文|作者|记者|記者|撰文|執筆|著者|글)(?:\s*[:：/=]\s*|\s+)`)
	nameJoint = regexp.MustCompile(`(?i)\s*(?:[,;|&•·]|\s(?:and|und|et|y|e|en|og|och|и|with|mit|avec|con)\s)\s*`)
	dateAfter = regexp.MustCompile(`(?i)[\s,|·(–-]+(?:(?:am|on|le|el|il|em|op|vor|hace|il y a)\s+)?\d.*$`)
	// besides is what may follow a name and is no part of it: an agency's mark, the paper, a footnote's number.
	besides = regexp.MustCompile(`(?i)\s+(?:for|für|pour|para)\s.*$|\s+(?:im gespräch|in conversation)$|(\p{L}+\s\p{L}+)\d+$|(\p{L}\s+\p{L}+)\s*/\s*\p{Lu}[\p{Lu}-]{1,7}$|\s*(?:기자|記者|记者)$`)
	// others are people who did not write: their task and all that follows.
	others = regexp.MustCompile(`(?i)[\s,;|/]+(?:illustrations?|photos?|fotos?|photograph\p{L}*|fotograf\p{L}*|bilder|images?)\s*(?::|by|von|de|par)\s.*$`)
	// task is what the named person did, before a colon: "text and pictures".
	task = regexp.MustCompile(`^(?:\p{L}+\s+){0,3}\p{L}+\s?:\s+`)
)

// nameRule tells which names count.
type nameRule struct {
	known map[string]bool // forms of the site's name: no author
	shown bool            // from running text: every word must look like one of a name
	desks bool            // newsrooms and agencies' marks count
}

// joinNames cleans the names of authors and joins them with ", ". Addresses, the site's name and what is no name go.
func joinNames(raw []string, r nameRule) string {
	var names []string
	for _, s := range raw {
		s = oneLine(html.UnescapeString(s))
		if strings.Contains(s, "://") {
			continue
		}
		s = byPrefix.ReplaceAllString(strings.TrimLeft(s, "-–— "), "")
		s = others.ReplaceAllString(withoutDate(s), "")
		for _, name := range nameJoint.Split(s, -1) {
			name = cleanName(name)
			if r.shown && len(names) > 0 && strings.ToLower(name) == name {
				continue // an agency's mark after the names
			}
			if r.allows(name) && !slices.Contains(names, name) && len(names) < maxNames {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, ", ")
}

// withoutDate cuts a date, and what goes with it, from the end of a byline.
func withoutDate(s string) string {
	cut := len(s)
	for _, re := range []*regexp.Regexp{writtenDate, issued, newer, dateAfter} {
		if at := re.FindStringIndex(s); at != nil {
			cut = min(cut, at[0])
		}
	}
	if cut == len(s) {
		return s
	}
	words := strings.Fields(s[:cut])
	for len(words) > 1 && dateWord(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// dateWord tells whether a word before a date belongs to it.
func dateWord(w string) bool {
	w = strings.ToLower(strings.Trim(w, ".,|·()–—-"))
	return w == "" || monthNames[w] != 0 || weekdays[w]
}

func cleanName(s string) string {
	s = task.ReplaceAllString(strings.TrimSpace(s), "")
	s = besides.ReplaceAllString(s, "$1$2")
	s = strings.Trim(s, " :-–—()[]\"'*")
	last := s[strings.LastIndexByte(s, ' ')+1:]
	if len(last) > len("Jr.") {
		s = strings.TrimRight(s, ". ")
	}
	return once(s)
}

// once is a text without its repetition, as pages have for readers and for programs.
func once(s string) string {
	words := strings.Fields(s)
	if half := len(words) / 2; len(words) == 2*half && slices.Equal(words[:half], words[half:]) {
		return strings.Join(words[:half], " ")
	}
	return s
}

func (r nameRule) allows(name string) bool {
	switch {
	case !nameLike(name) || siteLike(name, r.known):
		return false
	case !r.desks && (isDesk(name) || mark(name)):
		return false
	}
	return !r.shown || isDesk(name) || shownName(name)
}

// nameLike tells whether a text can be a person's name or pen name.
func nameLike(s string) bool {
	if len(s) < 2 || len(s) > maxName || strings.Contains(s, "://") || strings.Contains(s, "@") || strings.HasPrefix(s, "www.") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	return meaning(r) && !unicode.IsDigit(r) && !licence.MatchString(s) && len(strings.Fields(s)) <= 5 && !nobody[strings.ToLower(s)] && !weekdays[strings.ToLower(s)]
}

// shownName tells whether every word of a text looks like one of a name. A single word may be a pen name.
func shownName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 1 {
		return !strings.ContainsAny(s, "()→:")
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !unicode.Is(unicode.Lo, r) && !betweenNames[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// isDesk tells whether a name is a newsroom's.
func isDesk(s string) bool {
	low := strings.ToLower(s)
	return desks[low] || strings.HasSuffix(low, "redaktion")
}

// mark tells whether a name is an agency's or editor's mark: up to three capitals.
func mark(s string) bool {
	return len(s) <= 3 && strings.ToUpper(s) == s && s[0] < utf8.RuneSelf
}

// fuller is the fullest form of a byline that the others have: with the accents and spaces that a login lacks, with the
// family name, or with the other authors.
func fuller(name string, others []string) string {
	for _, other := range others {
		key, longer := fold(name), fold(other)
		same := letters(key) == letters(longer) && (len(strings.Fields(other)) > len(strings.Fields(name)) || len(other) > len(name))
		if same || strings.HasPrefix(longer, key+" ") || strings.HasPrefix(longer, key+",") {
			name = other
		}
	}
	return name
}

// fold is a text in lower case without accents.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// nobody stands where a name should and is none.
var nobody = wordSet("admin", "administrator", "author", "authors", "autor", "autoren", "auteur", "auteurs", "webmaster", "guest", "gast", "follow",
	"share", "xing", "human", "anonymous", "user", "name", "posted", "unknown", "about", "root", "newsletter", "untitled", "unbenannt")

// licence names a licence, which markup gives an author's place.
var licence = regexp.MustCompile(`(?i)^(?:cc[ -]by|creative commons)`)

// weekdays stand before dates.
var weekdays = wordSet("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
	"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "mo", "di", "mi", "do", "fr", "sa", "so",
	"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado",
	"domingo", "am", "on", "le", "el", "il")

// desks are authors of last resort.
var desks = wordSet("redaktion", "die redaktion", "redaction", "la rédaction", "rédaction", "redacción", "la redacción", "redazione", "redação", "redactie",
	"redakcja", "редакция", "редакція", "editor", "editors", "editorial", "editorial staff", "staff", "staff writer", "newsroom", "news desk",
	"agencies", "agenturen", "agencias", "agences")

// betweenNames are words of names that begin with a small letter.
var betweenNames = wordSet("de", "da", "di", "del", "della", "dos", "do", "du", "la", "le", "van", "von", "der", "den", "zu", "bin", "ibn", "al", "el", "ten",
	"ter", "af", "av", "y", "e", "vom", "zur")
