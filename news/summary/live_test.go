package summary

import (
	"strings"
	"testing"

	"herald/news"
)

// TestLive: of a live report nothing is shown that speaks of the report, nor the times of day, newest first or last.
func TestLive(t *testing.T) {
	for _, a := range []*news.Article{
		{Lang: "en", Title: "Sandwick storm live: pier collapses", Text: `20:15 That was our live report of the storm in Sandwick. Thank you for reading with us today.

18:30 The pier of Sandwick has collapsed, says the harbour master, and nobody was hurt.

17:10 The ferry to Ellery stays in the harbour until Monday morning.

16:00 Hello and welcome to our live report of the storm in Sandwick.`},
		{Lang: "de", Title: "Liveticker: Anleger von Lindhaven eingestürzt", Text: `20.15 Uhr: Wir beenden unseren Liveticker zum Sturm in Lindhaven für heute.

18.30 Uhr: Der Anleger von Lindhaven ist eingestürzt, verletzt wurde niemand.

17.10 Uhr: Die Fähre bleibt bis Montag früh im Hafen von Lindhaven.

16.00 Uhr: Guten Tag und willkommen zum Liveticker vom Sturm in Lindhaven.`},
	} {
		for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
			for _, s := range Fit(a, l) {
				if low := strings.ToLower(s.Text); strings.Contains(low, "live") || strings.Contains(low, "thank") || s.Text[0] < 'A' || strings.HasPrefix(s.Text, "Uhr") {
					t.Errorf("%s, %s: got %q", a.Lang, l, s.Text)
				}
			}
		}
	}
}

// TestLiveLines: the times of a live report may stand on lines of their own, with a heading below that is none of a list.
func TestLiveLines(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "Storm over Sandwick: pier collapses", Text: `18.30

Pier collapses

The pier of Sandwick has collapsed, says the harbour master, and nobody was hurt.

17.10

Ferry stays

The ferry to Ellery stays in the harbour of Sandwick until Monday morning.

4.05 pm

School closes

The school of Sandwick is closed on Monday, says the council.

15.20

The storm has reached Sandwick with waves of four metres.`}
	for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
		for _, s := range Fit(a, l) {
			if !strings.HasPrefix(s.Text, "The ") {
				t.Errorf("%s: got %q", l, s.Text)
			}
		}
	}
}

// TestPoints: lines before the first time of a live report tell what has happened, though they don't end as sentences do.
func TestPoints(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "Storm over Sandwick live: 60,000 homes without power", Text: `Key points
About 6,000 homes in and around Sandwick are without power
A man has died after a tree fell on his car near Sandwick
18.47
We have been to the school of Sandwick, where a hundred people will sleep tonight.
17.10
The ferry of Sandwick
The ferry to Ellery stays in the harbour until Monday morning.
15.20
The storm has reached Sandwick with waves of four metres.`}
	if got := texts(Fit(a, news.Short)); len(got) < 2 || !strings.HasPrefix(got[0], "About 6,000") || !strings.HasPrefix(got[1], "A man has died") {
		t.Errorf("got %q", got)
	}
	a.Text = strings.NewReplacer("18.47\n", "", "17.10\n", "", "15.20\n", "").Replace(a.Text)
	for _, s := range Fit(a, news.Long) {
		if !strings.HasSuffix(s.Text, ".") {
			t.Errorf("no live report: %q", s.Text)
		}
	}
}
