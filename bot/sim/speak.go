package sim

import (
	"fmt"
	"strings"
)

// Said tells more about what a person says.
type Said func(*said)

type said struct {
	replyTo int
	anon    bool
}

// Replying makes it a reply to a message of the chat.
func Replying(id int) Said { return func(s *said) { s.replyTo = id } }

// Anonymously makes an administrator write as the group itself.
func Anonymously() Said { return func(s *said) { s.anon = true } }

// Say makes a person write a text into a chat: their private chat with the bot (chat is the person's own id), a group,
// or a channel they administer. topic is 0 outside of topics. The bot hears of it if Telegram would tell it.
func (s *Server) Say(user, chat int64, topic int, text string, opts ...Said) (Message, error) {
	text, entities, err := s.format(text, "", "")
	if err != nil {
		return Message{}, err
	}
	if err := checkText(text); err != nil {
		return Message{}, err
	}
	return s.speak(user, chat, topic, opts, func(m *Message) {
		m.Text, m.Entities = text, entities
		m.PreviewURL = firstLink(text, entities)
	})
}

// Tell makes a person write to the bot in private.
func (s *Server) Tell(user int64, text string) (Message, error) { return s.Say(user, user, 0, text) }

// Locate makes a person send a point on the map.
func (s *Server) Locate(user, chat int64, topic int, latitude, longitude float64) (Message, error) {
	if latitude < -90 || latitude > 90 || longitude < -180 || longitude > 180 {
		return Message{}, fmt.Errorf("location %g, %g: out of range", latitude, longitude)
	}
	return s.speak(user, chat, topic, nil, func(m *Message) {
		m.Location = &Location{Latitude: latitude, Longitude: longitude}
	})
}

// Upload makes a person send a file of at most 20 MB.
func (s *Server) Upload(user, chat int64, topic int, name string, data []byte, caption string) (Message, error) {
	if len(data) > maxUpload {
		return Message{}, fmt.Errorf("upload %q: %w", name, errTooLarge)
	}
	text, entities, err := s.format(caption, "", "")
	if err != nil {
		return Message{}, err
	}
	return s.speak(user, chat, topic, nil, func(m *Message) {
		m.Document = s.keepFile(upload{name: name, data: data})
		m.Caption, m.CaptionEntities = text, entities
	})
}

// Forward makes a person forward a message of another chat.
func (s *Server) Forward(user, chat int64, topic int, from int64, id int) (Message, error) {
	source, ok := s.Message(from, id)
	if !ok {
		return Message{}, fmt.Errorf("forward %d of chat %d: %w", id, from, ErrNoMessage)
	}
	return s.speak(user, chat, topic, nil, func(m *Message) {
		m.ForwardOrigin = origin(&source)
		m.Text, m.Entities, m.PreviewURL = source.Text, source.Entities, source.PreviewURL
		m.Document, m.Caption, m.CaptionEntities, m.Location = source.Document, source.Caption, source.CaptionEntities, source.Location
	})
}

// origin tells where a message was first sent (Bot API, MessageOrigin).
func origin(m *Message) *Origin {
	switch {
	case m.ForwardOrigin != nil:
		return m.ForwardOrigin
	case m.Chat.Type == "channel":
		return &Origin{Type: "channel", Date: m.Date, Chat: m.SenderChat, MessageID: m.ID}
	case m.SenderChat != nil:
		return &Origin{Type: "chat", Date: m.Date, SenderChat: m.SenderChat}
	}
	return &Origin{Type: "user", Date: m.Date, SenderUser: m.From}
}

// Edit makes a person change a text of theirs.
func (s *Server) Edit(user, chat int64, id int, text string) (Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.room(chat)
	if err != nil {
		return Message{}, err
	}
	old := r.message(id)
	if old == nil || old.From == nil || old.From.ID != user {
		return Message{}, fmt.Errorf("edit %d of chat %d: %w", id, chat, ErrNoMessage)
	}
	m := *old
	if m.Text, m.Entities, err = s.format(text, "", ""); err != nil {
		return Message{}, err
	}
	if err := checkText(m.Text); err != nil {
		return Message{}, err
	}
	m.PreviewURL = firstLink(m.Text, m.Entities)
	m.EditDate = s.now().Unix()
	s.replace(r, &m)
	if s.hears(r, &m) {
		s.push("edited_message", s.forBot(r, &m))
	}
	return m, nil
}

// speak puts a person's message into a chat; fill gives it content while the lock is held.
func (s *Server) speak(user, chat int64, topic int, opts []Said, fill func(*Message)) (Message, error) {
	var how said
	for _, o := range opts {
		o(&how)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return Message{}, ErrClosed
	}
	r, err := s.mayWrite(user, chat, topic)
	if err != nil {
		return Message{}, err
	}
	m := &Message{}
	if err := s.signAs(r, m, user, how.anon); err != nil {
		return Message{}, err
	}
	m.place(topic)
	if how.replyTo != 0 {
		to := r.message(how.replyTo)
		if to == nil {
			return Message{}, fmt.Errorf("reply to %d in chat %d: %w", how.replyTo, chat, ErrNoMessage)
		}
		m.ReplyTo = shallow(to)
	}
	fill(m)
	s.post(r, m)
	s.tellBot(r, m)
	return *m, nil
}

// mayWrite finds the chat and checks that the person can write there.
func (s *Server) mayWrite(user, chat int64, topic int) (*room, error) {
	if _, ok := s.users[user]; !ok {
		return nil, fmt.Errorf("user %d: %w", user, ErrNoUser)
	}
	r, err := s.room(chat)
	if err != nil {
		return nil, err
	}
	st := r.status(user)
	switch {
	case !st.present() || st == Restricted || r.migratedTo != 0:
		return nil, fmt.Errorf("user %d in chat %d: %w", user, chat, ErrNotMember)
	case r.chat.Type == "channel" && !r.admin(user):
		return nil, fmt.Errorf("user %d in channel %d: %w", user, chat, ErrWrongKind)
	case topic != 0 && (r.topic(topic) == nil || (r.topic(topic).closed && !r.admin(user))):
		return nil, fmt.Errorf("topic %d in chat %d: %w", topic, chat, ErrNoTopic)
	case r.chat.Type == "private" && r.status(s.me.ID) == Kicked:
		return nil, fmt.Errorf("chat %d: %w", chat, ErrNoBot)
	}
	return r, nil
}

// signAs sets the sender: the person, the channel, or the group for an anonymous administrator.
func (s *Server) signAs(r *room, m *Message, user int64, anon bool) error {
	c := r.chat
	if c.Type == "channel" {
		m.SenderChat = &c
		return nil
	}
	if anon && (!r.admin(user) || c.Type != "supergroup") {
		return fmt.Errorf("user %d anonymously in chat %d: %w", user, c.ID, ErrWrongKind)
	}
	if anon || r.members[user].anonymous {
		m.SenderChat = &c
		user = anonymousAdmin
	}
	u, _ := s.user(user)
	m.From = &u
	return nil
}

// tellBot queues the update that a person's message causes. A first message opens the private chat.
func (s *Server) tellBot(r *room, m *Message) {
	if r.chat.Type == "private" && !r.started {
		r.started = true
		s.chatChanged(r)
	}
	switch {
	case !s.hears(r, m):
	case r.chat.Type == "channel":
		s.push("channel_post", s.forBot(r, m))
	default:
		s.push("message", s.forBot(r, m))
	}
}

// deliverService tells the bot of a service message if it is in the chat, as privacy mode always does. One that takes
// the bot itself away is not told.
func (s *Server) deliverService(r *room, m *Message) {
	if !r.status(s.me.ID).present() {
		return
	}
	if r.chat.Type == "channel" {
		s.push("channel_post", s.forBot(r, m))
		return
	}
	s.push("message", s.forBot(r, m))
}

// hears tells whether the bot receives a person's message. In privacy mode a bot in a group that does not administer it
// gets commands, replies to its messages, mentions, and what was sent through it (Telegram, "Bot Features", privacy mode).
func (s *Server) hears(r *room, m *Message) bool {
	switch {
	case !r.status(s.me.ID).present():
		return false
	case r.chat.Type == "private" || r.chat.Type == "channel" || s.opt.ReadAll || r.admin(s.me.ID):
		return true
	case m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == s.me.ID:
		return true
	case m.ViaBot != nil && m.ViaBot.ID == s.me.ID:
		return true
	}
	for _, e := range append(m.Entities[:len(m.Entities):len(m.Entities)], m.CaptionEntities...) {
		if s.meant(m, e) {
			return true
		}
	}
	return false
}

// meant tells whether an entity speaks to the bot: a command that names no other bot, or a mention.
func (s *Server) meant(m *Message, e Entity) bool {
	word := part(m.Text+m.Caption, e)
	switch e.Type {
	case "bot_command":
		_, name, found := strings.Cut(word, "@")
		return e.Offset == 0 && (!found || strings.EqualFold(name, s.me.Username))
	case "mention":
		return strings.EqualFold(strings.TrimPrefix(word, "@"), s.me.Username)
	}
	return false
}
