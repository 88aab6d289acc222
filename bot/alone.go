package bot

import (
	"context"
	"fmt"
	"time"
)

// Telegram gives updates to whoever asked last, and tells the program that asked before that it has lost its place (409). So a
// program that begins is on trial: it asks, but handles and pushes nothing until it is clear that no other one wants its place
// back; where one does, it gives way. The one that was there first asks again at once and stays.
const (
	quietTime     = time.Second            // undisturbed, after which updates are handled
	aloneTime     = 4 * time.Second        // undisturbed, after which pushes begin: a refusal may take three seconds (telegram-bot-api, Client.cpp)
	trialTime     = 10 * time.Second       // of conflicts, after which a program on trial ends
	trialLull     = 100 * time.Millisecond // before asking again while updates wait for the end of the trial
	conflictPause = 500 * time.Millisecond // before asking again for the lost place
	conflictQuiet = time.Minute            // a conflict that lasts is logged so often
)

// trial is what a poller knows of other programs with its token.
type trial struct {
	over  bool
	begun time.Time // when it began to ask; zero: not yet
	quiet time.Time // since when nobody disturbed it
	told  time.Time // when a conflict was last logged
}

// Alone is closed once it is clear that no other program receives the bot's updates. Before, nothing should be pushed: the other
// one pushes it as well. With a webhook that is not found out.
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
	if calm >= aloneTime && !p.trial.over {
		p.trial.over = true
		p.bot.passed()
	}
	return p.trial.over || calm >= quietTime
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
	return sleep(ctx, conflictPause)
}
