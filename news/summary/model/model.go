// Package model has a language model write summaries, at any server that speaks OpenAI's protocol of chat completions.
//
// A model's text is shown only after a check against the article (see Check): what it can't have from there is refused,
// and the reader gets the sentences of package summary. It is never needed: while it is slow, down or out of budget,
// Summary returns an error at once or within its time, and Known returns nothing.
//
// It guarantees: the article goes to the model as data; one request for the same article, length and language, whoever
// asks, and its outcome is remembered; no more requests at a time and a day than configured; after a failure a pause;
// no error and no log holds the key, the server's words or the model's. It opens no connection itself: its client is
// handed in.
package model

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"
	"golang.org/x/sync/singleflight"

	"herald/news"
)

// Why there is no text of a model.
var (
	ErrRefused = errors.New("the model's text is not borne out by the article")
	ErrBudget  = errors.New("the day's summaries by the model are used up")
	ErrPause   = errors.New("the model failed a moment ago")
	ErrFailed  = errors.New("the model can't be asked")
)

// The defaults of Config.
const (
	DefaultTimeout  = 45 * time.Second // a model on a computer without a graphics card needs most of it
	DefaultParallel = 2
	DefaultWait     = time.Second
)

const (
	firstPause = time.Minute // after a failure; doubles
	maxPause   = 15 * time.Minute
)

// Memory keeps what must outlive the program. Values are short texts; "" where nothing was kept.
type Memory interface {
	// Written returns what SaveWritten kept under a key, and whether it kept anything.
	Written(ctx context.Context, key string) (string, bool, error)
	// SaveWritten keeps a text, which may be empty.
	SaveWritten(ctx context.Context, key, text string, now time.Time) error
	Get(ctx context.Context, key string) (string, error)
	Set(ctx context.Context, key, value string) error
}

// Config says which model writes and how it is asked. URL, Name, HTTP, Memory, Log and Now are required.
type Config struct {
	URL    string // of the server up to its version: "http://localhost:11434/v1"
	Name   string // of the model there
	Key    string // "": none is sent
	HTTP   openai.HTTPDoer
	Memory Memory
	Log    *slog.Logger
	Now    func() time.Time

	Stream   bool          // ask for the answer in pieces
	Budget   int           // requests a day (UTC); 0: no limit
	Timeout  time.Duration // for one summary with all its tries; DefaultTimeout
	Parallel int           // requests at a time; DefaultParallel
	Wait     time.Duration // before a request is tried again; DefaultWait
}

// Model writes summaries. Nil is no model: Known knows nothing and Summary fails. Safe for concurrent use.
type Model struct {
	Config
	client  *openai.Client
	slots   chan struct{}
	flights singleflight.Group
	work    sync.WaitGroup // flights
	ctx     context.Context
	stop    context.CancelFunc

	mu       sync.Mutex
	resumes  time.Time  // not asked before
	failures int        // in a row
	spending sync.Mutex // held while a request is counted; there is one program for a database
}

// New makes a model; it is not asked anything yet. Close it.
func New(c Config) *Model {
	if c.Timeout <= 0 {
		c.Timeout = DefaultTimeout
	}
	if c.Parallel <= 0 {
		c.Parallel = DefaultParallel
	}
	if c.Wait <= 0 {
		c.Wait = DefaultWait
	}
	m := &Model{Config: c, slots: make(chan struct{}, c.Parallel)}
	m.ctx, m.stop = context.WithCancel(context.Background())
	oc := openai.DefaultConfig(c.Key)
	oc.BaseURL, oc.HTTPClient = c.URL, &retrier{c.HTTP, c.Wait, m.leave}
	m.client = openai.NewClientWithConfig(oc)
	return m
}

// Close stops what is under way and waits for it. It is harmless to call it twice.
func (m *Model) Close() {
	if m == nil {
		return
	}
	m.mu.Lock()
	m.stop() // under the lock, so that no flight begins behind it
	m.mu.Unlock()
	m.work.Wait()
}

// Wanted is a summary that somebody wants.
type Wanted struct {
	Article *news.Article
	Length  news.Length
	Lang    string // the language it is to be written in; "": the article's
}

// WantedBy is the summary of an article that a chat wants, in its length and, where it wants translations, in lang.
func WantedBy(c news.Chat, lang string, a *news.Article) Wanted {
	w := Wanted{Article: a, Length: c.Length}
	if c.Translate {
		w.Lang = lang
	}
	return w
}

// translated tells whether the summary is wanted in another language than the article's.
func (w Wanted) translated() bool { return w.Lang != "" && w.Lang != w.Article.Lang }

// key names the summary by what it depends on.
func (m *Model) key(w Wanted) string {
	h := sha256.New()
	for _, part := range []string{promptVersion, m.Name, languageWanted(w), string(w.Length), w.Article.Title, w.Article.Text} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Known returns the summary if it was written before. settled: there is no use in asking for it, because it is known, or
// was refused, or there is nothing to write from.
func (m *Model) Known(ctx context.Context, w Wanted) (text string, settled bool) {
	if m == nil || !worth(w.Article) {
		return "", true
	}
	text, ok, err := m.Memory.Written(ctx, m.key(w))
	return text, ok && err == nil
}

// Attach gives the article the summary wanted, as far as it is known, and tells whether Summary may bring it. Without a
// model the article stays as it is.
func (m *Model) Attach(ctx context.Context, w Wanted) (more bool) {
	if m == nil {
		return false
	}
	text, settled := m.Known(ctx, w)
	w.Article.Written = &news.Written{Text: text}
	return !settled && m.rests() == nil
}

// leastText is the length of a text in bytes from which a summary by a model says more than the text's own sentences.
const leastText = 400

func worth(a *news.Article) bool { return len(a.Text) >= leastText }

// Summary returns the model's summary, from memory or freshly written and checked. It returns when ctx ends, while the
// writing goes on, so that it is known later. The error wraps one of those above, or is the context's.
func (m *Model) Summary(ctx context.Context, w Wanted) (string, error) {
	switch text, settled := m.Known(ctx, w); {
	case text != "":
		return text, nil
	case settled:
		return "", ErrRefused
	}
	if err := m.rests(); err != nil {
		return "", err
	}
	key := m.key(w)
	done := m.flights.DoChan(key, func() (any, error) { return m.flight(key, w) })
	select {
	case r := <-done:
		text, _ := r.Val.(string)
		return text, r.Err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// rests tells why the model is not to be asked now.
func (m *Model) rests() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.ctx.Err() != nil:
		return ErrFailed
	case m.Now().Before(m.resumes):
		return ErrPause
	}
	return nil
}

// flight has one summary written, when it is its turn, and remembers the outcome.
func (m *Model) flight(key string, w Wanted) (string, error) {
	m.mu.Lock()
	if m.ctx.Err() != nil {
		m.mu.Unlock()
		return "", ErrFailed
	}
	m.work.Add(1)
	m.mu.Unlock()
	defer m.work.Done()
	turn := time.NewTimer(m.Timeout)
	defer turn.Stop()
	select {
	case m.slots <- struct{}{}:
		defer func() { <-m.slots }()
	case <-turn.C:
		return "", ErrFailed // the model is busy, not broken
	case <-m.ctx.Done():
		return "", ErrFailed
	}
	ctx, cancel := context.WithTimeout(m.ctx, m.Timeout)
	defer cancel()
	if err := m.rests(); err != nil {
		return "", err
	}
	if err := m.spend(ctx); err != nil {
		return "", err
	}
	answer, err := m.ask(ctx, w)
	m.outcome(err)
	if err != nil {
		return "", err
	}
	text, err := Check(w, answer)
	if err != nil {
		m.Log.Info("a model's summary was refused", "url", news.Host(w.Article.URL), "why", err)
	}
	if saving := m.Memory.SaveWritten(ctx, key, text, m.Now()); saving != nil && ctx.Err() == nil {
		m.Log.Error("keep a model's summary", "err", saving)
	}
	return text, err
}

// leave leaves the model alone for as long as its server asks.
func (m *Model) leave(wait time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if resumes := m.Now().Add(wait); resumes.After(m.resumes) {
		m.resumes = resumes
	}
}

// outcome notes how a request went; failures in a row make the pauses longer.
func (m *Model) outcome(err error) {
	if m.ctx.Err() != nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil {
		m.failures = 0
		return
	}
	pause := min(firstPause<<min(m.failures, 10), maxPause)
	m.failures++
	if resumes := m.Now().Add(pause); resumes.After(m.resumes) {
		m.resumes = resumes
	}
	m.Log.Warn("the language model fails; summaries are the articles' own sentences", "model", m.Name, "again_in", pause, "err", err)
}
