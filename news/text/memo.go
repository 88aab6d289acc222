package text

import (
	"hash/maphash"
	"sync/atomic"
)

const (
	// UsualWords is how many words a Memo remembers where nobody says.
	UsualWords = 1 << 15
	// memoBytes is the length of a word up to which it is remembered.
	memoBytes = 48
)

// Memo remembers what was found out about the words of texts as they are written, because most are few and come again in
// the next text. What is remembered must follow from word and language alone; then no text changes how another is read.
// Each word may have one of two slots beside one another; of those that want them the last two stay. The zero value remembers nothing; a Memo is not safe for concurrent use.
type Memo[T any] struct {
	lang  uint64
	slots [][2]noted[T] // what was asked for last comes first
	long  T
}

// noted is what is known of the word with that hash. Two words with one hash of 64 bits are not met.
type noted[T any] struct {
	hash uint64
	word T
}

// remembered is how many words a Memo has room for that begins now.
var remembered atomic.Int64

func init() { Remember(UsualWords) }

// Remember says how many words each Memo has room for that begins from now on: two at least. A program that reads a few
// articles a minute needs the memory more than the time.
func Remember(words int) { remembered.Store(int64(max(words, 2))) }

// memoSeed makes which words push out which differ from run to run: nobody can write a text that is slow to read.
var memoSeed = maphash.MakeSeed()

// Language says which language the words are of from now on.
func (m *Memo[T]) Language(lang string) { m.lang = maphash.String(memoSeed, "in "+lang) } // "de" is a word, too

// Of is where a word is noted, and whether it is. The place of one that is not is to be filled in, without any part of the
// text, which would be kept as long. It is good until the next word.
func (m *Memo[T]) Of(word string) (place *T, known bool) {
	if len(word) > memoBytes {
		return &m.long, false
	}
	if m.slots == nil {
		m.slots = make([][2]noted[T], remembered.Load()/2)
	}
	hash := maphash.String(memoSeed, word) ^ m.lang
	two := &m.slots[hash%uint64(len(m.slots))]
	if two[0].hash == hash {
		return &two[0].word, true
	}
	two[0], two[1] = two[1], two[0]
	known = two[0].hash == hash
	two[0].hash = hash
	return &two[0].word, known
}
