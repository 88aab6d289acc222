package bot

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"

	"herald/news"
)

const (
	maxUpdate    = 1 << 20 // bytes of an update; the longest message is far below
	hookSeen     = 1000    // handled updates that are remembered, should Telegram send one again
	hookCalls    = 100     // calls at once, Telegram's most (Bot API, setWebhook): each lasts as long as its handler
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
)

// Webhook receives updates by Telegram's own calls, in place of Updates: in the same order, with as many chats side by side
// as Telegram makes calls at once. A call is answered with 200 only after its update was handled, so that Telegram repeats
// what a crash interrupted (Bot API, setWebhook); while the webhook is on trial (see Alone) it waits. Make one with NewWebhook;
// it is an http.Handler and safe for concurrent use.
type Webhook struct {
	bot    *Bot
	public string
	mark   string
	secret string
	lanes  *lanes
	ended  chan struct{} // closed when Run ends

	mu      sync.Mutex
	pending map[int]chan struct{} // updates in hand; closed when handled
	seen    map[int]bool
	order   []int // of seen, oldest first
}

// NewWebhook makes a webhook with a public address that hands updates to handle until ctx ends.
func (b *Bot) NewWebhook(ctx context.Context, public string, handle func(context.Context, Update)) *Webhook {
	h := &Webhook{
		bot: b, public: public, mark: rand.Text(), secret: rand.Text(), ended: make(chan struct{}),
		pending: map[int]chan struct{}{}, seen: map[int]bool{},
	}
	h.lanes = newLanes(ctx, b.log, func(ctx context.Context, u Update) {
		b.members.noticed(u)
		handle(ctx, u)
	}, h.finish)
	return h
}

// Mark is what no other webhook's address has: the next start with the same database gives it to New, as Config.Hook.
func (h *Webhook) Mark() string { return h.mark }

// Run tells Telegram the public address, again and again while it can't be reached, and sees that it stays set until ctx ends; then
// it waits until the handlers have ended. It returns ErrToken where the token is refused, and ErrConflict where another program
// receives the bot's updates already (see Alone). Telegram keeps what happens meanwhile for the next start.
func (h *Webhook) Run(ctx context.Context) error {
	defer close(h.ended)
	defer h.lanes.drain()
	before := ""
	err := h.insist(ctx, func() (err error) { before, err = h.bot.hookedAt(ctx); return err })
	if err == nil {
		err = h.insist(ctx, func() error { return h.announce(ctx) })
	}
	if err == nil {
		err = h.guard(ctx, h.bot.hookTrialTime(before))
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// insist repeats a step while Telegram can't be reached.
func (h *Webhook) insist(ctx context.Context, step func() error) error {
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		err := step()
		if err == nil || errors.Is(err, ErrToken) || ctx.Err() != nil {
			return err
		}
		h.bot.log.Error("Telegram does not take the webhook", "err", err, "retry", pause)
		if news.Sleep(ctx, pause) != nil {
			return err
		}
	}
}

// announce learns the bot's name, which commands in groups are told apart by, and sets the webhook.
func (h *Webhook) announce(ctx context.Context) error {
	if _, err := h.bot.Me(ctx); err != nil {
		return err
	}
	p := params{"url": withMark(h.public, h.mark), "secret_token": h.secret}
	p.id("max_connections", hookCalls)
	p.json("allowed_updates", allowedUpdates)
	return h.bot.client.ask(ctx, "setWebhook", p, nil)
}

// withMark is the address with a mark in its query, where a web server in between does not mind it.
func withMark(address, mark string) string {
	join := "?"
	if strings.Contains(address, "?") {
		join = "&"
	}
	return address + join + "start=" + mark
}

// ServeHTTP takes one update. Who does not know the secret learns nothing.
func (h *Webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if subtle.ConstantTimeCompare([]byte(r.Header.Get(secretHeader)), []byte(h.secret)) != 1 {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	var raw json.RawMessage
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxUpdate)).Decode(&raw); err != nil {
		http.Error(w, "not an update", http.StatusBadRequest)
		return
	}
	u, err := readUpdate(raw)
	if err != nil {
		h.bot.log.Error("an update can't be read", "update", u.ID, "err", err)
		return // with 200: it would not be readable the next time
	}
	if h.await(w, r, h.bot.alone) { // on trial it waits, like what Telegram keeps for who polls
		h.await(w, r, h.take(r.Context(), u))
	}
}

// await waits for done. Where the program ends before, it says so: Telegram calls again.
func (h *Webhook) await(w http.ResponseWriter, r *http.Request, done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	case <-r.Context().Done():
	case <-h.ended:
		http.Error(w, "stopping", http.StatusServiceUnavailable)
	}
	return false
}

// take hands an update to its lane, unless it was before, and returns what is closed when it is handled.
func (h *Webhook) take(ctx context.Context, u Update) <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if done, ok := h.pending[u.ID]; ok {
		return done
	}
	done := make(chan struct{})
	if h.seen[u.ID] {
		close(done)
		return done
	}
	h.pending[u.ID] = done
	if me, err := h.bot.Me(ctx); err == nil {
		u.setBot(me.Username)
	}
	h.lanes.add(u)
	return done
}

// finish remembers a handled update.
func (h *Webhook) finish(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.pending[id])
	delete(h.pending, id)
	h.seen[id] = true
	if h.order = append(h.order, id); len(h.order) > hookSeen {
		delete(h.seen, h.order[0])
		h.order = h.order[1:]
	}
}
