package sim

// getChat is Bot API, getChat; a ChatFullInfo with the fields that always are there.
func (s *Server) getChat(c *call) (any, error) {
	r, err := s.visible(c)
	if err != nil {
		return nil, err
	}
	info := struct {
		Chat
		Accent    int             `json:"accent_color_id"`
		Reactions int             `json:"max_reaction_count"`
		Gifts     map[string]bool `json:"accepted_gift_types"`
		Pinned    *Message        `json:"pinned_message,omitempty"`
	}{Chat: r.chat, Reactions: 11, Gifts: map[string]bool{}}
	for _, g := range []string{"unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"} {
		info.Gifts[g] = false
	}
	if m := r.message(r.pinned); m != nil {
		info.Pinned = s.forBot(r, m)
	}
	return info, nil
}

// visible is target for methods that only look: a public chat can be looked at from outside, and a person who blocked
// the bot is still known.
func (s *Server) visible(c *call) (*room, error) {
	r, err := s.lookup(c.str("chat_id"))
	if err == nil && !r.deleted && (r.chat.Type == "private" && r.started || r.chat.Username != "" && r.status(s.me.ID) == Left) {
		return r, nil
	}
	if err == nil && r.chat.Type == "private" {
		return nil, bad("chat not found")
	}
	return s.target(c)
}

// getChatMember is Bot API, getChatMember. Of a channel's members a bot that does not administer it sees only itself.
func (s *Server) getChatMember(c *call) (any, error) {
	r, err := s.visible(c)
	if err != nil {
		return nil, err
	}
	id := c.num("user_id")
	if _, ok := s.user(id); !ok {
		return nil, bad("user not found")
	}
	if r.chat.Type == "channel" && !r.admin(s.me.ID) && id != s.me.ID {
		return nil, bad("member list is inaccessible")
	}
	return s.memberJSON(r, id), nil
}

// getChatAdministrators is Bot API, getChatAdministrators: without other bots, and itself only on request.
func (s *Server) getChatAdministrators(c *call) (any, error) {
	r, err := s.visible(c)
	if err != nil {
		return nil, err
	}
	if r.chat.Type == "private" {
		return nil, bad("there are no administrators in the private chat")
	}
	list := []any{}
	for _, id := range r.people(func(m *member) bool { return m.status == Creator || m.status == Administrator }) {
		if u, _ := s.user(id); !u.IsBot || c.flag("return_bots") {
			list = append(list, s.memberJSON(r, id))
		}
	}
	return list, nil
}

// getChatMemberCount is Bot API, getChatMemberCount.
func (s *Server) getChatMemberCount(c *call) (any, error) {
	r, err := s.visible(c)
	if err != nil {
		return nil, err
	}
	return len(r.people(func(m *member) bool { return m.status.present() })), nil
}

// leaveChat is Bot API, leaveChat.
func (s *Server) leaveChat(c *call) (any, error) {
	r, err := s.target(c)
	if err != nil {
		return nil, err
	}
	if r.chat.Type == "private" {
		return nil, bad("chat not found")
	}
	s.moveBot(r, s.me.ID, Left)
	s.chatChanged(r)
	return true, nil
}
