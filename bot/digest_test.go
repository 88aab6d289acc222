package bot_test

import (
	"strings"
	"testing"

	"herald/bot"
	"herald/bot/locale"
	"herald/news"
)

func TestDigestIsOneMessage(t *testing.T) {
	for _, tc := range []struct {
		name    string
		words   string // of each title, source and summary
		stories int
		unnamed int
		full    bool // not all can be told
		pushed  int
		length  news.Length
	}{
		{"everyday", "Ferry to Ostholm saved", 5, 0, false, 0, news.Short},
		{"many", "Council of Sundmar votes for a longer quay & a new ferry to Ostholm", 60, 0, true, 2, news.Headline},
		{"many and more", "Council of Sundmar votes for a longer quay & a new ferry to Ostholm", 60, 1234, true, 10, news.Long},
		{"long ones", strings.Repeat("A very long sentence about nothing at all in Sundmar & Kvist. ", 80), 60, 0, true, 4, news.Long},
		{"emoji", strings.Repeat("😀", 5000), 6, 7, true, 1, news.Short},
	} {
		for _, lang := range locale.Languages() {
			t.Run(tc.name+" "+lang, func(t *testing.T) {
				w := locale.For(lang)
				o := bot.Digest(w, news.Chat{Length: tc.length}, bot.Edition{
					Stories: copies(tc.stories, tc.words), Further: tc.unnamed, Pushed: pushed(tc.pushed, tc.words),
				}, noon)
				line := w.N("digest.more", 1_000_000)
				parts := bot.Split(o.HTML+"\n\n"+line, 4096)
				if len(parts) != 1 || !wellFormed(o.HTML) {
					t.Fatalf("got %d messages, want one that is well formed, with room for another line", len(parts))
				}
				told := strings.Count(o.HTML, "https://news.example/harbour")
				rest := tc.stories + tc.unnamed - told
				if told == 0 || (told < tc.stories) != tc.full {
					t.Errorf("told %d of %d stories", told, tc.stories)
				}
				if got := strings.HasSuffix(o.HTML, "\n\n"+w.N("digest.more", rest)); got != (rest > 0) {
					t.Errorf("%d are told, %d not, and the end is %q", told, rest, o.HTML[len(o.HTML)-60:])
				}
				buttons := 0
				for _, row := range o.Rows {
					buttons += len(row)
				}
				if got := strings.Count(o.HTML, "<b><a "); got != buttons {
					t.Errorf("got %d leads, %d buttons", got, buttons)
				}
			})
		}
	}
}

func pushed(n int, words string) []news.Story {
	stories := copies(n, words)
	for i := range stories {
		stories[i].Lead().URL = "https://news.example/pushed"
	}
	return stories
}

func copies(n int, words string) []news.Story {
	var stories []news.Story
	for i := range n {
		s := harbourStory()
		s.ID, s.Title, s.Related, s.Articles = int64(100+i), words, nil, s.Articles[:1]
		lead := s.Lead()
		lead.Text, lead.Source, lead.Summary = "", words, []news.Sentence{{Text: words}}
		stories = append(stories, s)
	}
	return stories
}

func TestDigest(t *testing.T) {
	var stories []news.Story
	for i := range 7 {
		s := harbourStory()
		s.ID = int64(100 + i)
		s.Lead().Text = ""
		stories = append(stories, s)
	}
	stories[0].Lead().Summary = append(stories[0].Lead().Summary, news.Sentence{Text: "Ferries to Ostholm sail again from Friday."})
	edition := bot.Edition{Stories: stories, Pushed: pushed(5, "Ferry & quay")}
	drawnAs(t, "digest", bot.Digest(locale.For("es"), news.Chat{Zone: "Pacific/Auckland", Length: news.Short}, edition, noon))
	drawnAs(t, "digest-one", bot.Digest(locale.For("fr"), news.Chat{}, bot.Edition{Stories: stories[:1]}, noon))
	drawnAs(t, "digest-quiet", bot.Digest(locale.For("en"), news.Chat{Length: news.Headline}, bot.Edition{Stories: stories[:2], Quiet: true}, noon))
}
