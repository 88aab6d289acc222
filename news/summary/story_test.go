package summary

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func told(s []Told) []string {
	var out []string
	for _, x := range s {
		out = append(out, x.Article.Source+": "+x.Text)
	}
	return out
}

const (
	firstReport = `The ferry pier of Sandwick collapsed into the harbour early on Monday. Nobody was on the ferry pier when it collapsed.`
	otherReport = `The ferry pier of Sandwick collapsed into the harbour on Monday morning. Divers had found rotten timber below the ferry landing in the spring.`
	later       = `The ferry pier of Sandwick collapsed into the harbour on Monday. The council of Sandwick voted on Thursday to spend nine million crowns on a stone pier. Nobody was on the pier when it collapsed.`
)

func report(source, body string) *news.Article {
	return &news.Article{Source: source, Title: "Ferry pier of Sandwick collapses", Text: body, Lang: "en"}
}

func TestStorySaysNothingTwice(t *testing.T) {
	got := Story([]*news.Article{
		report("Courier", firstReport), report("Dispatch", otherReport), report("Dispatch again", otherReport),
		{Source: "Bote", Title: "Anleger eingestürzt", Text: "Der Anleger von Sandwick ist am Montag eingestürzt.", Lang: "de"},
	}, news.Short)
	text := strings.Join(told(got), "\n")
	if n := strings.Count(text, "collapsed into the harbour"); n != 1 {
		t.Errorf("the collapse is told %d times, want once:\n%s", n, text)
	}
	if n := strings.Count(text, "rotten timber"); n != 1 || !strings.Contains(text, "Dispatch: Divers") {
		t.Errorf("what only Dispatch says is told %d times, want once:\n%s", n, text)
	}
	if strings.Contains(text, "Bote") {
		t.Errorf("another language is mixed in:\n%s", text)
	}
}

func TestStoryOfOneArticleIsItsSummary(t *testing.T) {
	a := article()
	a.Source = "Courier"
	var want []string
	for _, s := range Fit(a, news.Short) {
		want = append(want, "Courier: "+s.Text)
	}
	if diff := cmp.Diff(want, told(Story([]*news.Article{a}, news.Short))); diff != "" {
		t.Errorf("(-summary +story):\n%s", diff)
	}
	if got := Story(nil, news.Short); got != nil {
		t.Errorf("Story(nil) = %v, want nothing", got)
	}
}

// TestStoryDenied: what an article takes back is known among others, too.
func TestStoryDenied(t *testing.T) {
	d := read(standard(),
		&news.Article{Lang: "en", Text: "A letter says that the pier of Sandwick is for sale. It has been sold already, it goes on. It is false. The pier stays open."},
		&news.Article{Lang: "en", Text: "The town keeps the pier of Sandwick. The ferry sails. The shops are open. The quay is dry."})
	defer d.release()
	denied := 0
	for i := range d.sentences {
		if k := d.sentences[i].denied; k > 0 {
			denied++
			if d.sentences[k].text != "It is false." {
				t.Errorf("%q is denied by %q", d.sentences[i].text, d.sentences[k].text)
			}
		}
	}
	if denied != 2 {
		t.Errorf("%d sentences are denied, want 2", denied)
	}
}

// TestTurnedInAStory: what turns against a sentence is known where those of another article stand between.
func TestTurnedInAStory(t *testing.T) {
	a := func() *news.Article {
		return &news.Article{Lang: "en", Title: "Pier of Sandwick falls", Text: "The pier of Sandwick fell on Monday. The council says that it was safe. But divers had warned of rotten timber."}
	}
	d := read(standard(), a(), a())
	defer d.release()
	n := 0
	for i := range d.sentences {
		n += int(flag(d.sentences[i].turned))
	}
	if n != 2 {
		t.Errorf("%d sentences are turned against, want one of each article", n)
	}
}
