package sim

import "fmt"

// topicColor is the colour of a topic's icon when none is chosen (Bot API, createForumTopic: one of six values).
const topicColor = 7322096

// AddTopic opens a topic in a forum and returns its id, which is the id of the service message that shows it. icon is
// one character for the web chat; "" is a speech bubble.
func (s *Server) AddTopic(chat int64, name, icon string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.room(chat)
	if err != nil {
		return 0, err
	}
	if !r.chat.IsForum {
		return 0, fmt.Errorf("topic in chat %d: %w", chat, ErrWrongKind)
	}
	if icon == "" {
		icon = "💬"
	}
	id := r.lastID + 1
	m := &Message{From: s.owner(r), Topic: id, IsTopic: true, TopicCreated: &TopicCreated{Name: name, IconColor: topicColor}}
	s.post(r, m)
	r.topics = append(r.topics, &topic{id: id, name: name, icon: icon, service: m})
	s.deliverService(r, m)
	s.chatChanged(r)
	return id, nil
}

// owner is the creator of the chat, or the anonymous administrator where it has none.
func (s *Server) owner(r *room) *User {
	u, _ := s.user(anonymousAdmin)
	for id, m := range r.members {
		if m.status == Creator {
			u, _ = s.user(id)
		}
	}
	return &u
}

// CloseTopic closes a topic: only administrators can write there.
func (s *Server) CloseTopic(chat int64, topic int) error {
	return s.changeTopic(chat, topic, func(t *topicChange) {
		t.topic.closed = true
		t.message.TopicClosed = &struct{}{}
	})
}

// ReopenTopic undoes CloseTopic.
func (s *Server) ReopenTopic(chat int64, topic int) error {
	return s.changeTopic(chat, topic, func(t *topicChange) {
		t.topic.closed = false
		t.message.TopicReopened = &struct{}{}
	})
}

// DeleteTopic deletes a topic with its messages. The bot is not told.
func (s *Server) DeleteTopic(chat int64, topic int) error {
	return s.changeTopic(chat, topic, func(t *topicChange) {
		t.topic.deleted = true
		t.message = nil
	})
}

type topicChange struct {
	topic   *topic
	message *Message // shown in the topic and told to the bot; nil: nothing
}

func (s *Server) changeTopic(chat int64, id int, change func(*topicChange)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.room(chat)
	if err != nil {
		return err
	}
	t := r.topic(id)
	if t == nil {
		return fmt.Errorf("topic %d in chat %d: %w", id, chat, ErrNoTopic)
	}
	c := &topicChange{topic: t, message: &Message{From: s.owner(r), Topic: id, IsTopic: true}}
	change(c)
	if c.message != nil {
		s.post(r, c.message)
		s.deliverService(r, c.message)
	} else {
		s.dropTopic(r, id)
	}
	s.chatChanged(r)
	return nil
}

// dropTopic removes the messages of a topic.
func (s *Server) dropTopic(r *room, id int) {
	var gone []int
	for _, m := range r.messages {
		if m.Topic == id {
			gone = append(gone, m.ID)
		}
	}
	for _, m := range gone {
		s.remove(r, m)
	}
}

// Upgrade turns a basic group into a supergroup, as Telegram does when an administrator asks for something that only
// supergroups have: a new chat with a new id, a service message on either side, and refusals with migrate_to_chat_id
// from the old one.
func (s *Server) Upgrade(chat int64) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, err := s.room(chat)
	if err != nil {
		return 0, err
	}
	if old.chat.Type != "group" || old.migratedTo != 0 {
		return 0, fmt.Errorf("upgrade chat %d: %w", chat, ErrWrongKind)
	}
	c := old.chat
	c.ID, c.Type = s.superID(), "supergroup"
	r := s.addRoom(c)
	r.members = map[int64]*member{}
	for id, m := range old.members {
		copied := *m
		r.members[id] = &copied
	}
	out := s.post(old, &Message{From: s.owner(r), MigrateTo: c.ID})
	s.deliverService(old, out)
	old.migratedTo = c.ID
	in := s.post(r, &Message{From: s.owner(r), MigrateFrom: chat})
	s.deliverService(r, in)
	s.chatChanged(r)
	return c.ID, nil
}

// DeleteChat deletes a group or channel. The bot is not told; it finds out when it writes.
func (s *Server) DeleteChat(chat int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.room(chat)
	if err != nil {
		return err
	}
	if r.chat.Type == "private" {
		return fmt.Errorf("delete chat %d: %w", chat, ErrWrongKind)
	}
	r.deleted = true
	s.chatChanged(r)
	return nil
}
