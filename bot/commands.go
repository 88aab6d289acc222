package bot

import "context"

// Command is an entry of the menu that "/" opens (Bot API, BotCommand).
type Command struct {
	Name        string `json:"command"`     // 1 to 32 of a-z 0-9 _
	Description string `json:"description"` // 1 to 256 characters
}

// SetCommands sets the menu for people whose app speaks the language, a two-letter code; "": for everybody else. At most
// a hundred.
func (b *Bot) SetCommands(ctx context.Context, lang string, commands []Command) error {
	p := params{}
	p.json("commands", commands)
	p.set("language_code", lang)
	return b.client.ask(ctx, "setMyCommands", p, nil)
}
