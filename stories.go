package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"herald/news/story"

	"github.com/go-json-experiment/json/jsontext"
)

var errOnlyLines = errors.New("give --jsonl and at most one file, or --explain and two articles (see: herald stories --help)")

// maxStories is how many articles are grouped at once; their index takes about 7 kB each.
const maxStories = 500_000

// storyQuery is a line of "herald stories --jsonl".
type storyQuery struct {
	ID        jsontext.Value `json:"id"`
	Title     string         `json:"title"`
	Text      string         `json:"text"`
	Published string         `json:"published"` // RFC 3339; anything else is an unknown time
	Source    string         `json:"source"`
	Lang      string         `json:"lang"`
}

// storyResult is the answer: ids as they were given.
type storyResult struct {
	ID      jsontext.Value   `json:"id"`
	Story   jsontext.Value   `json:"story"`
	Related []jsontext.Value `json:"related"`
}

// Run groups articles into stories.
func (c *StoriesCmd) Run(ctx context.Context, env *Env) error {
	switch {
	case c.Explain:
		return c.explain(ctx, env)
	case !c.JSONL || len(c.Args) > 1:
		return errOnlyLines
	}
	g, err := c.grouped(ctx, env, strings.Join(c.Args, ""))
	if err != nil {
		return err
	}
	return g.write(env.Stdout)
}

// grouped reads articles and groups them.
func (c *StoriesCmd) grouped(ctx context.Context, env *Env, file string) (*grouping, error) {
	in, name, err := open(env, file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	g := &grouping{}
	if err := g.read(in); err != nil {
		return nil, fileError(name, err)
	}
	return g, g.place(ctx, c.Window)
}

// grouping is the articles of one run, in order. An article's ID in the index is its number here, from 1.
type grouping struct {
	docs    []story.Doc
	ids     []jsontext.Value
	errs    []error // nil: usable
	stories []int64
	index   *story.Index
}

// read takes all articles in.
func (g *grouping) read(in io.Reader) error {
	lines, seen := newLineReader(in), map[string]bool{}
	for {
		l, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case len(g.docs) == maxStories:
			return fmt.Errorf("more than %d articles", maxStories)
		}
		d, id, err := storyDoc(l)
		switch {
		case err != nil:
			id = findID(l.data)
		case seen[string(id)]:
			err = errSameID
		default:
			seen[string(id)] = true
		}
		d.ID = int64(len(g.docs) + 1)
		g.docs, g.ids, g.errs = append(g.docs, d), append(g.ids, id), append(g.errs, err)
	}
}

var (
	errNoID   = errors.New(`"id" is missing`)
	errSameID = errors.New(`"id" is that of an earlier line`) // and would name two articles in the answers
)

// storyDoc reads one line.
func storyDoc(l line) (story.Doc, jsontext.Value, error) {
	var q storyQuery
	if l.err != nil {
		return story.Doc{}, nil, l.err
	}
	if err := decodeLine(l.data, &q); err != nil {
		return story.Doc{}, nil, err
	}
	if len(q.ID) == 0 {
		return story.Doc{}, nil, errNoID
	}
	d := story.Doc{Title: q.Title, Text: q.Text, Source: q.Source, Lang: q.Lang}
	if t, err := time.Parse(time.RFC3339, q.Published); err == nil {
		d.Time = t
	}
	return d, q.ID.Clone(), nil
}

// place groups the articles in their order. The words of all are counted first, as a running bot has counted those of
// earlier articles.
func (g *grouping) place(ctx context.Context, window time.Duration) error {
	g.index = story.New(window)
	g.index.Grow(len(g.docs))
	g.stories = make([]int64, len(g.docs))
	for i, d := range g.docs {
		if g.errs[i] == nil {
			g.index.Learn(d)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	for i, d := range g.docs {
		if g.errs[i] == nil {
			g.placed(i, g.index.Add(d))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// placed notes where the ith article belongs, and what that changed about others.
func (g *grouping) placed(i int, p story.Placement) {
	g.stories[i] = p.Story
	for _, m := range p.Moved {
		g.stories[m.Article-1] = m.To
	}
}

// write answers in the order of the articles.
func (g *grouping) write(out io.Writer) error {
	w := bufio.NewWriter(out)
	for i := range g.docs {
		b, err := encode(g.answer(i))
		if err != nil {
			return fmt.Errorf("article %d: %w", i+1, err)
		}
		if _, err := w.Write(b); err != nil {
			return outputError(err)
		}
	}
	if err := w.Flush(); err != nil {
		return outputError(err)
	}
	return nil
}

func (g *grouping) answer(i int) any {
	if err := g.errs[i]; err != nil {
		return failure{ID: g.ids[i], Error: oneLine(err)}
	}
	r := storyResult{ID: g.ids[i], Story: g.ids[g.stories[i]-1]}
	for _, n := range g.index.Neighbors(g.docs[i].ID) {
		r.Related = append(r.Related, g.ids[n-1])
	}
	return r
}
