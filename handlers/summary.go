package handlers

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"herald/bot"
	"herald/news"
)

const (
	readTimeout = 40 * time.Second
	leastText   = 280 // characters from which a message counts as an article and not as talk
)

// summary reads a linked page, or the message it replies to, and answers with the card.
func (r *request) summary(ctx context.Context) error {
	if link := firstLink(r.args); link != "" {
		return r.readLink(ctx, link)
	}
	if m := r.msg.ReplyTo; m != nil {
		return r.readMessage(ctx, m)
	}
	if len(r.args) >= leastText {
		return r.readText(ctx, r.args)
	}
	return r.say(ctx, "summary.usage")
}

// prose answers what is no command in a private chat: a link, an article, a file, a place on the map, a word.
func (r *request) prose(ctx context.Context) error {
	switch m := r.msg; {
	case m.Document != nil:
		return r.importOPML(ctx)
	case m.Location != nil:
		return r.locate(ctx)
	case m.Text == "" && m.Caption == "":
		return r.say(ctx, "unknown.text")
	default:
		return r.readMessage(ctx, m)
	}
}

// readMessage reads the page a message links to, or the message itself where it is long enough to be an article.
func (r *request) readMessage(ctx context.Context, m *bot.Message) error {
	text, links := m.Text, m.Links()
	if text == "" {
		text = m.Caption
	}
	switch {
	case len(utf16.Encode([]rune(text))) >= leastText:
		return r.readText(ctx, text)
	case len(links) > 0:
		return r.readLink(ctx, links[0])
	}
	return r.say(ctx, "unknown.text")
}

// readLink answers with the card of a page.
func (r *request) readLink(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	r.Bot.Typing(ctx, r.place.Chat, r.place.Topic)
	a, err := r.Desk.URL(ctx, address)
	if err != nil {
		return err
	}
	return r.replyArticle(ctx, a)
}

// readText answers with the card of a text that was pasted or forwarded. Its first line is its title if it looks like one.
func (r *request) readText(ctx context.Context, text string) error {
	title, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if len(title) > 200 || title == text {
		title = ""
	}
	return r.replyArticle(ctx, r.Desk.Text(title, text, ""))
}

// replyArticle answers with the card of an article that is no story of a feed. It is kept for its buttons alone, where only
// this chat can reach it.
func (r *request) replyArticle(ctx context.Context, a *news.Article) error {
	a.Fetched = r.Now()
	card := bot.Card(r.words, r.chat, news.Story{Title: a.Title, Articles: []news.Article{*a}}, "", r.Now())
	if len(a.Text) > 0 && len(a.Text) <= maxViews {
		view, err := r.remember(ctx, a)
		if err != nil {
			return err
		}
		card.Rows = r.articleButtons(view, a)
	}
	return r.reply(ctx, card)
}

func (r *request) articleButtons(view int64, a *news.Article) [][]bot.Button {
	id := strconv.FormatInt(view, 10)
	var quotes, full bot.Button
	if len(a.Quotes) > 0 {
		quotes = bot.Button{Text: r.words.T("button.quotes"), Data: "vq:" + id}
	}
	if a.URL != "" { // whoever pasted a text has it
		full = bot.Button{Text: r.words.T("button.full"), Data: "vf:" + id}
	}
	if row := bot.Row(quotes, full); len(row) > 0 {
		return [][]bot.Button{row}
	}
	return nil
}

// viewQuotes answers with the quotes of an article that was read on request.
func (p *press) viewQuotes(ctx context.Context) error {
	a, err := p.viewed(ctx)
	if err != nil {
		return err
	}
	var quotes []news.Quotation
	for _, q := range a.Quotes {
		quotes = append(quotes, news.Quotation{Quote: q, Article: a})
	}
	return p.reply(ctx, bot.QuoteList(p.words, p.chat, quotes, bot.Page{Title: p.words.T("quotes.story")}, p.Now()))
}

// viewText answers with the text of an article that was read on request.
func (p *press) viewText(ctx context.Context) error {
	a, err := p.viewed(ctx)
	if err != nil {
		return err
	}
	return p.reply(ctx, bot.FullText(p.words, a))
}

func (p *press) viewed(ctx context.Context) (news.Article, error) {
	var a news.Article
	view, err := p.number()
	if err != nil {
		return a, err
	}
	if err := p.recall(ctx, view, &a); err != nil {
		return a, err
	}
	return a, p.answer(ctx, "")
}

// firstLink is the first web address among the words, "" if there is none.
func firstLink(words string) string {
	for _, w := range strings.Fields(words) {
		if u, err := url.Parse(w); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			return w
		}
	}
	return ""
}
