package bot

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"herald/news"
)

const (
	pollTime    = 50 * time.Second // how long Telegram holds a poll open when there is nothing
	pollGrace   = 15 * time.Second // what the network may add
	pollLimit   = 100              // updates in an answer, Telegram's most (Bot API, getUpdates)
	firstPause  = time.Second      // before the poll after a failed one; doubled each time
	longPause   = 30 * time.Second
	firstLull   = 50 * time.Millisecond // before looking again while handlers run; doubled up to longLull
	longLull    = 400 * time.Millisecond
	confirmTime = time.Second // for the last call; with the drains of lanes and sender it makes 9 s, and who ends
	// a program waits 10 before killing it (docker stop)
)

// Updates polls until ctx ends, and hands each update to handle: those of one chat in order and one at a time, different
// chats side by side, and presses and inline queries beside the messages of their chat. An update is confirmed to Telegram
// only after its handler has returned, so that a crash repeats updates but loses none; the one exception is a handler that
// has run for a minute while a hundred newer updates wait for it, which is logged. A panic in handle is logged and counts as handled; an update that can't be
// read is logged and skipped.
//
// While Telegram can't be reached it waits and tries again. When ctx ends, handlers that run may finish (their context lives on
// for handlerDrain), what was handled is confirmed, and nil is returned. The only other ends are a refused token, ErrToken, and
// another program that receives the bot's updates already, ErrConflict (see Alone).
func (b *Bot) Updates(ctx context.Context, handle func(context.Context, Update)) error {
	p := &poller{bot: b, window: newWindow(), pause: firstPause, lull: firstLull, trial: trial{over: b.isAlone}}
	p.lanes = newLanes(ctx, b.log, func(ctx context.Context, u Update) {
		p.window.begin(u.ID, b.now())
		b.members.noticed(u)
		handle(ctx, u)
	}, p.window.finish)
	err := p.greet(ctx)
	for err == nil && ctx.Err() == nil {
		err = p.round(ctx)
	}
	p.lanes.drain()
	if p.polled {
		p.confirm(ctx)
	}
	if errors.Is(err, ErrToken) || errors.Is(err, ErrConflict) {
		return err
	}
	return nil
}

// poller is the state of one run of Updates. Only window and lanes are shared with the handlers.
type poller struct {
	bot    *Bot
	window *window
	lanes  *lanes
	name   string // the bot's
	polled bool   // at least once with an answer
	pause  time.Duration
	lull   time.Duration
	trial  trial
}

// greet learns the bot's name, without which commands in groups can't be told from those of other bots.
func (p *poller) greet(ctx context.Context) error {
	for {
		me, err := p.bot.Me(ctx)
		if err == nil {
			p.name = me.Username
			return nil
		}
		if err = p.rest(ctx, err); err != nil {
			return err
		}
	}
}

// round is one poll and the handing out of its updates. An error ends the polling.
func (p *poller) round(ctx context.Context) error {
	raws, err := p.poll(ctx)
	if err != nil {
		return p.rest(ctx, err)
	}
	p.polled, p.pause = true, firstPause
	if !p.undisturbed(p.bot.now()) { // Telegram keeps them
		return news.Sleep(ctx, trialLull)
	}
	fresh := p.hand(raws)
	if fresh > 0 {
		p.lull = firstLull
		return nil
	}
	if len(raws) >= pollLimit && p.giveUp() {
		return nil
	}
	if len(raws) > 0 {
		// Telegram repeats what is not confirmed yet. Look again when a handler ends, or soon.
		p.window.await(ctx, p.lull)
		p.lull = min(2*p.lull, longLull)
	}
	return nil
}

// giveUp confirms the oldest update before its handler's end, where that has run for too long, and lets the next of its
// chat begin.
func (p *poller) giveUp() bool {
	id, ok := p.window.giveUp(p.bot.now())
	if ok {
		p.bot.log.Warn("a handler takes so long that its update is confirmed before its end", "update", id, "after", longRun)
		p.lanes.pass(id)
	}
	return ok
}

// poll asks for updates from the oldest that is not handled. It does not wait while a handler runs: the updates in hand
// would end the wait anyway.
func (p *poller) poll(ctx context.Context) ([]json.RawMessage, error) {
	offset, idle := p.window.offset()
	v := params{}
	v.id("limit", pollLimit)
	v.json("allowed_updates", allowedUpdates)
	if offset != 0 {
		v.id("offset", int64(offset))
	}
	if idle && p.trial.over {
		v.id("timeout", int64(pollTime/time.Second))
	} else if idle {
		v.id("timeout", int64(aloneTime/time.Second))
	}
	p.trial.asks(p.bot.now())
	raw, err := p.bot.client.call(ctx, "getUpdates", v, pollTime+pollGrace)
	if err != nil {
		return nil, err
	}
	var raws []json.RawMessage
	return raws, decode("getUpdates", raw, &raws)
}

// hand gives the updates that are new to their lanes, and tells how many there were.
func (p *poller) hand(raws []json.RawMessage) (fresh int) {
	for _, raw := range raws {
		u, err := readUpdate(raw)
		if err != nil {
			p.bot.log.Error("an update can't be read", "update", u.ID, "err", err)
		}
		if u.ID == 0 || !p.window.open(u.ID) {
			continue
		}
		fresh++
		if err != nil {
			p.window.finish(u.ID)
			continue
		}
		u.setBot(p.name)
		p.lanes.add(u)
	}
	return fresh
}

// readUpdate decodes an update. Where that fails its number is still given, if it has one.
func readUpdate(raw json.RawMessage) (Update, error) {
	var u Update
	err := json.Unmarshal(raw, &u)
	if err == nil {
		return u, nil
	}
	var id struct {
		ID int `json:"update_id"`
	}
	if e := json.Unmarshal(raw, &id); e != nil {
		return Update{}, e
	}
	return Update{ID: id.ID}, err
}

// rest waits after a failed call. It returns an error where more calls are of no use.
func (p *poller) rest(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case hooked(err):
		return p.unhook(ctx, err)
	case errors.Is(err, ErrConflict):
		return p.disturbed(ctx, err)
	}
	return p.falter(ctx, err)
}

// falter waits while Telegram can't be reached, longer each time.
func (p *poller) falter(ctx context.Context, err error) error {
	pause := p.pause
	p.pause = min(2*p.pause, longPause)
	var flood *FloodError
	switch {
	case errors.Is(err, ErrToken):
		return err
	case errors.As(err, &flood):
		pause = flood.After
	case ctx.Err() == nil:
		p.bot.log.Warn("no updates from Telegram", "err", err, "retry", pause)
	}
	return news.Sleep(ctx, pause)
}

// confirm tells Telegram what was handled, so that the next start does not get it again.
func (p *poller) confirm(ctx context.Context) {
	offset, _ := p.window.offset()
	if offset == 0 {
		return
	}
	v := params{}
	v.id("offset", int64(offset))
	v.id("limit", 1)
	v.id("timeout", 0)
	v.json("allowed_updates", allowedUpdates)
	if _, err := p.bot.client.call(context.WithoutCancel(ctx), "getUpdates", v, confirmTime); err != nil {
		p.bot.log.Warn("the last updates could not be confirmed, and will come again", "err", err)
	}
}
