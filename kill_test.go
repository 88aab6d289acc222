package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
)

const (
	pushReaders   = 120
	digestReaders = 60
	killRate      = 60 // messages a second
	killLatency   = 20 * time.Millisecond
	// What may repeat after kill -9: what was under way, and what was accepted in the moments before its record. That is one
	// or two messages, and on a busy machine some more.
	mostRepeats = 32
)

// kills is how often the program is killed: HERALD_TEST_KILLS, or a few times.
func kills(t testing.TB) int {
	n, err := strconv.Atoi(os.Getenv("HERALD_TEST_KILLS"))
	if err != nil {
		return 4
	}
	t.Logf("HERALD_TEST_KILLS=%d", n)
	return n
}

// campaign is a program that is killed at random moments, in turn of a broadcast and of digests, and started again each time.
type campaign struct {
	*readership
	random          *rand.Rand
	pushes, digests []int64
	repeats         []int // by story that is settled
}

// often is after how many rounds what everybody got is counted: the simulated Telegram remembers the last 200 messages of a chat.
const often = 40

func newCampaign(t testing.TB, folder string) *campaign {
	t.Helper()
	c := &campaign{random: rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))}
	c.readership = newReadership(t, folder, sim.Options{Limits: sim.Unlimited(), Latency: killLatency},
		fmt.Sprint("HERALD_RATE=", killRate), "HERALD_CHAT_RATE=0")
	c.pushes, c.digests = c.join(pushReaders), c.join(digestReaders)
	c.hold()
	c.start()
	return c
}

// hold has stories wait for digests that are far off.
func (c *campaign) hold() {
	c.t.Helper()
	for _, chat := range c.digests {
		p := news.Place{Chat: chat}
		c.check(c.db.SetDigestTimes(c.t.Context(), p, []news.DigestTime{{Place: p, Minute: 1, Next: time.Now().AddDate(1, 0, 0)}}))
	}
}

// release has what is held go out as digests, as when they are switched off and on.
func (c *campaign) release() {
	c.t.Helper()
	for _, chat := range c.digests {
		_, err := c.db.EndDigests(c.t.Context(), news.Place{Chat: chat}, time.Now())
		c.check(err)
	}
	c.hold()
}

func (c *campaign) title(round int) string { return fmt.Sprintf("Report %d.", round) }

// round publishes, and returns at a random moment while the story goes out: as pushes or, where round is odd, as digests.
func (c *campaign) round(round int) {
	c.t.Helper()
	title, audience := c.title(round), c.pushes
	c.publish(title)
	if round%2 == 1 {
		audience = c.digests
		c.release()
	}
	if !c.until(patience, func() bool { n, _ := c.got(title, audience); return n > 0 }) {
		c.t.Fatalf("round %d: nothing is sent", round)
	}
	pause := time.Duration(c.random.IntN(len(audience))) * time.Second / killRate
	time.Sleep(pause)
}

// settle waits until everybody has every story of the rounds before this one, and counts what came twice.
func (c *campaign) settle(rounds int) {
	c.t.Helper()
	settled := len(c.repeats)
	c.release() // what was held behind the last digests
	everybody := append(c.pushes, c.digests...)
	for round := settled; round < rounds; round++ {
		title := c.title(round)
		if !c.until(2*patience, func() bool { _, n := c.got(title, everybody); return n == len(everybody) }) {
			_, n := c.got(title, everybody)
			c.t.Fatalf("lost: round %d, %d of %d never got it", round, len(everybody)-n, len(everybody))
		}
	}
	c.wait(1)
	for round := settled; round < rounds; round++ {
		messages, people := c.got(c.title(round), everybody)
		c.repeats = append(c.repeats, messages-people)
	}
}

// report says how many messages a kill repeated.
func (c *campaign) report(kills int) {
	c.t.Helper()
	sum, most := 0, 0
	for _, n := range c.repeats {
		sum += n
		most = max(most, n)
	}
	c.t.Logf("%d kills, %d messages: lost 0; repeated %d, %.2f a kill, at most %d", kills, c.sent(), sum, float64(sum)/float64(kills), most)
	if most > mostRepeats {
		c.t.Errorf("%d messages of one story came twice; at most the %d under way may", most, mostRepeats)
	}
}

// TestKill kills the program again and again while it broadcasts or sends digests, and counts what every reader got.
func TestKill(t *testing.T) {
	n := kills(t)
	c := newCampaign(t, t.TempDir())
	for round := range n {
		c.round(round)
		_ = c.stop(os.Kill)
		c.start()
		if (round+1)%often == 0 {
			c.settle(round + 1)
		}
	}
	c.settle(n)
	if err := c.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the program did not end cleanly: %v", err)
	}
	c.report(n)
}

// TestKillWhileNothingCanBeWritten: another program holds the database's lock, so that SQLite refuses every write; then the
// program is killed.
func TestKillWhileNothingCanBeWritten(t *testing.T) {
	const rounds = 2
	c := newCampaign(t, t.TempDir())
	for round := range rounds {
		c.round(round)
		release := lock(t, c.path)
		time.Sleep(6 * time.Second) // SQLite gives up after five
		before := c.sent()
		time.Sleep(2 * time.Second)
		if more := c.sent() - before; more > 0 {
			t.Errorf("%d messages were sent that could not be recorded", more)
		}
		_ = c.stop(os.Kill)
		release()
		c.start()
	}
	c.settle(rounds)
	c.report(rounds)
}

// lock takes the write lock of a database.
func lock(t testing.TB, path string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		_ = tx.Rollback()
		_ = db.Close()
	}
}

// TestKillOnAFullDisk fills the disk while messages go out and kills the program, where HERALD_TEST_DISK names a folder on a
// small file system (make kills).
func TestKillOnAFullDisk(t *testing.T) {
	disk := os.Getenv("HERALD_TEST_DISK")
	if disk == "" {
		t.Skip("HERALD_TEST_DISK names no small file system")
	}
	folder, err := os.MkdirTemp(disk, "herald")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	n := kills(t)
	c := newCampaign(t, folder)
	for round := range n {
		c.round(round)
		ballast := fill(t, folder)
		time.Sleep(time.Duration(c.random.IntN(3000)) * time.Millisecond)
		_ = c.stop(os.Kill)
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		c.start()
		if (round+1)%often == 0 {
			c.settle(round + 1)
		}
	}
	c.settle(n)
	c.report(n)
}

// fill takes what is left of a file system.
func fill(t testing.TB, folder string) (path string) {
	t.Helper()
	path = filepath.Join(folder, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 1<<12); err == nil; {
		_, err = f.Write(block)
	}
	return path
}
