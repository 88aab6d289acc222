package bot

import (
	"strings"
	"unicode/utf8"
)

// Entity is a marked part of a message's text. Offset and Length count UTF-16 code units (Bot API, MessageEntity).
type Entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url"` // text_link only
}

// In is the part of the text that the entity marks, or "" where it does not fit.
func (e Entity) In(text string) string {
	if e.Offset < 0 || e.Length < 0 || e.Length > len(text) {
		return ""
	}
	start := byteOffset(text, e.Offset)
	if start < 0 {
		return ""
	}
	end := byteOffset(text[start:], e.Length)
	if end < 0 {
		return ""
	}
	return text[start : start+end]
}

// byteOffset is where the code unit number units begins, or -1 where the text is shorter or a character is cut.
func byteOffset(text string, units int) int {
	for i, r := range text {
		if units == 0 {
			return i
		}
		if units -= runeUnits(r); units < 0 {
			return -1
		}
	}
	if units == 0 {
		return len(text)
	}
	return -1
}

// runeUnits is the number of UTF-16 code units of a character.
func runeUnits(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// Units is the length of a text in UTF-16 code units, as Telegram counts.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

// Command is the command that the message or its caption begins with: its name in lower case without the slash, and what
// follows, trimmed. addressed tells that it names this bot. There is none ("") in a text without one and in a command
// that names another bot. In a message that did not come from Updates, any bot named counts as this one.
func (m *Message) Command() (name, args string, addressed bool) {
	text, entities := m.Words()
	for _, e := range entities {
		if e.Type != "bot_command" || e.Offset != 0 {
			continue
		}
		word := e.In(text)
		if len(word) < 2 || word[0] != '/' {
			return "", "", false
		}
		name, bot, named := strings.Cut(word[1:], "@")
		if named && m.Bot != "" && !strings.EqualFold(bot, m.Bot) {
			return "", "", false
		}
		return strings.ToLower(name), strings.TrimSpace(text[len(word):]), named
	}
	return "", "", false
}

// Links are the web addresses in the message or its caption, written out or behind words, in order.
func (m *Message) Links() []string {
	text, entities := m.Words()
	var links []string
	for _, e := range entities {
		switch e.Type {
		case "url":
			links = append(links, e.In(text))
		case "text_link":
			links = append(links, e.URL)
		}
	}
	return compact(links)
}

// Mentions tells whether the message names the bot, "@herald_bot".
func (m *Message) Mentions() bool {
	text, entities := m.Words()
	for _, e := range entities {
		if e.Type == "mention" && m.Bot != "" && strings.EqualFold(e.In(text), "@"+m.Bot) {
			return true
		}
	}
	return false
}

// compact drops what is empty or not valid text.
func compact(list []string) []string {
	kept := list[:0]
	for _, s := range list {
		if s != "" && utf8.ValidString(s) {
			kept = append(kept, s)
		}
	}
	return kept
}
