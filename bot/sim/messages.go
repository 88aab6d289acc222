package sim

import (
	"reflect"
	"strings"
	"unicode/utf16"
)

// Limits of messages in UTF-16 code units (Bot API, sendMessage and sendDocument).
const (
	maxText    = 4096
	maxCaption = 1024
)

// sendMessage is Bot API, sendMessage. As there, the content is checked before the chat.
func (s *Server) sendMessage(c *call) (any, error) {
	text, entities, err := s.parseText(c, "text", "entities")
	if err != nil {
		return nil, err
	}
	m, r, err := s.draft(c, "text messages")
	if err != nil {
		return nil, err
	}
	if err := checkText(text); err != nil {
		return nil, err
	}
	m.Text, m.Entities = text, entities
	if err := m.setPreview(c.str("link_preview_options")); err != nil {
		return nil, err
	}
	return s.send(r, c, m)
}

// checkText demands a text that can be shown and is not too long.
func checkText(text string) error {
	switch n := units(text); {
	case n == 0:
		return bad("text must be non-empty")
	case n > maxText:
		return bad("message is too long")
	}
	return nil
}

// units is the length of a text in UTF-16 code units.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// parseText reads a text parameter with its parse_mode or its entities, cleaned and with what Telegram finds in it.
func (s *Server) parseText(c *call, name, entities string) (string, []Entity, error) {
	return s.format(c.str(name), c.str("parse_mode"), c.str(entities))
}

// draft begins a message of the bot: where it goes, what it replies to, its keyboard. what is as for writable.
func (s *Server) draft(c *call, what string) (*Message, *room, error) {
	markup, err := parseMarkup(c.str("reply_markup"), false)
	if err != nil {
		return nil, nil, err
	}
	reply, err := parseReply(c.str("reply_parameters"))
	if err != nil {
		return nil, nil, err
	}
	r, topic, err := s.writable(c, what)
	if err != nil {
		return nil, nil, err
	}
	if markup != nil && markup.Inline == nil && r.chat.Type == "channel" {
		return nil, nil, bad("inline keyboard expected")
	}
	m := &Message{Markup: markup, Silent: c.flag("disable_notification"), Protected: c.flag("protect_content")}
	m.place(topic)
	s.sign(r, m)
	return m, r, s.setReply(r, m, reply)
}

// place puts the message into a topic of a forum.
func (m *Message) place(topic int) { m.Topic, m.IsTopic = topic, topic != 0 }

// sign sets the bot as the sender; a post in a channel is the channel's own.
func (s *Server) sign(r *room, m *Message) {
	if r.chat.Type == "channel" {
		c := r.chat
		m.SenderChat = &c
		return
	}
	me := s.me
	m.From = &me
}

// send puts a finished message into the chat if the rates allow and returns it as the bot sees it.
func (s *Server) send(r *room, c *call, m *Message) (any, error) {
	if err := s.admit(r, c); err != nil {
		return nil, err
	}
	s.stats.Messages[r.chat.ID]++
	return s.forBot(r, s.post(r, m)), nil
}

// setPreview reads link_preview_options and works out which link is previewed: the one they name, else the first.
func (m *Message) setPreview(raw string) error {
	m.LinkPreview = nil
	if raw != "" {
		m.LinkPreview = &LinkPreview{}
		if err := decodeObject(raw, "link preview options", m.LinkPreview); err != nil {
			return err
		}
		if *m.LinkPreview == (LinkPreview{}) {
			m.LinkPreview = nil
		}
	}
	m.PreviewURL = firstLink(m.Text, m.Entities)
	p := m.LinkPreview
	switch {
	case p == nil:
	case p.Disabled:
		m.PreviewURL = ""
	case p.URL != "":
		link, err := checkLink(p.URL)
		if err != nil {
			return bad("WEBPAGE_URL_INVALID")
		}
		m.PreviewURL = link
	}
	return nil
}

// editMessageText is Bot API, editMessageText. A reply_markup that is left out takes the keyboard away.
func (s *Server) editMessageText(c *call) (any, error) {
	text, entities, err := s.parseText(c, "text", "entities")
	if err != nil {
		return nil, err
	}
	return s.edit(c, func(m *Message) error {
		if m.Text == "" {
			return bad("there is no text in the message to edit")
		}
		if err := checkText(text); err != nil {
			return err
		}
		m.Text, m.Entities = text, entities
		return m.setPreview(c.str("link_preview_options"))
	})
}

// editMessageReplyMarkup is Bot API, editMessageReplyMarkup.
func (s *Server) editMessageReplyMarkup(c *call) (any, error) {
	return s.edit(c, func(*Message) error { return nil })
}

// edit changes one of the bot's messages: change is given a copy. The keyboard is always set anew.
func (s *Server) edit(c *call, change func(*Message) error) (any, error) {
	markup, err := parseMarkup(c.str("reply_markup"), true)
	if err != nil {
		return nil, err
	}
	r, old, err := s.editable(c)
	if err != nil {
		return nil, err
	}
	m := *old
	m.Markup = markup
	if err := change(&m); err != nil {
		return nil, err
	}
	if sameContent(old, &m) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same " +
			"as a current content and reply markup of the message")
	}
	if err := s.admit(r, c); err != nil {
		return nil, err
	}
	m.EditDate = s.now().Unix()
	s.replace(r, &m)
	if c.has("inline_message_id") {
		return true, nil
	}
	return s.forBot(r, &m), nil
}

func sameContent(a, b *Message) bool {
	return a.Text == b.Text && reflect.DeepEqual(a.Entities, b.Entities) && reflect.DeepEqual(a.Markup.inline(), b.Markup.inline()) &&
		a.PreviewURL == b.PreviewURL && reflect.DeepEqual(a.LinkPreview, b.LinkPreview)
}

// editable finds the message that an edit names, by chat and number or by inline_message_id.
func (s *Server) editable(c *call) (*room, *Message, error) {
	if c.str("inline_message_id") != "" {
		return s.inlineMessage(c.str("inline_message_id"))
	}
	if c.str("chat_id") == "" {
		return nil, nil, bad("chat_id is empty")
	}
	if c.str("message_id") == "" {
		return nil, nil, bad("message identifier is not specified")
	}
	r, err := s.target(c)
	if err != nil {
		return nil, nil, err
	}
	m := r.message(int(c.num("message_id")))
	switch {
	case m == nil:
		return nil, nil, bad("message to edit not found")
	case !s.own(r, m) || m.ViaBot != nil:
		return nil, nil, bad("message can't be edited")
	}
	return r, m, nil
}

// own tells whether the bot sent the message; in a channel, whether it may act as the channel.
func (s *Server) own(r *room, m *Message) bool {
	if r.chat.Type == "channel" {
		return r.admin(s.me.ID)
	}
	return m.From != nil && m.From.ID == s.me.ID && m.NewMembers == nil && m.LeftMember == nil
}

// deleteMessage is Bot API, deleteMessage: the bot's own anywhere, others' in private chats and as an administrator.
func (s *Server) deleteMessage(c *call) (any, error) {
	r, err := s.target(c)
	if err != nil {
		return nil, err
	}
	id := int(c.num("message_id"))
	m := r.message(id)
	if m == nil {
		return nil, bad("message to delete not found")
	}
	if !s.own(r, m) && r.chat.Type != "private" && !r.admin(s.me.ID) {
		return nil, bad("message can't be deleted")
	}
	s.remove(r, id)
	return true, nil
}

// pinChatMessage is Bot API, pinChatMessage; a service message tells of the pin.
func (s *Server) pinChatMessage(c *call) (any, error) {
	r, err := s.target(c)
	if err != nil {
		return nil, err
	}
	m := r.message(int(c.num("message_id")))
	switch {
	case m == nil:
		return nil, bad("message to pin not found")
	case r.chat.Type != "private" && !r.admin(s.me.ID):
		return nil, bad("not enough rights to manage pinned messages in the chat")
	case r.pinned == m.ID:
		return true, nil
	}
	r.pinned = m.ID
	told := &Message{Pinned: m}
	told.place(m.Topic)
	s.sign(r, told)
	s.post(r, told)
	s.deliverService(r, told)
	return true, nil
}

// chatActions are the actions of Bot API, sendChatAction.
const chatActions = " typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker " +
	"find_location record_video_note upload_video_note "

// sendChatAction shows that the bot is busy (Bot API, sendChatAction).
func (s *Server) sendChatAction(c *call) (any, error) {
	if !strings.Contains(chatActions, " "+c.str("action")+" ") {
		return nil, bad("wrong parameter action in request")
	}
	r, topic, err := s.writable(c, "text messages")
	if err != nil {
		return nil, err
	}
	s.emit(event{Type: "typing", Chat: r.chat.ID, Topic: topic})
	return true, nil
}
