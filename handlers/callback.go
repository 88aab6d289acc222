package handlers

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"herald/bot"
	"herald/news"
)

// press is a press on one of Herald's buttons. Its request stands on the message with the button, with the person who
// pressed as its writer.
type press struct {
	*request
	id       string // of the callback query
	arg      string // what follows the verb in the button's data
	answered bool
}

// pressed are the verbs of callback data ("verb:argument", 64 bytes at most; Bot API, InlineKeyboardButton). Those that change
// what the chat gets are for administrators in groups.
func verbs() map[string]struct {
	run      func(*press, context.Context) error
	settings bool
} {
	type verb = struct {
		run      func(*press, context.Context) error
		settings bool
	}
	return map[string]verb{
		"go":    {run: (*press).goTo},
		"p":     {run: (*press).turn},
		"s":     {run: (*press).openStory},
		"q":     {run: (*press).storyQuotes},
		"f":     {run: (*press).fullText},
		"r":     {run: (*press).readAlso},
		"vq":    {run: (*press).viewQuotes},
		"vf":    {run: (*press).viewText},
		"who":   {run: (*press).person},
		"sub":   {run: (*press).toggleSource, settings: true},
		"unsub": {run: (*press).dropSource, settings: true},
		"set":   {run: (*press).set, settings: true},
		"dig":   {run: (*press).setDigest, settings: true},
		"tz":    {run: (*press).setZone, settings: true},
		"wipe":  {run: (*press).wipe, settings: true},
	}
}

// callback answers a press; every one is answered, or the button would spin.
func (h *Handlers) callback(ctx context.Context, q *bot.Callback) error {
	if q.Message == nil {
		return h.Bot.Answer(ctx, q.ID, h.wordsFor(news.Chat{}).T("error.stale"), false)
	}
	m := *q.Message
	m.From, m.SenderChat = &q.From, nil
	r, err := h.request(ctx, &m)
	if err != nil {
		return err
	}
	name, arg, _ := strings.Cut(q.Data, ":")
	p := &press{request: r, id: q.ID, arg: arg}
	err = p.do(ctx, name)
	if err != nil && !p.answered && failure(err) != "error.internal" {
		return p.answer(ctx, r.words.T(failure(err)))
	}
	if !p.answered {
		_ = p.answer(ctx, "")
	}
	return r.explain(ctx, err)
}

func (p *press) do(ctx context.Context, name string) error {
	v, ok := verbs()[name]
	if !ok || !p.Access.allows(ctx, p.Handlers, p.msg.From.ID) {
		return news.ErrNotFound
	}
	if v.settings {
		may, err := p.mayChange(ctx)
		if err != nil {
			return err
		}
		if !may {
			return p.alert(ctx, p.words.T("access.admins"))
		}
	}
	return v.run(p, ctx)
}

// answer ends the button's spinning, with a line that fades away where text is not empty.
func (p *press) answer(ctx context.Context, text string) error {
	p.answered = true
	return p.Bot.Answer(ctx, p.id, text, false)
}

// alert ends the button's spinning with a box that the person has to close.
func (p *press) alert(ctx context.Context, text string) error {
	p.answered = true
	return p.Bot.Answer(ctx, p.id, text, true)
}

// edit puts something else into the message with the button.
func (p *press) edit(ctx context.Context, out bot.Outgoing) error {
	return p.Bot.Edit(ctx, p.place, p.msg.ID, out)
}

// number is the argument as an id.
func (p *press) number() (int64, error) {
	n, err := strconv.ParseInt(p.arg, 10, 64)
	if err != nil {
		return 0, news.ErrNotFound
	}
	return n, nil
}

// pair is the argument as "view:index".
func (p *press) pair() (view int64, index int, err error) {
	if _, err := fmt.Sscanf(p.arg, "%d:%d", &view, &index); err != nil || index < 0 || index > lastPage {
		return 0, 0, news.ErrNotFound
	}
	return view, index, nil
}

// goTo runs a command that a button stands for.
func (p *press) goTo(ctx context.Context) error {
	c, ok := p.commands[p.arg]
	if !ok {
		return news.ErrNotFound
	}
	if err := p.answer(ctx, ""); err != nil {
		return err
	}
	return p.run(ctx, c)
}
