package sim

import "strings"

// replyTo is Bot API, ReplyParameters, without other chats and checklists.
type replyTo struct {
	MessageID *int     `json:"message_id"`
	ChatID    any      `json:"chat_id"`
	Optional  bool     `json:"allow_sending_without_reply"`
	Quote     string   `json:"quote"`
	Mode      string   `json:"quote_parse_mode"`
	Entities  []Entity `json:"quote_entities"`
	Position  int      `json:"quote_position"`
}

// parseReply reads reply_parameters; nil where there are none.
func parseReply(raw string) (*replyTo, error) {
	if raw == "" {
		return nil, nil
	}
	p := &replyTo{}
	if err := decodeObject(raw, "reply parameters", p); err != nil {
		return nil, err
	}
	if p.MessageID == nil {
		return nil, bad(`can't find field "message_id"`)
	}
	return p, nil
}

// setReply makes the message a reply; p may be nil.
func (s *Server) setReply(r *room, m *Message, p *replyTo) error {
	if p == nil || (p.Optional && r.message(*p.MessageID) == nil) {
		return nil
	}
	to := r.message(*p.MessageID)
	if to == nil || p.ChatID != nil {
		return bad("message to be replied not found")
	}
	m.ReplyTo = shallow(to)
	if m.Topic == 0 && to.IsTopic {
		m.place(to.Topic)
	}
	if p.Quote == "" {
		return nil
	}
	text, entities, err := s.format(p.Quote, p.Mode, "")
	if err != nil {
		return err
	}
	at := strings.Index(to.Text, text)
	if at < 0 {
		return bad("QUOTE_TEXT_INVALID")
	}
	m.Quote = &Quote{Text: text, Entities: entities, Position: units(to.Text[:at]), IsManual: true}
	return nil
}

// shallow is the message without what it replies to itself (Bot API, Message.reply_to_message).
func shallow(m *Message) *Message {
	c := *m
	c.ReplyTo = nil
	return &c
}

// forBot is the message as the bot gets it: without a person's keyboard, and in a topic as a reply to the message that
// opened it where it replies to nothing else.
func (s *Server) forBot(r *room, m *Message) *Message {
	c := *m
	c.Markup = m.Markup.inline()
	if m.IsTopic && m.ReplyTo == nil && m.TopicCreated == nil {
		if t := r.topic(m.Topic); t != nil {
			c.ReplyTo = t.service
		}
	}
	return &c
}
