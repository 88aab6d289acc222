package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"herald/news"
	"herald/news/desk"
	"herald/news/fetch"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxFile is the longest file that is read, in bytes; no article is near it.
const maxFile = maxLine

// usualSentences is how long a summary is where nobody says.
const usualSentences = 3

// Reasons why nothing was read, in the words of the command line.
var (
	errNoSource  = errors.New("read what? Give a file, a web address, or - for standard input (see: herald read --help)")
	errTwoForms  = errors.New("--json and --jsonl exclude each other")
	errDirectory = errors.New("is a directory, not a file")
	errPDF       = errors.New("is a PDF; Herald reads web pages and text")
	errBinary    = errors.New("is neither a web page nor text")
	errEmpty     = errors.New("is empty")
	errTooLong   = fmt.Errorf("is larger than %d MB", maxFile>>20)
)

// Run reads one article, or many as JSON lines.
func (c *ReadCmd) Run(ctx context.Context, env *Env) error {
	if err := c.check(); err != nil {
		return err
	}
	client := env.Config.web()
	defer client.Close()
	d := desk.New(client)
	d = d.Sentences(usualSentences)
	if c.Sentences != nil {
		d = d.Sentences(*c.Sentences)
	}
	if c.JSONL {
		return c.lines(ctx, env, d)
	}
	a, err := c.article(ctx, env, d)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.MarshalWrite(env.Stdout, readAnswer(nil, a), jsontext.WithIndent("  "))
	}
	return printArticle(env.Stdout, a, env.Color)
}

func (c *ReadCmd) check() error {
	switch {
	case c.JSON && c.JSONL:
		return errTwoForms
	case c.Sentences != nil && *c.Sentences < 0:
		return fmt.Errorf("--sentences: %d is negative", *c.Sentences)
	case c.Language != "" && !isLanguage(c.Language):
		return fmt.Errorf("--language: %q is not a language code such as en or fr", c.Language)
	}
	return nil
}

// article reads the one that Source names.
func (c *ReadCmd) article(ctx context.Context, env *Env, d *desk.Desk) (*news.Article, error) {
	if isWeb(c.Source) {
		letLie(littleGarbage)
		return d.URL(ctx, c.Source)
	}
	in, name, err := open(env, c.Source)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err == nil && len(b) > maxFile {
		err = errTooLong
	}
	if err != nil {
		return nil, fileError(name, err)
	}
	a, err := fromBytes(d, b, name, c.Language)
	if err != nil {
		return nil, fileError(name, err)
	}
	return a, nil
}

func isWeb(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// open opens a file, or standard input for "-" and for no name, unless a person sits there.
func open(env *Env, name string) (io.ReadCloser, string, error) {
	if name == "" && isTerminal(env.Stdin) {
		return nil, "", errNoSource
	}
	if name == "" || name == "-" {
		return io.NopCloser(env.Stdin), "standard input", nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, name, fileError(name, err)
	}
	if s, err := f.Stat(); err == nil && s.IsDir() {
		f.Close()
		return nil, name, fileError(name, errDirectory)
	}
	return f, name, nil
}

// fileError says what is wrong with a file, once with its name.
func fileError(name string, err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s: %w (a web address begins with https://)", name, err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// fromBytes makes an article of a file: HTML and mail by its beginning or its name, Markdown by its name, else text.
func fromBytes(d *desk.Desk, b []byte, name, lang string) (*news.Article, error) {
	kind, _, _ := strings.Cut(http.DetectContentType(b), ";")
	ext := strings.ToLower(filepath.Ext(name))
	switch {
	case len(bytes.TrimSpace(b)) == 0:
		return nil, errEmpty
	case kind == "application/pdf":
		return nil, errPDF
	case kind == "text/html" || ext == ".html" || ext == ".htm" || ext == ".xhtml":
		return d.HTML(b, "", "")
	case ext == ".eml" || desk.IsMail(b):
		return d.Mail(b, lang)
	case kind != "text/plain" && kind != "text/xml":
		return nil, errBinary
	}
	s := string(fetch.UTF8(b, ""))
	if ext == ".md" || ext == ".markdown" {
		return d.Markdown(s, lang), nil
	}
	s = desk.Unwrap(s)
	return d.Text(desk.Headline(s), s, lang), nil
}

// readQuery is a line of "herald read --jsonl".
type readQuery struct {
	ID        jsontext.Value `json:"id"`
	HTML      *string        `json:"html"`
	URL       string         `json:"url"`
	Title     string         `json:"title"`
	Text      *string        `json:"text"`
	Lang      string         `json:"lang"`
	Sentences *int           `json:"sentences"`
}

// readResult is the answer. The offsets are bytes into Text.
type readResult struct {
	ID        jsontext.Value  `json:"id,omitzero"`
	Lang      string          `json:"lang"`
	Title     string          `json:"title"`
	Byline    string          `json:"byline"`
	Published string          `json:"published"` // RFC 3339, or ""
	Text      string          `json:"text"`
	Summary   []news.Sentence `json:"summary"`
	Quotes    []news.Quote    `json:"quotes"`
}

func readAnswer(id jsontext.Value, a *news.Article) readResult {
	r := readResult{ID: id, Lang: a.Lang, Title: a.Title, Byline: a.Byline, Text: a.Text, Summary: a.Summary, Quotes: a.Quotes}
	if !a.Published.IsZero() {
		r.Published = a.Published.Format(time.RFC3339)
	}
	return r
}

var (
	errNeither   = errors.New(`neither "text" nor "html"`)
	errSentences = errors.New(`"sentences" is negative`)
)

// lines answers JSON lines.
func (c *ReadCmd) lines(ctx context.Context, env *Env, d *desk.Desk) error {
	in, name, err := open(env, c.Source)
	if err != nil {
		return err
	}
	defer in.Close()
	letLie(muchGarbage)
	err = eachLine(ctx, in, env.Stdout, func(data []byte) (any, error) { return c.answer(d, data) })
	if err != nil && ctx.Err() == nil && !errors.Is(err, errOutput) {
		return fileError(name, err)
	}
	return err
}

// answer reads the article of one line. Text wins over HTML, and stays as it is.
func (c *ReadCmd) answer(d *desk.Desk, data []byte) (any, error) {
	var q readQuery
	if err := decodeLine(data, &q); err != nil {
		return nil, err
	}
	if q.Sentences != nil {
		if *q.Sentences < 0 {
			return nil, errSentences
		}
		d = d.Sentences(*q.Sentences)
	}
	if q.Lang == "" {
		q.Lang = c.Language
	}
	switch {
	case q.Text != nil:
		return readAnswer(q.ID, d.Text(q.Title, *q.Text, q.Lang)), nil
	case q.HTML == nil:
		return nil, errNeither
	}
	a, err := d.HTML([]byte(*q.HTML), "text/html; charset=utf-8", q.URL)
	if err != nil {
		return nil, err
	}
	return readAnswer(q.ID, a), nil
}
