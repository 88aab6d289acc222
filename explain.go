package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"herald/news"
	"herald/news/story"
	"herald/storage"
)

var errTwoArticles = errors.New("give the numbers of two articles: herald stories --explain A B (of a file with JSON lines, its ids: herald stories --explain A B FILE)")

// explained is how many words of a kind an explanation shows.
const explained = 12

// explain tells why two articles are or are not one story.
func (c *StoriesCmd) explain(ctx context.Context, env *Env) error {
	if len(c.Args) < 2 || len(c.Args) > 3 {
		return errTwoArticles
	}
	a, b := c.Args[0], c.Args[1]
	if len(c.Args) == 3 {
		return c.explainFile(ctx, env, a, b, c.Args[2])
	}
	return withDB(ctx, env, func(db *storage.DB) error { return explainStored(ctx, env, db, a, b) })
}

// explainFile explains two articles of a file with JSON lines.
func (c *StoriesCmd) explainFile(ctx context.Context, env *Env, a, b, file string) error {
	g, err := c.grouped(ctx, env, file)
	if err != nil {
		return err
	}
	var docs [2]story.Doc
	for n, id := range []string{a, b} {
		i := g.find(id)
		if i < 0 {
			return fmt.Errorf("%w: %q in %s", news.ErrNotFound, id, file)
		}
		docs[n] = g.docs[i]
	}
	return explain(env, g.index, docs[0], docs[1], [2]string{a, b})
}

// find is the place of an article by its id, with or without the quotation marks of a JSON string; -1: none.
func (g *grouping) find(id string) int {
	for i, raw := range g.ids {
		if g.errs[i] == nil && (string(raw) == id || string(raw) == strconv.Quote(id)) {
			return i
		}
	}
	return -1
}

// explainStored explains two articles of the database, as the bot that placed the later one saw them.
func explainStored(ctx context.Context, env *Env, db *storage.DB, a, b string) error {
	var docs [2]story.Doc
	var last time.Time
	for i, arg := range []string{a, b} {
		id, err := strconv.ParseInt(arg, 10, 64)
		if err != nil {
			return errTwoArticles
		}
		found, err := db.Article(ctx, id)
		if err != nil {
			return err
		}
		docs[i] = story.DocOf(found)
		if found.Fetched.After(last) {
			last = found.Fetched
		}
	}
	x := story.New(0)
	err := db.RecentArticles(ctx, last.Add(-2*story.DefaultWindow), story.MaxDocs, func(a news.Article) error {
		if !a.Fetched.After(last) { // what came later would have them forgotten
			x.Restore(story.DocOf(&a), a.StoryID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return explain(env, x, docs[0], docs[1], [2]string{a, b})
}

var errForgotten = errors.New("the two are too far apart in time to be compared")

// explain writes why two articles that an index remembers are or are not one story.
func explain(env *Env, x *story.Index, a, b story.Doc, ids [2]string) error {
	e, ok := x.Explain(a, b)
	if !ok {
		return errForgotten
	}
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for i, d := range []story.Doc{a, b} {
		fmt.Fprintf(w, "%s\t%s\n", ids[i], oneLineOf(d.Title))
	}
	verdict := "two stories"
	if e.One {
		verdict = "one story"
	}
	fmt.Fprintf(w, "verdict\t%s\n", verdict)
	fmt.Fprintf(w, "likeness\t%.2f of the two; %.2f with the rest of their stories (one story from %.2f on)\n", e.Likeness, e.Mean, e.From)
	if a.Time.IsZero() || b.Time.IsZero() {
		fmt.Fprintf(w, "time\tunknown\n")
	} else {
		fmt.Fprintf(w, "time\t%s apart (at most %s)\n", e.Apart, e.Window)
	}
	if e.Copies {
		fmt.Fprintf(w, "copies\tone holds at least half of the other's runs of words\n")
	}
	if e.YearsApart {
		fmt.Fprintf(w, "years\tboth name years, and none is the same\n")
	}
	for _, list := range []struct {
		name  string
		words []string
	}{{"names", e.Names}, {"numbers", e.Numbers}, {"words", e.Words}} {
		fmt.Fprintf(w, "shared %s\t%s\n", list.name, few(list.words))
	}
	return w.Flush()
}

// few are the first of some words.
func few(words []string) string {
	switch n := len(words); {
	case n == 0:
		return "none"
	case n > explained:
		return fmt.Sprintf("%s and %d more", strings.Join(words[:explained], ", "), n-explained)
	}
	return strings.Join(words, ", ")
}

// oneLineOf is a title without line breaks, tabs and what a terminal would obey.
func oneLineOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || (r >= 0x7f && r < 0xa0) {
			return ' '
		}
		return r
	}, s)
}
