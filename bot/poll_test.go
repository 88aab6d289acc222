package bot_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/bot"
	"herald/news"
)

func TestUpdatesSurviveTroubleAtTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		m.add(said(1, 5, "hello"))
		start := time.Now()
		w := &wire{}
		w.answer = func(c call) answer {
			if time.Since(start) < time.Minute {
				return answer{err: errors.New("network is unreachable")}
			}
			return m.answer(c)
		}
		var got notes
		stop := poll(w.newBot(t, bot.Config{}), func(_ context.Context, u bot.Update) { got.add(u.Message.Text) })
		time.Sleep(95 * time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if len(got.all()) != 1 {
			t.Errorf("got %v, want the update after the outage", got.all())
		}
		if n := len(w.of("getMe")); n > 8 {
			t.Errorf("asked %d times in an outage of a minute, want fewer and fewer", n)
		}
	})
}

func TestRefusedTokenEndsUpdates(t *testing.T) {
	for _, method := range []string{"getMe", "getUpdates"} {
		t.Run(method, func(t *testing.T) {
			w := &wire{answer: func(c call) answer {
				if c.method == method {
					return refused(401, "Unauthorized")
				}
				return answer{}
			}}
			err := w.newBot(t, bot.Config{}).Updates(t.Context(), func(context.Context, bot.Update) {})
			if !errors.Is(err, bot.ErrToken) {
				t.Errorf("got %v, want ErrToken", err)
			}
		})
	}
}

// At the end the running handler may finish and is confirmed; what waits behind it is left for the next start.
func TestUpdatesDrain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		m.add(said(1, 5, "first"), said(2, 5, "second"))
		w := &wire{answer: m.answer}
		var got notes
		stop := poll(w.newBot(t, bot.Config{}), func(ctx context.Context, u bot.Update) {
			time.Sleep(3 * time.Second)
			if ctx.Err() == nil {
				got.add(u.Message.Text)
			}
		})
		time.Sleep(time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"first"}, got.all()); diff != "" {
			t.Errorf("handled (-want +got):\n%s", diff)
		}
		calls := w.of("getUpdates")
		last := calls[len(calls)-1].params
		if last.Get("offset") != "2" || last.Get("timeout") != "0" || last.Get("limit") != "1" {
			t.Errorf("the last call was %v, want one that confirms 1 and no more", last)
		}
	})
}

// Told to end while Telegram hangs, all of it ends before docker stop kills.
func TestAllEndsInTimeWhileTelegramHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		m.add(said(1, 5, "hello"))
		var hangs atomic.Bool
		w := &wire{}
		w.answer = func(c call) answer {
			if hangs.Load() {
				return answer{err: errors.New("never"), delay: time.Hour}
			}
			return m.answer(c)
		}
		b := w.newBot(t, bot.Config{})
		stopSending := running(t, b)
		sent := make(chan error, 1)
		stop := poll(b, func(ctx context.Context, u bot.Update) {
			hangs.Store(true)
			_, err := b.Send(ctx, bot.ClassCommand, news.Place{Chat: u.Message.Chat.ID}, bot.Outgoing{HTML: "hello"})
			sent <- err
		})
		time.Sleep(time.Second)
		start := time.Now()
		if err := stop(); err != nil {
			t.Error(err)
		}
		stopSending()
		if took := time.Since(start); took > 9*time.Second {
			t.Errorf("took %v, want at most 9 s", took)
		}
		if err := <-sent; !errors.Is(err, bot.ErrStopped) {
			t.Errorf("the answer: got %v, want ErrStopped", err)
		}
	})
}

// After a quiet week Telegram may begin anew with lower numbers.
func TestUpdateNumbersMayBeginAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		round := 0
		w := &wire{answer: func(c call) answer {
			if c.method != "getUpdates" {
				return answer{}
			}
			round++
			switch round {
			case 1:
				return fine("[" + said(900, 5, "old") + "]")
			case 2:
				return fine("[" + said(7, 5, "new") + "]")
			}
			return answer{status: 200, body: `{"ok":true,"result":[]}`, delay: time.Second}
		}}
		var got notes
		stop := poll(w.newBot(t, bot.Config{}), func(_ context.Context, u bot.Update) { got.add(u.Message.Text) })
		time.Sleep(3 * time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"old", "new"}, got.all()); diff != "" {
			t.Errorf("handled (-want +got):\n%s", diff)
		}
		calls := w.of("getUpdates")
		if got := calls[len(calls)-1].params.Get("offset"); got != "8" {
			t.Errorf("the last offset is %s, want 8", got)
		}
	})
}

func TestUpdatesAsksForWhatHeraldReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{answer: (&mailbox{}).answer}
		stop := poll(w.newBot(t, bot.Config{}), func(context.Context, bot.Update) {})
		synctest.Wait()
		if err := stop(); err != nil {
			t.Error(err)
		}
		want := `["message","edited_message","channel_post","callback_query","inline_query","chosen_inline_result","my_chat_member","chat_member"]`
		if got := w.of("getUpdates")[0].params.Get("allowed_updates"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}
