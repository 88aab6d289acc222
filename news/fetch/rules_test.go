package fetch

import (
	"strings"
	"testing"
	"time"
)

func TestRules(t *testing.T) {
	const page = "/news/1?print=yes"
	for _, c := range []struct {
		name, robots, path string
		want               bool
	}{
		{"nothing said", "", page, true},
		{"closed to all", "User-agent: *\nDisallow: /", page, false},
		{"nothing closed", "User-agent: *\nDisallow:", page, true},
		{"closed to Herald", "User-agent: *\nDisallow:\n\nUser-agent: Herald/2.0\nDisallow: /news", page, false},
		{"closed to others", "User-agent: *\nDisallow: /\n\nUser-agent: herald\nDisallow: /private", page, true},
		{"open to Herald by an empty group", "User-agent: herald\nDisallow:\n\nUser-agent: *\nDisallow: /", page, true},
		{"a name that only begins alike", "User-agent: her\nDisallow: /\nUser-agent: heraldry\nDisallow: /", page, true},
		{"several names, one group", "User-agent: other\nUser-agent: HERALD\nDisallow: /news", page, false},
		{"groups of one name are one", "User-agent: herald\nDisallow: /a\n\nUser-agent: other\nDisallow:\n\nUser-agent: herald\nDisallow: /news", page, false},
		{"lines of no group", "Disallow: /\nUser-agent: *\nDisallow: /private", page, true},
		{"a map between name and rule", "User-agent: *\nSitemap: https://news.example/map\nDisallow: /news", page, false},
		{"comments, odd spaces and ends of lines", "\ufeff# hello\r\n uSer-Agent : * # all\r\n\tDISALLOW :/news# no\r\n", page, false},
		{"the longest rule decides", "User-agent: *\nDisallow: /news\nAllow: /news/1", page, true},
		{"whatever the order", "User-agent: *\nAllow: /news/1\nDisallow: /news", page, true},
		{"of two of a length the one that allows", "User-agent: *\nAllow: /news\nDisallow: /news", page, true},
		{"whatever the order again", "User-agent: *\nDisallow: /news\nAllow: /news", page, true},
		{"star", "User-agent: *\nDisallow: /*/1", page, false},
		{"stars", "User-agent: *\nDisallow: *n*w*s*?*print", page, false},
		{"stars that do not fit", "User-agent: *\nDisallow: /n*s*s*s", page, true},
		{"end", "User-agent: *\nDisallow: /news/1$", page, true},
		{"end that fits", "User-agent: *\nDisallow: /*yes$", page, false},
		{"end after a star", "User-agent: *\nDisallow: /news/*$", page, false},
		{"end that comes more than once", "User-agent: *\nDisallow: /*s$", "/news/news", false},
		{"dollar inside", "User-agent: *\nDisallow: /a$b", "/a$b", false},
		{"not from the beginning", "User-agent: *\nDisallow: /1", page, true},
		{"no path", "User-agent: *\nDisallow: news", page, true},
		{"capitals differ", "User-agent: *\nDisallow: /News", page, true},
		{"escaped or not", "User-agent: *\nDisallow: /sch%C3%B6n", "/sch\u00f6n", false},
		{"escaped for nothing", "User-agent: *\nDisallow: /%6eews", page, false},
		{"an escaped slash is no slash", "User-agent: *\nDisallow: /a/b", "/a%2Fb", true},
		{"small and capital escapes", "User-agent: *\nDisallow: /a%2fb", "/a%2Fb", false},
		{"a line beyond reason", "User-agent: *\nDisallow: /" + strings.Repeat("*", maxRule), page, true},
		{"a page that is no robots.txt", "<html><body>User-agent: *<br>Disallow: /</body></html>", page, true},
		{"bytes", "User-agent: *\nDisallow: /\x00\xff\nDisallow: /news", page, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := parseRules([]byte(c.robots)).open(c.path); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	for _, c := range []struct {
		robots string
		want   time.Duration
	}{
		{"User-agent: *\nCrawl-delay: 10", 10 * time.Second},
		{"User-agent: *\nCrawl-delay: 0.5\nDisallow: /a", 500 * time.Millisecond},
		{"User-agent: *\nCrawl-delay: 10\nUser-agent: herald\nCrawl-delay: 2", 2 * time.Second},
		{"User-agent: *\nCrawl-delay: 10\nUser-agent: herald\nDisallow: /a", 0},
		{"User-agent: *\nCrawl-delay: soon", 0},
		{"User-agent: *\nCrawl-delay: -3", 0},
		{"User-agent: *\nCrawl-delay: 1e300", maxCrawlDelay},
		{"User-agent: *\nCrawl-delay: NaN", 0},
		{"User-agent: *\nCrawl-delay: Inf", maxCrawlDelay},
	} {
		if got := parseRules([]byte(c.robots)).delay; got != c.want {
			t.Errorf("%q: got %v, want %v", c.robots, got, c.want)
		}
	}
}

// TestRulesThatWearOut has as many and as bad rules as fit tried at the longest address: it must not take noticeable time.
func TestRulesThatWearOut(t *testing.T) {
	path := "/" + strings.Repeat("a", maxAddress-1)
	for _, pattern := range []string{strings.Repeat("*a", maxRule/2-10) + "b", "*a*a*a*a*b$", "*ab", "/a*"} {
		line := "Disallow: " + pattern + "\n"
		r := parseRules([]byte("User-agent: *\n" + strings.Repeat(line, maxRobots/len(line))))
		start := time.Now()
		r.open(path)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%.20s took %v", pattern, took)
		}
	}
}

func TestRobotsAreForgotten(t *testing.T) {
	r := newRobots()
	big := robotsEntry{rules: parseRules([]byte("User-agent: *\n" + strings.Repeat("Disallow: /a\n", 30_000)))}
	for i := range 100 {
		r.put(strings.Repeat("x", i), big)
		r.put("again", big)
	}
	if most := robotsKept + 2*big.size(); r.size > most || len(r.servers) == 0 {
		t.Errorf("%d servers, %d bytes are kept, at most %d wanted", len(r.servers), r.size, most)
	}
}

func FuzzRules(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nCrawl-delay: 3"), "/aab")
	f.Add([]byte("\ufeffuser-agent: Herald\rallow: /%C3%B6\rdisallow: *"), "/ö?x")
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		r := parseRules(body)
		r.open(path)
		if r.delay < 0 || r.delay > maxCrawlDelay {
			t.Fatalf("delay %v", r.delay)
		}
		for _, p := range r.paths {
			if normalPath(p.pattern) != p.pattern {
				t.Fatalf("%q is not normal", p.pattern)
			}
		}
		if strings.HasPrefix(path, "/") && !strings.ContainsAny(path, "*$#\r\n") && len(path) < maxRule-20 && strings.TrimSpace(path) == path {
			closed := parseRules([]byte("User-agent: herald\nDisallow: " + path))
			if closed.open(path) {
				t.Fatalf("a rule does not close its own path %q", path)
			}
		}
	})
}
