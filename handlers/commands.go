package handlers

import (
	"context"

	"herald/bot"
	"herald/bot/locale"
)

// command is something people can ask for with a slash.
type command struct {
	name     string
	run      func(*request, context.Context) error
	settings bool // changes what the chat gets: in groups for administrators alone
	serves   bool // can be about a channel that is named in it, "@name"
	owner    bool // for the operators alone; not in the menu
	hidden   bool // not in the menu
}

// menu lists the commands in the order in which Telegram's menu shows them. The text of each is the locale's "menu.<name>".
func menu() []command {
	return []command{
		{name: "latest", run: (*request).latest},
		{name: "top", run: (*request).top},
		{name: "quotes", run: (*request).quotes},
		{name: "people", run: (*request).people},
		{name: "search", run: (*request).search},
		{name: "summary", run: (*request).summary},
		{name: "subscribe", run: (*request).subscribe, settings: true},
		{name: "unsubscribe", run: (*request).unsubscribe, settings: true},
		{name: "sources", run: (*request).sources, serves: true},
		{name: "digest", run: (*request).digest, settings: true, serves: true},
		{name: "quiet", run: (*request).quiet, settings: true, serves: true},
		{name: "timezone", run: (*request).timezone, settings: true, serves: true},
		{name: "settings", run: (*request).settings, settings: true, serves: true},
		{name: "export", run: (*request).export, serves: true},
		{name: "privacy", run: (*request).privacy},
		{name: "mydata", run: (*request).mydata, settings: true, serves: true},
		{name: "forget", run: (*request).forget, settings: true, serves: true},
		{name: "help", run: (*request).help},
		{name: "start", run: (*request).start, hidden: true},
		{name: "stats", run: (*request).stats, owner: true},
		{name: "invite", run: (*request).invite, owner: true},
	}
}

func (h *Handlers) table() map[string]command {
	table := map[string]command{}
	for _, c := range menu() {
		table[c.name] = c
	}
	return table
}

// PublishMenu tells Telegram the commands and their descriptions in each of Herald's languages.
func (h *Handlers) PublishMenu(ctx context.Context) error {
	for _, lang := range append([]string{""}, locale.Languages()...) { // "": whoever speaks none of them
		words := locale.For(lang)
		if lang == "" {
			words = locale.For(h.Lang)
		}
		var list []bot.Command
		for _, c := range menu() {
			if !c.hidden && !c.owner {
				list = append(list, bot.Command{Name: c.name, Description: words.T("menu." + c.name)})
			}
		}
		if err := h.Bot.SetCommands(ctx, lang, list); err != nil {
			return err
		}
	}
	return nil
}
