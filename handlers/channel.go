package handlers

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"herald/bot"
	"herald/news"
)

// Why a channel is not served, besides what Telegram itself says.
var (
	errNotPrivate = errors.New("channels are served from a private chat")
	errNotAdmin   = errors.New("not an administrator of the channel")
	errCannotPost = errors.New("the bot may not post in the channel")
)

// channelNumber is how a channel without a public name is named.
var channelNumber = regexp.MustCompile(`^-100\d{5,13}$`)

// splitTarget parts "address @channel"; either may be missing. An address is one word, a source's name may be several.
func splitTarget(args string) (address, channel string) {
	var words []string
	for _, w := range strings.Fields(args) {
		if (strings.HasPrefix(w, "@") || channelNumber.MatchString(w)) && channel == "" {
			channel = w
			continue
		}
		words = append(words, w)
	}
	return strings.Join(words, " "), channel
}

// target is where a command acts: in the channel named in it, or where it was written. The error is for channelTrouble.
func (r *request) target(ctx context.Context, channel string) (news.Place, error) {
	if channel == "" {
		return r.place, nil
	}
	c, err := r.channel(ctx, channel)
	return news.Place{Chat: c.ID}, err
}

// channel is a channel or public group named by "@name", after checking that the bot may post there and that the writer
// administers it.
func (r *request) channel(ctx context.Context, name string) (news.Chat, error) {
	if r.chat.Kind != news.Private {
		return news.Chat{}, errNotPrivate
	}
	c, err := r.Bot.FindChat(ctx, name)
	if err != nil {
		return news.Chat{}, err
	}
	if c.Kind == news.Private {
		return news.Chat{}, bot.ErrChatNotFound
	}
	// In this order: who is not in a channel can't ask for its administrators.
	if ok, err := r.Bot.CanPost(ctx, c.ID); err != nil {
		return news.Chat{}, err
	} else if !ok {
		return news.Chat{}, errCannotPost
	}
	if ok, err := r.Bot.Admin(ctx, c.ID, writer(r.msg)); err != nil {
		return news.Chat{}, err
	} else if !ok {
		return news.Chat{}, errNotAdmin
	}
	return r.served(ctx, c)
}

// serve has the request be about a channel from here on. Answers stay where it came from.
func (r *request) serve(channel news.Chat) {
	r.chat, r.place = channel, news.Place{Chat: channel.ID}
}

// serving tells whether the request is about another chat than the one it came from.
func (r *request) serving() bool { return r.place.Chat != r.here.Chat }

// named is an answer that says which channel it is about, with buttons that are about that channel.
func (r *request) named(out bot.Outgoing) bot.Outgoing {
	if !r.serving() {
		return out
	}
	out.HTML = bot.Bold(r.chat.Title) + "\n" + out.HTML
	for _, row := range out.Rows {
		for i := range row {
			if row[i].Data != "" {
				row[i].Data = "ch:" + strconv.FormatInt(r.place.Chat, 10) + ":" + row[i].Data
			}
		}
	}
	return out
}

// forChannel does what a button about a channel stands for, "ch:<chat>:<verb>:<argument>", for an administrator of it.
func (p *press) forChannel(ctx context.Context) error {
	number, data, _ := strings.Cut(p.arg, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || p.serving() || p.chat.Kind != news.Private {
		return news.ErrNotFound
	}
	channel, err := p.DB.Chat(ctx, id)
	if err != nil {
		return err
	}
	p.serve(channel)
	if !p.permitted(ctx) {
		return nil
	}
	name, arg, _ := strings.Cut(data, ":")
	p.arg = arg
	return p.do(ctx, name)
}

// served stores a channel with the language and zone of the chat from which it is served.
func (r *request) served(ctx context.Context, c bot.Chat) (news.Chat, error) {
	fresh := r.newChat(c, nil)
	fresh.Lang, fresh.Zone, fresh.ServedFrom = r.chat.Lang, r.chat.Zone, r.here.Chat
	chat, _, err := r.DB.EnsureChat(ctx, fresh)
	if err != nil || chat.Active {
		return chat, err
	}
	return chat, r.DB.SetActive(ctx, chat.ID, true) // the bot can post there again
}

// channelTrouble says why a channel is not served.
func (r *request) channelTrouble(ctx context.Context, name string, err error) error {
	for _, t := range []struct {
		err error
		key string
	}{
		{errNotPrivate, "channel.private"},
		{errNotAdmin, "channel.notadmin"},
		{errCannotPost, "channel.cannotpost"},
		{bot.ErrGone, "channel.cannotpost"},
		{bot.ErrNoRights, "channel.cannotpost"},
		{bot.ErrChatNotFound, "channel.notfound"},
	} {
		if errors.Is(err, t.err) {
			return r.say(ctx, t.key, "channel", bot.Escape(name))
		}
	}
	return err
}
