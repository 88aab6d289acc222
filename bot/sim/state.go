package sim

// Bounds of what the web chat is given at once.
const (
	maxHistory  = 200 // messages of a chat
	maxWebChats = 200 // chats, people
)

// chatEntry is a chat as the web chat lists it.
type chatEntry struct {
	Chat     Chat       `json:"chat"`
	Members  []int64    `json:"members"` // the bot among them while it is there
	Admins   []int64    `json:"admins"`
	Topics   []webTopic `json:"topics"`
	Commands []Command  `json:"commands"`
	Bot      Status     `json:"bot"`
}

type webTopic struct {
	ID     int    `json:"id"`
	Name   string `json:"name"`
	Icon   string `json:"icon"`
	Closed bool   `json:"closed,omitempty"`
}

// webState is everything the web chat begins with.
type webState struct {
	Bot      User                 `json:"bot"`
	Users    []User               `json:"users"`
	Chats    []*chatEntry         `json:"chats"`
	Messages map[int64][]*Message `json:"messages"`
	Actions  []Action             `json:"actions"`
	Event    int64                `json:"event"`
}

func (s *Server) state() webState {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := webState{Bot: s.me, Users: []User{}, Chats: []*chatEntry{}, Messages: map[int64][]*Message{}, Event: s.lastEvent}
	out.Actions = append([]Action{}, s.opt.Actions...)
	for _, id := range s.userOrder[:min(len(s.userOrder), maxWebChats)] {
		out.Users = append(out.Users, s.users[id].User)
	}
	for _, id := range s.order {
		r := s.rooms[id]
		if r.deleted || r.migratedTo != 0 {
			continue
		}
		if len(out.Chats) == maxWebChats {
			break
		}
		out.Chats = append(out.Chats, s.entry(r))
		list := []*Message{}
		for _, m := range r.messages[max(len(r.messages)-maxHistory, 0):] {
			list = append(list, forWeb(m))
		}
		out.Messages[id] = list
	}
	return out
}

// entry lists a chat.
func (s *Server) entry(r *room) *chatEntry {
	e := &chatEntry{Chat: r.chat, Topics: []webTopic{}, Commands: s.menu(r), Bot: r.status(s.me.ID)}
	e.Members = r.people(func(m *member) bool { return m.status.present() })
	e.Admins = r.people(func(m *member) bool { return m.status == Creator || m.status == Administrator })
	if r.chat.IsForum {
		e.Topics = append(e.Topics, webTopic{ID: 0, Name: "General", Icon: "💬"})
		for _, t := range r.topics {
			if !t.deleted {
				e.Topics = append(e.Topics, webTopic{ID: t.id, Name: t.name, Icon: t.icon, Closed: t.closed})
			}
		}
	}
	return e
}

// chatChanged shows a chat anew; one that has gone makes the pages load again.
func (s *Server) chatChanged(r *room) {
	if r.deleted || r.migratedTo != 0 {
		s.emit(event{Type: "reload"})
		return
	}
	s.emit(event{Type: "chat", Entry: s.entry(r)})
}

// allChatsChanged shows the chats anew, or makes the pages load again where there are many.
func (s *Server) allChatsChanged() {
	if len(s.order) > maxWebChats {
		s.emit(event{Type: "reload"})
		return
	}
	for _, id := range s.order {
		if r := s.rooms[id]; !r.deleted && r.migratedTo == 0 {
			s.chatChanged(r)
		}
	}
}

// forWeb is the message as people see it: with the keyboard for the person, and the link that is previewed.
func forWeb(m *Message) *Message {
	c := *m
	if m.PreviewURL != "" {
		p := LinkPreview{}
		if m.LinkPreview != nil {
			p = *m.LinkPreview
		}
		p.URL = m.PreviewURL
		c.LinkPreview = &p
	}
	return &c
}
