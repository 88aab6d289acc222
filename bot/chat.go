package bot

import (
	"strings"

	"herald/news"
)

// User is a person or a bot (Bot API, User).
type User struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Username  string `json:"username"`
	Lang      string `json:"language_code"` // IETF tag of the user's app; often ""
}

// Name is what to call the user.
func (u *User) Name() string { return strings.TrimSpace(u.FirstName + " " + u.LastName) }

// Chat is a chat as Telegram describes it (Bot API, Chat).
type Chat struct {
	ID        int64         `json:"id"`
	Kind      news.ChatKind `json:"type"`
	Title     string        `json:"title"`
	Username  string        `json:"username"`
	FirstName string        `json:"first_name"`
	LastName  string        `json:"last_name"`
	IsForum   bool          `json:"is_forum"`
}

// Name is what people call the chat: its title, or the person's name.
func (c *Chat) Name() string {
	if c.Title != "" {
		return c.Title
	}
	return strings.TrimSpace(c.FirstName + " " + c.LastName)
}

// Private tells whether the chat is a talk with one person.
func (c *Chat) Private() bool { return c.Kind == news.Private }

// ChatMember is a change of somebody's standing in a chat (Bot API, ChatMemberUpdated).
type ChatMember struct {
	Chat Chat   `json:"chat"`
	From User   `json:"from"` // who changed it
	Date int64  `json:"date"` // Unix seconds
	Old  Member `json:"old_chat_member"`
	New  Member `json:"new_chat_member"`
}

// Member is somebody's standing in a chat (Bot API, ChatMember).
type Member struct {
	User      User   `json:"user"`
	Status    string `json:"status"`            // creator, administrator, member, restricted, left, kicked
	IsMember  bool   `json:"is_member"`         // restricted only
	CanSend   bool   `json:"can_send_messages"` // restricted only
	CanPost   bool   `json:"can_post_messages"` // administrators of channels only
	Anonymous bool   `json:"is_anonymous"`
}

// In tells whether the user is in the chat.
func (m *Member) In() bool {
	switch m.Status {
	case "creator", "administrator", "member":
		return true
	case "restricted":
		return m.IsMember
	}
	return false
}

// Writes tells whether the user may write to a chat of that kind: in a channel as an administrator with that right, in a group
// as a member who is not restricted.
func (m *Member) Writes(kind news.ChatKind) bool {
	switch {
	case kind == news.Channel:
		return m.Status == "administrator" && m.CanPost
	case m.Status == "restricted":
		return m.IsMember && m.CanSend
	}
	return m.In()
}

// Admin tells whether the user may change the chat's settings.
func (m *Member) Admin() bool { return m.Status == "creator" || m.Status == "administrator" }
