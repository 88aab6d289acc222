package handlers

import (
	"context"
	"fmt"
	"strings"

	"herald/bot"
	"herald/news"
	"herald/news/text"
)

// labelMost is the length in characters of a source's name on a button or in a line that fades away.
const labelMost = 60

// label is a source's name, short and on one line.
func label(f news.Feed) string { return text.Clip(clip(f.Name()), labelMost) }

// named tells whether people may mean the feed by the words: its name, its address or its site's, or their host.
func named(f news.Feed, words string) bool {
	return words != "" && (strings.EqualFold(f.Name(), words) || sameAddress(f.URL, words) || sameAddress(f.Site, words) ||
		strings.EqualFold(news.Host(f.URL), words) || strings.EqualFold(news.Host(f.Site), words))
}

// sameAddress compares web addresses as people write them, with or without scheme, "www." and a slash at the end.
func sameAddress(a, b string) bool {
	bare := func(s string) string {
		s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
		return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	}
	return a != "" && bare(a) == bare(b)
}

// sources lists what the place follows, with the plain reason where a feed fails.
func (r *request) sources(ctx context.Context) error {
	subs, err := r.DB.Subscriptions(ctx, r.place)
	if err != nil {
		return err
	}
	if len(subs) == 0 {
		return r.reply(ctx, r.noSources())
	}
	lines := []string{bot.Bold(r.words.T("sources.title")), ""}
	for _, s := range subs {
		lines = append(lines, "• "+bot.Link(s.Feed.Name(), s.Feed.Site)+" — "+r.condition(s.Feed))
	}
	return r.reply(ctx, bot.Outgoing{HTML: strings.Join(lines, "\n"), Rows: [][]bot.Button{{
		{Text: r.words.T("button.sources"), Data: "go:subscribe"},
		{Text: r.words.T("button.unsubscribe"), Data: "go:unsubscribe"},
	}}})
}

// condition is how a feed is, in a few words.
func (r *request) condition(f news.Feed) string {
	switch {
	case f.Gone:
		return r.words.T("sources.gone")
	case f.Failures > 0 && f.Trouble != "":
		return r.words.T("sources.failing", "reason", r.words.T("error."+f.Trouble))
	case f.Failures > 0:
		return r.words.T("sources.failing", "reason", r.words.T("error.broken"))
	case f.Moved != "":
		return r.words.T("sources.moved", "host", bot.Escape(news.Host(f.Moved)))
	case f.Stale(r.Now()):
		return r.words.T("sources.stale", "when", bot.Escape(r.words.When(f.LastNews, r.Now(), r.chat.Location())))
	case f.LastNews.IsZero():
		return r.words.T("sources.fresh")
	}
	return r.words.T("sources.last", "when", bot.Escape(r.words.When(f.LastNews, r.Now(), r.chat.Location())))
}

func (r *request) noSources() bot.Outgoing {
	return bot.Outgoing{HTML: r.words.T("sources.empty"), Rows: [][]bot.Button{{
		{Text: r.words.T("button.sources"), Data: "go:subscribe"},
	}}}
}

// unsubscribe stops following the feed whose name or address is given, also for a channel named behind it, or shows a button
// for each feed.
func (r *request) unsubscribe(ctx context.Context) error {
	words, channel := splitTarget(r.args)
	place, err := r.target(ctx, channel)
	if err != nil {
		return r.channelTrouble(ctx, channel, err)
	}
	if words == "" && channel != "" { // the buttons are about the channel
		served, err := r.DB.Chat(ctx, place.Chat)
		if err != nil {
			return err
		}
		r.serve(served)
	}
	subs, err := r.DB.Subscriptions(ctx, place)
	if err != nil {
		return err
	}
	if words == "" {
		return r.reply(ctx, r.dropPanel(subs))
	}
	for _, s := range subs {
		if named(s.Feed, words) {
			if _, err := r.DB.Unsubscribe(ctx, place, s.Feed.ID); err != nil {
				return err
			}
			return r.dropped(ctx, place, s.Feed)
		}
	}
	return r.say(ctx, "unsubscribe.unknown", "source", bot.Escape(clip(words)))
}

// dropped says that a feed is no longer followed, and where.
func (r *request) dropped(ctx context.Context, place news.Place, f news.Feed) error {
	if place == r.place {
		return r.say(ctx, "unsubscribe.done", "source", bot.Escape(f.Name()))
	}
	channel, err := r.DB.Chat(ctx, place.Chat)
	if err != nil {
		return err
	}
	return r.say(ctx, "unsubscribe.done.channel", "source", bot.Escape(f.Name()), "channel", bot.Escape(channel.Title))
}

func (r *request) dropPanel(subs []news.Subscription) bot.Outgoing {
	if len(subs) == 0 {
		return r.noSources()
	}
	out := bot.Outgoing{HTML: r.words.T("unsubscribe.offer")}
	if more := len(subs) - offered; more > 0 {
		out.HTML += "\n" + r.words.N("unsubscribe.more", more)
	}
	for _, s := range subs[:min(len(subs), offered)] {
		out.Rows = append(out.Rows, []bot.Button{{Text: "✖ " + label(s.Feed), Data: fmt.Sprintf("unsub:%d", s.Feed.ID)}})
	}
	return out
}

// dropSource stops following the feed whose button was pressed.
func (p *press) dropSource(ctx context.Context) error {
	id, err := p.number()
	if err != nil {
		return err
	}
	f, err := p.DB.FeedFor(ctx, p.place, id)
	if err != nil {
		return err
	}
	if _, err := p.DB.Unsubscribe(ctx, p.place, id); err != nil {
		return err
	}
	p.answer(ctx, p.words.T("unsubscribe.toast", "source", label(f)))
	subs, err := p.DB.Subscriptions(ctx, p.place)
	if err != nil {
		return err
	}
	return p.edit(ctx, p.dropPanel(subs))
}
