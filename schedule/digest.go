package schedule

import (
	"context"
	"time"

	"herald/bot"
	"herald/news"
	"herald/storage"
)

const (
	digestBatch = 50              // prepared in one transaction, so that nobody waits long for the writer
	ahead       = 2 * time.Minute // before its time a digest is prepared
	catchUp     = 6 * time.Hour   // a digest missed by more than this waits for its next time
)

// digests prepares what is due: each place's held stories become one digest, once for each local date and time. What will be
// due soon is prepared before, so that a hundred thousand digests of eight o'clock can begin at eight.
type digests struct {
	Config
	wake     func()
	clock    clock
	prepared news.DigestTime // the last one that was prepared ahead
}

func newDigests(c Config, wake func()) *digests {
	return &digests{Config: c, wake: wake, clock: clock{Config: c}}
}

func (d *digests) run(ctx context.Context) {
	now := d.Now().Round(0) // as the machine's clock shows it: that may be set back
	back, err := d.clock.check(ctx, now)
	if err == nil && back {
		d.prepared = news.DigestTime{}
	}
	if err == nil {
		err = d.due(ctx, now)
	}
	if err == nil {
		err = d.ahead(ctx, now)
	}
	if err != nil && ctx.Err() == nil {
		d.Log.Error("prepare digests", "err", err)
	}
}

// due gives the digest times that have come their turn.
func (d *digests) due(ctx context.Context, now time.Time) error {
	for {
		times, err := d.DB.DueDigests(ctx, news.DigestTime{}, now, digestBatch)
		if err != nil || len(times) == 0 {
			return err
		}
		turns := make([]storage.Preparation, len(times))
		for i, t := range times {
			turns[i] = turn(t, now)
		}
		made, err := d.DB.PrepareDigests(ctx, turns, now)
		if err != nil {
			return err
		}
		if made > 0 {
			d.wake()
		}
		if len(times) < digestBatch {
			return nil
		}
	}
}

// turn is the turn of a digest time that has come: its last digest, unless that is missed for good, and the next time.
func turn(t news.DigestTime, now time.Time) storage.Preparation {
	loc := news.Location(t.Zone)
	p := storage.Preparation{Time: t, Next: t.After(now, loc)}
	if at, ok := t.Last(now, loc); ok && now.Sub(at) <= catchUp {
		p.Due, p.Date = at, t.Date(at, loc)
	}
	return p
}

// ahead prepares what will be due soon and has something to tell already. The rest gets its turn at its time.
func (d *digests) ahead(ctx context.Context, now time.Time) error {
	if d.prepared.Next.Before(now) {
		d.prepared = news.DigestTime{Next: now.Add(time.Millisecond)}
	}
	for {
		times, err := d.DB.DueDigests(ctx, d.prepared, now.Add(ahead), digestBatch)
		if err != nil || len(times) == 0 {
			return err
		}
		turns := make([]storage.Preparation, len(times))
		for i, t := range times {
			turns[i] = storage.Preparation{Time: t, Due: t.Next, Date: t.Date(t.Next, news.Location(t.Zone))}
		}
		if _, err := d.DB.PrepareDigests(ctx, turns, now); err != nil {
			return err
		}
		d.prepared = times[len(times)-1]
		if len(times) < digestBatch {
			return nil
		}
	}
}

// digest sends one owed digest.
func (c *courier) digest(ctx context.Context, d news.Digest) (out *storage.Outcome) {
	out = &storage.Outcome{ID: d.ID, Digest: true, Now: c.Now()}
	defer c.caught(ctx, out, d.Place, d.Attempts)
	chat, ready := c.reader(ctx, out, d.Place, d.Attempts)
	if !ready {
		return out
	}
	until, wanted := quiet(chat, c.Now()), !d.Late && !quiet(chat, d.Due).IsZero()
	if !until.IsZero() && !wanted { // it is late, and nobody asked for it at this time
		out.RetryAt = until
		return out
	}
	edition, err := c.edition(ctx, d)
	if err != nil {
		return c.settle(ctx, out, d.Place, d.Attempts, err)
	}
	message := forPlace(bot.Digest(c.words(chat), chat, edition, c.Now()), chat)
	message.Silent = message.Silent || !until.IsZero()
	out.MessageID, err = c.send(ctx, bot.ClassDigest, d.Place, d.Attempts, message)
	return c.settle(ctx, out, d.Place, d.Attempts, err)
}
