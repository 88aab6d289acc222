package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"text/tabwriter"
	"time"

	"herald/news"
	"herald/news/feed"
	"herald/news/fetch"
	"herald/storage"
)

// withDB runs work on the database.
func withDB(ctx context.Context, env *Env, work func(*storage.DB) error) error {
	db, err := storage.Open(ctx, env.Config.Database(), env.Log)
	if err != nil {
		return err
	}
	return errors.Join(work(db), db.Close())
}

// Run finds the feed behind each address and adds it; one that fails does not stop the others.
func (c *FeedsAddCmd) Run(ctx context.Context, env *Env) error {
	letLie(littleGarbage)
	reader := feed.NewReader(env.Config.web())
	return withDB(ctx, env, func(db *storage.DB) error {
		var failed error
		for _, address := range c.Address {
			found, err := reader.Discover(ctx, address)
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", address, err))
				continue
			}
			if err := addFeed(ctx, env, db, found.Feed); err != nil {
				return err
			}
		}
		return failed
	})
}

// addFeed stores a feed that is due at once.
func addFeed(ctx context.Context, env *Env, db *storage.DB, f news.Feed) error {
	f.Added, f.NextPoll, f.Shared = env.Now(), env.Now(), true
	f.ETag, f.LastModified = "", "" // the bot reads it from the beginning
	stored, fresh, err := db.AddFeed(ctx, f)
	if err != nil {
		return err
	}
	word := "already there"
	if fresh {
		word = "added"
	}
	fmt.Fprintf(env.Stdout, "%d  %s  %s  (%s)\n", stored.ID, stored.Name(), stored.URL, word)
	return nil
}

// Run lists the feeds and how they fare.
func (c *FeedsListCmd) Run(ctx context.Context, env *Env) error {
	return withDB(ctx, env, func(db *storage.DB) error {
		feeds, err := db.Feeds(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return printFeedsJSON(env.Stdout, feeds)
		}
		if len(feeds) == 0 {
			fmt.Fprintln(env.Stdout, "No feeds. Add one: herald feeds add ADDRESS")
			return nil
		}
		w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "ID\tNAME\tADDRESS\tSTATE")
		for _, f := range feeds {
			fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", f.ID, f.Name(), f.URL, feedState(f))
		}
		return w.Flush()
	})
}

// feedState is how a feed fares, in a few words for the operator.
func feedState(f news.Feed) string {
	switch {
	case f.Gone:
		return "gone for good"
	case f.Failures > 0:
		return fmt.Sprintf("failed %d times: %s", f.Failures, f.LastError)
	case f.LastPoll.IsZero():
		return "not read yet"
	}
	return fmt.Sprintf("%d entries, read %s", f.EntryCount, f.LastPoll.Local().Format("2006-01-02 15:04"))
}

func printFeedsJSON(w io.Writer, feeds []news.Feed) error {
	type row struct {
		ID       int64      `json:"id"`
		URL      string     `json:"url"`
		Title    string     `json:"title"`
		Site     string     `json:"site,omitempty"`
		LastPoll *time.Time `json:"last_poll,omitempty"`
		Failures int        `json:"failures,omitempty"`
		Error    string     `json:"error,omitempty"`
		Gone     bool       `json:"gone,omitempty"`
	}
	out := json.NewEncoder(w)
	for _, f := range feeds {
		r := row{ID: f.ID, URL: f.URL, Title: f.Title, Site: f.Site, Failures: f.Failures, Error: f.LastError, Gone: f.Gone}
		if !f.LastPoll.IsZero() {
			r.LastPoll = &f.LastPoll
		}
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// Run removes feeds with their subscriptions.
func (c *FeedsRemoveCmd) Run(ctx context.Context, env *Env) error {
	return withDB(ctx, env, func(db *storage.DB) error {
		var failed error
		for _, which := range c.Feed {
			f, err := findFeed(ctx, db, which)
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: no such feed (see: herald feeds list)", which))
				continue
			}
			if err := db.RemoveFeed(ctx, f.ID); err != nil {
				return err
			}
			fmt.Fprintf(env.Stdout, "removed  %s  %s\n", f.Name(), f.URL)
		}
		return failed
	})
}

// findFeed finds a feed by its number or address.
func findFeed(ctx context.Context, db *storage.DB, which string) (news.Feed, error) {
	if id, err := strconv.ParseInt(which, 10, 64); err == nil {
		return db.Feed(ctx, id)
	}
	return db.FeedByURL(ctx, which)
}

// Run adds the feeds of an OPML file; each is read by the bot's next poll. What is no web address is reported, and stops no other.
func (c *FeedsImportCmd) Run(ctx context.Context, env *Env) error {
	in := env.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	feeds, err := feed.ReadOPML(in)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return withDB(ctx, env, func(db *storage.DB) error {
		var failed error
		for _, f := range feeds {
			if _, err := fetch.Address(f.URL); err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", f.URL, err))
				continue
			}
			if err := addFeed(ctx, env, db, f); err != nil {
				return err
			}
		}
		return failed
	})
}

// Run writes the feeds as OPML.
func (c *FeedsExportCmd) Run(ctx context.Context, env *Env) error {
	return withDB(ctx, env, func(db *storage.DB) error {
		feeds, err := db.Feeds(ctx)
		if err != nil {
			return err
		}
		if c.File == "-" {
			return feed.WriteOPML(env.Stdout, "Herald", feeds)
		}
		f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		return errors.Join(feed.WriteOPML(f, "Herald", feeds), f.Close())
	})
}
