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
	offered         = 30 // feeds offered as buttons
	shown           = 3  // newest entries shown on subscribing
)

// subscribe follows a feed: "/subscribe <address> [@channel]". Without an address it offers the feeds Herald knows.
func (r *request) subscribe(ctx context.Context) error {
	address, channel := splitTarget(r.args)
	place := r.place
	if channel != "" {
		chat, err := r.channel(ctx, channel)
		if err != nil {
			return r.channelTrouble(ctx, channel, err)
		}
		place = news.Place{Chat: chat.ID}
	}
	if address == "" {
		return r.offer(ctx, channel)
	}
	f, ok, err := r.source(ctx, address)
	if err != nil {
		return err
	}
	if ok {
		return r.follow(ctx, place, feed.Result{Feed: f})
	}
	ctx, cancel := context.WithTimeout(ctx, discoverTimeout)
	defer cancel()
	r.Bot.Typing(ctx, r.place.Chat, r.place.Topic)
	found, err := r.Feeds.Discover(ctx, address)
	if err != nil {
		return err
	}
	return r.follow(ctx, place, found)
}

// splitTarget parts "address @channel".
func splitTarget(args string) (address, channel string) {
	for _, w := range strings.Fields(args) {
		if strings.HasPrefix(w, "@") && channel == "" {
			channel = w
			continue
		}
		address = strings.TrimSpace(address + " " + w)
	}
	return address, channel
}

// follow subscribes the place to the feed and shows its newest entries.
func (r *request) follow(ctx context.Context, place news.Place, found feed.Result) error {
	f, err := r.keep(ctx, found)
	if err != nil {
		return err
	}
	fresh, err := r.DB.Subscribe(ctx, place, f.ID, r.Now())
	if err != nil {
		return err
	}
	if !fresh {
		return r.say(ctx, "subscribe.already", "source", bot.Escape(f.Name()))
	}
	newest, err := r.newest(ctx, f, found.Entries)
	if err != nil {
		return err
	}
	text := r.text("subscribe.done", "source", bot.Link(f.Name(), f.Site))
	if place.Chat != r.place.Chat {
		return r.channelFollows(ctx, place, f)
	}
	if len(newest) > 0 {
		text += "\n\n" + r.text("subscribe.newest") + "\n" + strings.Join(newest, "\n")
	}
	return r.reply(ctx, bot.Outgoing{HTML: text, Rows: [][]bot.Button{{
		{Text: r.words.T("button.latest"), Data: "go:latest"},
		{Text: r.words.T("button.unsubscribe"), Data: fmt.Sprintf("unsub:%d", f.ID)},
	}}})
}

func (r *request) channelFollows(ctx context.Context, place news.Place, f news.Feed) error {
	channel, err := r.DB.Chat(ctx, place.Chat)
	if err != nil {
		return err
	}
	return r.say(ctx, "subscribe.done.channel", "source", bot.Link(f.Name(), f.Site), "channel", bot.Escape(channel.Title))
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

const firstPoll = 5 * time.Minute // when a feed is polled whose first look could not be read to the end

// newest are lines of the newest entries of a feed.
func (r *request) newest(ctx context.Context, f news.Feed, entries []news.Entry) ([]string, error) {
	var lines []string
	if len(entries) == 0 {
		stories, _, err := r.DB.Latest(ctx, storage.Query{All: true, FeedID: f.ID, Limit: shown})
		for _, s := range stories {
			lines = append(lines, "• "+bot.Link(s.Title, s.Lead().URL))
		}
		return lines, err
	}
	for _, e := range entries[:min(len(entries), shown)] {
		lines = append(lines, "• "+bot.Link(e.Title, e.URL))
	}
	return lines, nil
}

// followByID follows a feed that Herald knows, from a deep link.
func (r *request) followByID(ctx context.Context, id int64) error {
	f, err := r.DB.Feed(ctx, id)
	if err != nil {
		return err
	}
	return r.follow(ctx, r.place, feed.Result{Feed: f})
}

// offer shows the feeds Herald knows with a button each.
func (r *request) offer(ctx context.Context, channel string) error {
	out, err := r.offerPanel(ctx)
	if err != nil {
		return err
	}
	if channel != "" || len(out.Rows) == 0 {
		out = bot.Outgoing{HTML: r.words.T("subscribe.usage")}
	}
	return r.reply(ctx, out)
}

func (r *request) offerPanel(ctx context.Context) (bot.Outgoing, error) {
	feeds, err := r.DB.Feeds(ctx)
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
		out.Rows = append(out.Rows, []bot.Button{{Text: mark + f.Name(), Data: "sub:" + strconv.FormatInt(f.ID, 10)}})
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
	f, err := p.DB.Feed(ctx, id)
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
	if err := p.answer(ctx, p.words.T(key, "source", f.Name())); err != nil {
		return err
	}
	out, err := p.offerPanel(ctx)
	if err != nil {
		return err
	}
	return p.edit(ctx, out)
}

var (
	errNotPrivate = errors.New("channels are served from a private chat")
	errNotAdmin   = errors.New("not an administrator of the channel")
	errCannotPost = errors.New("the bot may not post in the channel")
)

// channel is a channel named by "@name" after checking that the writer administers it and that the bot may post there.
func (r *request) channel(ctx context.Context, name string) (news.Chat, error) {
	if r.chat.Kind != news.Private {
		return news.Chat{}, errNotPrivate
	}
	c, err := r.Bot.FindChat(ctx, name)
	if err != nil {
		return news.Chat{}, err
	}
	admin, err := r.Bot.Admin(ctx, c.ID, r.msg.From.ID)
	if err != nil {
		return news.Chat{}, err
	}
	if !admin {
		return news.Chat{}, errNotAdmin
	}
	if ok, err := r.Bot.CanPost(ctx, c.ID); err != nil || !ok {
		return news.Chat{}, errors.Join(errCannotPost, err)
	}
	chat, _, err := r.DB.EnsureChat(ctx, news.Chat{ID: c.ID, Kind: c.Kind, Title: c.Name(), Lang: r.chat.Lang,
		Zone: r.chat.Zone, Length: news.Short, Previews: true, Active: true, Added: r.Now()})
	return chat, err
}

func (r *request) channelTrouble(ctx context.Context, name string, err error) error {
	for _, t := range []struct {
		err error
		key string
	}{
		{errNotPrivate, "channel.private"},
		{errNotAdmin, "channel.notadmin"},
		{errCannotPost, "channel.cannotpost"},
		{bot.ErrGone, "channel.cannotpost"},
		{bot.ErrChatNotFound, "channel.notfound"},
	} {
		if errors.Is(err, t.err) {
			return r.say(ctx, t.key, "channel", bot.Escape(name))
		}
	}
	return err
}
