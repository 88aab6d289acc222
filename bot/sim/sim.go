// Package sim is a strict Bot API server on loopback: the other end of the wire for tests, and for trying a bot in a
// browser without a token.
//
// It answers as Telegram does, with Telegram's texts: methods and their parameters, HTML, lengths in UTF-16 units,
// keyboards, topics, members, rates, long polling, webhooks, inline mode. Where Telegram is lenient in a way that hides
// a mistake (an unknown parameter, a word where a number belongs) it refuses. It holds a small world of people, chats
// and messages, which tests move by Go calls and people by a web chat; both only do what a Telegram client could do.
//
// It guarantees that a call which it refused changed nothing, that an update stays until it is confirmed, and that
// Close ends every goroutine it started. It refuses to listen anywhere but on loopback, and webhooks anywhere else.
// It knows nothing of the bot it serves.
package sim

import (
	"context"
	"log/slog"
	"time"
)

// Options say how a Server behaves. The zero value is a server by Telegram's published limits, in real time.
type Options struct {
	Token    string           // "": DefaultToken; its number is the bot's user id
	BotName  string           // the bot's username without "@"; "": "sim_bot"
	BotTitle string           // the bot's first name; "": BotName
	Now      func() time.Time // nil: time.Now
	Limits   Limits
	Latency  time.Duration // every call takes at least so long
	ReadAll  bool          // the bot reads everything in groups; false: privacy mode
	Actions  []Action      // buttons of the web chat that the program acts on
	Log      *slog.Logger  // nil: silent
}

// DefaultToken is the token of a server whose Options name none.
const DefaultToken = "100200300:sim-token-for-loopback-only"

// Action is something the program offers in the web chat.
type Action struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Hint  string `json:"hint"`
	// Run does it and returns what to show; its error is shown in its place.
	Run func(context.Context) (string, error) `json:"-"`
}

// User is a person or a bot (Bot API, User).
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// Chat is a chat (Bot API, Chat). Type is private, group, supergroup or channel.
type Chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`
}

// Entity is a special part of a text (Bot API, MessageEntity); Offset and Length count UTF-16 code units.
type Entity struct {
	Type           string `json:"type"`
	Offset         int    `json:"offset"`
	Length         int    `json:"length"`
	URL            string `json:"url,omitempty"`
	User           *User  `json:"user,omitempty"`
	Language       string `json:"language,omitempty"`
	CustomEmojiID  string `json:"custom_emoji_id,omitempty"`
	UnixTime       int64  `json:"unix_time,omitempty"`
	DateTimeFormat string `json:"date_time_format,omitempty"`
}

// LinkPreview is how a link of a message is previewed (Bot API, LinkPreviewOptions).
type LinkPreview struct {
	Disabled  bool   `json:"is_disabled,omitempty"`
	URL       string `json:"url,omitempty"`
	Small     bool   `json:"prefer_small_media,omitempty"`
	Large     bool   `json:"prefer_large_media,omitempty"`
	AboveText bool   `json:"show_above_text,omitempty"`
}

// Document is a file in a message (Bot API, Document).
type Document struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileName     string `json:"file_name,omitempty"`
	MimeType     string `json:"mime_type,omitempty"`
	FileSize     int    `json:"file_size"`
}

// Location is a point on the map in degrees (Bot API, Location).
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Origin tells where a forwarded message comes from (Bot API, MessageOrigin).
type Origin struct {
	Type       string `json:"type"`
	Date       int64  `json:"date"`
	SenderUser *User  `json:"sender_user,omitempty"`
	SenderChat *Chat  `json:"sender_chat,omitempty"`
	Chat       *Chat  `json:"chat,omitempty"`
	MessageID  int    `json:"message_id,omitempty"`
}

// Quote is the part of a message that is replied to (Bot API, TextQuote); Position counts UTF-16 code units.
type Quote struct {
	Text     string   `json:"text"`
	Entities []Entity `json:"entities,omitempty"`
	Position int      `json:"position"`
	IsManual bool     `json:"is_manual,omitempty"`
}

// TopicCreated is the service message that opens a forum topic (Bot API, ForumTopicCreated).
type TopicCreated struct {
	Name      string `json:"name"`
	IconColor int    `json:"icon_color"`
}

// Message is a message as the chat holds it (Bot API, Message). Messages handed out are never changed afterwards.
type Message struct {
	ID              int           `json:"message_id"`
	Topic           int           `json:"message_thread_id,omitempty"`
	From            *User         `json:"from,omitempty"`
	SenderChat      *Chat         `json:"sender_chat,omitempty"`
	Date            int64         `json:"date"`
	Chat            Chat          `json:"chat"`
	ForwardOrigin   *Origin       `json:"forward_origin,omitempty"`
	IsTopic         bool          `json:"is_topic_message,omitempty"`
	ReplyTo         *Message      `json:"reply_to_message,omitempty"`
	Quote           *Quote        `json:"quote,omitempty"`
	ViaBot          *User         `json:"via_bot,omitempty"`
	EditDate        int64         `json:"edit_date,omitempty"`
	Protected       bool          `json:"has_protected_content,omitempty"`
	Text            string        `json:"text,omitempty"`
	Entities        []Entity      `json:"entities,omitempty"`
	LinkPreview     *LinkPreview  `json:"link_preview_options,omitempty"`
	Document        *Document     `json:"document,omitempty"`
	Caption         string        `json:"caption,omitempty"`
	CaptionEntities []Entity      `json:"caption_entities,omitempty"`
	Location        *Location     `json:"location,omitempty"`
	NewMembers      []User        `json:"new_chat_members,omitempty"`
	LeftMember      *User         `json:"left_chat_member,omitempty"`
	MigrateTo       int64         `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom     int64         `json:"migrate_from_chat_id,omitempty"`
	TopicCreated    *TopicCreated `json:"forum_topic_created,omitempty"`
	TopicClosed     *struct{}     `json:"forum_topic_closed,omitempty"`
	TopicReopened   *struct{}     `json:"forum_topic_reopened,omitempty"`
	Pinned          *Message      `json:"pinned_message,omitempty"`
	Markup          *Markup       `json:"reply_markup,omitempty"`

	InlineID   string `json:"-"` // set on messages sent by inline mode that have buttons
	PreviewURL string `json:"-"` // the link a client would show a preview of; "": none
	Silent     bool   `json:"-"` // sent with disable_notification
}

// Button returns the first inline button whose text contains the given words, and whether there is one.
func (m *Message) Button(words string) (Button, bool) {
	return m.Markup.find(func(b Button) bool { return containsFold(b.Text, words) })
}
