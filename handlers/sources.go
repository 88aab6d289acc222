package handlers

import (
	"context"
	"fmt"
	"strings"

	"herald/bot"
	"herald/news"
)

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
	case f.Failures > 0:
		return r.words.T("sources.failing", "reason", bot.Escape(f.LastError))
	case f.LastNews.IsZero():
		return r.words.T("sources.fresh")
	}
	return r.words.T("sources.last", "when", r.words.When(f.LastNews, r.Now(), r.chat.Location()))
}

func (r *request) noSources() bot.Outgoing {
	return bot.Outgoing{HTML: r.words.T("sources.empty"), Rows: [][]bot.Button{{
		{Text: r.words.T("button.sources"), Data: "go:subscribe"}}}}
}

// unsubscribe stops following the feed whose name or address is given, or shows a button for each.
func (r *request) unsubscribe(ctx context.Context) error {
	subs, err := r.DB.Subscriptions(ctx, r.place)
	if err != nil {
		return err
	}
	if r.args == "" {
		return r.reply(ctx, r.dropPanel(subs))
	}
	for _, s := range subs {
		f := s.Feed
		if strings.EqualFold(f.Name(), r.args) || f.URL == r.args || f.Site == r.args || strings.EqualFold(news.Host(f.URL), news.Host(r.args)) {
			if _, err := r.DB.Unsubscribe(ctx, r.place, f.ID); err != nil {
				return err
			}
			return r.say(ctx, "unsubscribe.done", "source", bot.Escape(f.Name()))
		}
	}
	return r.say(ctx, "unsubscribe.unknown", "source", bot.Escape(clip(r.args)))
}

func (r *request) dropPanel(subs []news.Subscription) bot.Outgoing {
	if len(subs) == 0 {
		return r.noSources()
	}
	out := bot.Outgoing{HTML: r.words.T("unsubscribe.offer")}
	for _, s := range subs[:min(len(subs), offered)] {
		out.Rows = append(out.Rows, []bot.Button{{Text: "✖ " + s.Feed.Name(), Data: fmt.Sprintf("unsub:%d", s.Feed.ID)}})
	}
	return out
}

// dropSource stops following the feed whose button was pressed.
func (p *press) dropSource(ctx context.Context) error {
	id, err := p.number()
	if err != nil {
		return err
	}
	f, err := p.DB.Feed(ctx, id)
	if err != nil {
		return err
	}
	if _, err := p.DB.Unsubscribe(ctx, p.place, id); err != nil {
		return err
	}
	if err := p.answer(ctx, p.words.T("unsubscribe.toast", "source", f.Name())); err != nil {
		return err
	}
	subs, err := p.DB.Subscriptions(ctx, p.place)
	if err != nil {
		return err
	}
	return p.edit(ctx, p.dropPanel(subs))
}
