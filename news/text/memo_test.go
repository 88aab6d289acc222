package text

import (
	"strings"
	"testing"
)

func TestMemo(t *testing.T) {
	var m Memo[int]
	long := strings.Repeat("a", memoBytes+1)
	for _, tt := range []struct {
		lang, word string
		want       int // 0: not known
	}{
		{"en", "pier", 0},
		{"en", "pier", 1},
		{"de", "pier", 0}, // another word
		{"de", "pier", 3},
		{"de", "", 0},
		{"de", "", 6},
		{"de", "de", 0}, // a word that is the name of its language
		{"de", long, 0},
		{"de", long, 0}, // too long to be kept
	} {
		m.Language(tt.lang)
		place, known := m.Of(tt.word)
		if got := *place; known != (tt.want > 0) || known && got != tt.want {
			t.Errorf("%q in %q: %d, %v, want %d", tt.word, tt.lang, got, known, tt.want)
		}
		if !known {
			*place = map[string]int{"enpier": 1, "depier": 3, "de": 6}[tt.lang+tt.word]
		}
	}
}

func TestMemoForgets(t *testing.T) {
	var m Memo[string]
	words := func(yield func(string) bool) {
		word := []byte("aaaa")
		for range 4 * UsualWords {
			for i := range word {
				if word[i]++; word[i] <= 'z' {
					break
				}
				word[i] = 'a'
			}
			if !yield(string(word)) {
				return
			}
		}
	}
	for range 2 {
		for w := range words {
			place, known := m.Of(w)
			if known && *place != w {
				t.Fatalf("%q is taken for %q", w, *place)
			}
			*place = w
		}
	}
}

func TestRemember(t *testing.T) {
	defer Remember(UsualWords)
	Remember(0)
	var m Memo[int]
	for i, word := range []string{"pier", "quay", "pier", "mole", "quay"} { // two are remembered
		place, known := m.Of(word)
		if want := i == 2; known != want {
			t.Errorf("word %d, %q: known %v, want %v", i, word, known, want)
		}
		*place = i
	}
}
