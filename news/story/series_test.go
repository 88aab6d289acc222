package story

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestSeries: entries made after one pattern are each a story of their own, from the first on; what is copied is not.
func TestSeries(t *testing.T) {
	const wall = "We use cookies to remember what you have read and to show you what may be of use to you. By carrying on you accept " +
		"them all, and those of our partners as well."
	const vote = " was elected with a clear majority of the votes. The result was announced in the evening. Supporters celebrated in the " +
		"streets until late at night."
	for name, test := range map[string]struct {
		title, text func(i int) string
		one         bool
	}{
		"numbered": {
			title: func(i int) string { return fmt.Sprint("Burst ", i) },
			text:  func(i int) string { return fmt.Sprint("Short body ", i) },
		},
		"numbered at the end": {
			title: func(i int) string { return fmt.Sprint("Breaking story number ", i) },
			text: func(i int) string {
				return fmt.Sprintf("This is story number %d, published today. It has a few sentences, so that a summary can be made of it. The mayor of Sundmar said that all was well.", i)
			},
		},
		"another title": {
			title: func(i int) string { return []string{"Old entry", "Item 0", "Item 1", "Something else"}[i] },
			text: func(i int) string {
				return "This is the body of " + []string{"old entry", "item 0", "item 1", "something else"}[i] + ", published today. It has a few sentences, so that a summary can be made of it. The mayor of Sundmar said that all was well."
			},
		},
		"parts": {
			title: func(i int) string { return fmt.Sprintf("Part %d of the history of Sundmar", i) },
			text:  func(i int) string { return fmt.Sprintf("Part %d. ", i) + wall },
		},
		"places": {
			title: func(i int) string { return []string{"Ashford", "Burton", "Colby", "Derwent"}[i] + " elects a mayor" },
			text: func(i int) string {
				return "The mayor of " + []string{"Ashford", "Burton", "Colby", "Derwent"}[i] + vote
			},
		},
		"one wording": {
			title: func(i int) string {
				return []string{"Tunnel machine breaks through a ridge", "Swimmers cross the freezing lake", "Parliament rejects a fishing quota", "Bakery calls back walnut bread"}[i]
			},
			text: func(i int) string {
				title := []string{"tunnel machine breaks through a ridge", "swimmers cross the freezing lake", "parliament rejects a fishing quota", "bakery calls back walnut bread"}[i]
				return "A " + title + ". " + strings.Repeat("People of "+title+" spoke of nothing else on that day. ", 20)
			},
		},
		"a wall": {
			title: func(i int) string {
				return []string{"Ferry aground", "Mill burns down", "Parliament votes on bees", "Chess: Lunina wins"}[i]
			},
			text: func(int) string { return wall },
		},
		"copies": {
			title: func(i int) string {
				return []string{"Lindt elected in Ashford", "Ashford elects Lindt", "Clear majority for Mara Lindt", "Ashford: Lindt wins with a clear majority"}[i]
			},
			text: func(int) string { return "In Ashford on Sunday Mara Lindt" + vote },
			one:  true,
		},
		"a toll that rises": {
			title: func(i int) string { return fmt.Sprintf("Storm kills %d people in Ashford", 12+i) },
			text: func(i int) string {
				return fmt.Sprintf("A storm has killed %d people in Ashford, the police said. It tore roofs off forty houses in the night. Schools stay closed until Monday, and trains to the coast do not run.", 12+i)
			},
			one: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			x := New(0)
			stories := map[int64]bool{}
			for i := range 4 {
				p := x.Add(Doc{ID: int64(i + 1), Title: test.title(i), Text: test.text(i), Lang: "en", Time: time.Unix(1e9, 0).Add(time.Duration(i) * time.Minute)})
				stories[p.Story] = true
			}
			want := 4
			if test.one {
				want = 1
			}
			if len(stories) != want {
				t.Errorf("%d stories, want %d", len(stories), want)
			}
		})
	}
}
