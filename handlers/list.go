package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"herald/bot"
	"herald/news"
	"herald/storage"
)

const (
	perPage  = 5    // stories or quotes on a page
	topMost  = 20   // stories that count as most reported
	lastPage = 1000 // pages that can be turned
	maxWords = 256  // characters of a search
)

// list is what a message with pages shows. It is kept as a view, and the buttons hold the view's id.
type list struct {
	Kind   string `json:"kind"` // latest, search, top, quotes
	Words  string `json:"words,omitempty"`
	Feed   int64  `json:"feed,omitempty"`
	Person string `json:"person,omitempty"`
	Story  int64  `json:"story,omitempty"`
	Days   int    `json:"days,omitempty"`
	Topic  int    `json:"topic,omitempty"`
	Anchor int64  `json:"anchor"` // Unix milliseconds; what came later does not move the pages
}

// show answers with the first page of a list.
func (r *request) show(ctx context.Context, l list) error {
	l.Topic, l.Anchor = r.place.Topic, r.Now().UnixMilli()
	view, err := r.remember(ctx, listView, l)
	if err != nil {
		return err
	}
	out, err := r.page(ctx, l, view, 0)
	if err != nil {
		return err
	}
	return r.reply(ctx, out)
}

// What a message's buttons can stand for.
const (
	listView    = "list"
	peopleView  = "people"
	articleView = "article"
)

// view is what is kept for the buttons of a message.
type view struct {
	Kind  string          `json:"kind"`
	Value json.RawMessage `json:"value"`
}

// remember keeps v for the buttons of a message and returns its id; 0 where it can't be kept, as on a full disk: the answer is worth
// more than its buttons, which then are too old.
func (r *request) remember(ctx context.Context, kind string, v any) (int64, error) {
	value, err := json.Marshal(v)
	if err != nil {
		return 0, fmt.Errorf("remember buttons: %w", err)
	}
	data, err := json.Marshal(view{kind, value})
	if err != nil {
		return 0, fmt.Errorf("remember buttons: %w", err)
	}
	id, err := r.DB.SaveView(ctx, r.chat.ID, string(data), r.Now())
	if err != nil && ctx.Err() == nil {
		r.Log.Error("buttons are not kept", "chat", r.chat.ID, "err", err)
		return 0, nil
	}
	return id, err
}

// recall reads what the buttons of a message stand for; ErrNotFound where it has been forgotten, or is of another kind.
func (r *request) recall(ctx context.Context, id int64, kind string, v any) error {
	data, err := r.DB.View(ctx, r.chat.ID, id)
	if err != nil {
		return err
	}
	var kept view
	if json.Unmarshal([]byte(data), &kept) != nil || kept.Kind != kind || json.Unmarshal(kept.Value, v) != nil {
		return news.ErrNotFound
	}
	return nil
}

// turn shows another page in place.
func (p *press) turn(ctx context.Context) error {
	view, page, err := p.pair()
	if err != nil {
		return err
	}
	var l list
	if err := p.recall(ctx, view, listView, &l); err != nil {
		return err
	}
	out, err := p.page(ctx, l, view, page)
	if err != nil {
		return err
	}
	p.answer(ctx, "")
	return p.edit(ctx, out)
}

// page makes one page of a list.
func (r *request) page(ctx context.Context, l list, view int64, page int) (bot.Outgoing, error) {
	if l.Kind == "quotes" {
		return r.quotePage(ctx, l, view, page)
	}
	stories, more, err := r.stories(ctx, l, page)
	if err != nil {
		return bot.Outgoing{}, err
	}
	if len(stories) == 0 && page > 0 {
		return bot.Outgoing{}, news.ErrNotFound
	}
	if len(stories) == 0 {
		return r.nothing(ctx, l)
	}
	return bot.StoryList(r.words, r.chat, stories, bot.Page{Title: r.listTitle(l), View: view, Number: page, More: more},
		r.Now()), nil
}

func (r *request) stories(ctx context.Context, l list, page int) ([]news.Story, bool, error) {
	q := storage.Query{
		Place: news.Place{Chat: r.place.Chat, Topic: l.Topic}, Words: l.Words, FeedID: l.Feed,
		Offset: page * perPage, Limit: perPage, Anchor: time.UnixMilli(l.Anchor),
	}
	switch l.Kind {
	case "search":
		q.All = true
		return r.DB.Search(ctx, q)
	case "top":
		return r.topStories(ctx, q, l.Days)
	}
	return r.DB.Latest(ctx, q)
}

// topStories cuts a page out of the stories most reported in the last days.
func (r *request) topStories(ctx context.Context, q storage.Query, days int) ([]news.Story, bool, error) {
	all, err := r.DB.Top(ctx, q.Place, q.Anchor.AddDate(0, 0, -days), topMost)
	all = all[min(q.Offset, len(all)):]
	return all[:min(q.Limit, len(all))], len(all) > q.Limit, err
}

func (r *request) listTitle(l list) string {
	switch {
	case l.Kind == "search":
		return r.words.T("search.title", "words", l.Words)
	case l.Kind == "top" && l.Days > 1:
		return r.words.T("top.week")
	case l.Kind == "top":
		return r.words.T("top.day")
	}
	return r.words.T("latest.title")
}

// nothing says why a list is empty and what to do.
func (r *request) nothing(ctx context.Context, l list) (bot.Outgoing, error) {
	switch l.Kind {
	case "search":
		return bot.Outgoing{HTML: r.text("search.nothing", "words", bot.Escape(l.Words))}, nil
	case "top":
		return bot.Outgoing{HTML: r.text("top.nothing")}, nil
	}
	feeds, err := r.DB.FeedsFor(ctx, r.place)
	if err != nil {
		return bot.Outgoing{}, err
	}
	key := "latest.nothing"
	if len(feeds) == 0 {
		key = "latest.nofeeds"
	}
	return bot.Outgoing{HTML: r.words.T(key), Rows: [][]bot.Button{{
		{Text: r.words.T("button.sources"), Data: "go:subscribe"},
	}}}, nil
}

// clip limits what a person typed as words to look for.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > maxWords {
		return string(runes[:maxWords])
	}
	return s
}
