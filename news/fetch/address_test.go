package fetch

import (
	"errors"
	"strings"
	"testing"

	"herald/news"
)

func TestAddress(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://news.example/feed?x=1#top", "https://news.example/feed?x=1"},
		{"  news.example/feed \n", "https://news.example/feed"},
		{"//news.example/feed", "https://news.example/feed"},
		{"news.example:8080/feed", "https://news.example:8080/feed"},
		{"https://news.example:443/feed", "https://news.example/feed"},
		{"http://news.example:80/feed", "http://news.example/feed"},
		{"http://news.example:443/feed", "http://news.example:443/feed"},
		{"https://[2001:db8::1]:443/", "https://[2001:db8::1]/"},
		{"https://news.example:/feed", "https://news.example/feed"},
		{"HTTP://NEWS.Example/Feed", "http://news.example/Feed"},
		{"bücher.example", "https://xn--bcher-kva.example"},
		{"http://новости.example/а", "http://xn--b1amnebsh.example/%D0%B0"},
		{"http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"},
		{"http://under_score.example/", "http://under_score.example/"},
		{"http://user:pw@news.example/", "http://user:pw@news.example/"},
		{"https://news.example/?q=mill wheel&a=ä", "https://news.example/?q=mill+wheel&a=%C3%A4"},
		{"https://news.example/?q=%C3%A4+b&c=1%", "https://news.example/?q=%C3%A4+b&c=1%"},
		{"", ""},
		{" ", ""},
		{"ftp://news.example/", ""},
		{"javascript:alert(1)", ""},
		{"mailto:a@b.example", ""},
		{"file:///etc/passwd", ""},
		{"http://", ""},
		{"http:///path", ""},
		{"http:news.example", ""},
		{"http://a b/", ""},
		{"http://" + strings.Repeat("a.", 127) + "example/", ""},
		{strings.Repeat("t", 1540) + "ɢ", ""},
		{"http://news.example:port/", ""},
		{"http://" + strings.Repeat("a", maxAddress), ""},
		{"http://\x00/", ""},
		{"data:text/html,x", ""},
		{"gopher://news.example", ""},
	} {
		t.Run(c.in, func(t *testing.T) {
			u, err := Address(c.in)
			if c.want == "" {
				if !errors.Is(err, news.ErrBadAddress) {
					t.Errorf("got %v, %v; want ErrBadAddress", u, err)
				}
				return
			}
			if err != nil || u.String() != c.want {
				t.Errorf("got %v, %v; want %s", u, err, c.want)
			}
		})
	}
}

func TestHostKey(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"http://news.example/", "https://news.example/feed"},
		{"http://news.example:80/", "https://NEWS.example:443/"},
		{"http://news.example./", "http://news.example/"},
	} {
		a, errA := Address(c.a)
		b, errB := Address(c.b)
		if errA != nil || errB != nil || hostKey(a) != hostKey(b) {
			t.Errorf("%s and %s: got %v and %v", c.a, c.b, a, b)
		}
	}
}

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"news.example", "http://[::1]/", "https://bücher.example:80/?q#f", "//x", ":", "a:b@c:d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := Address(s)
		if err != nil {
			if !errors.Is(err, news.ErrBadAddress) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
			t.Fatalf("%q became %q", s, u)
		}
		again, err := Address(u.String())
		if err != nil || again.String() != u.String() {
			t.Fatalf("%q is not stable: %v, %v", u, again, err)
		}
	})
}
