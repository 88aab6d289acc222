package sim

import (
	"regexp"
	"strconv"
)

// Limits of what a bot says of itself (Bot API, BotCommand, setMyDescription, setMyShortDescription), in characters.
const (
	maxCommands    = 100
	maxCommandText = 256
	maxDescription = 512
	maxShort       = 120
)

var (
	commandForm  = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	languageForm = regexp.MustCompile(`^[a-z]{2}$`)
)

// Command is a command in a bot's menu (Bot API, BotCommand).
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// commandKey is where a list of commands holds: a scope with its ids, and a language.
type commandKey struct {
	scope string
	chat  int64
	user  int64
	lang  string
}

// scope is Bot API, BotCommandScope.
type scope struct {
	Type   string `json:"type"`
	ChatID any    `json:"chat_id"`
	UserID int64  `json:"user_id"`
}

// commandKey reads scope and language_code.
func (s *Server) commandKey(c *call) (commandKey, error) {
	in := scope{Type: "default"}
	if raw := c.str("scope"); raw != "" {
		in.Type = ""
		if err := decodeObject(raw, "BotCommandScope", &in); err != nil {
			return commandKey{}, err
		}
	}
	key := commandKey{scope: in.Type, user: in.UserID, lang: c.str("language_code")}
	if key.lang != "" && !languageForm.MatchString(key.lang) {
		return key, bad("invalid language code specified")
	}
	switch in.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		return key, nil
	case "chat", "chat_administrators", "chat_member":
	default:
		return key, bad("can't parse BotCommandScope: Unsupported type specified")
	}
	var id string
	switch v := in.ChatID.(type) {
	case float64:
		id = strconv.FormatInt(int64(v), 10)
	case string:
		id = v
	default:
		return key, bad("can't parse BotCommandScope: Can't find field \"chat_id\"")
	}
	r, err := s.lookup(id)
	if err != nil {
		return key, err
	}
	key.chat = r.chat.ID
	return key, nil
}

// setMyCommands is Bot API, setMyCommands.
func (s *Server) setMyCommands(c *call) (any, error) {
	key, err := s.commandKey(c)
	if err != nil {
		return nil, err
	}
	list := []Command{}
	if err := decodeObject(c.str("commands"), "commands", &list); err != nil {
		return nil, err
	}
	if len(list) > maxCommands {
		return nil, bad("BOT_COMMANDS_TOO_MUCH")
	}
	for _, cmd := range list {
		n := len([]rune(cmd.Description))
		switch {
		case !commandForm.MatchString(cmd.Command):
			return nil, bad("BOT_COMMAND_INVALID")
		case n == 0 || n > maxCommandText:
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.commands[key] = list
	s.allChatsChanged()
	return true, nil
}

// getMyCommands is Bot API, getMyCommands.
func (s *Server) getMyCommands(c *call) (any, error) {
	key, err := s.commandKey(c)
	if err != nil {
		return nil, err
	}
	return append([]Command{}, s.commands[key]...), nil
}

// deleteMyCommands is Bot API, deleteMyCommands.
func (s *Server) deleteMyCommands(c *call) (any, error) {
	key, err := s.commandKey(c)
	if err != nil {
		return nil, err
	}
	delete(s.commands, key)
	s.allChatsChanged()
	return true, nil
}

// menu is the commands that people see in a chat: of the narrowest scope that has any, in the person's language where
// the chat is one person's, else in the default one (Bot API, "Determining list of commands").
func (s *Server) menu(r *room) []Command {
	scopes := []commandKey{{scope: "chat", chat: r.chat.ID}, {scope: "all_group_chats"}, {scope: "default"}}
	lang := ""
	switch r.chat.Type {
	case "private":
		scopes[1].scope = "all_private_chats"
		lang = s.users[r.chat.ID].LanguageCode
	case "channel":
		return []Command{}
	}
	for _, key := range scopes {
		for _, key.lang = range []string{lang, ""} {
			if list := s.commands[key]; len(list) > 0 {
				return list
			}
		}
	}
	return []Command{}
}

// setMyDescription is Bot API, setMyDescription.
func (s *Server) setMyDescription(c *call) (any, error) {
	return s.describe(c, "description", maxDescription)
}

// setMyShortDescription is Bot API, setMyShortDescription.
func (s *Server) setMyShortDescription(c *call) (any, error) {
	return s.describe(c, "short_description", maxShort)
}

func (s *Server) describe(c *call, name string, limit int) (any, error) {
	if lang := c.str("language_code"); lang != "" && !languageForm.MatchString(lang) {
		return nil, bad("invalid language code specified")
	}
	if len([]rune(c.str(name))) > limit {
		return nil, bad("the %s is too long", name)
	}
	s.texts[name+" "+c.str("language_code")] = c.str(name)
	return true, nil
}

// Description returns what the bot set by setMyDescription or, with short, by setMyShortDescription.
func (s *Server) Description(short bool, lang string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if short {
		return s.texts["short_description "+lang]
	}
	return s.texts["description "+lang]
}

// Commands returns the menu of a chat, as the people in it see it.
func (s *Server) Commands(chat int64) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.rooms[chat]
	if !ok {
		return nil
	}
	return append([]Command{}, s.menu(r)...)
}
