// Package bot speaks to Telegram for Herald: it receives updates, sends messages at the pace that Telegram allows, and
// makes the messages that readers see (cards, lists, quotes, digests).
//
// It guarantees that an update is confirmed only after it was handled (Updates names the one exception), that the messages
// of one chat are handled in order while a slow one holds up no other chat, nor the chat's own buttons, that nothing is sent
// before its turn or before a flood wait has passed, and that the bot's token is in no error and no log. Every error it
// returns is typed (see errors.go); what to do about a failed delivery is the caller's business.
//
// It refuses to guess: an answer that is not Telegram's is ErrTransient, a message that Telegram can't parse is sent
// once more as plain text, and a chat that is lost is reported, never dropped.
package bot

import (
	"context"
	"crypto/cipher"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Telegram's own address and published limits (Bot API FAQ, "My bot is hitting limits").
const (
	telegramURL      = "https://api.telegram.org"
	defaultRate      = 30
	defaultChatRate  = 1
	defaultGroupRate = 20
)

// Config is what a Bot needs. The zero value of each field but Token has a sensible meaning.
type Config struct {
	Token  string
	APIURL string // without a trailing slash; "": Telegram's

	// Rates: 0 is Telegram's published limit, below 0 is no limit.
	Rate      float64 // messages per second in all; 30
	ChatRate  float64 // messages per second in one chat; 1
	GroupRate float64 // messages per minute in one group, supergroup or channel; 20
	Paid      bool    // pushes are paid for, so that Telegram takes up to 1000 a second (Bot API, allow_paid_broadcast)

	// Flooded is told of flood waits, with their ends, so that the next start can heed them (see Resume); chat 0: of the bot as a
	// whole. May be nil.
	Flooded func(chat int64, until time.Time)

	Links     *LinkKey          // nil: stories are named by their numbers
	Hook      string            // Mark of the last webhook with the same database, which is no other program's; "": none
	Alone     bool              // no other program can run with the token, so that updates are handled and pushes begin at once
	Log       *slog.Logger      // nil: slog.Default
	Now       func() time.Time  // nil: time.Now
	Transport http.RoundTripper // nil: one made for many requests at once to one host
}

// Bot is a bot's connection to Telegram. It is safe for concurrent use.
type Bot struct {
	client  *client
	sender  *sender
	members *memberCache
	paid    bool
	links   cipher.Block // of Config.Links
	log     *slog.Logger
	now     func() time.Time

	hook      string // Config.Hook
	isAlone   bool
	alone     chan struct{} // closed by passed
	aloneOnce sync.Once

	mu sync.Mutex
	me User // zero: not known yet
}

// New makes a bot. It opens no connection.
func New(c Config) *Bot {
	c = c.withDefaults()
	b := &Bot{
		client: newClient(c), members: newMemberCache(c.Now), paid: c.Paid, links: c.Links.seal(), log: c.Log, now: c.Now,
		hook: c.Hook, isAlone: c.Alone, alone: make(chan struct{}),
	}
	b.sender = newSender(c, b.client)
	if c.Alone {
		b.passed()
	}
	return b
}

func (c Config) withDefaults() Config {
	if c.APIURL == "" {
		c.APIURL = telegramURL
	}
	c.APIURL = strings.TrimRight(c.APIURL, "/")
	c.Rate = orDefault(c.Rate, defaultRate)
	c.ChatRate = orDefault(c.ChatRate, defaultChatRate)
	c.GroupRate = orDefault(c.GroupRate, defaultGroupRate)
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

func orDefault(rate, published float64) float64 {
	if rate == 0 {
		return published
	}
	return rate
}

// Me is the bot's own account (getMe), kept after the first success. Where Telegram refuses the token the error is
// ErrToken; every other error may pass, and is told at once.
func (b *Bot) Me(ctx context.Context) (User, error) {
	b.mu.Lock()
	me := b.me
	b.mu.Unlock()
	if me.ID != 0 {
		return me, nil
	}
	raw, err := b.client.call(ctx, "getMe", nil, callTime)
	if err == nil {
		err = decode("getMe", raw, &me)
	}
	if err != nil {
		return User{}, err
	}
	b.mu.Lock()
	b.me = me
	b.mu.Unlock()
	return me, nil
}

// Run sends what Send, Edit and SendDocument are asked for, until ctx ends. Then it takes nothing new, finishes what is
// in flight and the commands' answers that are queued, within drainTime, and fails the rest with ErrStopped.
func (b *Bot) Run(ctx context.Context) error { return b.sender.run(ctx) }

// Typing shows for some seconds that the bot is at work (sendChatAction). It is not paced; errors are of no interest.
func (b *Bot) Typing(ctx context.Context, chat int64, topic int) {
	p := params{}
	p.id("chat_id", chat)
	p.topic(topic)
	p["action"] = "typing"
	_ = b.client.ask(ctx, "sendChatAction", p, nil)
}

// decode reads a result of Telegram's into v.
func decode(method string, raw json.RawMessage, v any) error {
	if v == nil {
		return nil
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("%s: the result does not fit: %w: %w", method, err, ErrTransient)
	}
	return nil
}
