package feed

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// published is one entry as its publisher has it.
type published struct {
	guid, link, title string
	day               int // 0: undated
}

func (p published) item() string { return item(p.guid, p.link, p.title, p.day) }

// TestIdentityProperty: whatever a publisher does to a feed from one reading to the next (edits titles, moves and drops entries, lets
// an old entry's date change, adds others on top), an entry that is still there keeps its identity, new ones have others, and no
// two share one.
func TestIdentityProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		named := rapid.SampledFrom([]string{"guid", "link", "both"}).Draw(rt, "named by")
		var before []published
		for i := range rapid.IntRange(1, 8).Draw(rt, "entries") {
			before = append(before, entryOf(named, fmt.Sprint("old", i), rapid.IntRange(0, 28).Draw(rt, "day")))
		}
		after := slices.Clone(before)
		for i := range after {
			if rapid.Bool().Draw(rt, "edited") {
				after[i].title, after[i].day = "Edited "+after[i].title, rapid.IntRange(0, 28).Draw(rt, "new day")
				if named == "both" && rapid.Bool().Draw(rt, "moved") {
					after[i].link += "-moved"
				}
			}
		}
		after = rapid.Permutation(after).Draw(rt, "order")
		after = after[:rapid.IntRange(0, len(after)).Draw(rt, "kept")]
		for i := range rapid.IntRange(0, 4).Draw(rt, "added") {
			after = append([]published{entryOf(named, fmt.Sprint("new", i), rapid.IntRange(0, 28).Draw(rt, "day"))}, after...)
		}
		was, is := identities(t, before), identities(t, after)
		seen := map[string]string{}
		for _, p := range after {
			key := p.guid + "|" + firstLink(p)
			id := is[key]
			if other, ok := seen[id]; ok || id == "" {
				rt.Fatalf("%q has the identity %q, as has %q", key, id, other)
			}
			seen[id] = key
			if old, ok := was[key]; ok && old != id {
				rt.Fatalf("%q was %s, is %s", key, old, id)
			}
		}
		for key, id := range was {
			if other, ok := seen[id]; ok && other != key {
				rt.Fatalf("%q has taken the identity of %q", other, key)
			}
		}
	})
}

func entryOf(named, name string, day int) published {
	p := published{title: "Title of " + name, day: day}
	if named != "link" {
		p.guid = "guid-" + name
	}
	if named != "guid" {
		p.link = name
	}
	return p
}

// firstLink is a name of the entry that an edit does not change.
func firstLink(p published) string {
	if p.guid != "" {
		return ""
	}
	return p.link
}

// identities are those of a feed's entries, by guid and link.
func identities(t *testing.T, feed []published) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, p := range feed {
		// One at a time gives the identity that it has by itself; it may not depend on the others.
		body := `<rss version="2.0"><channel><title>t</title>` + p.item() + "</channel></rss>"
		r, err := Parse([]byte(body), "", "https://i.example/feed")
		if err != nil || len(r.Entries) != 1 {
			t.Fatal(len(r.Entries), err)
		}
		out[p.guid+"|"+firstLink(p)] = r.Entries[0].Identity
	}
	var all []string
	for _, p := range feed {
		all = append(all, p.item())
	}
	together := parseAll(t, all...)
	for key, id := range out {
		if !slices.Contains(together, id) {
			t.Fatalf("%q has another identity among others", key)
		}
	}
	return out
}

// TestRepeatedGuidProperty: where entries share a guid and have addresses of their own, the oldest keeps its identity when younger
// ones come, those that came between keep theirs, and the order of the document does not matter.
func TestRepeatedGuidProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(rt, "entries")
		var items []string
		for i := range n {
			items = append(items, item("same", fmt.Sprint("p", i), fmt.Sprint("T", i), i+1)) // a later day each
		}
		first := rapid.IntRange(1, n).Draw(rt, "at first")
		was := parseItems(t, rapid.Permutation(items[:first]).Draw(rt, "order")...)
		is := parseItems(t, rapid.Permutation(items).Draw(rt, "later order")...)
		ids := map[string]bool{}
		for url, id := range is {
			if ids[id] {
				rt.Fatalf("%s shares its identity", url)
			}
			ids[id] = true
			if old, ok := was[url]; ok && old != id {
				rt.Fatalf("%s was %s, is %s", url, old, id)
			}
		}
	})
}
