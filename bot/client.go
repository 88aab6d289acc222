package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"herald/news"
)

const (
	callTime   = 20 * time.Second       // a call that takes longer is given up; Telegram answers in well under one
	uploadTime = 2 * time.Minute        // the same for a file
	maxAnswer  = 32 << 20               // bytes of an answer; a hundred of the longest updates are far below
	askTries   = 3                      // for calls that may be repeated without harm
	askPause   = 300 * time.Millisecond // doubled each time
)

// client makes calls through the library, which builds requests and reads envelopes. One library value is made for each
// call, because that is the only way to hand it a context.
type client struct {
	token    string
	endpoint string // with two %s: token, method
	files    string // address of files, without the path
	http     *http.Client
	log      *slog.Logger
	now      func() time.Time
	ahead    atomic.Int64 // nanoseconds by which Telegram's clock was ahead of ours in its last answer
}

// silenceLibrary takes away the library's package-wide logger, which writes addresses, and with them the token, to
// standard error.
var silenceLibrary = sync.OnceFunc(func() { _ = tgbotapi.SetLogger(silent{}) })

type silent struct{}

func (silent) Println(...any)        {}
func (silent) Printf(string, ...any) {}

func newClient(c Config) *client {
	silenceLibrary()
	transport := c.Transport
	if transport == nil {
		transport = newTransport()
	}
	return &client{
		token:    c.Token,
		endpoint: strings.ReplaceAll(c.APIURL, "%", "%%") + "/bot%s/%s",
		files:    c.APIURL + "/file/bot" + c.Token + "/",
		log:      c.Log,
		now:      c.Now,
		http: &http.Client{
			Transport: transport,
			// A redirect would carry the token to another host.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// newTransport keeps as many connections as the sender has requests in flight: the default keeps two.
func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns = maxInFlight + maxHandlers
	t.MaxIdleConnsPerHost = maxInFlight + maxHandlers
	return t
}

// close lets go of idle connections.
func (c *client) close() { c.http.CloseIdleConnections() }

// call makes one call of a method and returns its result. Errors are typed and hold no token; when the caller's context
// ends, its error is among them.
func (c *client) call(ctx context.Context, method string, p params, limit time.Duration) (json.RawMessage, error) {
	return c.do(ctx, method, limit, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.MakeRequest(method, tgbotapi.Params(p))
	})
}

// upload is call with a file in one field.
func (c *client) upload(ctx context.Context, method string, p params, f *file) (json.RawMessage, error) {
	data := tgbotapi.FileBytes{Name: f.name, Bytes: f.data}
	return c.do(ctx, method, uploadTime, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.UploadFiles(method, tgbotapi.Params(p), []tgbotapi.RequestFile{{Name: f.field, Data: data}})
	})
}

// file is a file to upload under the name of a parameter.
type file struct {
	field, name string
	data        []byte
}

type request func(*tgbotapi.BotAPI) (*tgbotapi.APIResponse, error)

func (c *client) do(ctx context.Context, method string, limit time.Duration, make request) (json.RawMessage, error) {
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	d := &doer{ctx: timed, http: c.http}
	api := &tgbotapi.BotAPI{Token: c.token, Client: d}
	api.SetAPIEndpoint(c.endpoint)
	resp, err := make(api)
	c.dated(d.date)
	if err == nil {
		return resp.Result, nil
	}
	if cause := context.Cause(ctx); cause != nil {
		return nil, fmt.Errorf("%s: %w", method, cause)
	}
	if e := (*tgbotapi.Error)(nil); errors.As(err, &e) {
		e.Message = c.hidden(e.Message)
		return nil, refusal(method, e, d.status)
	}
	return nil, fmt.Errorf("%s: %s: %w", method, c.masked(err), ErrTransient)
}

// dated compares the date of an answer (RFC 9110, section 6.6.1) with our clock.
func (c *client) dated(date string) {
	if t, err := http.ParseTime(date); err == nil {
		c.ahead.Store(int64(t.Sub(c.now())))
	}
}

// ClockOffset is by how much Telegram's clock was ahead of ours in its last answer, to the second; 0 before the first.
func (b *Bot) ClockOffset() time.Duration {
	return time.Duration(b.client.ahead.Load()).Round(time.Second)
}

// masked is the text of an error without the token. The address is taken out as a whole where it can be, since the
// network's errors quote it.
func (c *client) masked(err error) string {
	if e := (*url.Error)(nil); errors.As(err, &e) {
		err = e.Err
	}
	return c.hidden(err.Error())
}

// hidden is the text without the token: servers may quote the address that was asked for, too.
func (c *client) hidden(text string) string {
	if c.token == "" {
		return text
	}
	for _, t := range []string{c.token, url.PathEscape(c.token), url.QueryEscape(c.token)} {
		text = strings.ReplaceAll(text, t, "<token>")
	}
	return text
}

// ask is call for methods that may be repeated without harm and are not paced: it retries what is transient and sits out
// a flood wait of a second. The result is read into v, which may be nil.
func (c *client) ask(ctx context.Context, method string, p params, v any) error {
	pause := askPause
	for try := 1; ; try++ {
		raw, err := c.call(ctx, method, p, callTime)
		if err == nil {
			return decode(method, raw, v)
		}
		wait := pause
		if f := (*FloodError)(nil); errors.As(err, &f) {
			wait = f.After
		} else if !errors.Is(err, ErrTransient) {
			return err
		}
		if try == askTries || wait > shortFlood || news.Sleep(ctx, wait) != nil {
			return err
		}
		pause *= 2
	}
}

// doer gives the library's request the call's context and keeps the answer's status, which the library drops. What is
// not an answer of the Bot API, a proxy's page of HTML for example, is an error here, before the library chokes on it.
type doer struct {
	ctx    context.Context
	http   *http.Client
	status int
	date   string // the answer's header
}

// Do implements the library's HTTPClient.
func (d *doer) Do(r *http.Request) (*http.Response, error) {
	resp, err := d.http.Do(r.WithContext(d.ctx))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	d.status, d.date = resp.StatusCode, resp.Header.Get("Date")
	body, err := readAll(resp.Body, maxAnswer)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) {
		return nil, errors.New("HTTP " + strconv.Itoa(resp.StatusCode) + " with an answer that is not Telegram's")
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// readAll reads at most limit bytes; more is ErrTooLarge.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > limit {
		return nil, ErrTooLarge
	}
	return body, nil
}
