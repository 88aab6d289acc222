package schedule

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"herald/news"
	"herald/news/feed"
)

const (
	firstReading = 30                 // entries of a new feed that are read; older ones are only remembered as seen
	oldAge       = 7 * 24 * time.Hour // an entry published before is old
	oldFew       = 5                  // old entries that one poll may bring as news; more are a backlog
	absent       = 24 * time.Hour     // a feed that has not been read for longer comes back
	absentAge    = 24 * time.Hour     // an entry of a feed that comes back is old when it was published before
	renamedLeast = 3                  // fewer entries that are all unknown are no sign of new names
	noteTimeout  = 5 * time.Second    // for noting a first look while a reader waits for an answer
)

// backlog is what a feed brought at the first look, or long after it was published, by identity: it is read and is no news. It is
// stored before the first of it is read and forgotten when all is, so that a reading that is interrupted goes on as it began; nil:
// none is stored.
type backlog map[string]bool

func backlogKey(id int64) string { return fmt.Sprint("backlog/", id) }

// backlogOf returns what is stored of a feed.
func (in *intake) backlogOf(ctx context.Context, id int64) (backlog, error) {
	stored, err := in.DB.Get(ctx, backlogKey(id))
	if err != nil || stored == "" {
		return nil, err
	}
	var identities []string
	if err := json.Unmarshal([]byte(stored), &identities); err != nil {
		return nil, fmt.Errorf("backlog of feed %d: %w", id, err)
	}
	b := backlog{}
	for _, identity := range identities {
		b[identity] = true
	}
	return b, nil
}

// note adds entries to what is stored of a feed's backlog.
func (in *intake) note(ctx context.Context, id int64, b backlog, more []news.Entry) (backlog, error) {
	all := backlog{}
	identities := make([]string, 0, len(b)+len(more))
	add := func(identity string) {
		if !all[identity] {
			all[identity] = true
			identities = append(identities, identity)
		}
	}
	for identity := range b {
		add(identity)
	}
	for _, e := range more {
		add(e.Identity)
	}
	text, err := json.Marshal(identities)
	if err != nil {
		return nil, err
	}
	return all, in.DB.Set(ctx, backlogKey(id), string(text))
}

// forget ends a backlog that was read.
func (in *intake) forget(ctx context.Context, id int64, b backlog) error {
	if b == nil {
		return nil
	}
	return in.DB.Set(ctx, backlogKey(id), "")
}

// noteFirst notes a first look, so that whatever comes after it is news, however long the reading waits and takes.
func (in *intake) noteFirst(ctx context.Context, r feed.Result) error {
	ctx, cancel := context.WithTimeout(ctx, noteTimeout)
	defer cancel()
	b, err := in.backlogOf(ctx, r.Feed.ID)
	if err != nil || b != nil || !isFirst(r.Feed) {
		return err
	}
	_, err = in.note(ctx, r.Feed.ID, nil, r.Entries)
	return err
}

// sort tells which of a feed's unseen entries are backlog, and has that stored: all of a feed that is looked at for the first time,
// and old ones where there are many, as when a feed renames its entries or comes back after long. A few old ones are news: dates
// are often wrong.
func (in *intake) sort(ctx context.Context, f news.Feed, fresh []news.Entry) (backlog, error) {
	b, err := in.backlogOf(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	if b == nil && isFirst(f) {
		return in.note(ctx, f.ID, nil, fresh)
	}
	var old []news.Entry
	for _, e := range in.old(f, fresh) {
		if !b[e.Identity] {
			old = append(old, e)
		}
	}
	if len(old) <= oldFew {
		return b, nil
	}
	return in.note(ctx, f.ID, b, old)
}

// old are the entries that are no news any more. Where a feed comes back after long a day is long ago, and of what has no date the
// newest few are news.
func (in *intake) old(f news.Feed, fresh []news.Entry) []news.Entry {
	age, undated := oldAge, len(fresh)
	if in.Now().Sub(f.LastPoll) > absent {
		age, undated = absentAge, oldFew
	}
	var old []news.Entry
	for _, e := range fresh {
		switch {
		case !e.Published.IsZero() && in.Now().Sub(e.Published) > age:
			old = append(old, e)
		case e.Published.IsZero():
			if undated--; undated < 0 {
				old = append(old, e)
			}
		}
	}
	return old
}

// renamed marks the entries of a feed that were read under another identity, as when it changes its guids or addresses, and returns
// the others. An entry with the title, path and date of a stored article is that article; where all of a reading is unknown the
// title or path is enough, if most have one that is stored.
func (in *intake) renamed(ctx context.Context, f news.Feed, fresh []news.Entry, all bool) ([]news.Entry, error) {
	if isFirst(f) || len(fresh) == 0 {
		return fresh, nil
	}
	known, likely, err := in.DB.SameAsStored(ctx, f.ID, fresh)
	if err != nil {
		return nil, err
	}
	below := func(news.Entry, int) bool { return false }
	if all && len(fresh) >= renamedLeast && 2*len(likely) >= len(fresh) {
		known = likely
		below = func(e news.Entry, passed int) bool {
			return passed >= firstReading || passed == len(known) && !e.Published.IsZero() && e.Published.Before(f.LastPoll)
		}
	}
	if len(known) == 0 {
		return fresh, nil
	}
	in.Log.Info("feed has renamed entries", "feed", address(f), "entries", len(known))
	unknown, seen := apart(fresh, known, below)
	return unknown, in.DB.MarkSeen(ctx, f.ID, seen, in.Now())
}

// apart parts what is unknown in a reading from what has been seen: the known entries, and what stands below so many of them that it
// was there from the beginning and never read.
func apart(fresh, known []news.Entry, below func(e news.Entry, passed int) bool) (unknown, seen []news.Entry) {
	passed := 0
	for _, e := range fresh {
		switch {
		case passed < len(known) && e.Identity == known[passed].Identity:
			passed++
			seen = append(seen, e)
		case below(e, passed):
			seen = append(seen, e)
		default:
			unknown = append(unknown, e)
		}
	}
	return unknown, seen
}

// trim returns what is to be read. Of a feed read for the first time only the newest of the backlog is; the rest is remembered.
func (in *intake) trim(ctx context.Context, f news.Feed, fresh []news.Entry, b backlog) ([]news.Entry, error) {
	if !isFirst(f) {
		return fresh, nil
	}
	var read, rest []news.Entry
	count := 0
	for _, e := range fresh {
		if b[e.Identity] {
			count++
		}
		if b[e.Identity] && count > firstReading {
			rest = append(rest, e)
		} else {
			read = append(read, e)
		}
	}
	if len(rest) == 0 {
		return read, nil
	}
	return read, in.DB.MarkSeen(ctx, f.ID, rest, in.Now())
}

// isFirst tells whether the feed has never been read to the end.
func isFirst(f news.Feed) bool { return f.LastPoll.IsZero() }
