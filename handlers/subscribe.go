package handlers

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"herald/bot"
	"herald/news"
	"herald/news/feed"
	"herald/storage"
)

const (
	discoverTimeout = 40 * time.Second
	firstPoll       = 5 * time.Minute // when a feed is polled whose first look could not be read to the end

	offered = 30 // feeds offered as buttons
	shown   = 3  // newest entries shown on subscribing
)

// subscribe follows a feed: "/subscribe <address> [@channel]". Without an address it offers the operator's feeds.
func (r *request) subscribe(ctx context.Context) error {
	address, channel := splitTarget(r.args)
	place, err := r.target(ctx, channel)
	switch {
	case err != nil:
		return r.channelTrouble(ctx, channel, err)
	case address == "" && channel != "":
		return r.say(ctx, "subscribe.usage")
	case address == "":
		return r.offer(ctx)
	}
	found, err := r.find(ctx, address)
	if err != nil {
		return err
	}
	return r.follow(ctx, place, found)
}

// find is the feed that Herald knows by that name or address, or else finds there.
func (r *request) find(ctx context.Context, address string) (feed.Result, error) {
	f, known, err := r.source(ctx, address)
	if err != nil || known {
		return feed.Result{Feed: f}, err
	}
	ctx, cancel := context.WithTimeout(ctx, discoverTimeout)
	defer cancel()
	defer r.busy(ctx)()
	return r.Feeds.Discover(ctx, address)
}

// follow subscribes the place to the feed and shows its newest entries.
func (r *request) follow(ctx context.Context, place news.Place, found feed.Result) error {
	f, err := r.keep(ctx, found)
	if err != nil {
		return err
	}
	fresh, err := r.bind(ctx, place, f.ID)
	if err != nil {
		return err
	}
	switch {
	case !fresh:
		return r.say(ctx, "subscribe.already", "source", bot.Escape(f.Name()))
	case place != r.place:
		return r.followsThere(ctx, place, f)
	}
	newest, err := r.newest(ctx, f, found.Entries)
	if err != nil {
		return err
	}
	text := r.text("subscribe.done", "source", bot.Link(f.Name(), news.Bare(f.Site)))
	if len(newest) > 0 {
		text += "\n\n" + r.text("subscribe.newest") + "\n" + strings.Join(newest, "\n")
	}
	return r.reply(ctx, bot.Outgoing{HTML: text, Rows: [][]bot.Button{{
		{Text: r.words.T("button.latest"), Data: "go:latest"},
		{Text: r.words.T("button.unsubscribe"), Data: fmt.Sprintf("unsub:%d", f.ID)},
	}}})
}

// bind subscribes the place. A group that became a supergroup while the feed was looked for is no longer stored under the
// number that the request knows: it is kept there once more, and moves on when Telegram refuses the answer (see deliver).
func (r *request) bind(ctx context.Context, place news.Place, feedID int64) (bool, error) {
	fresh, err := r.DB.Subscribe(ctx, place, feedID, r.Now())
	if !errors.Is(err, news.ErrNotFound) || place != r.place {
		return fresh, err
	}
	if err := r.DB.SaveChat(ctx, r.chat); err != nil {
		return false, err
	}
	return r.DB.Subscribe(ctx, place, feedID, r.Now())
}

func (r *request) followsThere(ctx context.Context, place news.Place, f news.Feed) error {
	channel, err := r.DB.Chat(ctx, place.Chat)
	if err != nil {
		return err
	}
	return r.say(ctx, "subscribe.done.channel", "source", bot.Link(f.Name(), news.Bare(f.Site)), "channel", bot.Escape(channel.Title))
}

// keep stores a feed that has just been discovered and has its entries read in the background.
func (h *Handlers) keep(ctx context.Context, found feed.Result) (news.Feed, error) {
	if found.Feed.ID != 0 {
		return found.Feed, nil
	}
	found.Feed.Added = h.Now()
	found.Feed.NextPoll = h.Now().Add(firstPoll)
	f, fresh, err := h.DB.AddFeed(ctx, found.Feed)
	if err == nil && fresh {
		found.Feed = f
		h.Take(found)
	}
	return f, err
}

// newest are lines of the newest entries of a feed.
func (r *request) newest(ctx context.Context, f news.Feed, entries []news.Entry) ([]string, error) {
	var lines []string
	if len(entries) == 0 {
		stories, _, err := r.DB.Latest(ctx, storage.Query{Place: r.place, FeedID: f.ID, Limit: shown})
		for _, s := range stories {
			lines = append(lines, r.newestLine(s.Title, s.Lead().URL))
		}
		return lines, err
	}
	for _, e := range entries[:min(len(entries), shown)] {
		lines = append(lines, r.newestLine(e.Title, e.URL))
	}
	return lines, nil
}

func (r *request) newestLine(title, address string) string {
	title = clip(title)
	if title == "" {
		title = r.words.T("card.untitled")
	}
	return "• " + bot.Link(title, news.Bare(address))
}

// followByID follows a feed from a deep link. Numbers can be guessed: another chat's own feed is not there.
func (r *request) followByID(ctx context.Context, id int64) error {
	f, err := r.DB.FeedFor(ctx, r.place, id)
	if err != nil {
		return err
	}
	return r.follow(ctx, r.place, feed.Result{Feed: f})
}

// offer shows the operator's feeds and those followed with a button each, or how to name one where there are none.
func (r *request) offer(ctx context.Context) error {
	out, err := r.offerPanel(ctx)
	if err != nil {
		return err
	}
	if len(out.Rows) == 0 {
		return r.say(ctx, "subscribe.usage")
	}
	return r.reply(ctx, out)
}

func (r *request) offerPanel(ctx context.Context) (bot.Outgoing, error) {
	feeds, err := r.DB.FeedsFor(ctx, r.place)
	if err != nil {
		return bot.Outgoing{}, err
	}
	followed, err := r.followed(ctx)
	if err != nil {
		return bot.Outgoing{}, err
	}
	out := bot.Outgoing{HTML: r.words.T("subscribe.offer")}
	for _, f := range feeds[:min(len(feeds), offered)] {
		mark := "➕ "
		if followed[f.ID] {
			mark = "✅ "
		}
		out.Rows = append(out.Rows, []bot.Button{{Text: mark + label(f), Data: "sub:" + strconv.FormatInt(f.ID, 10)}})
	}
	return out, nil
}

func (r *request) followed(ctx context.Context) (map[int64]bool, error) {
	subs, err := r.DB.Subscriptions(ctx, r.place)
	ids := make(map[int64]bool, len(subs))
	for _, s := range subs {
		ids[s.Feed.ID] = true
	}
	return ids, err
}

// toggleSource follows a feed of the offer, or stops following it.
func (p *press) toggleSource(ctx context.Context) error {
	id, err := p.number()
	if err != nil {
		return err
	}
	f, err := p.DB.FeedFor(ctx, p.place, id)
	if err != nil {
		return err
	}
	key := "subscribe.toast"
	fresh, err := p.DB.Subscribe(ctx, p.place, id, p.Now())
	if err == nil && !fresh {
		key = "unsubscribe.toast"
		_, err = p.DB.Unsubscribe(ctx, p.place, id)
	}
	if err != nil {
		return err
	}
	p.answer(ctx, p.words.T(key, "source", label(f)))
	out, err := p.offerPanel(ctx)
	if err != nil {
		return err
	}
	return p.edit(ctx, out)
}
