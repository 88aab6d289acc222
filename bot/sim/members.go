package sim

import "fmt"

// Status is what somebody is in a chat (Bot API, ChatMember.status).
type Status string

// The statuses of the Bot API.
const (
	Creator       Status = "creator"
	Administrator Status = "administrator"
	Member        Status = "member"
	Restricted    Status = "restricted" // in the chat, but may not write
	Left          Status = "left"
	Kicked        Status = "kicked"
)

// present tells whether somebody of this status is in the chat.
func (st Status) present() bool { return st != Left && st != Kicked }

// Join adds a person to a group or channel as a member; a group shows a service message.
func (s *Server) Join(chat, user int64) error { return s.SetMember(chat, user, Member) }

// Leave takes a person out of a group or channel.
func (s *Server) Leave(chat, user int64) error { return s.SetMember(chat, user, Left) }

// SetMember changes what a person is in a group or channel. The bot gets a chat_member update where it administers the
// chat and asked for them, and sees service messages in groups.
func (s *Server) SetMember(chat, user int64, status Status) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.room(chat)
	if err != nil {
		return err
	}
	u, ok := s.user(user)
	if !ok {
		return fmt.Errorf("user %d: %w", user, ErrNoUser)
	}
	if r.chat.Type == "private" || user == s.me.ID {
		return fmt.Errorf("user %d in chat %d: %w", user, chat, ErrWrongKind)
	}
	old := s.memberJSON(r, user)
	was := r.status(user).present()
	r.members[user] = &member{user: user, status: status}
	if r.admin(s.me.ID) {
		s.push("chat_member", chatMemberUpdated{Chat: r.chat, From: u, Date: s.now().Unix(), Old: old, New: s.memberJSON(r, user)})
	}
	if r.chat.Type != "channel" && was != status.present() {
		s.announce(r, u, u, status.present())
	}
	s.chatChanged(r)
	return nil
}

// announce shows that somebody came or went.
func (s *Server) announce(r *room, by, who User, came bool) {
	m := &Message{From: &by}
	if came {
		m.NewMembers = []User{who}
	} else {
		m.LeftMember = &who
	}
	s.post(r, m)
	s.deliverService(r, m)
}

// SetAnonymous makes an administrator of a group write as the group itself, or as themselves again.
func (s *Server) SetAnonymous(chat, user int64, anonymous bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.room(chat)
	if err != nil {
		return err
	}
	if !r.admin(user) || r.chat.Type != "supergroup" {
		return fmt.Errorf("user %d in chat %d: %w", user, chat, ErrWrongKind)
	}
	r.members[user].anonymous = anonymous
	return nil
}

// SetBot changes what the bot is in a group or channel, by the hand of a person (0: nobody in particular): promotes,
// restricts, removes (Left, Kicked) or adds it. The bot gets a my_chat_member update, and a service message where it
// comes into a group.
func (s *Server) SetBot(chat, by int64, status Status) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.room(chat)
	if err != nil {
		return err
	}
	if r.chat.Type == "private" {
		return fmt.Errorf("the bot in chat %d: %w", chat, ErrWrongKind)
	}
	s.moveBot(r, by, status)
	s.chatChanged(r)
	return nil
}

// moveBot changes the bot's status and tells it. The update is sent even where the bot is thrown out.
func (s *Server) moveBot(r *room, by int64, status Status) {
	from, ok := s.user(by)
	if !ok {
		from, _ = s.user(anonymousAdmin)
	}
	old := s.memberJSON(r, s.me.ID)
	was := r.status(s.me.ID)
	r.members[s.me.ID] = &member{user: s.me.ID, status: status, inviter: by}
	if was == status {
		return
	}
	s.push("my_chat_member", chatMemberUpdated{Chat: r.chat, From: from, Date: s.now().Unix(), Old: old, New: s.memberJSON(r, s.me.ID)})
	if r.chat.Type != "channel" && was.present() != status.present() {
		s.announce(r, from, s.me, status.present())
	}
}

// Block makes a person block the bot in their private chat.
func (s *Server) Block(user int64) error { return s.setBlocked(user, Kicked) }

// Unblock undoes Block.
func (s *Server) Unblock(user int64) error { return s.setBlocked(user, Member) }

func (s *Server) setBlocked(user int64, status Status) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.users[user]
	if !ok {
		return fmt.Errorf("user %d: %w", user, ErrNoUser)
	}
	r := s.rooms[user]
	if r.status(s.me.ID) == status {
		return nil
	}
	old := s.memberJSON(r, s.me.ID)
	r.members[s.me.ID].status = status
	if r.started {
		s.push("my_chat_member", chatMemberUpdated{Chat: r.chat, From: p.User, Date: s.now().Unix(), Old: old, New: s.memberJSON(r, s.me.ID)})
	}
	s.chatChanged(r)
	return nil
}

// Deactivate deletes a person's account: the bot can't write to them any more.
func (s *Server) Deactivate(user int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.users[user]
	if !ok {
		return fmt.Errorf("user %d: %w", user, ErrNoUser)
	}
	p.deactivated = true
	return nil
}

// chatMemberUpdated is Bot API, ChatMemberUpdated.
type chatMemberUpdated struct {
	Chat Chat  `json:"chat"`
	From User  `json:"from"`
	Date int64 `json:"date"`
	Old  any   `json:"old_chat_member"`
	New  any   `json:"new_chat_member"`
}

// memberJSON is the ChatMember of a user, with the fields that its status has (Bot API, ChatMember).
func (s *Server) memberJSON(r *room, user int64) map[string]any {
	u, _ := s.user(user)
	m := r.members[user]
	status := r.status(user)
	out := map[string]any{"user": u, "status": status}
	switch status {
	case Creator:
		out["is_anonymous"] = m.anonymous
	case Administrator:
		addRights(out, r.chat.Type == "channel", r.chat.IsForum)
		out["is_anonymous"] = m.anonymous
		out["can_be_edited"] = m.inviter == s.me.ID
	case Restricted:
		addRestrictions(out)
	case Kicked:
		out["until_date"] = 0
	case Member, Left:
	}
	return out
}

// addRights sets the rights of an administrator who may do everything (Bot API, ChatMemberAdministrator).
func addRights(out map[string]any, channel, forum bool) {
	for _, right := range []string{
		"can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_change_info",
		"can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
	} {
		out[right] = true
	}
	out["can_promote_members"] = false
	switch {
	case channel:
		out["can_post_messages"], out["can_edit_messages"] = true, true
	default:
		out["can_pin_messages"], out["can_manage_topics"] = true, forum
	}
}

// addRestrictions sets what a restricted member may not do: anything (Bot API, ChatMemberRestricted).
func addRestrictions(out map[string]any) {
	out["is_member"], out["until_date"] = true, 0
	for _, right := range []string{
		"can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
		"can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
		"can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
		"can_pin_messages", "can_manage_topics",
	} {
		out[right] = false
	}
}
