package handlers

import (
	"context"
	"errors"
	"sync"
	"time"

	"herald/bot"
	"herald/bot/locale"
	"herald/news"
)

// request is one message that asks something of Herald, with what is known about where it came from.
type request struct {
	*Handlers
	msg   *bot.Message
	here  news.Place // where answers go
	chat  news.Chat  // whose settings it is about: this chat, or a channel served from it
	place news.Place // of that chat
	words *locale.Words
	args  string
}

// request gathers what an answer needs; a chat that is not known yet is stored.
func (h *Handlers) request(ctx context.Context, m *bot.Message) (*request, error) {
	chat, _, err := h.DB.EnsureChat(ctx, h.newChat(m.Chat, m.From))
	if err != nil {
		return nil, err
	}
	if !chat.Active { // somebody who writes has come back
		chat.Active = true
		if err := h.DB.SetActive(ctx, chat.ID, true); err != nil {
			return nil, err
		}
	}
	return h.requestOf(m, chat), nil
}

func (h *Handlers) requestOf(m *bot.Message, chat news.Chat) *request {
	return &request{Handlers: h, msg: m, here: m.Place(), chat: chat, place: m.Place(), words: h.wordsFor(chat.Lang)}
}

// run runs a command after checking that the person may.
func (r *request) run(ctx context.Context, c command) error {
	if c.owner && !r.isOwner() {
		return r.unknown(ctx, c.name)
	}
	if c.settings {
		if ok, err := r.mayChange(ctx); err != nil {
			return err
		} else if !ok {
			return r.say(ctx, "access.admins")
		}
	}
	if args, channel := splitTarget(r.args); c.serves && channel != "" {
		served, err := r.channel(ctx, channel)
		if err != nil {
			return r.channelTrouble(ctx, channel, err)
		}
		r.args = args
		r.serve(served)
	}
	return c.run(r, ctx)
}

// text is one of Herald's sentences as HTML; the arguments must be escaped.
func (r *request) text(key string, args ...any) string { return r.words.T(key, args...) }

// say answers with one of Herald's sentences; the arguments must be escaped.
func (r *request) say(ctx context.Context, key string, args ...any) error {
	return r.reply(ctx, bot.Outgoing{HTML: r.text(key, args...)})
}

// reply answers in the place of the message; in groups as a reply to it.
func (r *request) reply(ctx context.Context, out bot.Outgoing) error {
	_, err := r.replyID(ctx, out)
	return err
}

// replyID is reply, and returns the id of the message sent.
func (r *request) replyID(ctx context.Context, out bot.Outgoing) (id int, err error) {
	if !r.msg.Chat.Private() {
		out.ReplyTo = r.msg.ID
	}
	out = r.named(out)
	err = r.deliver(ctx, func(p news.Place) (err error) {
		id, err = r.Bot.Send(ctx, bot.ClassCommand, p, out)
		return err
	})
	return id, err
}

// attach answers with a file; caption is plain text.
func (r *request) attach(ctx context.Context, name string, data []byte, caption string) error {
	if r.serving() {
		caption = r.chat.Title + "\n" + caption
	}
	return r.deliver(ctx, func(p news.Place) error { return r.Bot.SendDocument(ctx, p, name, data, caption) })
}

// floodPatience is how long an answer waits in all until Telegram takes messages for the chat again. It holds up the answers
// to this chat alone.
const floodPatience = 6 * time.Minute

// unsent is an answer that Telegram did not take: the chat can't be told, only the operator.
type unsent struct{ error }

func (u unsent) Unwrap() error { return u.error }

// deliver sends to where the request came from: again after a flood wait, and to the supergroup that the group has become meanwhile.
func (r *request) deliver(ctx context.Context, send func(news.Place) error) error {
	patience := floodPatience
	for moves := 0; ; {
		err := send(r.here)
		var moved *bot.MigratedError
		var flood *bot.FloodError
		switch {
		case err == nil:
			return nil
		case errors.As(err, &moved) && moves == 0:
			moves++
			if err := r.migrate(ctx, r.here.Chat, moved.To); err != nil {
				return err
			}
			if r.place.Chat == r.here.Chat {
				r.chat.ID, r.place.Chat = moved.To, moved.To
			}
			r.here.Chat = moved.To
		case errors.As(err, &flood) && flood.After <= patience:
			patience -= flood.After
			if err := news.Sleep(ctx, flood.After); err != nil {
				return unsent{err}
			}
		default:
			return unsent{err}
		}
	}
}

// typingAgain is how often Telegram is told that an answer is being made: it shows that for five seconds (Bot API,
// sendChatAction).
const typingAgain = 4 * time.Second

// busy shows that an answer is being made, until the function it returns is called.
func (r *request) busy(ctx context.Context) (done func()) {
	ctx, cancel := context.WithCancel(ctx)
	place := r.here
	var typing sync.WaitGroup
	typing.Go(func() {
		for ctx.Err() == nil {
			r.Bot.Typing(ctx, place.Chat, place.Topic)
			_ = news.Sleep(ctx, typingAgain)
		}
	})
	return func() { cancel(); typing.Wait() }
}

// explain tells the chat in plain words what went wrong and passes on what the operator must know.
func (r *request) explain(ctx context.Context, err error) error {
	var lost unsent
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bot.ErrGone):
		return unlessMissing(r.DB.SetActive(ctx, r.here.Chat, false))
	case ctx.Err() != nil, errors.As(err, &lost):
		return err
	}
	key := failure(err)
	if sendErr := r.say(ctx, key); sendErr != nil {
		return errors.Join(err, sendErr)
	}
	if key == unexplained {
		return err
	}
	return nil
}

// unexplained is the key of the sentence for what is not the fault of anybody in the chat.
const unexplained = "error.internal"

// failure is the key of the sentence for people that explains err.
func failure(err error) string {
	word := news.Trouble(err)
	switch {
	case word != "":
		return "error." + word
	case errors.Is(err, bot.ErrTooLarge):
		return "error.large"
	case errors.Is(err, bot.ErrNoRights): // what a message lacked is unsent, so this is what getChatMember did
		return "access.unseen"
	case errors.Is(err, news.ErrNotFound):
		return "error.stale"
	}
	return unexplained
}
