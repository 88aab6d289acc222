package sim

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Limits of queries (Bot API, answerCallbackQuery and InlineQuery). How long Telegram keeps a query is not published;
// bots see "query is too old" after well under a minute for callbacks.
const (
	maxNotice     = 200 // characters of the text of an answer
	callbackLife  = 30 * time.Second
	inlineLife    = 30 * time.Second
	firstQuery    = 4100000000000001
	maxQueryText  = 256 // characters
	maxNextOffset = 64  // bytes
)

// Answer is what a press on a button brings.
type Answer struct {
	Text  string `json:"text"` // "": nothing to show
	Alert bool   `json:"alert"`
	URL   string `json:"url"`
}

// queries are the callback and inline queries that wait for an answer, and what inline mode sent.
type queries struct {
	lastQuery int64
	presses   map[string]*press
	inlines   map[string]*inline
	sentBy    map[string]sentInline // inline_message_id → message
}

type press struct {
	at     time.Time
	answer chan Answer // buffered; filled once
	done   bool
}

func newQueries() queries {
	return queries{lastQuery: firstQuery - 1, presses: map[string]*press{}, inlines: map[string]*inline{}, sentBy: map[string]sentInline{}}
}

func (s *Server) newQuery() string {
	s.lastQuery++
	return strconv.FormatInt(s.lastQuery, 10)
}

// Press makes a person press a button of a message and waits for the bot's answer. The message must have the button.
func (s *Server) Press(ctx context.Context, user, chat int64, message int, data string) (Answer, error) {
	return s.press(ctx, user, chat, message, data, true)
}

// PressStale is Press for a button that has gone from the message, or whose message was deleted: what happens when
// somebody is quicker than their screen.
func (s *Server) PressStale(ctx context.Context, user, chat int64, message int, data string) (Answer, error) {
	return s.press(ctx, user, chat, message, data, false)
}

func (s *Server) press(ctx context.Context, user, chat int64, message int, data string, must bool) (Answer, error) {
	s.mu.Lock()
	p, err := s.startPress(user, chat, message, data, must)
	s.mu.Unlock()
	if err != nil {
		return Answer{}, err
	}
	select {
	case a := <-p.answer:
		return a, nil
	case <-ctx.Done():
		return Answer{}, fmt.Errorf("press %q: %w", data, ctx.Err())
	case <-s.done:
		return Answer{}, ErrClosed
	}
}

// startPress queues the callback_query.
func (s *Server) startPress(user, chat int64, message int, data string, must bool) (*press, error) {
	u, ok := s.users[user]
	if !ok {
		return nil, fmt.Errorf("user %d: %w", user, ErrNoUser)
	}
	r, err := s.room(chat)
	if err != nil {
		return nil, err
	}
	if !r.status(user).present() {
		return nil, fmt.Errorf("user %d in chat %d: %w", user, chat, ErrNotMember)
	}
	m := r.message(message)
	if m == nil && must {
		return nil, fmt.Errorf("message %d in chat %d: %w", message, chat, ErrNoMessage)
	}
	if m != nil && must {
		if _, ok := m.Markup.find(func(b Button) bool { return b.Data == data && data != "" }); !ok {
			return nil, fmt.Errorf("%q on message %d in chat %d: %w", data, message, chat, ErrNoButton)
		}
	}
	p := &press{at: s.now(), answer: make(chan Answer, 1)}
	id := s.newQuery()
	s.dropOld()
	s.presses[id] = p
	s.push("callback_query", s.callback(id, u.User, r, m, message, data))
	return p, nil
}

// callback is Bot API, CallbackQuery: with the message, with what is left of a deleted one, or with inline_message_id.
func (s *Server) callback(id string, from User, r *room, m *Message, message int, data string) map[string]any {
	q := map[string]any{"id": id, "from": from, "data": data, "chat_instance": strconv.FormatInt(-r.chat.ID*31, 10)}
	switch {
	case m == nil:
		q["message"] = map[string]any{"chat": r.chat, "message_id": message, "date": 0}
	case m.InlineID != "":
		q["inline_message_id"] = m.InlineID
	default:
		q["message"] = s.forBot(r, m)
	}
	return q
}

// dropOld forgets queries that nobody can answer any more.
func (s *Server) dropOld() {
	now := s.now()
	for id, p := range s.presses {
		if now.Sub(p.at) > callbackLife {
			delete(s.presses, id)
		}
	}
	for id, q := range s.inlines {
		if now.Sub(q.at) > inlineChoice {
			delete(s.inlines, id)
		}
	}
}

// answerCallbackQuery is Bot API, answerCallbackQuery. A second answer changes nothing.
func (s *Server) answerCallbackQuery(c *call) (any, error) {
	p := s.presses[c.str("callback_query_id")]
	if p == nil || s.now().Sub(p.at) > callbackLife {
		return nil, errOldQuery
	}
	a := Answer{Text: c.str("text"), Alert: c.flag("show_alert"), URL: c.str("url")}
	if len([]rune(a.Text)) > maxNotice {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	if a.URL != "" && !strings.HasPrefix(a.URL, "https://t.me/"+s.me.Username+"?start=") && !strings.HasPrefix(a.URL, "t.me/"+s.me.Username+"?start=") {
		return nil, bad("URL_INVALID")
	}
	if !p.done {
		p.done = true
		p.answer <- a
	}
	return true, nil
}
