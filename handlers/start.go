package handlers

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"herald/bot"
	"herald/news"
)

// start welcomes, or follows a deep link: a story's name opens it (see bot.Links), f<feed> follows a feed.
func (r *request) start(ctx context.Context) error {
	story, shown, named := r.Bot.Named(r.args)
	number, isFeed := strings.CutPrefix(r.args, "f")
	feed, err := strconv.ParseInt(number, 10, 64)
	switch {
	case named:
		err = r.openNamed(ctx, story, shown)
	case isFeed && err == nil:
		err = r.run(ctx, command{settings: true, run: func(r *request, ctx context.Context) error { return r.followByID(ctx, feed) }})
	case r.msg.Chat.Private():
		return r.welcome(ctx, "start.welcome.html")
	default: // in a group nobody sends links to be read
		return r.welcome(ctx, "group.welcome")
	}
	if errors.Is(err, news.ErrNotFound) {
		return r.say(ctx, "start.nothing")
	}
	return err
}

// help tells what Herald can do.
func (r *request) help(ctx context.Context) error { return r.welcome(ctx, "help.text.html") }

func (r *request) welcome(ctx context.Context, key string) error {
	return r.reply(ctx, bot.Outgoing{HTML: r.words.T(key), Rows: [][]bot.Button{{
		{Text: r.words.T("button.latest"), Data: "go:latest"},
		{Text: r.words.T("button.sources"), Data: "go:subscribe"},
		{Text: r.words.T("button.digest"), Data: "go:digest"},
	}}})
}
