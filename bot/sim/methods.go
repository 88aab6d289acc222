package sim

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is the type of a parameter.
type kind int

const (
	kString kind = iota
	kInt
	kBool
	kChat // a number, or "@" and a name
	kJSON // an object or array as JSON text
	kFile // a part of a multipart request, or a string
)

// field is a parameter of a method. missing is Telegram's text where a parameter that must be there is not; "" where it
// may be left out.
type field struct {
	name    string
	kind    kind
	missing string
}

// method is a row of the table: the name as the Bot API spells it, what it takes, what it does.
type method struct {
	name   string
	fields []field
	run    func(*Server, context.Context, *call) (any, error)
}

// locked makes a method of a function that holds the lock while it runs.
func locked(f func(*Server, *call) (any, error)) func(*Server, context.Context, *call) (any, error) {
	return func(s *Server, _ context.Context, c *call) (any, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return f(s, c)
	}
}

// need is a parameter that must be there; missing is the text where it is not.
func need(name string, k kind, missing string) []field { return []field{{name, k, missing}} }

// may are parameters of one kind that may be left out.
func may(k kind, names ...string) []field {
	var out []field
	for _, n := range names {
		out = append(out, field{name: n, kind: k})
	}
	return out
}

// takes joins parameters, in the order in which they are checked.
func takes(lists ...[]field) []field { return slices.Concat(lists...) }

// Parameters that several methods share (Bot API 10.1).
var (
	theChat    = need("chat_id", kChat, "chat_id is empty")
	theMessage = need("message_id", kInt, "message identifier is not specified")
	theText    = need("text", kString, "message text is empty")
	textExtras = takes(may(kString, "parse_mode"), may(kJSON, "entities", "link_preview_options"))
	sending    = takes(
		theChat, may(kInt, "message_thread_id"), may(kBool, "disable_notification", "protect_content", "allow_paid_broadcast"),
		may(kJSON, "reply_parameters", "reply_markup"),
	)
	editing = takes(
		may(kChat, "chat_id"), may(kInt, "message_id"), may(kString, "inline_message_id"), may(kJSON, "reply_markup"),
	)
	menuOf = takes(may(kJSON, "scope"), may(kString, "language_code"))
)

// newMethods is the table of the methods served, by lower-case name: the Bot API takes names in any case.
func newMethods() map[string]*method {
	return index(slices.Concat(messageMethods(), updateMethods(), queryMethods(), chatMethods(), selfMethods()))
}

func messageMethods() []method {
	return []method{
		{"sendMessage", takes(theText, textExtras, sending), locked((*Server).sendMessage)},
		{"sendDocument", takes(
			need("document", kFile, "there is no document in the request"), may(kString, "caption", "parse_mode"),
			may(kJSON, "caption_entities"), may(kBool, "disable_content_type_detection"), sending,
		), locked((*Server).sendDocument)},
		{"editMessageText", takes(theText, textExtras, editing), locked((*Server).editMessageText)},
		{"editMessageReplyMarkup", editing, locked((*Server).editMessageReplyMarkup)},
		{"deleteMessage", takes(theChat, theMessage), locked((*Server).deleteMessage)},
		{"pinChatMessage", takes(theChat, theMessage, may(kBool, "disable_notification")), locked((*Server).pinChatMessage)},
		{"sendChatAction", takes(
			theChat, may(kInt, "message_thread_id"), need("action", kString, "wrong parameter action in request"),
		), locked((*Server).sendChatAction)},
		{"getFile", need("file_id", kString, "file_id not specified"), locked((*Server).getFile)},
	}
}

func updateMethods() []method {
	return []method{
		{"getUpdates", takes(may(kInt, "offset", "limit", "timeout"), may(kJSON, "allowed_updates")), (*Server).getUpdates},
		{"setWebhook", takes(
			may(kString, "url", "secret_token"), may(kInt, "max_connections"), may(kJSON, "allowed_updates"),
			may(kBool, "drop_pending_updates"),
		), locked((*Server).setWebhook)},
		{"deleteWebhook", may(kBool, "drop_pending_updates"), locked((*Server).deleteWebhook)},
		{"getWebhookInfo", nil, locked((*Server).getWebhookInfo)},
	}
}

func queryMethods() []method {
	const tooOld = "query is too old and response timeout expired or query ID is invalid"
	return []method{
		{"answerCallbackQuery", takes(
			need("callback_query_id", kString, tooOld), may(kString, "text", "url"), may(kBool, "show_alert"),
			may(kInt, "cache_time"),
		), locked((*Server).answerCallbackQuery)},
		{"answerInlineQuery", takes(
			need("inline_query_id", kString, tooOld), need("results", kJSON, `can't find field "results"`), may(kInt, "cache_time"),
			may(kBool, "is_personal"), may(kString, "next_offset"), may(kJSON, "button"),
		), locked((*Server).answerInlineQuery)},
	}
}

func chatMethods() []method {
	return []method{
		{"getChat", theChat, locked((*Server).getChat)},
		{"getChatMember", takes(theChat, need("user_id", kInt, "invalid user_id specified")), locked((*Server).getChatMember)},
		{"getChatAdministrators", takes(theChat, may(kBool, "return_bots")), locked((*Server).getChatAdministrators)},
		{"getChatMemberCount", theChat, locked((*Server).getChatMemberCount)},
		{"leaveChat", theChat, locked((*Server).leaveChat)},
	}
}

// selfMethods are about the bot itself.
func selfMethods() []method {
	return []method{
		{"getMe", nil, locked((*Server).getMe)},
		{"setMyCommands", takes(need("commands", kJSON, `can't find field "commands"`), menuOf), locked((*Server).setMyCommands)},
		{"getMyCommands", menuOf, locked((*Server).getMyCommands)},
		{"deleteMyCommands", menuOf, locked((*Server).deleteMyCommands)},
		{"setMyDescription", may(kString, "description", "language_code"), locked((*Server).setMyDescription)},
		{"setMyShortDescription", may(kString, "short_description", "language_code"), locked((*Server).setMyShortDescription)},
	}
}

func index(list []method) map[string]*method {
	m := map[string]*method{}
	for i := range list {
		m[strings.ToLower(list[i].name)] = &list[i]
	}
	return m
}

// check refuses unknown parameters, missing ones and wrong types. An empty text counts as missing, as in the Bot API.
func (m *method) check(c *call) error {
	known := map[string]bool{}
	for _, f := range m.fields {
		known[f.name] = true
		if err := f.check(c); err != nil {
			return err
		}
	}
	for name := range c.params {
		if !known[name] {
			return bad("unknown parameter %q", name)
		}
	}
	for name := range c.files {
		if !known[name] && !c.attached(name) {
			return bad("unknown parameter %q", name)
		}
	}
	return nil
}

// attached tells whether a parameter refers to the file part (Bot API, InputFile: attach://name).
func (c *call) attached(part string) bool {
	for _, v := range c.params {
		if v == "attach://"+part {
			return true
		}
	}
	return false
}

func (f field) check(c *call) error {
	v := c.params[f.name]
	if _, ok := c.files[f.name]; ok && f.kind == kFile {
		return nil
	}
	if v == "" {
		if f.missing != "" {
			return bad("%s", f.missing)
		}
		return nil
	}
	if !utf8.ValidString(v) {
		return bad("strings must be encoded in UTF-8")
	}
	return f.checkType(v)
}

func (f field) checkType(v string) error {
	switch f.kind {
	case kInt:
		if _, err := strconv.ParseInt(v, 10, 64); err != nil {
			return bad("field %q must be of type Number", f.name)
		}
	case kBool:
		if _, err := strconv.ParseBool(strings.ToLower(v)); err != nil {
			return bad("field %q must be of type Boolean", f.name)
		}
	case kJSON:
		if !json.Valid([]byte(v)) {
			return bad("can't parse %s JSON object", strings.ReplaceAll(f.name, "_", " "))
		}
	case kString, kChat, kFile:
	}
	return nil
}

// getMe is getMe; can_read_all_group_messages is false in privacy mode.
func (s *Server) getMe(*call) (any, error) {
	return struct {
		User
		Join    bool `json:"can_join_groups"`
		ReadAll bool `json:"can_read_all_group_messages"`
		Inline  bool `json:"supports_inline_queries"`
	}{s.me, true, s.opt.ReadAll, true}, nil
}
