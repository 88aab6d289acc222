package sim

import (
	"context"
	"encoding/json"
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

// Parameters that several methods share (Bot API 10.1).
var (
	fChat    = field{"chat_id", kChat, "chat_id is empty"}
	fMessage = field{"message_id", kInt, "message identifier is not specified"}
	fCalling = field{"language_code", kString, ""}
	fScope   = field{"scope", kJSON, ""}
	fMarkup  = field{"reply_markup", kJSON, ""}

	sendFields = []field{
		fChat, {"message_thread_id", kInt, ""}, {"disable_notification", kBool, ""}, {"protect_content", kBool, ""},
		{"reply_parameters", kJSON, ""}, fMarkup, {"parse_mode", kString, ""},
	}
	editFields = []field{{"chat_id", kChat, ""}, {"message_id", kInt, ""}, {"inline_message_id", kString, ""}, fMarkup}
)

// with joins a method's own parameters, which are checked first, and shared ones.
func with(own []field, shared ...field) []field { return append(own, shared...) }

// newMethods is the table of the methods served, by lower-case name: the Bot API takes names in any case.
func newMethods() map[string]*method {
	return index(listMethods())
}

func listMethods() []method {
	return []method{
		{"getMe", nil, locked((*Server).getMe)},
		{"getUpdates", []field{{"offset", kInt, ""}, {"limit", kInt, ""}, {"timeout", kInt, ""}, {"allowed_updates", kJSON, ""}}, (*Server).getUpdates},
		{"setWebhook", []field{
			{"url", kString, ""}, {"max_connections", kInt, ""}, {"allowed_updates", kJSON, ""},
			{"drop_pending_updates", kBool, ""}, {"secret_token", kString, ""},
		}, locked((*Server).setWebhook)},
		{"deleteWebhook", []field{{"drop_pending_updates", kBool, ""}}, locked((*Server).deleteWebhook)},
		{"getWebhookInfo", nil, locked((*Server).getWebhookInfo)},
		{"sendMessage", with([]field{{"text", kString, "message text is empty"}, {"entities", kJSON, ""}, {"link_preview_options", kJSON, ""}}, sendFields...), locked((*Server).sendMessage)},
		{"sendDocument", with([]field{
			{"document", kFile, "there is no document in the request"}, {"caption", kString, ""},
			{"caption_entities", kJSON, ""}, {"disable_content_type_detection", kBool, ""},
		}, sendFields...), locked((*Server).sendDocument)},
		{"editMessageText", with([]field{
			{"text", kString, "message text is empty"}, {"parse_mode", kString, ""}, {"entities", kJSON, ""},
			{"link_preview_options", kJSON, ""},
		}, editFields...), locked((*Server).editMessageText)},
		{"editMessageReplyMarkup", editFields, locked((*Server).editMessageReplyMarkup)},
		{"deleteMessage", []field{fChat, fMessage}, locked((*Server).deleteMessage)},
		{"pinChatMessage", []field{fChat, fMessage, {"disable_notification", kBool, ""}}, locked((*Server).pinChatMessage)},
		{"sendChatAction", []field{fChat, {"message_thread_id", kInt, ""}, {"action", kString, "wrong parameter action in request"}}, locked((*Server).sendChatAction)},
		{"answerCallbackQuery", []field{
			{"callback_query_id", kString, "query is too old and response timeout expired or query ID is invalid"},
			{"text", kString, ""}, {"show_alert", kBool, ""}, {"url", kString, ""}, {"cache_time", kInt, ""},
		}, locked((*Server).answerCallbackQuery)},
		{"answerInlineQuery", []field{
			{"inline_query_id", kString, "query is too old and response timeout expired or query ID is invalid"},
			{"results", kJSON, "can't find field \"results\""}, {"cache_time", kInt, ""}, {"is_personal", kBool, ""}, {"next_offset", kString, ""}, {"button", kJSON, ""},
		}, locked((*Server).answerInlineQuery)},
		{"getChat", []field{fChat}, locked((*Server).getChat)},
		{"getChatMember", []field{fChat, {"user_id", kInt, "invalid user_id specified"}}, locked((*Server).getChatMember)},
		{"getChatAdministrators", []field{fChat, {"return_bots", kBool, ""}}, locked((*Server).getChatAdministrators)},
		{"getChatMemberCount", []field{fChat}, locked((*Server).getChatMemberCount)},
		{"leaveChat", []field{fChat}, locked((*Server).leaveChat)},
		{"setMyCommands", []field{{"commands", kJSON, "can't find field \"commands\""}, fScope, fCalling}, locked((*Server).setMyCommands)},
		{"getMyCommands", []field{fScope, fCalling}, locked((*Server).getMyCommands)},
		{"deleteMyCommands", []field{fScope, fCalling}, locked((*Server).deleteMyCommands)},
		{"setMyDescription", []field{{"description", kString, ""}, fCalling}, locked((*Server).setMyDescription)},
		{"setMyShortDescription", []field{{"short_description", kString, ""}, fCalling}, locked((*Server).setMyShortDescription)},
		{"getFile", []field{{"file_id", kString, "file_id not specified"}}, locked((*Server).getFile)},
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
