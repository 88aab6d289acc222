package story

import "testing"

// TestWrapped: a sentence goes on in the next line, unless that begins one of its own.
func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool // 410 is in the first sentence
	}{
		{"in one line", "A court in Marlow sentenced the banker Edda Kroll to prison for losses of 410 crowns.", true},
		{"wrapped", "A court in Marlow sentenced the banker Edda Kroll to prison\nfor losses of 410 crowns.", true},
		{"a heading", "Court in Marlow sends the banker Edda Kroll to prison\nLosses of 410 crowns were hidden.", false},
		{"the next sentence", "A court in Marlow sentenced the banker Edda Kroll to prison. She hid losses of 410 crowns.", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := read(Doc{Text: c.text, Lang: "en"})
			if i, ok := find(r.terms, hash("410")); !ok || r.terms[i].head != c.want {
				t.Errorf("found %t, want it in the head: %t", ok, c.want)
			}
		})
	}
}
