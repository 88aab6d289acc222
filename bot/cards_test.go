package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"herald/bot"
	"herald/bot/locale"
	"herald/news"
)

// drawn is a message as a golden file shows it: the HTML, then the buttons of a row on a line.
func drawn(o bot.Outgoing) string {
	var b strings.Builder
	b.WriteString(o.HTML + "\n---\n")
	for _, row := range o.Rows {
		for _, x := range row {
			data := x.Data + x.URL
			if x.Share != nil {
				data = "share " + *x.Share
			}
			fmt.Fprintf(&b, "[%s | %s] ", x.Text, data)
		}
		b.WriteString("\n")
	}
	if o.Preview != "" {
		fmt.Fprintf(&b, "preview %s small=%v\n", o.Preview, o.SmallPreview)
	}
	return b.String()
}

// card is a story's card for who has seen none before.
func card(w *locale.Words, c news.Chat, s news.Story, botName string, now time.Time) bot.Outgoing {
	return new(bot.Summaries).Card(w, c, s, bot.Links{Bot: botName}, now)
}

// drawnAs compares a message with the golden file of a name.
func drawnAs(t *testing.T, name string, o bot.Outgoing) {
	t.Helper()
	golden.Assert(t, drawn(o), name+".golden")
	if !wellFormed(o.HTML) {
		t.Errorf("%s is not well formed", name)
	}
}

// noon is when somebody reads the messages of these tests.
var noon = time.Date(2031, 5, 14, 12, 0, 0, 0, time.UTC)

const harbour = "The harbour of Sundmar reopened on Tuesday after nine weeks of repairs. " +
	"“We have never seen so many people on the quay,” said Mayor Ilse Bramok. " +
	"The first ferry carried 400 passengers & two cows.\n\n" +
	"Read also: Ten ferries worth a detour\n\n" +
	"The repairs cost four million crowns. Oskar Thune, who leads the port workers' union, said the money came late."

// quoteOf is a quote of the harbour's text.
func quoteOf(kind news.QuoteKind, words, name, role string) news.Quote {
	start := strings.Index(harbour, words)
	q := news.Quote{Kind: kind, Text: words, Span: news.Span{Start: start, End: start + len(words)}}
	if name != "" {
		q.Speaker = &news.Speaker{Name: name, Role: role, Mention: name}
	}
	return q
}

func harbourStory() news.Story {
	aside := strings.Index(harbour, "Read also")
	lead := news.Article{
		ID: 71, StoryID: 71, URL: "https://news.example/harbour?a=1&b=2", Title: "Sundmar's <harbour> is open again", Source: "Sundmar Post",
		Lang: "en", Published: noon.Add(-12 * time.Minute), Fetched: noon.Add(-10 * time.Minute), Text: harbour,
		Asides:  []news.Span{{Start: aside, End: aside + len("Read also: Ten ferries worth a detour")}},
		Summary: []news.Sentence{{Text: "The harbour of Sundmar reopened on Tuesday after nine weeks of repairs."}, {Text: "The repairs cost four million crowns."}},
		Quotes: []news.Quote{
			quoteOf(news.Direct, "We have never seen so many people on the quay,", "Ilse Bramok", "Mayor"),
			quoteOf(news.Indirect, "the money came late", "Oskar Thune", ""),
		},
	}
	other := func(id int64, source string) news.Article {
		return news.Article{ID: id, Source: source, URL: fmt.Sprint("https://other.example/", id), Title: "Harbour open", Published: noon}
	}
	return news.Story{
		ID: 71, Title: lead.Title, First: noon, Updated: noon,
		Articles: []news.Article{
			lead, other(72, "Kvist Daily"), other(73, "Sundmar Post"), other(74, "Radio Nord"), other(75, "Die Küste"),
			other(76, "La Vague"), other(77, "El Faro"),
		},
		Related: []news.Story{{ID: 12, Title: "Ferry line to Ostholm saved"}, {ID: 15, Title: "Port workers end strike"}},
	}
}

// bare is a story of which next to nothing is known.
func bare() news.Story {
	return news.Story{ID: 5, Articles: []news.Article{{ID: 5, URL: "https://www.quiet.example/x"}}}
}

func TestCard(t *testing.T) {
	paris := news.Chat{ID: 1, Zone: "Europe/Paris", Length: news.Short, Previews: true}
	for _, tc := range []struct {
		name  string
		lang  string
		chat  news.Chat
		story news.Story
	}{
		{"card-short", "en", paris, harbourStory()},
		{"card-headline", "de", news.Chat{ID: 1, Length: news.Headline}, harbourStory()},
		{"card-long", "ru", news.Chat{ID: 1, Length: news.Long}, harbourStory()},
		{"card-bare", "fr", paris, bare()},
		{"card-empty", "es", paris, news.Story{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.story.Lead().Text = "" // so that the stored summary is shown
			drawnAs(t, tc.name, card(locale.For(tc.lang), tc.chat, tc.story, "herald_bot", noon))
		})
	}
}

// With the article's text at hand the summary is made to the chat's length, from the article's sentences.
func TestCardSummaryHasTheLengthWanted(t *testing.T) {
	s := harbourStory()
	last := 0
	for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
		o := card(locale.For("en"), news.Chat{Length: l}, s, "", noon)
		summed := strings.Split(bot.PlainText(o.HTML), "\n\n")[1]
		for _, sentence := range strings.SplitAfter(summed, ". ") {
			if !strings.Contains(harbour, strings.TrimSpace(sentence)) {
				t.Errorf("%s: %q is not in the article", l, sentence)
			}
		}
		if len(summed) <= last {
			t.Errorf("%s: got %d bytes, want more than the length below", l, len(summed))
		}
		last = len(summed)
	}
}

// A quote that the summary holds is not told twice.
func TestCardTellsAQuoteOnce(t *testing.T) {
	s := harbourStory()
	s.Lead().Text = ""
	s.Lead().Summary = []news.Sentence{{Text: "“We have never seen so many people on the quay,” said Mayor Ilse Bramok."}}
	s.Lead().Quotes[1] = quoteOf(news.Direct, "The first ferry carried 400 passengers & two cows.", "Oskar Thune", "")
	o := card(locale.For("en"), news.Chat{Length: news.Short}, s, "", noon)
	if got := strings.Count(o.HTML, "so many people"); got != 1 {
		t.Errorf("got the quote %d times, want once:\n%s", got, o.HTML)
	}
	if !strings.Contains(o.HTML, "400 passengers &amp; two cows") {
		t.Errorf("the other quote is missing:\n%s", o.HTML)
	}
}

// Whatever its parts, a card is one message that tells the headline and the beginning of the summary.
func TestCardIsOneMessage(t *testing.T) {
	for name, long := range map[string]string{
		"sentences": strings.Repeat("A very long sentence about nothing at all in Sundmar & Kvist. ", 80),
		"emoji":     strings.Repeat("😀", 5000),
	} {
		s := harbourStory()
		s.Title = long
		s.Lead().Text, s.Lead().Summary = "", []news.Sentence{{Text: long}}
		for i := range s.Articles {
			s.Articles[i].Source = fmt.Sprint(i, " ", long)
		}
		said := strings.Repeat("Nobody ever saw so many ferries here. ", 10)
		quote := news.Quote{Kind: news.Direct, Text: said, Speaker: &news.Speaker{Name: long, Role: long}}
		s.Lead().Quotes = []news.Quote{quote}
		for range 20 {
			s.Related = append(s.Related, news.Story{ID: 1, Title: long})
		}
		for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
			t.Run(fmt.Sprint(name, " ", l), func(t *testing.T) {
				o := card(locale.For("en"), news.Chat{Length: l}, s, "herald_bot", noon)
				if parts := bot.Split(o.HTML, 4096); len(parts) != 1 || !wellFormed(o.HTML) {
					t.Errorf("got %d messages, want 1 that is well formed", len(parts))
				}
				blocks := strings.Split(bot.PlainText(o.HTML), "\n\n")
				if len(blocks) < 2 || !strings.HasPrefix(blocks[0], long[:240]) || !strings.HasPrefix(blocks[1], long[:1000]) {
					t.Errorf("the headline or the summary is missing:\n%.2000s", o.HTML)
				}
				if name == "sentences" && l == news.Short && !strings.Contains(o.HTML, "<blockquote>") {
					t.Error("the quote is missing for its speaker's long name and role")
				}
			})
		}
	}
}

// pushed are stories that the chat has already, at another address.
// copies are stories that say the same words everywhere.
func TestStoryList(t *testing.T) {
	c := news.Chat{Zone: "America/New_York"}
	stories := []news.Story{harbourStory(), bare()}
	stories[0].Lead().Text = "" // as storage gives stories for lists
	drawnAs(t, "list-first", bot.StoryList(locale.For("en"), c, stories, bot.Page{Title: "Latest news", View: 8, More: true}, noon))
	drawnAs(t, "list-third", bot.StoryList(locale.For("ru"), c, stories, bot.Page{Title: "a < b", View: 8, Number: 2}, noon))
	drawnAs(t, "list-empty", bot.StoryList(locale.For("en"), c, nil, bot.Page{Title: "Found", Empty: "Nothing & no one"}, noon))
}

func TestQuoteList(t *testing.T) {
	s := harbourStory()
	a := *s.Lead()
	french := a
	french.Lang = "fr"
	list := []news.Quotation{
		{Quote: a.Quotes[0], Article: a},
		{Quote: a.Quotes[1], Article: a},
		{Quote: news.Quote{Kind: news.Mixed, Text: "the quay is “too <small>” for it"}, Article: a},
		{Quote: a.Quotes[0], Article: french, Also: s.Articles[1:3]},
	}
	list[3].Article.Published = noon.Add(-time.Hour)
	drawnAs(t, "quotes", bot.QuoteList(locale.For("en"), news.Chat{}, list, bot.Page{Title: "Who said what", View: 3, Number: 1, More: true}, noon))
	drawnAs(t, "quotes-empty", bot.QuoteList(locale.For("de"), news.Chat{}, nil, bot.Page{Empty: "Keine"}, noon))
}

func TestFullText(t *testing.T) {
	s := harbourStory()
	drawnAs(t, "full", bot.FullText(locale.For("en"), *s.Lead()))
	drawnAs(t, "full-empty", bot.FullText(locale.For("fr"), bare().Articles[0]))

	long := *s.Lead()
	long.Asides = nil
	long.Text = strings.Repeat("A paragraph & more of it, told at length. ", 50)
	long.Text = strings.TrimSpace(strings.Repeat(long.Text+"\n\n", 20))
	o := bot.FullText(locale.For("en"), long)
	if !strings.Contains(o.HTML, "The rest is at the source") {
		t.Error("a text that is cut does not say so")
	}
	parts := bot.Split(o.HTML, 4096)
	if len(parts) < 2 || len(parts) > 5 {
		t.Errorf("got %d messages, want 2 to 5", len(parts))
	}
	for _, p := range parts {
		if !wellFormed(p) {
			t.Errorf("not well formed: %.60q…", p)
		}
	}
}

// A speaker who is only described begins with a capital like a name; where nobody is known none is shown.
func TestQuoteOfNobody(t *testing.T) {
	for name, want := range map[string]string{"": "", "Annika Thorsell": "<b>Annika Thorsell</b>\n", "die Stadt": "<b>Die Stadt</b>\n", "它": "<b>它</b>\n"} {
		q := news.Quotation{Quote: news.Quote{Kind: news.Direct, Text: "We go", Speaker: &news.Speaker{Mention: "she", Name: name}}}
		got := bot.QuoteList(locale.For("en"), news.Chat{}, []news.Quotation{q}, bot.Page{}, noon).HTML
		if !strings.HasPrefix(got, want+"<blockquote>") {
			t.Errorf("%q is shown as %q, want %q before it", name, got, want)
		}
	}
}

// A story's summary tells what its articles say, and names the source of what the lead does not.
func TestCardSumsUpAStory(t *testing.T) {
	s := news.Story{ID: 3, Title: "Pier breaks", Articles: []news.Article{
		{ID: 301, Lang: "en", Source: "Ellery Post", URL: "https://post.example/1", Title: "Pier breaks", Text: "A storm broke the old pier of Port Ellery on Tuesday night. Nobody was hurt, the town said on Wednesday morning."},
		{ID: 302, Lang: "en", Source: "Coast <Radio>", URL: "https://coast.example/2", Title: "Storm", Text: "A storm broke the old pier of Port Ellery on Tuesday night. Insurers expect claims of 12 million crowns from owners of 40 yachts."},
		{ID: 303, Lang: "en", Source: "Silent", URL: "https://silent.example/3", Title: "Storm"},
	}}
	o := card(locale.For("en"), news.Chat{Length: news.Long}, s, "", noon)
	want := `Insurers expect claims of 12 million crowns from owners of 40 yachts. (<a href="https://coast.example/2">Coast &lt;Radio&gt;</a>)`
	if !strings.Contains(o.HTML, want) || strings.Count(o.HTML, "broke the old pier") != 1 {
		t.Errorf("got %s", o.HTML)
	}
}

// Where a language model is in use, the card tells whose words its summary is in.
func TestCardTellsWhoWrote(t *testing.T) {
	for _, lang := range locale.Languages() {
		w := locale.For(lang)
		for written, note := range map[string]string{"The pier < of Port Ellery broke.": w.T("card.written"), "": w.T("card.verbatim")} {
			s := harbourStory()
			s.Lead().Written = &news.Written{Text: written}
			o := card(w, news.Chat{Length: news.Short}, s, "", noon)
			if !strings.Contains(o.HTML, "<i>"+bot.Escape(note)+"</i>") || !strings.Contains(o.HTML, bot.Escape(written)) {
				t.Errorf("%s: got %s", lang, o.HTML)
			}
		}
		if o := card(w, news.Chat{Length: news.Short}, harbourStory(), "", noon); strings.Contains(o.HTML, "<i>") {
			t.Errorf("%s: without a model the card says %s", lang, o.HTML)
		}
	}
}

// TestHeadlines: a headline of each publisher, three at most, the others counted; none where one reports alone.
func TestHeadlines(t *testing.T) {
	w := locale.For("en")
	s := news.Story{Articles: []news.Article{
		{Title: "Ferry aground", Source: "Echo", URL: "https://echo.example/1"}, {Title: "Ferry <still> aground", Source: "Echo"},
	}}
	if got := bot.Headlines(w, s); got != "" {
		t.Errorf("one publisher: %q", got)
	}
	for _, source := range []string{"Tagblatt", "Courier", "Dispatch", "Herold"} {
		s.Articles = append(s.Articles, news.Article{Title: "214 safe <all>", Source: source})
	}
	want := "<b>How the headlines differ</b>\n• <a href=\"https://echo.example/1\">Ferry aground</a> · Echo\n" +
		"• 214 safe &lt;all&gt; · Tagblatt\n• 214 safe &lt;all&gt; · Courier\n… and 2 more sources"
	if diff := cmp.Diff(want, bot.Headlines(w, s)); diff != "" {
		t.Error(diff)
	}
}

// TestRemembered: a card made of what is remembered is the one that was made first, for each story and length.
func TestRemembered(t *testing.T) {
	w, known := locale.For("en"), &bot.Summaries{}
	first, second := harbourStory(), harbourStory()
	second.Articles[0].ID += 100
	second.Articles[0].Text = "The ferry of Dunmore was late on Monday, as the tide was too low for it. Nobody minded."
	for range 2 {
		for _, s := range []news.Story{first, second} {
			for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
				c := news.Chat{Length: l}
				got, want := known.Card(w, c, s, bot.Links{}, noon), (*bot.Summaries)(nil).Card(w, c, s, bot.Links{}, noon)
				if got.HTML != want.HTML {
					t.Errorf("%s: got %q\nwant %q", l, got.HTML, want.HTML)
				}
			}
		}
	}
}
