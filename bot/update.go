package bot

import "herald/news"

// Update is one thing that happened; exactly one of the pointers is set, or none for a kind Herald does not know
// (Bot API, Update).
type Update struct {
	ID            int           `json:"update_id"`
	Message       *Message      `json:"message"`
	EditedMessage *Message      `json:"edited_message"`
	ChannelPost   *Message      `json:"channel_post"`
	Callback      *Callback     `json:"callback_query"`
	InlineQuery   *InlineQuery  `json:"inline_query"`
	ChosenInline  *ChosenInline `json:"chosen_inline_result"`
	MyChatMember  *ChatMember   `json:"my_chat_member"` // the bot's own standing
	ChatMember    *ChatMember   `json:"chat_member"`
}

// allowedUpdates are the kinds asked for. They are always named: leaving them out keeps what an earlier call said
// (Bot API, getUpdates).
var allowedUpdates = []string{
	"message", "edited_message", "channel_post", "callback_query", "inline_query",
	"chosen_inline_result", "my_chat_member", "chat_member",
}

// laneKey names the lane in which updates keep their order: those of a chat, or of a person where there is no chat. What
// somebody presses or types and waits for has lanes of its own, since the answer to a message may take long.
type laneKey struct {
	kind laneKind
	id   int64
}

type laneKind int

const (
	ofMessages laneKind = iota // and of members
	ofPresses
	ofQueries
)

func (u *Update) key() laneKey {
	switch {
	case u.Message != nil:
		return laneKey{ofMessages, u.Message.Chat.ID}
	case u.EditedMessage != nil:
		return laneKey{ofMessages, u.EditedMessage.Chat.ID}
	case u.ChannelPost != nil:
		return laneKey{ofMessages, u.ChannelPost.Chat.ID}
	case u.Callback != nil && u.Callback.Message != nil:
		return laneKey{ofPresses, u.Callback.Message.Chat.ID}
	case u.Callback != nil:
		return laneKey{ofPresses, u.Callback.From.ID}
	case u.InlineQuery != nil:
		return laneKey{ofQueries, u.InlineQuery.From.ID}
	case u.ChosenInline != nil:
		return laneKey{ofQueries, u.ChosenInline.From.ID}
	case u.MyChatMember != nil:
		return laneKey{ofMessages, u.MyChatMember.Chat.ID}
	case u.ChatMember != nil:
		return laneKey{ofMessages, u.ChatMember.Chat.ID}
	}
	return laneKey{}
}

// setBot tells the update's messages who the bot is, so that they know which commands are meant for it.
func (u *Update) setBot(name string) {
	for _, m := range []*Message{u.Message, u.EditedMessage, u.ChannelPost} {
		if m != nil {
			m.Bot = name
		}
	}
}

// Message is a message as Telegram describes it (Bot API, Message). A message of a channel may have no From; an
// anonymous administrator's has the group as SenderChat.
type Message struct {
	ID         int   `json:"message_id"`
	Topic      int   `json:"message_thread_id"` // a forum's topic only where IsTopic; else a thread of replies
	IsTopic    bool  `json:"is_topic_message"`
	Date       int64 `json:"date"` // Unix seconds; 0: only the number is known (Bot API, InaccessibleMessage)
	Chat       Chat  `json:"chat"`
	From       *User `json:"from"`
	SenderChat *Chat `json:"sender_chat"`
	ViaBot     *User `json:"via_bot"`

	Text            string   `json:"text"`
	Entities        []Entity `json:"entities"`
	Caption         string   `json:"caption"`
	CaptionEntities []Entity `json:"caption_entities"`

	ReplyTo       *Message  `json:"reply_to_message"`
	Quote         *Quoted   `json:"quote"`
	ForwardOrigin *Origin   `json:"forward_origin"`
	Document      *Document `json:"document"`
	Location      *Location `json:"location"`

	NewMembers []User `json:"new_chat_members"`
	LeftMember *User  `json:"left_chat_member"`
	MigrateTo  int64  `json:"migrate_to_chat_id"`
	MigrateOf  int64  `json:"migrate_from_chat_id"` // in the supergroup, the group that it was

	Pinned     *struct{} `json:"pinned_message"`
	Timer      *struct{} `json:"message_auto_delete_timer_changed"`
	Background *struct{} `json:"chat_background_set"`

	Bot string `json:"-"` // the bot's user name without "@", set by Updates
}

// Place is where an answer goes: the chat and, in a forum, the topic.
func (m *Message) Place() news.Place {
	if !m.IsTopic {
		return news.Place{Chat: m.Chat.ID}
	}
	return news.Place{Chat: m.Chat.ID, Topic: m.Topic}
}

// Note tells whether the message is Telegram's own note of what somebody did to a private chat: nobody said anything.
func (m *Message) Note() bool { return m.Pinned != nil || m.Timer != nil || m.Background != nil }

// Words are the message's text or caption, with its entities.
func (m *Message) Words() (string, []Entity) {
	if m.Text != "" {
		return m.Text, m.Entities
	}
	return m.Caption, m.CaptionEntities
}

// Quoted is the part of a message that a reply quotes (Bot API, TextQuote).
type Quoted struct {
	Text string `json:"text"`
}

// Origin is where a forwarded message came from (Bot API, MessageOrigin).
type Origin struct {
	Type       string `json:"type"` // user, hidden_user, chat, channel
	SenderUser *User  `json:"sender_user"`
	SenderName string `json:"sender_user_name"`
	SenderChat *Chat  `json:"sender_chat"`
	Chat       *Chat  `json:"chat"`       // channel only
	MessageID  int    `json:"message_id"` // channel only
}

// Document is a file in a message (Bot API, Document).
type Document struct {
	FileID string `json:"file_id"`
	Name   string `json:"file_name"`
	Type   string `json:"mime_type"`
	Size   int64  `json:"file_size"` // as Telegram says; Download checks
}

// Location is a point on the map in degrees (Bot API, Location).
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Callback is a press of an inline button (Bot API, CallbackQuery). Each must be answered.
type Callback struct {
	ID              string   `json:"id"`
	From            User     `json:"from"`
	Message         *Message `json:"message"`           // nil for a message sent by inline mode
	InlineMessageID string   `json:"inline_message_id"` // "" unless sent by inline mode
	Data            string   `json:"data"`
}

// InlineQuery is what somebody types after the bot's name in any chat (Bot API, InlineQuery).
type InlineQuery struct {
	ID       string `json:"id"`
	From     User   `json:"from"`
	Query    string `json:"query"`  // at most 256 characters
	Offset   string `json:"offset"` // what the last answer gave as next; "" at first
	ChatType string `json:"chat_type"`
}

// ChosenInline says which result of an inline query was sent (Bot API, ChosenInlineResult).
type ChosenInline struct {
	ResultID        string `json:"result_id"`
	From            User   `json:"from"`
	Query           string `json:"query"`
	InlineMessageID string `json:"inline_message_id"`
}
