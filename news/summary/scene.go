package summary

import (
	"slices"
	"strings"
	"unicode"

	"herald/news/text"
)

// Features and many match reports begin with a scene, and tell the news behind it. What stands where does not count from
// the first sentence then, but from the one where the news begins.

const (
	// leastScenic is how many sentences a text has at least that begins with a scene.
	leastScenic = 10
	// scenery is how many sentences behind the first are looked at for what makes a scene, and manners how many of them
	// have it at least.
	scenery, manners = 4, 2
	// sketch is the number of words up to which a sentence sketches.
	sketch = 7
	// leastSketch is the number from which on they are more than a name.
	leastSketch = 3
	// mostDelay is how many sentences a first paragraph has at most that makes curious for the second.
	mostDelay = 5
	// mostScene is how many words a scene may have.
	mostScene = 180
)

// scene is how many sentences of the only article, which is no list, stand before the news: lines that are none, and a scene;
// 0: it begins with the news.
func (d *document) scene() int {
	lines := max(slices.IndexFunc(d.sentences, func(s sentence) bool { return s.usable || ended(s.text) }), 0)
	body := d.sentences[lines:]
	if n := d.delay(body); n > 0 {
		return lines + n
	}
	if len(body) < leastScenic || !d.headed || body[1].opener && (body[0].titles > 0 || !sketchy(body[1:1+scenery])) || d.leads(&body[0]) || !d.scenic(body) {
		return lines
	}
	first, words := true, 0 // paragraph; words of the scene
	for i := 1; i < 2*len(body)/3; i++ {
		s := &body[i]
		if words += body[i-1].words; words > mostScene {
			break
		}
		first = first && !s.opener
		told := s.titles > 1 && 2*s.titles >= d.titles
		if first && (told || s.titles > 1 && s.sober()) {
			break
		}
		if !first && s.sober() && (told || s.kinds.is(dated) || s.opener && (s.number || figures(body[i:]))) {
			return lines + i
		}
	}
	return lines
}

// delay is how many sentences a first paragraph has that makes curious for the second; 0: it does not. It has no date and at most a word of
// the headline, and the second begins with half of the headline; or it has no word of it and no number and begins briefly, and the second
// begins with a date and a word of the headline.
func (d *document) delay(body []sentence) int {
	n := 1
	for ; n < len(body) && !body[n].opener; n++ {
	}
	if n > mostDelay || n >= len(body) || !d.headed || slices.ContainsFunc(body[:n], func(s sentence) bool { return s.kinds.is(dated) || s.titles > 1 }) {
		return 0
	}
	untitled := !slices.ContainsFunc(body[:n], func(s sentence) bool { return s.titles > 0 || s.number })
	curious := untitled && body[0].words <= 2*sketch
	if s := &body[n]; s.sober() && (s.titles > 1 && 2*s.titles >= d.titles || s.titles > 0 && s.kinds.is(dated) && curious) {
		return n
	}
	return 0
}

// leads tells whether s, the first sentence, tells the news or where it comes from: it has a date, or much
// of the headline. One that leans and has nothing of it sets a scene ("It is five to ten on a November evening").
func (d *document) leads(s *sentence) bool {
	return s.kinds.is(dated) && (s.titles > 0 || !s.leaning) || 2*s.titles > d.titles || s.titles > 1 && !s.leaning || s.words < leastSketch || placename(s.text)
}

// sober tells whether s can tell the news: it stands by itself, in the writer's words.
func (s *sentence) sober() bool {
	return s.usable && !s.leaning && !s.kinds.is(reported) && !(s.opens && s.quoted > few) && !s.inside
}

// figures tells whether a paragraph that begins body has a number of three digits or more.
func figures(body []sentence) bool {
	for i := range body {
		if i > 0 && body[i].opener {
			return false
		}
		if body[i].number && figured(body[i].text) {
			return true
		}
	}
	return false
}

// figured tells whether s has three digits in a row.
func figured(s string) bool {
	n := 0
	for i := range len(s) {
		if n++; s[i] < '0' || s[i] > '9' {
			n = 0
		}
		if n == 3 {
			return true
		}
	}
	return false
}

// placename tells whether s is all capitals, as the place is that a report comes from.
func placename(s string) bool {
	return strings.ContainsFunc(s, unicode.IsUpper) && !strings.ContainsFunc(s, unicode.IsLower)
}

// scenic tells whether sentences go on in the manner of a scene: in sketches, and of somebody. What a conjunction ties to the one
// before reasons.
func (d *document) scenic(body []sentence) bool {
	l, first := d.reader.language, &body[0]
	found := int(flag(first.leaning || first.capital == 0 && !first.number))
	people := first.leaning || first.titles == 0 && body[1].words <= sketch
	for i := range body[1 : 1+scenery] {
		s := &body[1+i]
		speech := s.opens || s.inside
		people = people || speech || s.leaning && l.pronoun.begin(s.text)
		found += int(flag(speech || s.words <= sketch || s.leaning && !l.tie.begin(s.text)))
	}
	return people && found >= manners
}

// judge lets a text whose headline says that something is not so begin with the first sentence that does: what stands before is
// what somebody claimed, and shown with that sentence or not at all.
func (d *document) judge() {
	verdict := slices.IndexFunc(d.sentences, func(s sentence) bool { return s.kinds.is(untruth) && s.quoted == 0 && !s.inside })
	if verdict < 1 || 3*verdict > 2*len(d.sentences) { // at the end it is said again
		return
	}
	if next := verdict + 1; d.sentences[verdict].curt() && next < len(d.sentences) && d.sentences[next].follows(&d.sentences[verdict]) {
		verdict = next // "False. The pier is not for sale."
	}
	for i := range d.sentences[:verdict] {
		d.sentences[i].denied = verdict
	}
	d.verdict = verdict
	d.begin(verdict)
}

// checks tells whether a headline says that something is not so: "Fact check: No, the pier is not for sale".
func (l *language) checks(title string) bool {
	last, at := "", 0
	for w := range text.Words(title) {
		word := fold(w.In(title))
		if l.check[word] || l.check[last+"_"+word] ||
			l.check[word+","] && strings.HasPrefix(title[w.End:], ",") && (w.Start == 0 || strings.HasSuffix(title[:w.Start], ": ")) {
			return true
		}
		if last, at = word, at+1; at >= far {
			break
		}
	}
	return false
}

// sketchy tells whether some of the sentences are sketches, in the writer's words.
func sketchy(body []sentence) bool {
	n := 0
	for i := range body {
		n += int(flag(body[i].words <= sketch && !body[i].opens && !body[i].inside))
	}
	return n >= manners
}

// begin lets the text begin at sentence number scene; what stands before comes in the middle.
func (d *document) begin(scene int) {
	for i := range d.terms {
		d.terms[i].first = len(d.sentences)
	}
	for i := range d.pairs {
		d.pairs[i].first = len(d.sentences)
	}
	for i := range d.sentences {
		s := &d.sentences[i]
		if s.rank = i - scene; i < scene {
			s.rank, s.scenic = len(d.sentences)/2+i, true
		}
		for _, id := range s.tokens {
			d.terms[id].first = min(d.terms[id].first, s.rank)
		}
		for _, id := range s.pairs {
			d.pairs[id].first = min(d.pairs[id].first, s.rank)
		}
	}
}
