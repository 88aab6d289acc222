package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"herald/bot"
	"herald/news"
	"herald/storage"
)

// errIll is returned where the doctor found something; what it is has been printed.
var errIll = errors.New("something needs care: see above")

const (
	clockSlack  = 2 * time.Minute // how far the clock may be off Telegram's
	doctorLimit = 30 * time.Second
)

// doctor collects what is found.
type doctor struct {
	out io.Writer
	ill bool
}

func (d *doctor) fine(format string, args ...any) { fmt.Fprintf(d.out, "ok    "+format+"\n", args...) }

func (d *doctor) trouble(format string, args ...any) {
	d.ill = true
	fmt.Fprintf(d.out, "CARE  "+format+"\n", args...)
}

// Run checks token, clock, database, disk, feeds and the language model, and says in plain words what to do.
func (*DoctorCmd) Run(ctx context.Context, env *Env) error {
	d := &doctor{out: env.Stdout}
	if err := d.house(ctx, env); err != nil {
		return err
	}
	d.model(ctx, env)
	if d.ill {
		return errIll
	}
	return nil
}

// house checks all but the language model.
func (d *doctor) house(ctx context.Context, env *Env) error {
	ctx, cancel := context.WithTimeout(ctx, doctorLimit)
	defer cancel()
	d.telegram(ctx, env)
	db, err := storage.Open(ctx, env.Config.Database(), env.Log)
	if err != nil {
		d.trouble("%s", oneLine(err)+advice(err))
		return nil
	}
	d.database(ctx, env, db)
	d.feeds(ctx, env, db)
	return db.Close()
}

// telegram checks the token and, by the date of Telegram's answer, the clock.
func (d *doctor) telegram(ctx context.Context, env *Env) {
	token, err := env.Config.LoadToken()
	if err != nil {
		d.trouble("%s", oneLine(err))
		return
	}
	if token == "" {
		d.trouble("no token: get one from @BotFather and set HERALD_TOKEN")
		return
	}
	b := bot.New(bot.Config{Token: token.Reveal(), APIURL: env.Config.APIURL, Log: env.Log, Now: env.Now})
	me, err := b.Me(ctx)
	switch {
	case errors.Is(err, bot.ErrToken):
		d.trouble("Telegram refuses the token: check it with @BotFather")
		return
	case err != nil:
		d.trouble("Telegram can't be reached at %s: %s", env.Config.APIURL, oneLine(err))
		return
	}
	d.fine("token of @%s", me.Username)
	if off := b.ClockOffset(); off.Abs() > clockSlack {
		d.trouble("the clock is %v off Telegram's: set it, or digests come at the wrong time", off.Abs())
	} else {
		d.fine("clock")
	}
}

// database checks that the file is sound and can be written.
func (d *doctor) database(ctx context.Context, env *Env, db *storage.DB) {
	if err := db.Check(ctx); err != nil {
		d.trouble("database %s is damaged (%s): restore a backup with herald restore", env.Config.Database(), oneLine(err))
		return
	}
	if err := db.Set(ctx, "doctor", env.Now().UTC().Format(time.RFC3339)); err != nil {
		d.trouble("database %s can't be written (%s): free disk space or mend its permissions", env.Config.Database(), oneLine(err))
		return
	}
	s, err := db.Stats(ctx)
	if err != nil {
		d.trouble("database %s: %s", env.Config.Database(), oneLine(err))
		return
	}
	d.fine("database %s: %d feeds, %d articles, %d chats, %d deliveries waiting", env.Config.Database(), s.Feeds, s.Articles, s.Chats, s.Pending)
}

// feeds says what ails each feed.
func (d *doctor) feeds(ctx context.Context, env *Env, db *storage.DB) {
	feeds, err := db.Feeds(ctx)
	if err != nil {
		d.trouble("feeds: %s", oneLine(err))
		return
	}
	well := 0
	for _, f := range feeds {
		if advice := ailment(f, env.Now()); advice != "" {
			d.trouble("feed %s: %s", news.Bare(f.URL), advice)
			continue
		}
		well++
	}
	d.fine("%d of %d feeds", well, len(feeds))
}

// failingFew is how many failures in a row are nothing to see to: servers are mended and come back.
const failingFew = 3

// ailment is what is wrong with a feed and what to do, "" if nothing is.
func ailment(f news.Feed, now time.Time) string {
	switch {
	case f.Gone:
		return "its publisher ended it (410): remove it with herald feeds remove"
	case f.Failures > 0:
		return fmt.Sprintf("%s; failed %d times in a row (%s); next try %s", remedy(f), f.Failures, f.LastError, day(f.NextPoll, "2006-01-02 15:04"))
	case f.Moved != "":
		return fmt.Sprintf("moves to %s, says its server since %s: Herald follows when that has held for two days", news.Bare(f.Moved), day(f.MovedSince, "2006-01-02"))
	case f.Stale(now):
		return "nothing new since " + day(f.LastNews, "2006-01-02") + ": it may have moved; see its site " + f.Site
	}
	return ""
}

func day(t time.Time, layout string) string { return t.Local().Format(layout) }

// remedies are what to do about each news.Trouble.
var remedies = map[string]string{
	"address":     "its address is none of the web: remove it",
	"forbidden":   "its address is not public: allow the range with HERALD_FETCH_ALLOW if it is your own",
	"blocked":     "its site refuses programs, or this one (401, 403): open it in a browser; ask its publisher, or follow another feed of the site",
	"missing":     "there is nothing at its address any more (404): herald feeds add its site finds the new one",
	"busy":        "its site asks to wait (429, 503): Herald does; a higher HERALD_POLL_MIN helps",
	"large":       "it is too large",
	"notfeed":     "there is no feed at its address any more: herald feeds add its site finds the new one",
	"broken":      "its server is broken",
	"unreachable": "its server can't be reached",
}

// remedy says in plain words why a feed fails and, where that will not pass by itself, what to do.
func remedy(f news.Feed) string {
	words := remedies[f.Trouble]
	if words == "" {
		words = "it can't be read"
	}
	if f.Failures > failingFew && (f.Trouble == "broken" || f.Trouble == "unreachable") {
		words += " for a while: see whether its site still is there"
	}
	return words
}
