package main

import (
	"log/slog"
	"time"

	"herald/news/fetch"
	"herald/news/summary/model"
)

// maxModelAnswer is how much of an answer of the language model's server is read, in bytes.
const maxModelAnswer = 1 << 20

// writer makes the language model of the settings; nil where there is none.
func (c *Config) writer(memory model.Memory, log *slog.Logger, now func() time.Time) *model.Model {
	if c.ModelURL == "" {
		return nil
	}
	return model.New(model.Config{
		URL: c.ModelURL, Name: c.Model, Key: c.ModelKey.Reveal(), HTTP: fetch.Trusted(c.Proxy, maxModelAnswer),
		Memory: memory, Log: log, Now: now, Stream: c.ModelStream, Budget: c.ModelBudget,
	})
}
