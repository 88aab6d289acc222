package summary

import (
	"hash/maphash"
	"math/bits"
)

// table numbers keys of 64 bits: a hash table whose clearing costs nothing, for the words and pairs of one article after the
// other.
type table struct {
	slots []slot // a power of two
	round uint32
	used  int
}

// slot holds a key in a round; in others it is empty.
type slot struct {
	key   uint64
	round uint32
	value int32
}

// Where a key goes differs from run to run: nobody can write a text whose pairs all want one slot.
var secretA, secretB = maphash.String(wordSeed, "a"), maphash.String(wordSeed, "b") | 1

// firstSlots is room for the words of most articles; half of the slots stay empty.
const firstSlots = 1 << 11

// clear forgets all keys.
func (t *table) clear() {
	t.round++
	t.used = 0
	if t.slots == nil || t.round == 0 { // rounds begin anew
		t.slots, t.round = make([]slot, max(firstSlots, len(t.slots))), 1
	}
}

// number is the value of the key; a key that is not known gets next, and true.
func (t *table) number(key uint64, next int) (int, bool) {
	s := t.find(key)
	if s.round == t.round {
		return int(s.value), false
	}
	if 2*t.used >= len(t.slots) {
		t.grow()
		s = t.find(key)
	}
	*s = slot{key, t.round, int32(next)}
	t.used++
	return next, true
}

// find is the slot of the key, or the one that it would get.
func (t *table) find(key uint64) *slot {
	mask := uint64(len(t.slots) - 1)
	high, low := bits.Mul64(key^secretA, secretB)
	for i := high ^ low; ; i++ {
		if s := &t.slots[i&mask]; s.round != t.round || s.key == key {
			return s
		}
	}
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.round == t.round {
			*t.find(s.key) = s
		}
	}
}
