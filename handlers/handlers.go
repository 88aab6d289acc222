// Package handlers answers what people say to Herald: commands, links, buttons, inline queries, and Telegram's own notices
// about chats. One file holds one command.
//
// In a private chat nothing stays without an answer. In groups Herald speaks only when spoken to; everybody reads there and
// administrators change settings. Every button press is answered.
package handlers

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"herald/bot"
	"herald/bot/locale"
	"herald/news"
	"herald/news/desk"
	"herald/news/feed"
	"herald/storage"
)

// Config is what the handlers work with. All fields but Access and Owners are required.
type Config struct {
	DB    *storage.DB
	Bot   *bot.Bot
	Feeds *feed.Reader
	Desk  *desk.Desk
	Log   *slog.Logger
	Now   func() time.Time

	Take   func(feed.Result) // reads the first look at a new feed in the background
	Lang   string            // language of chats whose people's language is not known
	Owners []int64           // user ids of the operators
	Access Access            // who may use the bot
}

// Handlers answers updates. Safe for concurrent use; updates of one chat are expected one after the other.
type Handlers struct {
	Config
	commands map[string]command
}

// New makes the handlers.
func New(c Config) *Handlers {
	h := &Handlers{Config: c}
	h.commands = h.table()
	return h
}

// Handle answers one update. An error is one that nobody in the chat can do anything about; it is already answered.
func (h *Handlers) Handle(ctx context.Context, u bot.Update) error {
	switch {
	case u.Message != nil:
		return h.message(ctx, u.Message)
	case u.Callback != nil:
		return h.callback(ctx, u.Callback)
	case u.InlineQuery != nil:
		return h.inline(ctx, u.InlineQuery)
	case u.MyChatMember != nil:
		return h.membership(ctx, u.MyChatMember)
	}
	return nil
}

// request is one message that asks something of Herald, with what is known about where it came from.
type request struct {
	*Handlers
	msg   *bot.Message
	chat  news.Chat
	place news.Place
	words *locale.Words
	args  string
}

// message answers a message, or keeps silent in a group where it is not meant.
func (h *Handlers) message(ctx context.Context, m *bot.Message) error {
	if m.MigrateTo != 0 {
		return h.DB.MigrateChat(ctx, m.Chat.ID, m.MigrateTo)
	}
	name, args, _ := m.Command()
	private := m.Chat.Private()
	if cmd, known := h.commands[name]; !private && (!known || cmd.owner) {
		return nil
	}
	r, err := h.request(ctx, m)
	if err != nil {
		return err
	}
	r.args = strings.TrimSpace(args)
	if m.From != nil && !h.Access.allows(ctx, h, m.From.ID) && !r.invited(ctx, name) {
		return r.say(ctx, "access.closed")
	}
	cmd, known := h.commands[name]
	switch {
	case known:
		err = r.run(ctx, cmd)
	case name != "" && private:
		err = r.say(ctx, "unknown.command", "command", name)
	case name == "":
		err = r.prose(ctx)
	}
	return r.explain(ctx, err)
}

// request gathers what an answer needs; a chat that is not known yet is.
func (h *Handlers) request(ctx context.Context, m *bot.Message) (*request, error) {
	chat, err := h.chat(ctx, m)
	if err != nil {
		return nil, err
	}
	return &request{Handlers: h, msg: m, chat: chat, place: m.Place(), words: h.wordsFor(chat)}, nil
}

// chat is the stored chat of the message, made from Telegram's description where it is new.
func (h *Handlers) chat(ctx context.Context, m *bot.Message) (news.Chat, error) {
	fresh := news.Chat{ID: m.Chat.ID, Kind: m.Chat.Kind, Title: m.Chat.Name(), Length: news.Short,
		Previews: true, Active: true, Added: h.Now()}
	if m.From != nil && fresh.Kind == news.Private {
		fresh.Lang = spoken(m.From.Lang)
	}
	chat, _, err := h.DB.EnsureChat(ctx, fresh)
	if err != nil || chat.Active {
		return chat, err
	}
	chat.Active = true // somebody who writes has come back
	return chat, h.DB.SetActive(ctx, chat.ID, true)
}

// spoken is the language of Herald's own words for somebody whose app speaks tag, "" where Herald does not speak it.
func spoken(tag string) string {
	if !locale.Has(tag) {
		return ""
	}
	return locale.For(tag).Lang()
}

func (h *Handlers) wordsFor(c news.Chat) *locale.Words {
	if c.Lang != "" {
		return locale.For(c.Lang)
	}
	return locale.For(h.Lang)
}

// run runs a command after checking that the person may.
func (r *request) run(ctx context.Context, c command) error {
	if c.owner && !r.isOwner() {
		return r.say(ctx, "unknown.command", "command", c.name)
	}
	if c.settings {
		ok, err := r.mayChange(ctx)
		if err != nil {
			return err
		}
		if !ok {
			return r.say(ctx, "access.admins")
		}
	}
	return c.run(r, ctx)
}

// text is one of Herald's sentences as HTML; the arguments must be escaped.
func (r *request) text(key string, args ...any) string { return r.words.T(key, args...) }

// say answers with one of Herald's sentences.
func (r *request) say(ctx context.Context, key string, args ...any) error {
	return r.reply(ctx, bot.Outgoing{HTML: r.text(key, args...)})
}

// reply answers in the place of the message; in groups as a reply to it.
func (r *request) reply(ctx context.Context, out bot.Outgoing) error {
	_, err := r.send(ctx, out)
	return err
}

func (r *request) send(ctx context.Context, out bot.Outgoing) (int, error) {
	if r.chat.Kind != news.Private {
		out.ReplyTo = r.msg.ID
	}
	return r.Bot.Send(ctx, bot.ClassCommand, r.place, out)
}

// explain tells the chat in plain words what went wrong and passes on what the operator must know.
func (r *request) explain(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	if errors.Is(err, bot.ErrGone) {
		return r.DB.SetActive(ctx, r.chat.ID, false)
	}
	key := failure(err)
	if sendErr := r.say(ctx, key); sendErr != nil {
		return errors.Join(err, sendErr)
	}
	if key == "error.internal" {
		return err
	}
	return nil
}

// failure is the key of the sentence for people that explains err.
func failure(err error) string {
	for _, f := range []struct {
		err error
		key string
	}{
		{news.ErrBadAddress, "error.address"},
		{news.ErrForbidden, "error.forbidden"},
		{news.ErrBlocked, "error.blocked"},
		{news.ErrMissing, "error.missing"},
		{news.ErrGone, "error.gone"},
		{news.ErrBusy, "error.busy"},
		{news.ErrTooLarge, "error.large"},
		{news.ErrNotFeed, "error.notfeed"},
		{news.ErrNotArticle, "error.notarticle"},
		{news.ErrBroken, "error.broken"},
		{news.ErrUnreach, "error.unreachable"},
		{context.DeadlineExceeded, "error.unreachable"},
		{news.ErrNotFound, "error.stale"},
	} {
		if errors.Is(err, f.err) {
			return f.key
		}
	}
	return "error.internal"
}
