package handlers

import (
	"context"
	"strconv"
	"time"

	"herald/bot"
	"herald/news"
	"herald/news/quote"
	"herald/storage"
)

// quotes shows who said what: the newest quotes, a person's, or a story's where its number is given.
func (r *request) quotes(ctx context.Context) error {
	words := clip(r.args)
	if id, err := strconv.ParseInt(words, 10, 64); err == nil {
		if _, err := r.DB.StoryFor(ctx, r.place, id); err != nil {
			return err
		}
		return r.show(ctx, list{Kind: "quotes", Story: id})
	}
	return r.show(ctx, list{Kind: "quotes", Person: words})
}

func (r *request) quotePage(ctx context.Context, l list, view int64, page int) (bot.Outgoing, error) {
	p := bot.Page{Title: r.quotesTitle(l), View: view, Number: page}
	var quotes []news.Quotation
	var err error
	if l.Story != 0 {
		if p.Intro, err = r.headlines(ctx, l); err != nil {
			return bot.Outgoing{}, err
		}
	}
	if quotes, p.More, err = r.quotesOf(ctx, l, page); err != nil {
		return bot.Outgoing{}, err
	}
	switch {
	case len(quotes) == 0 && page > 0:
		return bot.Outgoing{}, news.ErrNotFound
	case len(quotes) == 0 && l.Person != "":
		return bot.Outgoing{HTML: r.words.T("quotes.nobody", "person", bot.Escape(l.Person))}, nil
	case len(quotes) == 0 && p.Intro == "":
		return bot.Outgoing{HTML: r.words.T("quotes.nothing")}, nil
	}
	p.Empty = r.words.T("quotes.nothing")
	return bot.QuoteList(r.words, r.chat, quotes, p, r.Now()), nil
}

// quotesOf is a page of the quotes that a list is of.
func (r *request) quotesOf(ctx context.Context, l list, page int) ([]news.Quotation, bool, error) {
	q := storage.QuoteQuery{
		Person: l.Person, StoryID: l.Story, Place: news.Place{Chat: r.place.Chat, Topic: l.Topic},
		All: l.Person != "" || l.Story != 0, Anchor: time.UnixMilli(l.Anchor), Limit: perPage,
	}
	if l.Story != 0 {
		return r.voices(ctx, q, page)
	}
	q.Offset = page * perPage
	return r.DB.Quotations(ctx, q)
}

// headlines are how the publishers of a story title it, as the place may read it.
func (r *request) headlines(ctx context.Context, l list) (string, error) {
	s, err := r.DB.StoryFor(ctx, news.Place{Chat: r.place.Chat, Topic: l.Topic}, l.Story)
	return bot.Headlines(r.words, s), err
}

// storyQuotes is how many quotes of a story are looked at.
const storyQuotes = 50

// voices is a page of what each speaker of a story says, the most telling quote of each. Where everything stands there
// without quotation marks that is shown, since there is nothing better.
func (r *request) voices(ctx context.Context, q storage.QuoteQuery, page int) ([]news.Quotation, bool, error) {
	q.Limit = storyQuotes
	all, _, err := r.DB.Quotations(ctx, q)
	if err == nil && len(all) == 0 {
		q.Indirect = true
		all, _, err = r.DB.Quotations(ctx, q)
	}
	voices := quote.Voices(all)
	voices = voices[min(page*perPage, len(voices)):]
	return voices[:min(perPage, len(voices))], len(voices) > perPage, err
}

func (r *request) quotesTitle(l list) string {
	switch {
	case l.Person != "":
		return r.words.T("quotes.person", "name", l.Person)
	case l.Story != 0:
		return r.words.T("quotes.story")
	}
	return r.words.T("quotes.title")
}

// storyQuotes answers with what people say in a story.
func (p *press) storyQuotes(ctx context.Context) error {
	id, err := p.number()
	if err != nil {
		return err
	}
	if _, err := p.DB.StoryFor(ctx, p.place, id); err != nil {
		return err
	}
	p.answer(ctx, "")
	return p.show(ctx, list{Kind: "quotes", Story: id})
}

const (
	peopleDays = 7
	peopleMost = 12
)

// people shows who is quoted most this week in what the place may read; a button opens a person's quotes.
func (r *request) people(ctx context.Context) error {
	found, err := r.DB.People(ctx, r.place, r.Now().AddDate(0, 0, -peopleDays), peopleMost)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return r.say(ctx, "people.empty")
	}
	names := make([]string, len(found))
	text := bot.Bold(r.words.T("people.title")) + "\n"
	for i, p := range found {
		names[i] = p.Name
		text += "\n" + strconv.Itoa(i+1) + ". <b>" + bot.Escape(p.Name) + "</b> · " + r.words.N("people.quotes", p.Quotes)
	}
	view, err := r.remember(ctx, peopleView, names)
	if err != nil {
		return err
	}
	out := bot.Outgoing{HTML: text}
	for i := range names {
		if i%6 == 0 {
			out.Rows = append(out.Rows, nil)
		}
		last := len(out.Rows) - 1
		out.Rows[last] = append(out.Rows[last], bot.Button{
			Text: strconv.Itoa(i + 1),
			Data: "who:" + strconv.FormatInt(view, 10) + ":" + strconv.Itoa(i),
		})
	}
	return r.reply(ctx, out)
}

// person opens the quotes of the person whose number was pressed.
func (p *press) person(ctx context.Context) error {
	view, index, err := p.pair()
	if err != nil {
		return err
	}
	var names []string
	if err := p.recall(ctx, view, peopleView, &names); err != nil {
		return err
	}
	if index >= len(names) {
		return news.ErrNotFound
	}
	p.answer(ctx, "")
	return p.show(ctx, list{Kind: "quotes", Person: names[index]})
}
