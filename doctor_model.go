package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"herald/news"
	"herald/news/summary/model"
)

// modelLimit bounds the question to the language model: one of one's own may have to be loaded first.
const modelLimit = time.Minute

// probe is what the language model is asked to sum up: long enough to be worth it (see package model), and about nobody.
const probe = `The council of Oberwald will rebuild the old bridge over the Lamm, it decided on Monday after three years of debate. ` +
	`The work costs four million and takes two years, during which a ferry carries people and bicycles. Lorries have to drive around ` +
	`by the valley road. The shopkeepers of the lower town had asked for a narrower bridge without lorries, and the fishermen for a ` +
	`higher one. Both were turned down. The first stones are to be laid in spring.`

// model checks that the language model answers, if there is one. Whether its words are true is checked with every summary.
func (d *doctor) model(ctx context.Context, env *Env) {
	ctx, cancel := context.WithTimeout(ctx, modelLimit)
	defer cancel()
	m := env.Config.writer(forgetful{}, slog.New(slog.DiscardHandler), env.Now)
	if m == nil {
		return
	}
	defer m.Close()
	a := &news.Article{Title: "Oberwald gets its bridge back", Text: probe, Lang: "en"}
	_, err := m.Summary(ctx, model.Wanted{Article: a, Length: news.Short})
	if err != nil && !errors.Is(err, model.ErrRefused) {
		d.trouble("the language model %s does not answer (%s): see --model-url, --model and --model-key; until then summaries are the articles' own sentences",
			env.Config.Model, oneLine(err))
		return
	}
	d.fine("language model %s", env.Config.Model)
}

// forgetful is a memory for a model that is asked once.
type forgetful struct{}

func (forgetful) Written(context.Context, string) (string, bool, error)        { return "", false, nil }
func (forgetful) SaveWritten(context.Context, string, string, time.Time) error { return nil }
func (forgetful) Get(context.Context, string) (string, error)                  { return "", nil }
func (forgetful) Set(context.Context, string, string) error                    { return nil }
