package quote

// class says what a word can be; a word may be several things.
type class uint64

const (
	cue class = 1 << iota
	cueThat
	cueQuote
	that
	post
	he
	she
	they
	it
	who
	first
	det
	prep
	conj
	aux
	neg
	be
	title
	role
	body
	day
	male
	female
	particle
	active
	tell
	elision
	as
	subjunctive
	perfect
	conditional
	cueIt
	source
	aside
	genitive
	oblique
	infinitive
	apart // a form in split
	by
	cueNoun
	hearsay
	woman
	this
	sub
	agent
	homonym
	indefinite
	doer
	cite
	strong
	some
	at
	latter
	kin
	man
	masculine
	feminine
	him
	her
	about
	thus
	namer
	pronominal
	whether
)

const (
	pronoun = he | she | they | it | who | first
	anyCue  = cue | cueThat | cueQuote | cueIt | apart
	mood    = subjunctive | conditional | hearsay
	verbal  = anyCue | mood | aux | neg | be | perfect | infinitive
	// reporting are the words that can name a speaker or say that somebody speaks.
	reporting = anyCue | post | aside | by | cueNoun
	// compounded is what the last part of a compound makes of it.
	compounded = role | body | source | woman | namer
	function   = det | prep | conj | aux | be | that | pronoun
)

var classNames = map[string]class{
	"cue":              cue,
	"cue-that":         cueThat,
	"cue-quote":        cueQuote,
	"that":             that,
	"post":             post,
	"he":               he,
	"she":              she,
	"they":             they,
	"it":               it,
	"who":              who,
	"first":            first,
	"det":              det,
	"prep":             prep,
	"conj":             conj,
	"aux":              aux,
	"neg":              neg,
	"be":               be,
	"title":            title,
	"role":             role,
	"body":             body,
	"day":              day,
	"male":             male,
	"female":           female,
	"particle":         particle,
	"cue-active":       cue | active,
	"cue-quote-active": cueQuote | active,
	"tell":             tell,
	"elision":          elision,
	"as":               as,
	"subjunctive":      subjunctive,
	"perfect":          perfect,
	"conditional":      conditional,
	"cue-it":           cueIt,
	"source":           source,
	"aside":            aside,
	"genitive":         genitive,
	"oblique":          oblique,
	"infinitive":       infinitive,
	"by":               by,
	"cue-noun":         cueNoun,
	"woman":            woman,
	"this":             this,
	"hearsay":          hearsay,
	"sub":              sub,
	"agent":            agent,
	"homonym":          homonym,
	"indefinite":       indefinite,
	"doer":             doer,
	"cite":             cite,
	"participle":       strong,
	"some":             some,
	"at":               at,
	"latter":           latter,
	"kin":              kin,
	"man":              man,
	"masculine":        masculine,
	"feminine":         feminine,
	"him":              him,
	"her":              her,
	"about":            about,
	"thus":             thus,
	"namer":            namer,
	"pronominal":       pronominal,
	"whether":          whether,
}
