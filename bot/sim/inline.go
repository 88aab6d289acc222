package sim

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Limits of inline mode (Bot API, answerInlineQuery and InlineQueryResult).
const (
	maxResults  = 50
	maxResultID = 64 // bytes
	maxThumb    = 10000
	// inlineChoice is how long the results of a query can be chosen from.
	inlineChoice = 10 * time.Minute
)

var startForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`) // Bot API, deep linking

// InlineResult is one result of an inline query, an article (Bot API, InlineQueryResultArticle).
type InlineResult struct {
	Type            string `json:"type"`
	ID              string `json:"id"`
	Title           string `json:"title"`
	URL             string `json:"url,omitempty"`
	Description     string `json:"description,omitempty"`
	ThumbnailURL    string `json:"thumbnail_url,omitempty"`
	ThumbnailWidth  int    `json:"thumbnail_width,omitempty"`
	ThumbnailHeight int    `json:"thumbnail_height,omitempty"`

	content *Message // what choosing it sends
}

// InlineButton is the button above the results (Bot API, InlineQueryResultsButton).
type InlineButton struct {
	Text           string `json:"text"`
	StartParameter string `json:"start_parameter,omitempty"`
}

// InlineAnswer is what an inline query brings.
type InlineAnswer struct {
	QueryID    string         `json:"query_id"`
	Results    []InlineResult `json:"results"`
	NextOffset string         `json:"next_offset"`
	Button     *InlineButton  `json:"button,omitempty"`
	Personal   bool           `json:"is_personal,omitempty"`
	CacheTime  int            `json:"cache_time,omitempty"` // seconds
}

type inline struct {
	at     time.Time
	user   int64
	query  string
	answer chan InlineAnswer // buffered; filled once
	got    *InlineAnswer
}

// sentInline is where a message sent by inline mode lies.
type sentInline struct {
	room *room
	id   int
}

// Inline makes a person type a query behind the bot's name and waits for the results. chat is where they type it.
func (s *Server) Inline(ctx context.Context, user, chat int64, query, offset string) (InlineAnswer, error) {
	s.mu.Lock()
	q, err := s.startInline(user, chat, query, offset)
	s.mu.Unlock()
	if err != nil {
		return InlineAnswer{}, err
	}
	select {
	case a := <-q.answer:
		return a, nil
	case <-ctx.Done():
		return InlineAnswer{}, fmt.Errorf("inline query %q: %w", query, ctx.Err())
	case <-s.done:
		return InlineAnswer{}, ErrClosed
	}
}

func (s *Server) startInline(user, chat int64, query, offset string) (*inline, error) {
	u, ok := s.users[user]
	if !ok {
		return nil, fmt.Errorf("user %d: %w", user, ErrNoUser)
	}
	r, err := s.room(chat)
	if err != nil {
		return nil, err
	}
	if text := []rune(query); len(text) > maxQueryText {
		query = string(text[:maxQueryText])
	}
	kind := r.chat.Type
	if chat == user {
		kind = "sender"
	}
	id := s.newQuery()
	q := &inline{at: s.now(), user: user, query: query, answer: make(chan InlineAnswer, 1)}
	s.dropOld()
	s.inlines[id] = q
	s.push("inline_query", map[string]any{"id": id, "from": u.User, "query": query, "offset": offset, "chat_type": kind})
	return q, nil
}

// answerInlineQuery is Bot API, answerInlineQuery, for results of type article.
func (s *Server) answerInlineQuery(c *call) (any, error) {
	a := InlineAnswer{QueryID: c.str("inline_query_id"), NextOffset: c.str("next_offset"), Personal: c.flag("is_personal"), CacheTime: 300}
	if c.has("cache_time") {
		a.CacheTime = int(c.num("cache_time"))
	}
	var err error
	if a.Results, err = s.parseResults(c.str("results")); err != nil {
		return nil, err
	}
	if a.Button, err = parseInlineButton(c.str("button")); err != nil {
		return nil, err
	}
	if len(a.NextOffset) > maxNextOffset {
		return nil, bad("NEXT_OFFSET_INVALID")
	}
	q := s.inlines[a.QueryID]
	if q == nil || (q.got == nil && s.now().Sub(q.at) > inlineLife) {
		return nil, errOldQuery
	}
	if q.got == nil {
		q.got = &a
		q.answer <- a
	}
	return true, nil
}

func parseInlineButton(raw string) (*InlineButton, error) {
	if raw == "" {
		return nil, nil
	}
	b := &InlineButton{}
	if err := decodeObject(raw, "inline query results button", b); err != nil {
		return nil, err
	}
	switch {
	case b.Text == "":
		return nil, bad("can't parse inline query results button: Can't find field \"text\"")
	case !startForm.MatchString(b.StartParameter):
		return nil, bad("START_PARAM_INVALID")
	}
	return b, nil
}

// parseResults reads the results: ids unique, at most 50.
func (s *Server) parseResults(raw string) ([]InlineResult, error) {
	var list []json.RawMessage
	if err := decodeObject(raw, "inline query results", &list); err != nil {
		return nil, err
	}
	if len(list) > maxResults {
		return nil, bad("RESULTS_TOO_MUCH")
	}
	seen := map[string]bool{}
	out := []InlineResult{}
	for _, item := range list {
		r, err := s.parseResult(string(item))
		if err != nil {
			return nil, err
		}
		if seen[r.ID] {
			return nil, bad("RESULT_ID_DUPLICATE")
		}
		seen[r.ID] = true
		out = append(out, r)
	}
	return out, nil
}

// inputText is Bot API, InputTextMessageContent.
type inputText struct {
	Text     string          `json:"message_text"`
	Mode     string          `json:"parse_mode"`
	Entities json.RawMessage `json:"entities"`
	Preview  json.RawMessage `json:"link_preview_options"`
}

func (s *Server) parseResult(raw string) (InlineResult, error) {
	const what = "can't parse inline query result: "
	var in struct {
		InlineResult
		Content json.RawMessage `json:"input_message_content"`
		Markup  json.RawMessage `json:"reply_markup"`
	}
	if err := decodeNested(raw, what, &in); err != nil {
		return in.InlineResult, err
	}
	r := in.InlineResult
	switch {
	case r.Type != "article":
		return r, bad(what + "Unsupported type specified")
	case r.ID == "" || len(r.ID) > maxResultID:
		return r, bad("RESULT_ID_INVALID")
	case r.Title == "":
		return r, bad("ARTICLE_TITLE_EMPTY")
	case in.Content == nil:
		return r, bad(what + `Can't find field "input_message_content"`)
	case r.ThumbnailWidth < 0 || r.ThumbnailHeight < 0 || r.ThumbnailWidth > maxThumb || r.ThumbnailHeight > maxThumb:
		return r, bad("WEBDOCUMENT_INVALID")
	}
	for _, link := range []string{r.URL, r.ThumbnailURL} {
		if _, err := checkLink(link); link != "" && err != nil {
			return r, bad("WEBDOCUMENT_URL_INVALID")
		}
	}
	var err error
	r.content, err = s.inlineContent(in.Content, in.Markup)
	return r, err
}

// inlineContent parses what a result sends as a message is parsed.
func (s *Server) inlineContent(raw, markup json.RawMessage) (*Message, error) {
	var in inputText
	if err := decodeNested(string(raw), "can't parse input message content: ", &in); err != nil {
		return nil, err
	}
	if in.Text == "" {
		return nil, bad("message text is empty")
	}
	m := &Message{}
	var err error
	if m.Text, m.Entities, err = s.format(in.Text, in.Mode, string(in.Entities)); err != nil {
		return nil, err
	}
	if err := checkText(m.Text); err != nil {
		return nil, err
	}
	if err := m.setPreview(string(in.Preview)); err != nil {
		return nil, err
	}
	m.Markup, err = parseMarkup(string(markup), true)
	return m, err
}

// Choose makes a person send one of the results that their query brought into a chat. The bot is told of the choice,
// and has an id to edit the message by if it has buttons.
func (s *Server) Choose(user, chat int64, topic int, queryID, resultID string) (Message, error) {
	s.mu.Lock()
	q := s.inlines[queryID]
	var chosen *InlineResult
	if q != nil && q.got != nil && q.user == user {
		for i := range q.got.Results {
			if q.got.Results[i].ID == resultID {
				chosen = &q.got.Results[i]
			}
		}
	}
	s.mu.Unlock()
	if chosen == nil {
		return Message{}, fmt.Errorf("result %q of query %q: %w", resultID, queryID, ErrNoResult)
	}
	return s.speak(user, chat, topic, nil, func(m *Message) {
		c, me := chosen.content, s.me
		m.Text, m.Entities, m.LinkPreview, m.PreviewURL, m.Markup = c.Text, c.Entities, c.LinkPreview, c.PreviewURL, c.Markup
		m.ViaBot = &me
		s.chose(m, s.rooms[chat], q, resultID)
	})
}

// chose queues the chosen_inline_result.
func (s *Server) chose(m *Message, r *room, q *inline, resultID string) {
	u, _ := s.user(q.user)
	told := map[string]any{"result_id": resultID, "from": u, "query": q.query}
	if m.Markup != nil {
		m.InlineID = "inline-" + strconv.Itoa(len(s.sentBy)+1)
		s.sentBy[m.InlineID] = sentInline{r, r.lastID + 1}
		told["inline_message_id"] = m.InlineID
	}
	s.push("chosen_inline_result", told)
}

// inlineMessage finds a message sent by inline mode.
func (s *Server) inlineMessage(id string) (*room, *Message, error) {
	at, ok := s.sentBy[id]
	if !ok {
		return nil, nil, bad("MESSAGE_ID_INVALID")
	}
	m := at.room.message(at.id)
	if m == nil {
		return nil, nil, bad("MESSAGE_ID_INVALID")
	}
	return at.room, m, nil
}
