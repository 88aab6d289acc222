package handlers

import (
	"context"
	"slices"
	"strconv"
	"time"

	"herald/bot"
	"herald/news"
	"herald/news/desk"
)

const (
	readTimeout = 40 * time.Second
	keptText    = 1 << 16 // bytes of an article that is kept for its buttons
	leastText   = 280     // UTF-16 code units from which a message counts as an article and not as talk
)

// summary reads a linked page, or the message it replies to, and answers with the card.
func (r *request) summary(ctx context.Context) error {
	if links := r.msg.Links(); len(links) > 0 && bot.Units(r.args) < leastText {
		return r.readLink(ctx, links[0])
	}
	if m := r.msg.ReplyTo; m != nil && r.args == "" {
		return r.readMessage(ctx, m)
	}
	if bot.Units(r.args) >= leastText {
		return r.readText(ctx, r.args, "")
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
	text, _ := m.Words()
	links := m.Links()
	switch {
	case bot.Units(text) >= leastText:
		return r.readText(ctx, text, origin(m))
	case len(links) > 0:
		return r.readLink(ctx, links[0])
	case m != r.msg:
		return r.say(ctx, "summary.usage")
	}
	return r.say(ctx, "unknown.text")
}

// readLink answers with the card of a page.
func (r *request) readLink(ctx context.Context, address string) error {
	a, err := r.read(ctx, address)
	if err != nil {
		return err
	}
	return r.replyArticle(ctx, a)
}

func (r *request) read(ctx context.Context, address string) (*news.Article, error) {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	defer r.busy(ctx)()
	return r.Desk.URL(ctx, address)
}

// readText answers with the card of a text that was pasted or forwarded. Its first line is its title if it looks like one.
func (r *request) readText(ctx context.Context, text, source string) error {
	a := r.Desk.Text(desk.Headline(text), text, "")
	a.Source = source
	return r.replyArticle(ctx, a)
}

// origin is the name of the channel, group or person that a message was forwarded from, "" if it was not.
func origin(m *bot.Message) string {
	o := m.ForwardOrigin
	switch {
	case o == nil:
		return ""
	case o.Chat != nil:
		return o.Chat.Name()
	case o.SenderChat != nil:
		return o.SenderChat.Name()
	case o.SenderUser != nil:
		return o.SenderUser.Name()
	}
	return o.SenderName
}

// replyArticle answers with the card of an article that is no story of a feed. It is kept for its buttons alone, where only
// this chat can reach it.
func (r *request) replyArticle(ctx context.Context, a *news.Article) error {
	a.Fetched = r.Now()
	return r.replyKept(ctx, news.Story{Title: a.Title, Articles: []news.Article{*a}}, bot.Links{})
}

// replyKept answers with the card of a story that this chat may not read by its number: the article that leads it is kept for the
// buttons.
func (r *request) replyKept(ctx context.Context, s news.Story, links bot.Links) error {
	a := s.Lead()
	var rows [][]bot.Button
	if len(a.Text) > 0 && len(a.Text) <= keptText {
		view, err := r.remember(ctx, articleView, a)
		if err != nil {
			return err
		}
		rows = r.articleButtons(view, a)
	}
	return r.replyCard(ctx, a, func() bot.Outgoing {
		card := r.Summaries.Card(r.words, r.chat, s, links, r.Now())
		card.Rows = rows
		return card
	})
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
	for _, q := range spokenFirst(a.Quotes) {
		quotes = append(quotes, news.Quotation{Quote: q, Article: a})
	}
	return p.reply(ctx, bot.QuoteList(p.words, p.chat, quotes, bot.Page{Title: p.words.T("quotes.story")}, p.Now()))
}

// spokenFirst are the quotes with words between marks, or else all.
func spokenFirst(quotes []news.Quote) []news.Quote {
	spoken := slices.DeleteFunc(slices.Clone(quotes), func(q news.Quote) bool { return q.Kind == news.Indirect })
	if len(spoken) == 0 {
		return quotes
	}
	return spoken
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
	if err := p.recall(ctx, view, articleView, &a); err != nil {
		return a, err
	}
	p.answer(ctx, "")
	return a, nil
}
