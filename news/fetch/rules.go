package fetch

import (
	"strconv"
	"strings"
	"time"
)

// Limits of a robots.txt.
const (
	maxRobots     = 500 << 10 // RFC 9309, section 2.5: at least this much is parsed
	maxRule       = 2000      // bytes of a line; a longer one is no rule
	maxCrawlDelay = time.Hour // a longer one is a mistake
	robotsAgent   = "herald"  // section 2.2.1: the product token
)

// rules are what one robots.txt says to Herald. The zero value opens everything.
type rules struct {
	paths []rule
	delay time.Duration // Crawl-delay, which the RFC leaves out and sites use: least time between two pages
}

type rule struct {
	pattern string // normal; "*" stands for any text, "$" at the end for the end
	allow   bool
}

// size is about how many bytes of memory the rules take.
func (r *rules) size() int {
	const overhead = 40
	n := overhead
	for _, p := range r.paths {
		n += overhead + len(p.pattern)
	}
	return n
}

// parseRules reads a robots.txt (section 2.2): the groups for Herald or, where there are none, those for everybody. Lines
// that are no rules are skipped.
func parseRules(body []byte) *rules {
	var mine, any rules
	var named, forMine, forAny, inRules bool // the last: the group's user-agent lines are over
	text := string(body[:min(len(body), maxRobots)])
	for line := range strings.FieldsFuncSeq(strings.TrimPrefix(text, "\ufeff"), func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value := robotsLine(line)
		switch key {
		case "user-agent":
			if inRules {
				forMine, forAny, inRules = false, false, false
			}
			forMine = forMine || productToken(value) == robotsAgent
			forAny = forAny || strings.HasPrefix(value, "*")
			named = named || forMine
		case "allow", "disallow", "crawl-delay":
			inRules = true
			if forMine {
				mine.add(key, value)
			}
			if forAny {
				any.add(key, value)
			}
		}
	}
	if named {
		return &mine
	}
	return &any
}

// robotsLine splits a line into key and value; the key is "" where it is neither.
func robotsLine(line string) (key, value string) {
	if len(line) > maxRule {
		return "", ""
	}
	line, _, _ = strings.Cut(line, "#")
	key, value, _ = strings.Cut(line, ":")
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
}

// productToken is the name that a user-agent line begins with, without a version.
func productToken(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-'
	})
	if end >= 0 {
		s = s[:end]
	}
	return strings.ToLower(s)
}

func (r *rules) add(key, value string) {
	switch {
	case key == "crawl-delay":
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
			r.delay = time.Duration(min(s, maxCrawlDelay.Seconds()) * float64(time.Second))
		}
	case strings.HasPrefix(value, "/"), strings.HasPrefix(value, "*"):
		r.paths = append(r.paths, rule{normalPath(value), key == "allow"})
	}
}

// open tells whether a path, with its query, may be read: the longest rule that matches decides, and of two of the same
// length the one that allows (section 2.2.2).
func (r *rules) open(path string) bool {
	path = normalPath(path)
	length, allow := 0, true
	for _, p := range r.paths {
		if n := len(p.pattern); n >= length && matches(p.pattern, path) {
			allow = p.allow || (n == length && allow)
			length = n
		}
	}
	return allow
}

// matches takes each piece between two stars where it comes first, which finds a match if there is one, in a time that no
// pattern can blow up.
func matches(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	first, rest, stars := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, first)
	for ok && stars {
		var piece string
		piece, rest, stars = strings.Cut(rest, "*")
		if !stars && anchored {
			return strings.HasSuffix(path, piece)
		}
		_, path, ok = strings.Cut(path, piece)
	}
	return ok && (!anchored || path == "")
}

// normalPath writes a path so that equal ones are equal byte for byte (section 2.2.2): letters, digits and "-._~" as they
// are, bytes outside ASCII as %XX.
func normalPath(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, escaped := s[i], false
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(n), true
				i += 2
			}
		}
		if c >= 0x80 || (escaped && !unreserved(c)) {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// unreserved are the characters that never need escaping (RFC 3986, section 2.3).
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
