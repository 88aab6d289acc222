package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/bot"
)

// mailbox is Telegram's side of getUpdates: what is not confirmed comes again.
type mailbox struct {
	mu      sync.Mutex
	updates []string // JSON
	offset  int
	offsets []int // as asked for
}

func (m *mailbox) add(updates ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.updates = append(m.updates, updates...)
}

// answer gives at most 100 updates from the offset on; an empty one only after the time-out.
func (m *mailbox) answer(c call) answer {
	if c.method != "getUpdates" {
		return answer{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	offset, _ := strconv.Atoi(c.params.Get("offset"))
	m.offset = max(m.offset, offset)
	m.offsets = append(m.offsets, offset)
	var pending []string
	for _, u := range m.updates {
		if idOf(u) >= m.offset && len(pending) < 100 {
			pending = append(pending, u)
		}
	}
	a := fine("[" + strings.Join(pending, ",") + "]")
	if timeout, _ := strconv.Atoi(c.params.Get("timeout")); len(pending) == 0 && timeout > 0 {
		a.delay = time.Second // the test's updates come within it
	}
	return a
}

func (m *mailbox) confirmed() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.offset - 1
}

func idOf(update string) int {
	var u struct {
		ID int `json:"update_id"`
	}
	_ = json.Unmarshal([]byte(update), &u)
	return u.ID
}

func said(update int, chat int64, text string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1700000000,"chat":{"id":%d,"type":"private"},"text":%q}}`,
		update, update, chat, text)
}

// poll runs Updates; the function ends it, waits and returns its error.
func poll(b *bot.Bot, handle func(context.Context, bot.Update)) func() error {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- b.Updates(ctx, handle) }()
	return func() error {
		cancel()
		return <-done
	}
}

// notes collects what handlers saw.
type notes struct {
	mu   sync.Mutex
	list []string
}

func (n *notes) add(s string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list = append(n.list, s)
}

func (n *notes) all() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.list)
}

func TestUpdatesAreHandledInOrderWithinAChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		var want []string
		for i := range 30 {
			m.add(said(i+1, 5, fmt.Sprint(i)))
			want = append(want, fmt.Sprint(i))
		}
		w := &wire{answer: m.answer}
		var got notes
		stop := poll(w.newBot(t, bot.Config{}), func(_ context.Context, u bot.Update) {
			time.Sleep(time.Duration(30-u.ID) * time.Millisecond) // later ones are faster
			got.add(u.Message.Text)
		})
		time.Sleep(3 * time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, got.all()); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
		if got := m.confirmed(); got != 30 {
			t.Errorf("confirmed up to %d, want 30", got)
		}
	})
}

func TestUpdateIsConfirmedOnlyWhenHandled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		m.add(said(1, 5, "quick"), said(2, 6, "slow"), said(3, 7, "quick"))
		w := &wire{answer: m.answer}
		release := make(chan struct{})
		var got notes
		stop := poll(w.newBot(t, bot.Config{}), func(_ context.Context, u bot.Update) {
			if u.Message.Text == "slow" {
				<-release
			}
			got.add(fmt.Sprint(u.ID))
		})
		time.Sleep(10 * time.Second)
		if got := m.confirmed(); got != 1 {
			t.Errorf("while 2 is in hand: confirmed up to %d, want 1", got)
		}
		if n := len(w.of("getUpdates")); n > 40 {
			t.Errorf("polled %d times in 10 s, want two or three a second", n)
		}
		m.add(said(4, 8, "new"))
		time.Sleep(500 * time.Millisecond)
		if diff := cmp.Diff([]string{"1", "3", "4"}, sorted(got.all())); diff != "" {
			t.Errorf("handled beside the slow one (-want +got):\n%s", diff)
		}
		close(release)
		time.Sleep(2 * time.Second)
		if got := m.confirmed(); got != 4 {
			t.Errorf("at the end: confirmed up to %d, want 4", got)
		}
		if diff := cmp.Diff([]string{"1", "2", "3", "4"}, sorted(got.all())); diff != "" {
			t.Errorf("each once (-want +got):\n%s", diff)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}

// In a rush more updates wait than Telegram gives at once. None is confirmed before it was handled, however long.
func TestARushLosesNothing(t *testing.T) {
	for _, tc := range []struct {
		name  string
		chats int64
		takes time.Duration
	}{
		{"many chats", 150, 20 * time.Second},
		{"one chat", 1, 2 * time.Second}, // most have not begun for minutes
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := &mailbox{}
				for i := range 150 {
					m.add(said(i+1, int64(i)%tc.chats, "/start"))
				}
				var mu sync.Mutex
				handled := map[int]int{}
				w := &wire{latency: 40 * time.Millisecond}
				early := 0
				w.answer = func(c call) answer {
					offset, _ := strconv.Atoi(c.params.Get("offset"))
					mu.Lock()
					defer mu.Unlock()
					for id := 1; id < offset; id++ {
						if handled[id] == 0 {
							early++
						}
					}
					return m.answer(c)
				}
				var log logged
				stop := poll(w.newBot(t, bot.Config{Log: log.logger()}), func(_ context.Context, u bot.Update) {
					time.Sleep(tc.takes)
					mu.Lock()
					defer mu.Unlock()
					handled[u.ID]++
				})
				time.Sleep(6 * time.Minute)
				if err := stop(); err != nil {
					t.Error(err)
				}
				if early > 0 {
					t.Errorf("%d times an update was confirmed before it was handled", early)
				}
				for id := 1; id <= 150; id++ {
					if handled[id] != 1 {
						t.Errorf("update %d was handled %d times, want once", id, handled[id])
					}
				}
				if log.String() != "" {
					t.Errorf("got a log of an ordinary rush:\n%.300s", log.String())
				}
			})
		})
	}
}

// Telegram gives a hundred at a time: behind one that is never done, the hundred-and-first would never come. After a
// minute it is confirmed all the same, and the next of its chat begins.
func TestAStuckHandlerDoesNotStopTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		for i := range 350 {
			m.add(said(i+1, int64(i)%300, "hello"))
		}
		w := &wire{answer: m.answer}
		var got notes
		var log logged
		stop := poll(w.newBot(t, bot.Config{Log: log.logger()}), func(ctx context.Context, u bot.Update) {
			if u.ID == 1 {
				<-ctx.Done()
				return
			}
			got.add(fmt.Sprint(u.ID))
		})
		time.Sleep(time.Minute - time.Millisecond) // at the minute itself either may come first
		if n := len(got.all()); n != 99 || m.confirmed() > 0 {
			t.Errorf("within a minute: handled %d, confirmed up to %d; want 99 and none", n, m.confirmed())
		}
		time.Sleep(10 * time.Second)
		if n := len(got.all()); n != 349 {
			t.Errorf("handled %d beside the stuck one, want 349", n)
		}
		if n := strings.Count(log.String(), "update=1 "); n != 1 {
			t.Errorf("logged %d times that it is given up, want once:\n%s", n, log.String())
		}
		start := time.Now()
		if err := stop(); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("the stuck handler was cancelled after %v, want 4 s", took)
		}
	})
}

func TestHandlersRunSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		for i := range 90 {
			m.add(said(i+1, int64(i), "hello"))
		}
		w := &wire{answer: m.answer}
		var mu sync.Mutex
		running, most := 0, 0
		stop := poll(w.newBot(t, bot.Config{}), func(context.Context, bot.Update) {
			mu.Lock()
			running++
			most = max(most, running)
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			running--
			mu.Unlock()
		})
		time.Sleep(4 * time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if most != 90 {
			t.Errorf("got %d at once, want all 90", most)
		}
		if got := m.confirmed(); got != 90 {
			t.Errorf("confirmed up to %d, want 90", got)
		}
	})
}

// Presses and inline queries do not wait for the slow answer to a message of the same chat; among themselves they keep
// their order.
func TestPressesPassASlowMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		press := `{"update_id":%d,"callback_query":{"id":"a","from":{"id":5},"message":{"message_id":3,"chat":{"id":5,"type":"private"}},"data":"d"}}`
		m.add(said(1, 5, "slow"), said(2, 5, "behind it"), fmt.Sprintf(press, 3), fmt.Sprintf(press, 4),
			`{"update_id":5,"inline_query":{"id":"b","from":{"id":5}}}`)
		w := &wire{answer: m.answer}
		var got notes
		stop := poll(w.newBot(t, bot.Config{}), func(_ context.Context, u bot.Update) {
			switch u.ID {
			case 1:
				time.Sleep(20 * time.Second)
			case 3:
				time.Sleep(2 * time.Second)
			case 5:
				time.Sleep(time.Second)
			}
			got.add(fmt.Sprint(u.ID))
		})
		time.Sleep(30 * time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"5", "3", "4", "1", "2"}, got.all()); diff != "" {
			t.Errorf("handled (-want +got):\n%s", diff)
		}
	})
}

// Neither an update that can't be read nor a handler that panics stops the next.
func TestBadUpdatesArePassedOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		m.add(said(1, 5, "a"), `{"update_id":2,"message":{"message_id":"a word"}}`, said(3, 5, "panic"),
			`{"update_id":4,"a_kind_of_tomorrow":{}}`, `{"no":"number"}`, `17`, said(5, 5, "b"))
		w := &wire{answer: m.answer}
		var log logged
		var got notes
		stop := poll(w.newBot(t, bot.Config{Log: log.logger()}), func(_ context.Context, u bot.Update) {
			if u.Message != nil && u.Message.Text == "panic" {
				panic("on purpose")
			}
			got.add(fmt.Sprint(u.ID))
		})
		time.Sleep(2 * time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"1", "4", "5"}, sorted(got.all())); diff != "" {
			t.Errorf("handled (-want +got):\n%s", diff)
		}
		if got := m.confirmed(); got != 5 {
			t.Errorf("confirmed up to %d, want 5", got)
		}
		for _, want := range []string{"can't be read", "update=2", "on purpose"} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log lacks %q:\n%s", want, log.String())
			}
		}
	})
}
