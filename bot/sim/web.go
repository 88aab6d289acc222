package sim

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

//go:embed web
var webFiles embed.FS

// webWait is how long the page waits for the bot's answer to a press or a query.
const webWait = 10 * time.Second

// contentPolicy lets the page load nothing but its own files (CSP Level 3).
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// newPages routes the web chat.
func (s *Server) newPages() http.Handler {
	files, err := fs.Sub(webFiles, "web")
	if err != nil {
		panic(err) // "web" is a valid path
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, "index.html") })
	mux.Handle("GET /web/", http.StripPrefix("/web/", http.FileServerFS(files)))
	mux.HandleFunc("GET /app/state", func(w http.ResponseWriter, _ *http.Request) { webJSON(w, s.state()) })
	mux.HandleFunc("GET /app/events", s.serveEvents)
	mux.HandleFunc("GET /app/file/{id}", s.webFile)
	mux.HandleFunc("POST /app/upload", s.webUpload)
	mux.HandleFunc("POST /app/send", webCall(s.webSend))
	mux.HandleFunc("POST /app/press", webCall(s.webPress))
	mux.HandleFunc("POST /app/inline", webCall(s.webInline))
	mux.HandleFunc("POST /app/choose", webCall(s.webChoose))
	mux.HandleFunc("POST /app/location", webCall(s.webLocation))
	mux.HandleFunc("POST /app/join", webCall(s.webJoin))
	mux.HandleFunc("POST /app/action", webCall(s.webAction))
	return strict(mux)
}

// local tells whether a request was sent to a loopback name (against DNS rebinding) and, where a browser tells an
// origin, from the page itself.
func local(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	if !loopback(host) {
		return false
	}
	origin := r.Header.Get("Origin")
	u, err := url.Parse(origin)
	return origin == "" || (err == nil && u.Host == r.Host)
}

// strict sets the headers that keep the page to itself.
func strict(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func webJSON(w http.ResponseWriter, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		webError(w, http.StatusInternalServerError, "the answer could not be written")
		return
	}
	writeJSON(w, http.StatusOK, body)
}

func webError(w http.ResponseWriter, code int, text string) {
	body, _ := json.Marshal(map[string]string{"error": text}) // strings always marshal
	writeJSON(w, code, body)
}

// webInput is the body of every POST of the page; each uses its part.
type webInput struct {
	User      int64   `json:"user"`
	Chat      int64   `json:"chat"`
	Topic     int     `json:"topic"`
	Text      string  `json:"text"`
	ReplyTo   int     `json:"reply_to"`
	Message   int     `json:"message"`
	Data      string  `json:"data"`
	Query     string  `json:"query"`
	Offset    string  `json:"offset"`
	QueryID   string  `json:"query_id"`
	ResultID  string  `json:"result_id"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Do        string  `json:"do"`
	ID        string  `json:"id"`
}

// webCall decodes the body, runs, and answers with what comes back or a plain sentence.
func webCall(run func(context.Context, webInput) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			webError(w, http.StatusUnsupportedMediaType, "the body must be JSON")
			return
		}
		var in webInput
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err == nil {
			err = json.Unmarshal(body, &in)
		}
		if err != nil {
			webError(w, http.StatusBadRequest, "the body is not the JSON it should be")
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), webWait)
		defer cancel()
		out, err := run(ctx, in)
		if err != nil {
			webError(w, http.StatusBadRequest, plain(err))
			return
		}
		webJSON(w, out)
	}
}

// plain is an error as a person reads it.
func plain(err error) string {
	for known, text := range map[error]string{
		context.DeadlineExceeded: "The bot did not answer.",
		ErrNoUser:                "There is no such person.",
		ErrNoChat:                "There is no such chat.",
		ErrNoMessage:             "That message is gone.",
		ErrNoTopic:               "That topic is closed or gone.",
		ErrNoButton:              "That button is gone.",
		ErrNoResult:              "That result is no longer on offer. Search again.",
		ErrNotMember:             "This person can't write here.",
		ErrWrongKind:             "That is not possible in this chat.",
		ErrNoBot:                 "The bot is blocked here. Unblock it to write.",
		ErrClosed:                "The program is ending.",
		errTooLarge:              "The file is too large.",
	} {
		if errors.Is(err, known) {
			return text
		}
	}
	var refused *refusal
	if errors.As(err, &refused) {
		text := strings.TrimPrefix(refused.text, "Bad Request: ")
		return strings.ToUpper(text[:1]) + text[1:] + "."
	}
	return err.Error()
}

// sent is the answer that shows a message.
func sent(m Message, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return map[string]*Message{"message": forWeb(&m)}, nil
}

func (s *Server) webSend(_ context.Context, in webInput) (any, error) {
	var opts []Said
	if in.ReplyTo != 0 {
		opts = append(opts, Replying(in.ReplyTo))
	}
	return sent(s.Say(in.User, in.Chat, in.Topic, in.Text, opts...))
}

func (s *Server) webPress(ctx context.Context, in webInput) (any, error) {
	return s.Press(ctx, in.User, in.Chat, in.Message, in.Data)
}

func (s *Server) webInline(ctx context.Context, in webInput) (any, error) {
	return s.Inline(ctx, in.User, in.Chat, in.Query, in.Offset)
}

func (s *Server) webChoose(_ context.Context, in webInput) (any, error) {
	return sent(s.Choose(in.User, in.Chat, in.Topic, in.QueryID, in.ResultID))
}

func (s *Server) webLocation(_ context.Context, in webInput) (any, error) {
	return sent(s.Locate(in.User, in.Chat, in.Topic, in.Latitude, in.Longitude))
}

func (s *Server) webJoin(_ context.Context, in webInput) (any, error) {
	var err error
	switch in.Do {
	case "block":
		err = s.Block(in.User)
	case "unblock":
		err = s.Unblock(in.User)
	case "kick":
		err = s.SetBot(in.Chat, in.User, Kicked)
	case "add":
		err = s.SetBot(in.Chat, in.User, s.usualStatus(in.Chat))
	default:
		err = errors.New("do must be block, unblock, kick or add")
	}
	return map[string]string{}, err
}

// usualStatus is what a bot that is added becomes: a channel takes bots only as administrators.
func (s *Server) usualStatus(chat int64) Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.rooms[chat]; r != nil && r.chat.Type == "channel" {
		return Administrator
	}
	return Member
}

func (s *Server) webAction(_ context.Context, in webInput) (any, error) {
	for _, a := range s.opt.Actions {
		if a.ID != in.ID {
			continue
		}
		text, err := a.Run(s.ctx)
		return map[string]string{"text": text}, err
	}
	return nil, errors.New("There is no such action.")
}

func (s *Server) webUpload(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	parts, err := r.MultipartReader()
	c := &call{params: map[string]string{}, files: map[string]upload{}}
	if err == nil {
		err = c.readParts(parts)
	}
	if err != nil {
		webError(w, http.StatusBadRequest, "The file could not be read, or is larger than 20 MB.")
		return
	}
	topic, _ := strconv.Atoi(c.str("topic")) // none is the chat itself
	f, ok := c.files["file"]
	if !ok {
		webError(w, http.StatusBadRequest, "There is no file.")
		return
	}
	out, err := sent(s.Upload(c.num("user"), c.num("chat"), topic, f.name, f.data, c.str("caption")))
	if err != nil {
		webError(w, http.StatusBadRequest, plain(err))
		return
	}
	webJSON(w, out)
}

func (s *Server) webFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.files[r.PathValue("id")]
	s.mu.Unlock()
	if f == nil {
		webError(w, http.StatusNotFound, "That file is gone.")
		return
	}
	sendFile(w, f)
}
