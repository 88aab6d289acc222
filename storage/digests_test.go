package storage

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

// prepare gives a digest time its turn at an instant and tells whether that made a digest.
func prepare(t testing.TB, db *DB, d news.DigestTime, date string, next, now time.Time) bool {
	t.Helper()
	return must(db.PrepareDigests(context.Background(), []Preparation{{Time: d, Due: now, Date: date, Next: next}}, now))(t) == 1
}

func TestDigestTimes(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	addChat(t, db, 1)
	p := news.Place{Chat: 1, Topic: 3}
	at := func(hours int) time.Time { return start.Add(time.Duration(hours) * time.Hour) }
	ok(t, db.SetDigestTimes(ctx, p, []news.DigestTime{
		{Minute: 1080, Next: at(11)},
		{Minute: 480, Days: 0b10, Next: at(2)},
		{Minute: 480, Days: 0b100, Next: at(1)},
		{Minute: 0, Days: 0b10, Next: at(17)},
		{Minute: 0, Next: at(16)},
	}))
	want := []news.DigestTime{{Place: p, Minute: 0, Next: at(16)}, {Place: p, Minute: 480, Days: 0b110, Next: at(1)}, {Place: p, Minute: 1080, Next: at(11)}}
	if diff := cmp.Diff(want, must(db.DigestTimes(ctx, p))(t)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]news.DigestTime{want[1], want[2]}, must(db.DueDigests(ctx, news.DigestTime{}, at(11), 9))(t)); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []struct {
		place news.Place
		time  news.DigestTime
	}{{p, news.DigestTime{Minute: -1}}, {p, news.DigestTime{Minute: 1440}}, {news.Place{Chat: 9}, news.DigestTime{}}} {
		if err := db.SetDigestTimes(ctx, bad.place, []news.DigestTime{bad.time}); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
	if diff := cmp.Diff(want, must(db.DigestTimes(ctx, p))(t)); diff != "" {
		t.Errorf("a refused time changed something: %s", diff)
	}
}

func TestDigest(t *testing.T) {
	db, p, feed := followed(t)
	ctx := context.Background()
	holdDigests(t, db, p)
	eight, now := must(db.DigestTimes(ctx, p))(t)[0], start.Add(time.Hour)
	prepare := func(date string, next time.Time) bool {
		made := prepare(t, db, eight, date, next, now)
		eight.Next = next
		return made
	}
	if prepare("2026-03-01", now) {
		t.Error("a digest of nothing")
	}
	save(t, db, article(feed, 0, "One"))
	save(t, db, article(feed, 1, "Two"))
	tomorrow := now.AddDate(0, 0, 1)
	if !prepare("2026-03-02", tomorrow) {
		t.Error("no digest was made")
	}
	if got := must(db.DueDigests(ctx, news.DigestTime{}, now, 9))(t); len(got) != 0 {
		t.Errorf("due again: %v", got)
	}
	save(t, db, article(feed, 2, "Three"))
	if prepare("2026-03-02", tomorrow) {
		t.Error("a second digest of the same date and minute")
	}
	claim := func(at time.Time) []news.Digest { return must(db.ClaimDigests(ctx, at, time.Minute, 9))(t) }
	want := []news.Digest{{ID: 1, Place: p, Stories: []int64{2, 1}, Due: now}}
	if diff := cmp.Diff(want, claim(now)); diff != "" {
		t.Error(diff)
	}
	if got := claim(now); len(got) != 0 {
		t.Errorf("claimed twice: %v", got)
	}
	later := now.Add(10 * time.Minute)
	ok(t, db.Delivered(ctx, []Outcome{{ID: 1, Digest: true, Error: "500", RetryAt: later, Now: now}}))
	if got := claim(later.Add(-1 * time.Millisecond)); len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	want[0].Attempts = 1
	if diff := cmp.Diff(want, claim(later)); diff != "" {
		t.Error(diff)
	}
	ok(t, db.Delivered(ctx, []Outcome{{ID: 1, Digest: true, MessageID: 77, Now: later}}))
	ok(t, db.Delivered(ctx, []Outcome{{ID: 1, Digest: true, Error: "late", RetryAt: later, Now: later}})) // told twice
	if got := claim(lateAsCanBe); len(got) != 0 {
		t.Errorf("sent again: %v", got)
	}
	// The stories in it are sent: the message's id is with each.
	n := must(number(db.r.QueryRow("SELECT count(*) FROM delivery WHERE state = ? AND message_id = 77", sent)))(t)
	if n != 2 {
		t.Errorf("%d deliveries sent, want 2", n)
	}
	// What came too late for it is in the next one.
	if !prepare("2026-03-03", tomorrow.AddDate(0, 0, 1)) {
		t.Error("no second digest")
	}
	got := claim(lateAsCanBe)
	if len(got) != 1 || !slices.Equal(got[0].Stories, []int64{3}) {
		t.Errorf("got %+v", got)
	}
	ok(t, db.Delivered(ctx, []Outcome{{ID: got[0].ID, Digest: true, Error: "400", Now: now}}))
	if n := must(db.PruneDigests(ctx, lateAsCanBe))(t); n != 2 {
		t.Errorf("%d digests pruned, want 2", n)
	}
	if got := must(db.Stats(ctx))(t); got.Digests+got.Held+got.Pending != 0 {
		t.Errorf("left: %+v", got)
	}
}

func TestEndDigests(t *testing.T) {
	db, p, feed := followed(t)
	ctx := context.Background()
	subscribe(t, db, news.Place{Chat: 2}, feed)
	holdDigests(t, db, p)
	holdDigests(t, db, news.Place{Chat: 2})
	for round := range 2 { // the same minute of the same day
		holdDigests(t, db, p)
		save(t, db, article(feed, round, fmt.Sprint("Report ", round)))
		if n := must(db.EndDigests(ctx, p, start))(t); n != 1 {
			t.Errorf("released %d, want 1", n)
		}
		if n := must(db.EndDigests(ctx, p, start))(t); n != 0 {
			t.Errorf("released %d of nothing", n)
		}
	}
	got := must(db.ClaimDigests(ctx, start, time.Minute, 9))(t)
	want := []news.Digest{{ID: 1, Place: p, Stories: []int64{1}, Due: start}, {ID: 2, Place: p, Stories: []int64{2}, Due: start}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	ok(t, db.ReleaseClaims(ctx))
	if n := len(must(db.ClaimDigests(ctx, start, time.Minute, 9))(t)); n != 2 {
		t.Errorf("%d digests after a restart, want 2", n)
	}
}

func TestPrepareDigestOfInactiveChat(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	addChat(t, db, 1)
	p := news.Place{Chat: 1}
	holdDigests(t, db, p)
	ok(t, db.SetActive(ctx, 1, false))
	made := prepare(t, db, must(db.DigestTimes(ctx, p))(t)[0], "2026-03-02", lateAsCanBe, start)
	if due := must(db.DueDigests(ctx, news.DigestTime{}, start.Add(time.Hour), 9))(t); made || len(due) > 0 {
		t.Errorf("made %t, still due %v", made, due)
	}
}

// TestPrepareAhead: a digest that is prepared for later takes what is held when it is claimed, and is taken back when the digest
// times change before.
func TestPrepareAhead(t *testing.T) {
	db, p, feed := followed(t)
	ctx := context.Background()
	holdDigests(t, db, p)
	eight := must(db.DigestTimes(ctx, p))(t)[0]
	ahead := []Preparation{{Time: eight, Due: eight.Next, Date: "2026-03-02"}}
	made := func() int { return must(db.PrepareDigests(ctx, ahead, eight.Next.Add(-time.Minute)))(t) }
	if n := made(); n != 0 {
		t.Errorf("%d digests of nothing", n)
	}
	save(t, db, article(feed, 0, "One"))
	if n := made() + made(); n != 1 {
		t.Errorf("%d digests were made, want 1", n)
	}
	if got := must(db.ClaimDigests(ctx, eight.Next.Add(-time.Millisecond), time.Minute, 9))(t); len(got) != 0 {
		t.Errorf("claimed too early: %+v", got)
	}
	ok(t, db.SetDigestTimes(ctx, p, []news.DigestTime{{Minute: 480, Next: eight.Next}, {Minute: 600, Next: eight.Next.Add(time.Hour)}}))
	if got := must(db.ClaimDigests(ctx, eight.Next, time.Minute, 9))(t); len(got) != 0 {
		t.Errorf("claimed although taken back: %+v", got)
	}
	if n := made(); n != 1 {
		t.Errorf("%d digests were made again, want 1", n)
	}
	save(t, db, article(feed, 1, "Two"))
	if prepare(t, db, eight, "2026-03-02", eight.Next.Add(24*time.Hour), eight.Next) {
		t.Error("its turn made a second digest")
	}
	got := must(db.ClaimDigests(ctx, eight.Next, time.Minute, 9))(t)
	if len(got) != 1 || !slices.Equal(got[0].Stories, []int64{2, 1}) || !got[0].Due.Equal(eight.Next) {
		t.Fatalf("claimed %+v", got)
	}
	ok(t, db.ReleaseClaims(ctx))
	save(t, db, article(feed, 2, "Three"))
	if got := must(db.ClaimDigests(ctx, eight.Next, time.Minute, 9))(t); len(got) != 1 || len(got[0].Stories) != 2 {
		t.Errorf("after a crash: %+v, want the same two stories", got)
	}
	// A digest time that somebody has changed meanwhile gets no turn.
	ok(t, db.SetDigestTimes(ctx, p, []news.DigestTime{{Minute: 480, Next: eight.Next.Add(48 * time.Hour)}}))
	if prepare(t, db, eight, "2026-03-09", eight.Next.Add(24*time.Hour), eight.Next) {
		t.Error("a digest time that has changed got its turn")
	}
}

// TestDigestOrder: stories that most publishers tell first; digests of the same time in another order than that of the chats.
func TestDigestOrder(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed, other := addFeed(t, db, "north"), addFeed(t, db, "south")
	const chats = 200
	var turns []Preparation
	for chat := range int64(chats) {
		p := news.Place{Chat: chat + 1}
		subscribe(t, db, p, feed)
		holdDigests(t, db, p)
		turns = append(turns, Preparation{Time: must(db.DigestTimes(ctx, p))(t)[0], Due: start.Add(time.Hour), Date: "2026-03-02"})
	}
	for i, title := range []string{"One", "Two", "Three"} {
		save(t, db, article(feed, i, title))
	}
	second := article(other, 9, "One, too")
	second.StoryID = 1
	save(t, db, second)
	must(db.PrepareDigests(ctx, turns, start))(t)
	var order []int64
	for range chats / 8 {
		for _, d := range must(db.ClaimDigests(ctx, start.Add(time.Hour), time.Minute, 8))(t) {
			order = append(order, d.Place.Chat)
			if !slices.Equal(d.Stories, []int64{1, 3, 2}) {
				t.Errorf("stories %v", d.Stories)
			}
		}
	}
	sorted := slices.IsSorted(order)
	slices.Sort(order)
	if order = slices.Compact(order); len(order) != chats || sorted {
		t.Errorf("%d of %d chats, in the order of their ids: %t", len(order), chats, sorted)
	}
}

// TestHoldQuiet: what is held is one digest at the end, follows when that moves, and goes along when a group moves.
func TestHoldQuiet(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	p, moved := news.Place{Chat: -7, Topic: 3}, news.Place{Chat: -100, Topic: 3}
	subscribe(t, db, p, feed)
	end := start.Add(8 * time.Hour)
	for i, title := range []string{"One", "Two"} {
		save(t, db, article(feed, i, title))
		d := must(db.ClaimDeliveries(ctx, start, time.Minute, 5))(t)[0]
		ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, HoldUntil: end, Now: start}, {ID: 99, HoldUntil: end}}))
	}
	claim := func(at time.Time) []news.Digest { return must(db.ClaimDigests(ctx, at, time.Minute, 9))(t) }
	if got := must(db.QuietChats(ctx, -99, 5))(t); len(got) != 1 || got[0].ID != -7 {
		t.Errorf("quiet chats: %+v", got)
	}
	ok(t, db.EndQuiet(ctx, -7, end.Add(time.Hour)))
	if got := claim(end); len(got) != 0 {
		t.Errorf("too early: %+v", got)
	}
	ok(t, db.MigrateChat(ctx, -7, -100))
	ok(t, db.EndQuiet(ctx, -100, end))
	got := claim(end)
	if len(got) != 1 || !got[0].Quiet || got[0].Place != moved || !slices.Equal(got[0].Stories, []int64{2, 1}) {
		t.Fatalf("claimed %+v", got)
	}
	ok(t, db.Delivered(ctx, []Outcome{{ID: got[0].ID, Digest: true, MessageID: 7, Now: end}}))
	if got := claim(lateAsCanBe); len(got) != 0 {
		t.Errorf("again: %+v", got)
	}
	// The next night is another digest.
	save(t, db, article(feed, 2, "Three"))
	d := must(db.ClaimDeliveries(ctx, end, time.Minute, 5))(t)[0]
	ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, HoldUntil: end.Add(24 * time.Hour), Now: end}}))
	if got := claim(end.Add(24 * time.Hour)); len(got) != 1 || !slices.Equal(got[0].Stories, []int64{3}) {
		t.Errorf("the next night: %+v", got)
	}
}

// TestHoldQuietAfterAReturn: what a chat is held back after it rested and came back comes at the end of the quiet time, too; what it
// was held before it rested does not.
func TestHoldQuietAfterAReturn(t *testing.T) {
	db, _, feed := followed(t)
	ctx := context.Background()
	end := start.Add(8 * time.Hour)
	for i, title := range []string{"Before", "After"} {
		ok(t, db.SetActive(ctx, 1, true))
		save(t, db, article(feed, i, title))
		d := must(db.ClaimDeliveries(ctx, start, time.Minute, 5))(t)[0]
		ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, HoldUntil: end, Now: start}}))
		if i == 0 {
			ok(t, db.SetActive(ctx, 1, false))
			ok(t, db.EndQuiet(ctx, 1, end)) // as when the clock is set
		}
	}
	if got := must(db.ClaimDigests(ctx, end, time.Minute, 9))(t); len(got) != 1 || !slices.Equal(got[0].Stories, []int64{2}) {
		t.Errorf("claimed %+v", got)
	}
}

// TestPushedBefore: a digest knows what the place got at once since the last one.
func TestPushedBefore(t *testing.T) {
	db, p, feed := followed(t)
	ctx := context.Background()
	push := func(minutes int, title string) {
		save(t, db, article(feed, minutes, title))
		at := start.Add(time.Duration(minutes) * time.Minute)
		d := must(db.ClaimDeliveries(ctx, at, time.Minute, 5))(t)[0]
		ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, MessageID: 1, Now: at}}))
	}
	digest := func(minutes int) news.Digest {
		holdDigests(t, db, p)
		at := start.Add(time.Duration(minutes) * time.Minute)
		save(t, db, article(feed, minutes, fmt.Sprint("Held ", minutes)))
		must(db.EndDigests(ctx, p, at))(t)
		d := must(db.ClaimDigests(ctx, at, time.Minute, 5))(t)[0]
		ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, Digest: true, MessageID: 1, Now: at}}))
		return d
	}
	push(0, "One")
	push(1, "Two")
	if got := digest(2); !slices.Equal(got.Pushed, []int64{2, 1}) {
		t.Errorf("pushed %v", got.Pushed)
	}
	push(3, "Three")
	if got := digest(4); !slices.Equal(got.Pushed, []int64{4}) {
		t.Errorf("pushed %v", got.Pushed)
	}
	push(5, "Four")
	if got := digest(5 + 25*60); len(got.Pushed) != 0 {
		t.Errorf("pushed a day ago: %v", got.Pushed)
	}
}

// TestDigestWeighsAsTop: a digest is in the order of /top, in which what the place reads itself and what is new count more.
func TestDigestWeighsAsTop(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	var feeds []int64
	for i := range 5 {
		feeds = append(feeds, addFeed(t, db, fmt.Sprint("feed", i)))
	}
	p := news.Place{Chat: 7}
	subscribe(t, db, p, feeds[:2]...)
	holdDigests(t, db, p)
	tell(t, db, "three publishers, one read here", 0, feeds[0], feeds[3], feeds[4])
	tell(t, db, "as many, both read here", 60, feeds[1], feeds[0])
	tell(t, db, "two, one read here", 30, feeds[1], feeds[4])
	tell(t, db, "as many, later", 120, feeds[1], feeds[4])
	prepare(t, db, must(db.DigestTimes(ctx, p))(t)[0], "2026-03-02", start, start)
	got := must(db.ClaimDigests(ctx, start.Add(time.Hour), time.Minute, 9))(t)
	if len(got) != 1 {
		t.Fatalf("got %d digests", len(got))
	}
	want := []string{"as many, later 0", "as many, both read here 0", "three publishers, one read here 0", "two, one read here 0"}
	if diff := cmp.Diff(want, titles(must(db.StoriesFor(ctx, p, got[0].Stories))(t))); diff != "" {
		t.Errorf("the digest: %s", diff)
	}
	if diff := cmp.Diff(want, titles(must(db.Top(ctx, p, start, 9))(t))); diff != "" {
		t.Errorf("the top: %s", diff)
	}
}
