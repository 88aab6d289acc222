package story

import "testing"

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"karlsholm", "karlsholm"},
		{"déraillé", "deraille"},
		{"баранин", "baranin"},
		{"żółw", "zolw"},
		{"ёлка", "elka"},
		{"щука", "shchuka"},
		{"東京", "東京"},
		{"", ""},
	} {
		if got := fold(c.in); got != c.want {
			t.Errorf("fold(%q): got %q, want %q", c.in, got, c.want)
		}
	}
}
