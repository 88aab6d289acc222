package storage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNameWords(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"Ines Okoro", "ines okoro"},
		{"  INES\tOkoro. ", "ines okoro"},
		{"Jörg Müller-Stein", "jorg muller stein"},
		{"Jean O’Neil", "jean oneil"},
		{"Jean O'Neil", "jean oneil"},
		{"Łucja Đorđe Ærø", "lucja dorde aero"},
		{"Анна Йорданова", "анна иорданова"},
		{"田中 太郎", "田中 太郎"},
		{"A\xffB\x00C", "a b c"},
		{"!?", ""},
	} {
		if diff := cmp.Diff(test.want, strings.Join(nameWords(test.name), " ")); diff != "" {
			t.Errorf("%q: %s", test.name, diff)
		}
	}
}

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"Ines Okoro": true, "van der Berg": true, "田中": true, "he": false, "the minister": false, "1st": false, "": false,
		"A" + strings.Repeat("b", maxNameLength): false,
	} {
		if got := isName(name); got != want {
			t.Errorf("%q: got %t, want %t", name, got, want)
		}
	}
}
