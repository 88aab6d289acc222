package handlers

import (
	"context"
	"errors"
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

// verb is what a button does.
type verb struct {
	run      func(*press, context.Context) error
	settings bool // changes what the chat gets: in groups for administrators alone
}

// verbs are the beginnings of callback data ("verb:argument", 64 bytes at most; Bot API, InlineKeyboardButton). The data come
// back from people's apps, which can send anything.
func verbs() map[string]verb {
	return map[string]verb{
		"go":    {run: (*press).goTo},
		"ch":    {run: (*press).forChannel},
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
		"quiet": {run: (*press).pressQuiet, settings: true},
		"tz":    {run: (*press).setZone, settings: true},
		"wipe":  {run: (*press).wipe, settings: true},
	}
}

// callback answers a press; every one is answered, or the button would spin.
func (h *Handlers) callback(ctx context.Context, q *bot.Callback) error {
	words := h.wordsFor(spoken(q.From.Lang))
	switch {
	case !h.Access.allows(ctx, h, q.From.ID):
		return h.Bot.Answer(ctx, q.ID, words.T("access.closed"), true)
	// What is shared by inline mode stands in chats that Herald does not know; in a channel an answer would go to all its readers.
	case q.Message == nil, q.Message.Chat.Kind == news.Channel:
		return h.Bot.Answer(ctx, q.ID, words.T("error.stale"), false)
	}
	m := *q.Message
	m.From, m.SenderChat = &q.From, nil
	r, err := h.request(ctx, &m)
	if err != nil {
		return errors.Join(err, h.Bot.Answer(ctx, q.ID, words.T(unexplained), false))
	}
	name, arg, _ := strings.Cut(q.Data, ":")
	p := &press{request: r, id: q.ID, arg: arg}
	err = p.do(ctx, name)
	if p.answered {
		return r.explain(ctx, err)
	}
	if err == nil {
		p.answer(ctx, "")
		return nil
	}
	key := failure(err)
	p.answer(ctx, r.words.T(key))
	if key == unexplained {
		return err
	}
	return nil
}

func (p *press) do(ctx context.Context, name string) error {
	v, ok := verbs()[name]
	if !ok {
		return news.ErrNotFound
	}
	if v.settings && !p.permitted(ctx) {
		return nil
	}
	return v.run(p, ctx)
}

// permitted tells whether the person may change what the chat gets; one who may not is told.
func (p *press) permitted(ctx context.Context) bool {
	may, err := p.mayChange(ctx)
	switch {
	case err != nil:
		p.Log.Warn("is the person an administrator?", "chat", p.chat.ID, "err", err)
		p.alert(ctx, p.words.T(failure(err)))
	case !may:
		p.alert(ctx, p.words.T("access.admins"))
	}
	return err == nil && may
}

// answer ends the button's spinning, with a line that fades away where text is not empty. That it was not taken is no reason
// to leave undone what the button stands for.
func (p *press) answer(ctx context.Context, text string) { p.end(ctx, text, false) }

// alert ends the button's spinning with a box that the person has to close.
func (p *press) alert(ctx context.Context, text string) { p.end(ctx, text, true) }

func (p *press) end(ctx context.Context, text string, alert bool) {
	p.answered = true
	if err := p.Bot.Answer(ctx, p.id, text, alert); err != nil && ctx.Err() == nil {
		p.Log.Warn("press not answered", "chat", p.chat.ID, "err", err)
	}
}

// edit puts something else into the message with the button; where that is gone, into a new one.
func (p *press) edit(ctx context.Context, out bot.Outgoing) error {
	shown := p.named(out)
	err := p.deliver(ctx, func(place news.Place) error { return p.Bot.Edit(ctx, place, p.msg.ID, shown) })
	if errors.Is(err, bot.ErrMessageGone) {
		return p.deliver(ctx, func(place news.Place) error {
			_, err := p.Bot.Send(ctx, bot.ClassCommand, place, shown)
			return err
		})
	}
	return err
}

// number is the argument as an id.
func (p *press) number() (int64, error) {
	n, err := strconv.ParseInt(p.arg, 10, 64)
	if err != nil {
		return 0, news.ErrNotFound
	}
	return n, nil
}

// shown is the argument as "story:lead"; the buttons of old messages name the story alone.
func (p *press) shown() (story, lead int64, err error) {
	left, right, both := strings.Cut(p.arg, ":")
	story, err = strconv.ParseInt(left, 10, 64)
	if err == nil && both {
		lead, err = strconv.ParseInt(right, 10, 64)
	}
	if err != nil {
		return 0, 0, news.ErrNotFound
	}
	return story, lead, nil
}

// pair is the argument as "view:index".
func (p *press) pair() (view int64, index int, err error) {
	left, right, _ := strings.Cut(p.arg, ":")
	view, leftErr := strconv.ParseInt(left, 10, 64)
	index, rightErr := strconv.Atoi(right)
	if leftErr != nil || rightErr != nil || index < 0 || index > lastPage {
		return 0, 0, news.ErrNotFound
	}
	return view, index, nil
}

// goTo runs a command that a button stands for.
func (p *press) goTo(ctx context.Context) error {
	c, ok := p.commands[p.arg]
	if !ok || (c.owner && !p.isOwner()) {
		return news.ErrNotFound
	}
	if c.settings && !p.permitted(ctx) {
		return nil
	}
	p.answer(ctx, "")
	return c.run(p.request, ctx)
}
