package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"herald/news"
)

// draft is an entry on its way, with the guid its publisher gave it.
type draft struct {
	news.Entry
	guid string
}

// identify gives the entries their identities and drops those that repeat another one wholly. drafts are newest first.
//
// The identity is that of the guid. Where entries share one, the oldest keeps it, so that it is not taken for new when
// a younger one with the same guid appears; the others are told apart by their address.
func identify(drafts []draft) []news.Entry {
	oldest := map[string]int{}
	for i, d := range drafts {
		oldest[d.primary()] = i // the last one wins: the oldest
	}
	out := make([]news.Entry, 0, len(drafts))
	seen := map[string]bool{}
	for i, d := range drafts {
		key := d.primary()
		if o := oldest[key]; o != i {
			if d.sameAs(drafts[o]) {
				continue
			}
			key = hash(key, d.URL, d.fallback())
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		d.Identity = key
		out = append(out, d.Entry)
	}
	return out
}

// primary is the identity that an entry has by itself.
func (d *draft) primary() string {
	switch {
	case d.guid != "":
		return hash(d.guid)
	case d.URL != "":
		return hash(d.URL)
	}
	return hash(d.Title, d.Content, d.Teaser)
}

// fallback tells entries of one guid apart that have no address.
func (d *draft) fallback() string {
	if d.URL != "" {
		return ""
	}
	return hash(d.Title, d.Content, d.Teaser)
}

// sameAs tells whether two entries of one guid are one entry listed twice.
func (d *draft) sameAs(o draft) bool {
	return d.URL == o.URL && d.fallback() == o.fallback()
}

func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}
