// Package handlers answers what people say to Herald: commands, links, buttons, inline queries, and Telegram's own notices
// about chats. One file holds one command.
//
// It guarantees: in a private chat nothing stays without an answer; in groups Herald speaks only when spoken to, everybody
// reads there and administrators change settings; every button press is answered once, before slow work. What goes wrong is
// told in plain words in the chat's language, never in the program's.
//
// It refuses: settings from who may not change them, buttons of other chats, commands in channels, which are served from a
// private chat by their administrators. It keeps no message beyond what the buttons of its own answers need.
package handlers

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"herald/bot"
	"herald/bot/locale"
	"herald/news"
	"herald/news/desk"
	"herald/news/feed"
	"herald/news/summary/model"
	"herald/storage"
)

// Config is what the handlers work with. All fields but Model, Lang, Access and Owners are required.
type Config struct {
	DB    *storage.DB
	Bot   *bot.Bot
	Feeds *feed.Reader
	Desk  *desk.Desk
	Log   *slog.Logger
	Now   func() time.Time

	Summaries *bot.Summaries    // of the stories shown lately; nil: none is remembered
	Model     *model.Model      // writes summaries; nil: there is no language model
	Take      func(feed.Result) // reads the first look at a new feed in the background
	Lang      string            // language of chats whose people's language is not known; "": English
	Owners    []int64           // user ids of the operators
	Access    Access            // who may use the bot
}

// Handlers answers updates. Safe for concurrent use; updates of one chat are expected one after the other.
type Handlers struct {
	Config
	commands map[string]command
	writing  sync.WaitGroup // cards that wait for a model
	inviting sync.Mutex     // held while an invitation is used, so that each works once
}

// New makes the handlers.
func New(c Config) *Handlers {
	h := &Handlers{Config: c}
	h.commands = h.table()
	return h
}

// Handle answers one update. An error is one that nobody in the chat can do anything about; it is already answered, as far as
// Telegram took an answer.
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

// message answers a message, or keeps silent in a group where it is not meant.
func (h *Handlers) message(ctx context.Context, m *bot.Message) error {
	switch { // both are told, and one may be lost
	case m.MigrateTo != 0:
		return h.migrate(ctx, m.Chat.ID, m.MigrateTo)
	case m.MigrateOf != 0:
		return h.migrate(ctx, m.MigrateOf, m.Chat.ID)
	}
	if m.Note() || h.shared(ctx, m) {
		return nil
	}
	name, args, addressed := m.Command()
	cmd, known := h.commands[name]
	if !m.Chat.Private() && (cmd.owner || !known && !addressed) {
		return nil
	}
	args = strings.TrimSpace(args)
	if !h.Access.allows(ctx, h, writer(m)) {
		if name != "start" || !h.invited(ctx, writer(m), args) {
			return h.closed(ctx, m)
		}
		args = ""
	}
	r, err := h.request(ctx, m)
	if err != nil {
		return err
	}
	r.args = args
	switch {
	case known:
		err = r.run(ctx, cmd)
	case name != "":
		err = r.unknown(ctx, name)
	default:
		err = r.prose(ctx)
	}
	return r.explain(ctx, err)
}

// shared tells whether the message is a story that somebody shared by Herald's own inline mode: it asks for nothing.
func (h *Handlers) shared(ctx context.Context, m *bot.Message) bool {
	if m.ViaBot == nil {
		return false
	}
	me, err := h.Bot.Me(ctx)
	return err == nil && m.ViaBot.ID == me.ID
}

// writer is the user id of who wrote the message; 0 where Telegram does not tell.
func writer(m *bot.Message) int64 {
	if m.From == nil {
		return 0
	}
	return m.From.ID
}

// migrate gives everything of a group to the supergroup that it became. A group that Herald does not know has nothing.
func (h *Handlers) migrate(ctx context.Context, from, to int64) error {
	return unlessMissing(h.DB.MigrateChat(ctx, from, to))
}

// unlessMissing forgives that a row is not there.
func unlessMissing(err error) error {
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	return err
}

// newChat is a chat that Herald meets, as Telegram describes it, with the settings that a chat begins with. by is who brought
// them together, nil: nobody in particular.
func (h *Handlers) newChat(c bot.Chat, by *bot.User) news.Chat {
	fresh := news.Chat{ID: c.ID, Kind: c.Kind, Title: c.Name(), Length: news.Short, Previews: true, Updates: true, Active: true, Added: h.Now()}
	if by != nil {
		fresh.Lang = spoken(by.Lang)
	}
	return fresh
}

// spoken is the language of Herald's own words for somebody whose app speaks tag, "" where Herald does not speak it.
func spoken(tag string) string {
	if !locale.Has(tag) {
		return ""
	}
	return locale.For(tag).Lang()
}

// wordsFor are the words in a chat's language, or the operator's where it has none.
func (h *Handlers) wordsFor(lang string) *locale.Words {
	if lang != "" {
		return locale.For(lang)
	}
	return locale.For(h.Lang)
}
