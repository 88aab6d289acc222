package storage

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestEnsureChat(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	c := news.Chat{
		ID: -7, Kind: news.Group, Title: "Rowing", Lang: "de", Zone: "Europe/Berlin", Length: news.Long,
		Previews: true, Silent: true, Active: true, Added: start,
	}
	for _, test := range []struct {
		name     string
		defaults news.Chat
		change   func(*news.Chat)
		fresh    bool
	}{
		{"new", c, func(*news.Chat) {}, true},
		{"the same", c, func(*news.Chat) {}, false},
		{"settings are kept", news.Chat{ID: -7, Kind: news.Group, Title: "Rowing", Lang: "en", Added: start.Add(1)}, func(*news.Chat) {}, false},
		{"renamed", news.Chat{ID: -7, Title: "Rowing club"}, func(c *news.Chat) { c.Title = "Rowing club" }, false},
		{"another kind", news.Chat{ID: -7, Kind: news.Supergroup}, func(c *news.Chat) { c.Kind = news.Supergroup }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.change(&c)
			got, fresh, err := db.EnsureChat(ctx, test.defaults)
			ok(t, err)
			if diff := cmp.Diff(c, got); diff != "" || fresh != test.fresh {
				t.Errorf("new: %t\n%s", fresh, diff)
			}
			if diff := cmp.Diff(c, must(db.Chat(ctx, -7))(t)); diff != "" {
				t.Errorf("stored: %s", diff)
			}
		})
	}
	if n := must(db.Chats(ctx))(t); n != 1 {
		t.Errorf("%d chats", n)
	}
	if _, err := db.Chat(ctx, 1); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestSubscriptions(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	addChat(t, db, 1)
	p, topic := news.Place{Chat: 1}, news.Place{Chat: 1, Topic: 9}
	for _, test := range []struct {
		name  string
		place news.Place
		feed  int64
		at    time.Time
		fresh bool
		want  error
	}{
		{"first", p, south, start, true, nil},
		{"second", p, north, start.Add(time.Minute), true, nil},
		{"again", p, south, start.Add(time.Hour), false, nil},
		{"a topic", topic, south, start, true, nil},
		{"no such feed", p, 99, start, false, news.ErrNotFound},
		{"no such chat", news.Place{Chat: 2}, north, start, false, news.ErrNotFound},
	} {
		fresh, err := db.Subscribe(ctx, test.place, test.feed, test.at)
		if fresh != test.fresh || !errors.Is(err, test.want) {
			t.Errorf("%s: new %t, error %v", test.name, fresh, err)
		}
	}
	want := []news.Subscription{
		{Place: p, Feed: must(db.Feed(ctx, south))(t), Since: start},
		{Place: p, Feed: must(db.Feed(ctx, north))(t), Since: start.Add(time.Minute)},
	}
	if diff := cmp.Diff(want, must(db.Subscriptions(ctx, p))(t)); diff != "" {
		t.Error(diff)
	}
	if was := must(db.Unsubscribe(ctx, p, south))(t); !was {
		t.Error("did not follow")
	}
	if was := must(db.Unsubscribe(ctx, p, south))(t); was {
		t.Error("followed twice")
	}
	if got := len(must(db.Subscriptions(ctx, topic))(t)); got != 1 {
		t.Errorf("the topic follows %d feeds, want 1", got)
	}
}

func TestSetActive(t *testing.T) {
	db, p, feed := followed(t)
	ctx := context.Background()
	holdDigests(t, db, p)
	save(t, db, article(feed, 0, "Held"))
	prepare(t, db, must(db.DigestTimes(ctx, p))(t)[0], "2026-03-02", start.Add(24*time.Hour), start)
	save(t, db, article(feed, 1, "Held too"))
	ok(t, db.SetDigestTimes(ctx, p, nil))
	save(t, db, article(feed, 2, "Due"))
	ok(t, db.SetActive(ctx, 1, false))
	if n := save(t, db, article(feed, 3, "While away")); n != 0 {
		t.Errorf("%d deliveries to a chat that can't be reached", n)
	}
	ok(t, db.SetActive(ctx, 1, true))
	if got := owed(t, db, start.Add(time.Hour)); len(got) != 0 {
		t.Errorf("old news after the return: %v", got)
	}
	if got := must(db.ClaimDigests(ctx, start.Add(time.Hour), time.Minute, 9))(t); len(got) != 0 {
		t.Errorf("old digests after the return: %v", got)
	}
	if n := save(t, db, article(feed, 4, "Back")); n != 1 {
		t.Errorf("%d deliveries after the return, want 1", n)
	}
	c := must(db.Chat(ctx, 1))(t)
	c.Active = false
	ok(t, db.SaveChat(ctx, c))
	if n := must(db.PendingDeliveries(ctx))(t); n != 0 {
		t.Errorf("%d deliveries pending for an inactive chat", n)
	}
	if err := db.SetActive(ctx, 99, true); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

// chatTables are the tables that hold something of a chat.
func chatTables(t *testing.T, db *DB) []string {
	t.Helper()
	rows, err := db.r.Query(`SELECT s.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c
		WHERE s.type = 'table' AND c.name = 'chat_id' ORDER BY s.name`)
	return must(collect(rows, err, func(row scanner) (s string, err error) { err = row.Scan(&s); return s, err }))(t)
}

// rowsOf counts the rows of a chat in all tables.
func rowsOf(t *testing.T, db *DB, chat int64) map[string]int64 {
	t.Helper()
	counts := map[string]int64{}
	for _, table := range chatTables(t, db) {
		n := must(number(db.r.QueryRow("SELECT count(*) FROM "+table+" WHERE chat_id = ?", chat)))(t)
		if n > 0 {
			counts[table] = n
		}
	}
	if n := must(number(db.r.QueryRow("SELECT count(*) FROM chat WHERE id = ?", chat)))(t); n > 0 {
		counts["chat"] = n
	}
	return counts
}

// fillChat gives a chat something in every table.
func fillChat(t *testing.T, db *DB, chat, feed int64) {
	t.Helper()
	ctx := context.Background()
	p := news.Place{Chat: chat}
	subscribe(t, db, p, feed)
	holdDigests(t, db, p)
	save(t, db, article(feed, 0, fmt.Sprint("In a digest ", chat)))
	prepare(t, db, must(db.DigestTimes(ctx, p))(t)[0], "2026-03-02", start.Add(24*time.Hour), start)
	must(db.SaveView(ctx, chat, "page 1", start))(t)
	ok(t, db.KeepFlood(ctx, chat, start))
}

func TestForgetChat(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	fillChat(t, db, 2, feed)
	fillChat(t, db, 1, feed)
	for _, key := range []string{"lost/1/7", "lost/12/7"} {
		ok(t, db.Set(ctx, key, "told"))
	}
	ok(t, db.Set(ctx, "gone/1", `[{"Chat":1,"Topic":0},{"Chat":12,"Topic":3},{"Chat":1,"Topic":7}]`))
	ok(t, db.Set(ctx, "gone/2", "[]"))
	other := rowsOf(t, db, 2)
	if got, want := len(rowsOf(t, db, 1)), len(chatTables(t, db))+1; got != want {
		t.Fatalf("the chat is in %d tables, want %d: %v", got, want, rowsOf(t, db, 1))
	}
	ok(t, db.ForgetChat(ctx, 1))
	if got := rowsOf(t, db, 1); len(got) != 0 {
		t.Errorf("left behind: %v", got)
	}
	if mine, others := must(db.Get(ctx, "lost/1/7"))(t), must(db.Get(ctx, "lost/12/7"))(t); mine != "" || others == "" {
		t.Errorf("noted: of the chat %q, of another %q", mine, others)
	}
	if one, two := must(db.Get(ctx, "gone/1"))(t), must(db.Get(ctx, "gone/2"))(t); one != `[{"Chat":12,"Topic":3}]` || two != "[]" {
		t.Errorf("told of feeds that are gone: %s and %s", one, two)
	}
	if diff := cmp.Diff(other, rowsOf(t, db, 2)); diff != "" {
		t.Errorf("another chat lost something: %s", diff)
	}
	ok(t, db.ForgetChat(ctx, 1))
}

func TestMigrateChat(t *testing.T) {
	for _, test := range []struct {
		name string
		make func(t *testing.T, db *DB, feed int64) // what the new chat has already
		want map[string]int64
	}{
		{
			"to an unknown chat", func(*testing.T, *DB, int64) {},
			map[string]int64{"chat": 1, "delivery": 1, "digest": 1, "digest_time": 1, "subscription": 1, "view": 1},
		},
		{
			"to a chat without anything", func(t *testing.T, db *DB, _ int64) { addChat(t, db, -100) },
			map[string]int64{"chat": 1, "delivery": 1, "digest": 1, "digest_time": 1, "subscription": 1, "view": 1},
		},
		// The story of the new chat's digest is one that the old chat is owed as well.
		{
			"to a chat with the same", func(t *testing.T, db *DB, feed int64) { fillChat(t, db, -100, feed) },
			map[string]int64{"chat": 1, "delivery": 2, "digest": 2, "digest_time": 1, "flood": 1, "subscription": 1, "view": 2},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := openTest(t)
			ctx := context.Background()
			feed := addFeed(t, db, "north")
			fillChat(t, db, -7, feed)
			c := must(db.Chat(ctx, -7))(t)
			test.make(t, db, feed)
			for range 2 { // Telegram tells it twice: to the old chat and to the new one
				ok(t, db.MigrateChat(ctx, -7, -100))
			}
			if got := rowsOf(t, db, -7); len(got) != 0 {
				t.Errorf("left behind: %v", got)
			}
			if diff := cmp.Diff(test.want, rowsOf(t, db, -100)); diff != "" {
				t.Error(diff)
			}
			c.ID, c.Kind = -100, news.Supergroup
			if diff := cmp.Diff(c, must(db.Chat(ctx, -100))(t)); diff != "" {
				t.Errorf("settings: %s", diff)
			}
			stories := map[int64]int{}
			for _, d := range must(db.ClaimDigests(ctx, start.Add(time.Hour), time.Minute, 9))(t) {
				for _, s := range d.Stories {
					stories[s]++
				}
			}
			if int64(len(stories)) != test.want["delivery"] {
				t.Errorf("the digests have %v, want %d stories", stories, test.want["delivery"])
			}
		})
	}
}

func TestMigrateChatDoesNotRepeat(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	for _, chat := range []int64{-7, -100} {
		subscribe(t, db, news.Place{Chat: chat}, feed)
	}
	for i := range 3 {
		save(t, db, article(feed, i, fmt.Sprint("Report ", i)))
	}
	// The old chat has Report 0, the new one Report 1; nobody has Report 2.
	for _, d := range must(db.ClaimDeliveries(ctx, start.Add(time.Hour), time.Minute, 9))(t) {
		if (d.Place.Chat == -7 && d.StoryID == 1) || (d.Place.Chat == -100 && d.StoryID == 2) {
			ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, MessageID: 5, Now: start}}))
		}
	}
	ok(t, db.ReleaseClaims(ctx))
	ok(t, db.MigrateChat(ctx, -7, -100))
	if diff := cmp.Diff([]string{"-100/0 story 3"}, owed(t, db, start.Add(time.Hour))); diff != "" {
		t.Error(diff)
	}
	if err := db.MigrateChat(ctx, -55, -56); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

// TestMigrateChatWithoutEmptyDigest: a digest whose only story the new chat holds already is not claimed without it.
func TestMigrateChatWithoutEmptyDigest(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	for _, chat := range []int64{-7, -100} {
		subscribe(t, db, news.Place{Chat: chat}, feed)
		holdDigests(t, db, news.Place{Chat: chat})
	}
	save(t, db, article(feed, 0, "Report"))
	if n := must(db.EndDigests(ctx, news.Place{Chat: -7}, start))(t); n != 1 {
		t.Fatalf("released %d, want 1", n)
	}
	ok(t, db.MigrateChat(ctx, -7, -100))
	if got := must(db.ClaimDigests(ctx, lateAsCanBe, time.Minute, 9))(t); len(got) != 0 {
		t.Errorf("claimed %+v", got)
	}
	if n := must(db.EndDigests(ctx, news.Place{Chat: -100}, start))(t); n != 1 {
		t.Errorf("the new chat holds %d stories, want 1", n)
	}
}

func TestViewsAndState(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	first := must(db.SaveView(ctx, 1, `{"page":1}`, start))(t)
	second := must(db.SaveView(ctx, 1, `{"page":2}`, start.Add(time.Hour)))(t)
	if first == second {
		t.Error("two views have one number")
	}
	if got := must(db.View(ctx, 1, second))(t); got != `{"page":2}` {
		t.Errorf("got %q", got)
	}
	if _, err := db.View(ctx, 2, first); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("another chat sees the view: %v", err)
	}
	if n := must(db.PruneViews(ctx, start.Add(time.Minute)))(t); n != 1 {
		t.Errorf("%d views pruned, want 1", n)
	}
	if _, err := db.View(ctx, 1, first); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("still there: %v", err)
	}
	for _, value := range []string{"", "one", "two", ""} {
		ok(t, db.Set(ctx, "key", value))
		if got := must(db.Get(ctx, "key"))(t); got != value {
			t.Errorf("got %q, want %q", got, value)
		}
	}
}
