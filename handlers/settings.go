package handlers

import (
	"context"
	"slices"
	"strings"

	"herald/bot"
	"herald/bot/locale"
	"herald/news"
)

// settings shows the panel on which everything about the chat is set.
func (r *request) settings(ctx context.Context) error {
	out, err := r.panel(ctx)
	if err != nil {
		return err
	}
	return r.reply(ctx, out)
}

// panel is the settings as they are, with a button for each that shows its value.
func (r *request) panel(ctx context.Context) (bot.Outgoing, error) {
	times, err := r.DB.DigestTimes(ctx, r.place)
	if err != nil {
		return bot.Outgoing{}, err
	}
	onOff := func(key string, on bool) string {
		if on {
			return "✅ " + r.words.T(key)
		}
		return "⬜️ " + r.words.T(key)
	}
	mode := r.words.T("settings.instant")
	if len(times) > 0 {
		mode = r.words.T("settings.digest") + " · " + clocks(times)
	}
	title := "settings.title"
	if r.serving() {
		title = "settings.channel"
	}
	quiet := r.words.T("settings.noquiet")
	if r.chat.Quiet.On() {
		quiet = quietText(r.chat.Quiet)
	}
	zone := r.chat.Zone
	if zone == "" {
		zone = "UTC"
	}
	var translate bot.Button
	if r.Model != nil {
		translate = bot.Button{Text: onOff("settings.translate", r.chat.Translate), Data: "set:translate"}
	}
	return bot.Outgoing{HTML: bot.Bold(r.words.T(title)), Rows: compactRows([][]bot.Button{
		{{Text: r.words.T("settings.language", "language", r.wordsFor(r.chat.Lang).T("language.name")), Data: "set:languages"}},
		{{Text: r.words.T("settings.length", "length", r.words.T("length."+string(r.chat.Length))), Data: "set:length"}},
		{{Text: r.words.T("settings.mode", "mode", mode), Data: "go:digest"}},
		{{Text: r.words.T("settings.quiet", "quiet", quiet), Data: "go:quiet"}},
		{{Text: r.words.T("settings.zone", "zone", zone), Data: "go:timezone"}},
		{
			{Text: onOff("settings.previews", r.chat.Previews), Data: "set:previews"},
			{Text: onOff("settings.silent", r.chat.Silent), Data: "set:silent"},
		},
		{{Text: onOff("settings.updates", r.chat.Updates), Data: "set:updates"}},
		bot.Row(translate),
	})}, nil
}

// compactRows are the rows that have a button.
func compactRows(rows [][]bot.Button) [][]bot.Button {
	return slices.DeleteFunc(rows, func(row []bot.Button) bool { return len(row) == 0 })
}

// set changes the setting whose button was pressed and shows the panel as it is now.
func (p *press) set(ctx context.Context) error {
	name, value, _ := strings.Cut(p.arg, ":")
	switch name {
	case "languages":
		return p.languages(ctx)
	case "lang":
		if !slices.Contains(locale.Languages(), value) {
			return news.ErrNotFound
		}
		p.chat.Lang = value
		if !p.serving() {
			p.words = locale.For(value)
		}
	case "length":
		p.chat.Length = nextLength(p.chat.Length)
	case "previews":
		p.chat.Previews = !p.chat.Previews
	case "translate":
		p.chat.Translate = !p.chat.Translate
	case "silent":
		p.chat.Silent = !p.chat.Silent
	case "updates":
		p.chat.Updates = !p.chat.Updates
	default:
		return news.ErrNotFound
	}
	if err := p.DB.SaveChat(ctx, p.chat); err != nil {
		return err
	}
	p.answer(ctx, p.words.T("settings.saved"))
	out, err := p.panel(ctx)
	if err != nil {
		return err
	}
	return p.edit(ctx, out)
}

// languages offers the languages that Herald speaks.
func (p *press) languages(ctx context.Context) error {
	p.answer(ctx, "")
	out := bot.Outgoing{HTML: p.words.T("settings.choose")}
	for _, lang := range locale.Languages() {
		out.Rows = append(out.Rows, []bot.Button{{Text: locale.For(lang).T("language.name"), Data: "set:lang:" + lang}})
	}
	return p.edit(ctx, out)
}

func nextLength(l news.Length) news.Length {
	switch l {
	case news.Headline:
		return news.Short
	case news.Short:
		return news.Long
	}
	return news.Headline
}
