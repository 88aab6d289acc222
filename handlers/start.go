package handlers

import (
	"context"
	"errors"
	"strconv"

	"herald/bot"
	"herald/news"
)

// start welcomes, or follows a deep link: s<story> opens a story, f<feed> follows a feed.
func (r *request) start(ctx context.Context) error {
	if len(r.args) < 2 {
		return r.welcome(ctx, "start.welcome.html")
	}
	id, err := strconv.ParseInt(r.args[1:], 10, 64)
	if err != nil {
		return r.welcome(ctx, "start.welcome.html")
	}
	switch r.args[0] {
	case 's':
		err = r.openStory(ctx, id)
	case 'f':
		err = r.run(ctx, command{settings: true, run: func(r *request, ctx context.Context) error { return r.followByID(ctx, id) }})
	default:
		return r.welcome(ctx, "start.welcome.html")
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
