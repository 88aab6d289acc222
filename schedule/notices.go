package schedule

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"herald/bot"
	"herald/news"
	"herald/storage"
)

// goneKey is where the places are stored that were told of a feed that is gone, with the feed's number behind it. There is a value
// as long as some place is to be told.
const goneKey = "gone/"

// noticeBatch is how many notices are under way at once, and may be sent a second time after a crash.
const noticeBatch = 32

// notices tell the places that follow a feed that its publisher has closed it.
type notices struct {
	*courier
	failures map[place]int // that a place had since the program began; used by one job
}

// place is a place that is to be told of a feed.
type place struct {
	news.Place
	feed int64
}

func newNotices(c *courier) *notices { return &notices{courier: c, failures: map[place]int{}} }

// owe notes that a feed's followers are to be told, once it is stored as gone.
func (n *notices) owe(ctx context.Context, id int64) error {
	return n.DB.Set(ctx, goneKey+strconv.FormatInt(id, 10), "[]")
}

// run tells who has to be told. What fails now is tried again the next time.
func (n *notices) run(ctx context.Context) {
	keys, err := n.DB.Keys(ctx, goneKey)
	if err != nil {
		n.complain(ctx, "whom to tell of feeds that are gone", err)
		return
	}
	for _, key := range keys {
		if err := n.tell(ctx, key); err != nil {
			n.complain(ctx, "tell of a feed that is gone", fmt.Errorf("%s: %w", key, err))
		}
	}
}

// tell tells the followers of a feed that were not told yet.
func (n *notices) tell(ctx context.Context, key string) error {
	id, err := strconv.ParseInt(strings.TrimPrefix(key, goneKey), 10, 64)
	if err != nil {
		return err
	}
	f, err := n.DB.Feed(ctx, id)
	if errors.Is(err, news.ErrNotFound) {
		return n.DB.Set(ctx, key, "")
	}
	if err != nil || !f.Gone {
		return err
	}
	told, left, err := n.left(ctx, key, id)
	if err != nil {
		return err
	}
	missing := len(left)
	for batch := range slices.Chunk(left, noticeBatch) {
		reached := n.batch(ctx, f, batch)
		missing -= len(reached)
		told = append(told, reached...)
		if err := errors.Join(n.record(ctx, key, told), ctx.Err()); err != nil {
			return err
		}
	}
	if missing > 0 {
		return nil
	}
	return n.DB.Set(ctx, key, "")
}

// left are the places that follow a feed: those that were told, and those that were not.
func (n *notices) left(ctx context.Context, key string, id int64) (told, left []news.Place, err error) {
	stored, err := n.DB.Get(ctx, key)
	if err != nil {
		return nil, nil, err
	}
	if err := json.Unmarshal([]byte(stored), &told); err != nil {
		return nil, nil, err
	}
	if left, err = n.DB.FeedFollowers(ctx, id); err != nil {
		return nil, nil, err
	}
	follows := map[news.Place]bool{}
	for _, p := range left {
		follows[p] = true
	}
	// A chat that was forgotten while it was being told is not noted for long.
	told = slices.DeleteFunc(told, func(p news.Place) bool { return !follows[p] })
	for _, p := range told {
		delete(follows, p)
	}
	return told, slices.DeleteFunc(left, func(p news.Place) bool { return !follows[p] }), nil
}

// record stores who was told, also when the program is told to end meanwhile.
func (n *notices) record(ctx context.Context, key string, told []news.Place) error {
	text, err := json.Marshal(told)
	if err != nil {
		return err
	}
	return n.DB.Set(context.WithoutCancel(ctx), key, string(text))
}

// batch tells several places side by side and returns those that are done with.
func (n *notices) batch(ctx context.Context, f news.Feed, places []news.Place) []news.Place {
	outcomes := make([]*storage.Outcome, len(places))
	var all sync.WaitGroup
	for i, p := range places {
		all.Go(func() { outcomes[i] = n.notice(ctx, f, p, n.failures[place{p, f.ID}]) })
	}
	all.Wait()
	var reached []news.Place
	for i, p := range places {
		switch out := outcomes[i]; {
		case out.RetryAt.IsZero():
			reached = append(reached, p)
			delete(n.failures, place{p, f.ID})
		case out.Error != "":
			n.failures[place{p, f.ID}]++
		}
	}
	return reached
}

// notice tells one place.
func (n *notices) notice(ctx context.Context, f news.Feed, p news.Place, failures int) (out *storage.Outcome) {
	out = &storage.Outcome{}
	defer n.caught(ctx, out, p, failures)
	chat, ready := n.reader(ctx, out, p, failures)
	if !ready {
		return out
	}
	if out.RetryAt = quiet(chat, n.Now()); !out.RetryAt.IsZero() {
		return out
	}
	words := n.words(chat)
	message := bot.Outgoing{HTML: words.T("gone.notice", "source", bot.Link(f.Name(), f.Site))}
	if chat.Kind != news.Channel { // whose readers follow nothing themselves
		message.HTML += "\n" + words.T("gone.hint")
	}
	_, err := n.send(ctx, bot.ClassAlert, p, failures, forPlace(message, chat))
	return n.settle(ctx, out, p, failures, err)
}
