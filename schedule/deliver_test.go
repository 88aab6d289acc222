package schedule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
)

// TestFaults: what each of Telegram's answers means for the story that is owed and for the chat.
func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		name    string
		fault   sim.Fault
		least   int           // messages that arrive
		most    int           // where an answer was lost it may be one more
		after   time.Duration // not before
		within  time.Duration
		resting bool // the chat rests
	}{
		{name: "429", fault: sim.Fault{RetryAfter: 40}, least: 1, most: 1, after: 40 * time.Second, within: 43 * time.Second},
		{name: "429 for everybody", fault: sim.Fault{RetryAfter: 7, Global: true}, least: 1, most: 1, after: 7 * time.Second, within: 10 * time.Second},
		{name: "429 again and again", fault: sim.Fault{RetryAfter: 6, Times: 8}, least: 1, most: 1, after: 48 * time.Second, within: time.Minute},
		{name: "500 with HTML", fault: sim.Fault{Status: 500, Body: "<html>oops</html>", Times: 3}, least: 1, most: 1, after: 14 * time.Second, within: 25 * time.Second},
		{name: "502 for long", fault: sim.Fault{Status: 502, Times: 6}, least: 1, most: 1, after: 2 * time.Minute, within: 3 * time.Minute},
		{name: "reset before", fault: sim.Fault{Reset: true}, least: 1, most: 1, within: 6 * time.Second},
		{name: "reset after", fault: sim.Fault{Reset: true, After: true}, least: 1, most: 2, within: 6 * time.Second},
		{name: "cut answer", fault: sim.Fault{Truncate: true}, least: 1, most: 2, within: 6 * time.Second},
		{name: "slow", fault: sim.Fault{Delay: 15 * time.Second}, least: 1, most: 1, after: 15 * time.Second, within: 17 * time.Second},
		{name: "blocked", fault: sim.Fault{Status: 403, Description: "Forbidden: bot was blocked by the user"}, within: time.Minute, resting: true},
		{name: "deactivated", fault: sim.Fault{Status: 403, Description: "Forbidden: user is deactivated"}, within: time.Minute, resting: true},
		{name: "not found for a while", fault: sim.Fault{Status: 400, Description: "Bad Request: chat not found", Times: 3}, least: 1, most: 1, within: 30 * time.Second},
		{name: "not found", fault: sim.Fault{Status: 400, Description: "Bad Request: chat not found", Times: 5}, within: time.Minute, resting: true},
		{
			name: "no rights", fault: sim.Fault{Status: 400, Description: "Bad Request: not enough rights to send text messages to the chat", Times: 5},
			within: time.Minute, resting: true,
		},
		{name: "unreadable", fault: sim.Fault{Status: 400, Description: "Bad Request: can't parse entities"}, least: 1, most: 1, within: 5 * time.Second},
		{name: "unreadable whatever", fault: sim.Fault{Status: 400, Description: "Bad Request: can't parse entities", Times: 20}, within: time.Minute},
		{name: "never heard of for a while", fault: sim.Fault{Status: 400, Description: "Bad Request: BROKEN_TODAY", Times: 4}, least: 1, most: 1, within: time.Minute},
		{name: "never heard of", fault: sim.Fault{Status: 400, Description: "Bad Request: BROKEN_TODAY", Times: 20}, within: time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				chat, other := w.reader("Ann"), w.reader("Bert")
				tt.fault.Method, tt.fault.Chat = "sendMessage", chat
				w.sim.AddFault(tt.fault)
				begin := time.Now()
				w.report("Harbour reopens")
				time.Sleep(tt.within)
				if n := len(w.got(chat)); n < tt.least || n > tt.most {
					t.Errorf("%d messages, want %d to %d", n, tt.least, tt.most)
				}
				if n := len(w.got(chat)); n > 0 {
					if at := time.Unix(w.got(chat)[n-1].Date, 0); at.Sub(begin) < tt.after-time.Second {
						t.Errorf("came after %s, want %s", at.Sub(begin), tt.after)
					}
				}
				if w.active(chat) == tt.resting {
					t.Errorf("active: %t", !tt.resting)
				}
				w.sim.ClearFaults()
				w.expect(other, "Harbour reopens")
				w.pending(0)
				if s := w.sim.Stats(); s.EarlyRetries > 0 {
					t.Errorf("%d early retries", s.EarlyRetries)
				}
			})
		})
	}
}

// TestFloodIsNoFailure: a flood wait counts for nothing, so that a busy chat is not given up.
func TestFloodIsNoFailure(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: chat, RetryAfter: 6, Times: 12})
		w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: chat, Status: 400, Description: "Bad Request: chat not found", Times: 4})
		w.report("Harbour reopens")
		time.Sleep(2 * time.Minute)
		w.expect(chat, "Harbour reopens")
	})
}

// TestBlockedAndBack: who blocked the bot gets what comes after the return, not what came in between.
func TestBlockedAndBack(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		w.check(w.sim.Block(chat))
		w.report("While away")
		time.Sleep(10 * time.Second)
		w.report("While resting")
		time.Sleep(10 * time.Second)
		if w.active(chat) {
			t.Error("active while blocked")
		}
		if n := len(w.sim.CallsOf("sendMessage")); n != 1 {
			t.Errorf("%d calls to a chat that is gone, want the one that found it so", n)
		}
		w.check(w.sim.Unblock(chat))
		w.check(w.db.SetActive(t.Context(), chat, true))
		w.report("Back")
		time.Sleep(10 * time.Second)
		w.expect(chat, "Back")
		w.pending(0)
	})
}

// TestGroupsThatEnd: a group that removed the bot, or is deleted, rests.
func TestGroupsThatEnd(t *testing.T) {
	for name, end := range map[string]func(*world, int64) error{
		"removed": func(w *world, chat int64) error { return w.sim.SetBot(chat, 0, sim.Kicked) },
		"left":    func(w *world, chat int64) error { return w.sim.SetBot(chat, 0, sim.Left) },
		"deleted": func(w *world, chat int64) error { return w.sim.DeleteChat(chat) },
		"muted":   func(w *world, chat int64) error { return w.sim.SetBot(chat, 0, sim.Restricted) },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				g := w.sim.AddGroup(sim.Group{Title: "Rowers"})
				w.follow(news.Place{Chat: g.ID}, news.Supergroup)
				w.check(end(w, g.ID))
				w.report("Harbour reopens")
				time.Sleep(time.Minute)
				if w.active(g.ID) {
					t.Error("active")
				}
				w.pending(0)
			})
		})
	}
}

// TestUpgrade: a group that became a supergroup gets the story there, and goes on there.
func TestUpgrade(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		g := w.sim.AddGroup(sim.Group{Title: "Rowers", Basic: true})
		w.follow(news.Place{Chat: g.ID}, news.Group)
		to, err := w.sim.Upgrade(g.ID)
		w.check(err)
		w.report("First")
		w.report("Second")
		time.Sleep(time.Minute)
		w.report("Third")
		time.Sleep(time.Minute)
		if got := w.told(to, "First", "Second", "Third"); len(got) != len("[First Second Third]") || !strings.HasSuffix(got, " Third]") {
			t.Errorf("the supergroup got %s, want each once", got)
		}
		w.pending(0)
	})
}

// TestTopics: a topic refused for a moment is tried again; one that is closed or gone gives its stories to the main thread.
func TestTopics(t *testing.T) {
	for _, tt := range []struct {
		name  string
		upset func(w *world, chat int64, topic int) error
		main  bool
	}{
		{"refused for a moment", func(w *world, chat int64, _ int) error {
			w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: chat, Status: 400, Description: "Bad Request: message thread not found", Times: 2})
			return nil
		}, false},
		{"closed", func(w *world, chat int64, topic int) error { return w.sim.CloseTopic(chat, topic) }, true},
		{"deleted", func(w *world, chat int64, topic int) error { return w.sim.DeleteTopic(chat, topic) }, true},
	} {
		for _, digest := range []bool{false, true} {
			t.Run(fmt.Sprint(tt.name, " digest ", digest), func(t *testing.T) {
				inBubble(t, func(t *testing.T, w *world) {
					p := w.topic()
					if digest {
						w.digestAt(p, 1, time.UTC)
					}
					w.check(tt.upset(w, p.Chat, p.Topic))
					w.report("Harbour reopens")
					time.Sleep(2 * time.Minute)
					got := slices.DeleteFunc(w.got(p.Chat), func(m sim.Message) bool { return !strings.Contains(m.Text, "Harbour") })
					if len(got) != 1 || (got[0].Topic == 0) != tt.main {
						t.Fatalf("got %+v, want one in the main thread: %t", got, tt.main)
					}
					if !w.active(p.Chat) {
						t.Error("the group rests")
					}
					w.pending(0)
				})
			})
		}
	}
}

// TestEverythingClosed: where the main thread refuses as well, the story is given up, and the group is not.
func TestEverythingClosed(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		p := w.topic()
		w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: p.Chat, Status: 400, Description: "Bad Request: TOPIC_CLOSED", Times: -1})
		w.report("Harbour reopens")
		time.Sleep(time.Minute)
		w.pending(0)
		if !w.active(p.Chat) {
			t.Error("the group rests")
		}
		w.sim.ClearFaults()
		w.report("Ferry sails")
		time.Sleep(time.Minute)
		if got := w.told(p.Chat, "Harbour", "Ferry"); got != "[Ferry]" {
			t.Errorf("got %s", got)
		}
	})
}

// TestChannelPost: a post has no button that would answer in front of all readers, but one that leads to Herald.
func TestChannelPost(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		c := w.sim.AddChannel(sim.Group{Title: "Wire", Username: "wire"})
		w.follow(news.Place{Chat: c.ID}, news.Channel)
		w.report("Harbour reopens")
		time.Sleep(time.Minute)
		m, ok := w.sim.LastMessage(c.ID)
		if !ok || m.Markup == nil || len(m.Markup.Inline) != 1 || len(m.Markup.Inline[0]) != 1 {
			t.Fatalf("post %+v", m)
		}
		if b := m.Markup.Inline[0][0]; b.Data != "" || b.URL != "https://t.me/herald_bot?start=s1" {
			t.Errorf("button %+v", b)
		}
	})
}

// TestSilence: a chat that wants no sound gets none.
func TestSilence(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		loud, quiet := w.reader("Ann"), w.reader("Bert")
		c, err := w.db.Chat(t.Context(), quiet)
		w.check(err)
		c.Silent = true
		w.check(w.db.SaveChat(t.Context(), c))
		w.report("Harbour reopens")
		time.Sleep(time.Minute)
		if a, b := w.got(loud), w.got(quiet); len(a) != 1 || len(b) != 1 || a[0].Silent || !b[0].Silent {
			t.Errorf("loud %+v, quiet %+v", a, b)
		}
	})
}

// TestBroadcast: by the published limits everybody gets everything once, nobody too fast, and one chat's trouble is its own.
func TestBroadcast(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		var chats []int64
		for i := range 200 { // more than can be under way
			chats = append(chats, w.reader(fmt.Sprint("Reader ", i)))
		}
		w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: chats[0], RetryAfter: 60})
		begin := time.Now()
		w.report("First")
		w.report("Second")
		time.Sleep(15 * time.Second)
		for _, chat := range chats[1:] {
			if got := w.told(chat, "First", "Second"); got != "[First Second]" && got != "[Second First]" {
				t.Errorf("chat %d got %s within %s", chat, got, time.Since(begin))
			}
		}
		time.Sleep(80 * time.Second)
		if n := len(w.got(chats[0])); n != 2 {
			t.Errorf("the chat in a flood wait got %d", n)
		}
		if s := w.sim.Stats(); s.Floods > 2 || s.EarlyRetries > 0 {
			t.Errorf("%d floods, %d early retries", s.Floods, s.EarlyRetries)
		}
		w.pending(0)
	})
}

// TestShutdown: what is under way is finished and recorded; what is not yet sent waits for the next start, claimed by nobody.
func TestShutdown(t *testing.T) {
	for _, delay := range []time.Duration{3 * time.Second, 12 * time.Second} {
		t.Run(delay.String(), func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				chat := w.reader("Ann")
				for i := range 6 {
					w.report(fmt.Sprint("Report ", i))
				}
				w.sim.AddFault(sim.Fault{Method: "sendMessage", Delay: delay, Times: 1})
				time.Sleep(time.Second)
				begin := time.Now()
				w.stop()
				if took := time.Since(begin); took > 30*time.Second {
					t.Errorf("ended after %s", took)
				}
				sent := len(w.got(chat))
				if sent == 0 {
					t.Error("what was under way is not finished")
				}
				w.pending(6 - sent)
				w.start()
				time.Sleep(20 * time.Second) // far less than a claim lasts
				if got := len(w.got(chat)); got != 6 {
					t.Errorf("%d messages after the next start, want 6 and none twice", got)
				}
				w.pending(0)
			})
		})
	}
}

// TestShutdownOfABroadcast: what waits behind slow messages is left for the next start.
func TestShutdownOfABroadcast(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		var chats []int64
		for i := range 200 { // more than can be under way
			chats = append(chats, w.reader(fmt.Sprint("Reader ", i)))
		}
		w.sim.AddFault(sim.Fault{Method: "sendMessage", Delay: 12 * time.Second, Times: -1})
		w.report("Harbour reopens")
		time.Sleep(3 * time.Second)
		begin := time.Now()
		w.stop()
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("ended after %s", took)
		}
		w.sim.ClearFaults()
		sent := w.sim.Stats().Calls["sendMessage"]
		if sent == 0 || sent == len(chats) {
			t.Fatalf("%d were under way: the test shows nothing", sent)
		}
		w.pending(len(chats) - sent)
		w.start()
		time.Sleep(20 * time.Second)
		for _, chat := range chats {
			w.expect(chat, "Harbour reopens")
		}
		w.pending(0)
	})
}

// TestWeekOffline: what could not be sent for a week comes as one message, and what is new as ever. What is a few hours late is
// still news.
func TestWeekOffline(t *testing.T) {
	for _, tt := range []struct {
		name   string
		away   time.Duration
		digest bool
	}{
		{"a week", 7 * 24 * time.Hour, true},
		{"a night", 8 * time.Hour, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				chat := w.reader("Ann")
				w.sim.AddFault(sim.Fault{Status: 502, Times: -1})
				var old []string
				for i := range 8 {
					old = append(old, fmt.Sprintf("Old %d", i))
					w.report(old[i])
				}
				time.Sleep(5 * time.Second)
				w.skip(tt.away)
				w.sim.ClearFaults()
				w.report("Harbour reopens")
				time.Sleep(11 * time.Minute) // as long as the longest wait after failures
				got := w.got(chat)
				if tt.digest && (len(got) != 2 || w.told(chat, append(old, "Harbour reopens")...) == "[]") {
					t.Errorf("%d messages, want what is new, and what is old in one", len(got))
				}
				if !tt.digest && len(got) != 9 {
					t.Errorf("%d messages, want nine", len(got))
				}
				if w.told(chat, "Harbour reopens") == "[]" { // a digest may name it once more, as told already
					t.Error("what is new was not told")
				}
				for _, title := range old {
					if n := w.told(chat, title); n != "["+title+"]" {
						t.Errorf("%s: told %s", title, n)
					}
				}
				w.pending(0)
			})
		})
	}
}
