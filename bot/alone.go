package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"herald/news"
)

// Telegram gives updates to whoever asked last, or to the webhook that was set last, and tells the program that had them before that
// it has lost its place (409), or nothing. So a program that begins is on trial: it asks, but handles and pushes nothing until it is
// clear that no other one wants its place back; where one does, it gives way. The one that was there first takes its place back, at
// once or, where it has a webhook, as soon as it looks, and stays.
const (
	quietTime     = time.Second            // undisturbed, after which updates are handled
	aloneTime     = 4 * time.Second        // undisturbed, after which pushes begin: a refusal may take three seconds (telegram-bot-api, Client.cpp)
	trialTime     = 10 * time.Second       // of conflicts, after which a program on trial ends
	trialLull     = 100 * time.Millisecond // before asking again while updates wait for the end of the trial
	conflictPause = 500 * time.Millisecond // before asking again for the lost place
	conflictQuiet = time.Minute            // a conflict that lasts is logged so often
	hookLook      = 10 * time.Second       // how often a program looks whether its webhook is still set
	hookTrialLook = 2 * time.Second        // and how often on trial
	hookTrial     = 25 * time.Second       // undisturbed, after which a program works where another webhook was set: two looks of the other one, and more
)

// trial is what a poller knows of other programs with its token.
type trial struct {
	over   bool
	hooked bool      // a webhook that may be another program's was taken away
	begun  time.Time // when it began to ask; zero: not yet
	quiet  time.Time // since when nobody disturbed it
	told   time.Time // when a conflict was last logged
}

// Alone is closed once it is clear that no other program receives the bot's updates. Before, nothing should be pushed: the other
// one pushes it as well.
func (b *Bot) Alone() <-chan struct{} { return b.alone }

// passed marks the trial as over.
func (b *Bot) passed() { b.aloneOnce.Do(func() { close(b.alone) }) }

// asks notes that the poller is about to ask.
func (t *trial) asks(now time.Time) {
	if t.begun.IsZero() {
		t.begun, t.quiet = now, now
	}
}

// undisturbed takes note of an answer; false: its updates must not be handled yet.
func (p *poller) undisturbed(now time.Time) bool {
	calm := now.Sub(p.trial.quiet)
	handled, pushed := quietTime, aloneTime
	if p.trial.hooked {
		handled, pushed = hookTrial, hookTrial
	}
	if calm >= pushed && !p.trial.over {
		p.trial.over = true
		p.bot.passed()
	}
	return p.trial.over || calm >= handled
}

// disturbed waits before the poller asks for its place again. A program on trial that is disturbed again and again ends with the
// error.
func (p *poller) disturbed(ctx context.Context, err error) error {
	now := p.bot.now()
	p.trial.quiet = now.Add(conflictPause) // quiet is to be heard while asking
	if !p.trial.over && now.Sub(p.trial.begun) >= trialTime {
		return fmt.Errorf("nothing was sent: %w", err)
	}
	if now.Sub(p.trial.told) >= conflictQuiet {
		p.trial.told = now
		p.bot.log.Error("another program runs with this token; only one can receive updates", "on trial", !p.trial.over, "err", err)
	}
	return news.Sleep(ctx, conflictPause)
}

// unhook takes back a webhook that is set, which keeps polling from working. What is waiting is kept. A program on trial whose
// polling is ended by a webhook once more gives way to whoever sets it.
func (p *poller) unhook(ctx context.Context, err error) error {
	t := &p.trial
	if t.hooked && !t.over {
		return fmt.Errorf("nothing was sent: %w", err)
	}
	if !t.over {
		at, err := p.bot.hookedAt(ctx)
		if err != nil {
			return p.falter(ctx, err)
		}
		t.hooked = !marked(at, p.bot.hook)
	}
	if err := p.bot.client.ask(ctx, "deleteWebhook", params{"drop_pending_updates": "false"}, nil); err != nil {
		return p.falter(ctx, err)
	}
	if t.over && !p.bot.isAlone {
		return p.disturbed(ctx, err)
	}
	t.quiet = p.bot.now()
	p.bot.log.Info("a webhook was set; polling takes its place")
	return nil
}

// hooked tells whether polling is refused because of a webhook (Bot API server, Client.cpp).
func hooked(err error) bool {
	var refusal *Refusal
	return errors.As(err, &refusal) && errors.Is(err, ErrConflict) && strings.Contains(strings.ToLower(refusal.Text), "webhook")
}

// hookedAt is the address of the webhook that is set; "": none is.
func (b *Bot) hookedAt(ctx context.Context) (string, error) {
	var info struct {
		URL string `json:"url"`
	}
	err := b.client.ask(ctx, "getWebhookInfo", nil, &info)
	return info.URL, err
}

// marked tells whether a webhook's address has the mark; none has "".
func marked(address, mark string) bool { return mark != "" && strings.Contains(address, mark) }

// hookTrialTime is how long a webhook that takes the place of the one at an address is on trial before anything is handled or pushed.
// Not at all after the last start with the same database, which can't be running.
func (b *Bot) hookTrialTime(before string) time.Duration {
	switch {
	case b.isAlone, marked(before, b.hook):
		return 0
	case before == "": // who polls takes back its place at once
		return aloneTime + hookTrialLook
	}
	return hookTrial
}

// guard looks again and again whether the webhook is still set, until ctx ends. One that is new gives way to whoever has set another
// one; one that was there first, if before a restart, takes its place back.
func (h *Webhook) guard(ctx context.Context, trial time.Duration) error {
	begun := h.bot.now()
	if trial == 0 {
		h.bot.passed()
	}
	pause, told := hookTrialLook, time.Time{}
	for news.Sleep(ctx, pause) == nil {
		at, err := h.bot.hookedAt(ctx)
		now := h.bot.now()
		age := now.Sub(begun)
		if age >= hookTrial {
			pause = hookLook
		}
		switch {
		case errors.Is(err, ErrToken):
			return err
		case err != nil: // Telegram can't be reached for a moment
		case marked(at, h.mark):
			if age >= trial {
				h.bot.passed()
			}
		case trial > 0 && age < hookTrial, marked(at, h.bot.hook): // the last start with the same database lives: this one is a copy
			return fmt.Errorf("the webhook was taken back: %w", ErrConflict)
		default:
			if now.Sub(told) >= conflictQuiet {
				told = now
				h.bot.log.Error("another program runs with this token; the webhook was not this one's any more and is set again")
			}
			if err := h.announce(ctx); err != nil && ctx.Err() == nil {
				h.bot.log.Error("Telegram does not take the webhook", "err", err)
			}
		}
	}
	return nil
}
