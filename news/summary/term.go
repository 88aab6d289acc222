package summary

// term is a stem of the article.
type term struct {
	written   string // as it stands where it is met first
	function  bool   // a function word of the language
	title     bool   // in the headline
	digit     bool   // begins with one
	count     int    // occurrences in the text
	sentences int    // sentences it occurs in
	last      int    // the latest of them
	first     int    // the place of the earliest of them
	origin    int    // the earliest of them
	inside    int    // occurrences that do not begin a sentence
	capital   int    // those of them in capitals: a name has as many
	letters   int
	odds      float64 // logarithm of the odds of p
	p         float64 // how likely a summary written by a person has it
	said      int     // stamp of the set that says it
}

// name tells whether the term is mostly written with a capital.
func (t *term) name() bool { return t.capital > 0 && t.capital*2 >= t.inside }

// pair is two terms that follow one another.
type pair struct {
	a, b  int
	title bool
	count int
	first int // the place of the earliest sentence it occurs in
	last  int // the latest
	p     float64
	said  int
}
