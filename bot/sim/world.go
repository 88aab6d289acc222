package sim

import (
	"fmt"
	"slices"
	"strings"
)

// Where ids of each kind begin; Telegram's shapes: people positive, groups negative, supergroups and channels -100….
const (
	firstUser  = 500001
	firstGroup = 4000001
	superBase  = 1000000000000
	superFirst = 2000000001

	anonymousAdmin = 1087968824 // the bot that stands for anonymous administrators, @GroupAnonymousBot
)

// world is the people and chats.
type world struct {
	users     map[int64]*person
	rooms     map[int64]*room
	order     []int64 // of rooms, as they were made
	userOrder []int64
	lastUser  int64
	lastGroup int64
	lastSuper int64
}

type person struct {
	User
	deactivated bool
}

// room is a chat with what is in it.
type room struct {
	chat       Chat
	started    bool // private: the person wrote to the bot
	deleted    bool
	migratedTo int64
	members    map[int64]*member
	topics     []*topic
	messages   []*Message // by rising ID
	lastID     int
	pinned     int
	pace       pace
}

type member struct {
	user      int64
	status    Status
	anonymous bool
	inviter   int64
}

type topic struct {
	id      int
	name    string
	icon    string
	closed  bool
	deleted bool
	service *Message // the message that opened it
}

func newWorld() world {
	return world{
		users: map[int64]*person{}, rooms: map[int64]*room{},
		lastUser: firstUser - 1, lastGroup: firstGroup - 1, lastSuper: superFirst - 1,
	}
}

// AddUser adds a person; an ID of 0 is filled in. Their private chat with the bot exists but the bot can't write there
// before they have. Adding an ID again replaces the person's names.
func (s *Server) AddUser(u User) User {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.ID == 0 {
		s.lastUser++
		u.ID = s.lastUser
	}
	if p, ok := s.users[u.ID]; ok {
		p.User = u
		s.rooms[u.ID].chat = privateChat(u)
		s.chatChanged(s.rooms[u.ID])
		return u
	}
	s.users[u.ID] = &person{User: u}
	s.userOrder = append(s.userOrder, u.ID)
	r := s.addRoom(privateChat(u))
	r.members = map[int64]*member{u.ID: {user: u.ID, status: Member}, s.me.ID: {user: s.me.ID, status: Member}}
	s.chatChanged(r)
	return u
}

func privateChat(u User) Chat {
	return Chat{ID: u.ID, Type: "private", FirstName: u.FirstName, LastName: u.LastName, Username: u.Username}
}

// addRoom registers an empty chat.
func (s *Server) addRoom(c Chat) *room {
	r := &room{chat: c, pace: s.newPace(c.Type)}
	s.rooms[c.ID] = r
	s.order = append(s.order, c.ID)
	return r
}

// Group describes a group to add. Members and Admins are ids of users that were added, others are left out; the first of
// Admins owns the group.
type Group struct {
	Title    string
	Username string // public name; not for basic groups
	Basic    bool   // a basic group, which can be upgraded; else a supergroup
	Forum    bool   // a supergroup with topics
	Members  []int64
	Admins   []int64
	Bot      Status // "": Member
}

// AddGroup adds a group. The bot gets a my_chat_member update unless it has not joined (Left).
func (s *Server) AddGroup(g Group) Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := Chat{Type: "supergroup", Title: g.Title, Username: g.Username, IsForum: g.Forum}
	if g.Basic {
		s.lastGroup++
		c.ID, c.Type, c.IsForum, c.Username = -s.lastGroup, "group", false, ""
	} else {
		c.ID = s.superID()
	}
	return s.furnish(c, g.Admins, g.Members, g.Bot, Member)
}

// AddChannel adds a channel, of which Group's Title, Username, Members, Admins and Bot are used; the bot is an
// administrator unless told otherwise, as nobody else may post.
func (s *Server) AddChannel(g Group) Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := Chat{ID: s.superID(), Type: "channel", Title: g.Title, Username: g.Username}
	return s.furnish(c, g.Admins, g.Members, g.Bot, Administrator)
}

func (s *Server) superID() int64 {
	s.lastSuper++
	return -superBase - s.lastSuper
}

// furnish makes a chat with its members and lets the bot in.
func (s *Server) furnish(c Chat, admins, members []int64, bot, usual Status) Chat {
	r := s.addRoom(c)
	r.members = map[int64]*member{}
	for i, id := range admins {
		status := Administrator
		if i == 0 {
			status = Creator
		}
		if s.users[id] == nil {
			continue
		}
		r.members[id] = &member{user: id, status: status}
	}
	for _, id := range members {
		if r.members[id] == nil && s.users[id] != nil {
			r.members[id] = &member{user: id, status: Member}
		}
	}
	if bot == "" {
		bot = usual
	}
	by := int64(0)
	if len(admins) > 0 {
		by = admins[0]
	}
	if bot != Left {
		s.moveBot(r, by, bot)
	}
	s.chatChanged(r)
	return r.chat
}

// user returns the user with an id, the bot and the anonymous administrator among them.
func (s *Server) user(id int64) (User, bool) {
	switch id {
	case s.me.ID:
		return s.me, true
	case anonymousAdmin:
		return User{ID: anonymousAdmin, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}, true
	}
	p, ok := s.users[id]
	if !ok {
		return User{}, false
	}
	return p.User, true
}

// room finds a chat for a Go call.
func (s *Server) room(id int64) (*room, error) {
	r, ok := s.rooms[id]
	if !ok || r.deleted {
		return nil, fmt.Errorf("chat %d: %w", id, ErrNoChat)
	}
	return r, nil
}

// admin tells whether the user administers the chat.
func (r *room) admin(user int64) bool {
	m := r.members[user]
	return m != nil && (m.status == Creator || m.status == Administrator)
}

// status is what the user is in the chat; Left for strangers.
func (r *room) status(user int64) Status {
	if m := r.members[user]; m != nil {
		return m.status
	}
	return Left
}

// people are the ids of those in the chat whom want accepts, rising.
func (r *room) people(want func(*member) bool) []int64 {
	ids := []int64{}
	for id, m := range r.members {
		if want(m) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// message finds a message by id, or nil.
func (r *room) message(id int) *Message {
	if i, ok := r.find(id); ok {
		return r.messages[i]
	}
	return nil
}

func (r *room) find(id int) (int, bool) {
	return slices.BinarySearchFunc(r.messages, id, func(m *Message, id int) int { return m.ID - id })
}

// topic finds a topic that was not deleted, or nil.
func (r *room) topic(id int) *topic {
	for _, t := range r.topics {
		if t.id == id && !t.deleted {
			return t
		}
	}
	return nil
}

// post gives the message an id, a date and its chat, and adds it.
func (s *Server) post(r *room, m *Message) *Message {
	r.lastID++
	m.ID, m.Date, m.Chat = r.lastID, s.now().Unix(), r.chat
	r.messages = append(r.messages, m)
	s.emit(event{Type: "message", Chat: r.chat.ID, Message: m})
	return m
}

// replace puts a changed copy in the message's place.
func (s *Server) replace(r *room, m *Message) {
	if i, ok := r.find(m.ID); ok {
		r.messages[i] = m
		s.emit(event{Type: "edit", Chat: r.chat.ID, Message: m})
	}
}

// remove takes a message out.
func (s *Server) remove(r *room, id int) bool {
	i, ok := r.find(id)
	if ok {
		r.messages = slices.Delete(r.messages, i, i+1)
		s.emit(event{Type: "delete", Chat: r.chat.ID, MessageID: id})
	}
	return ok
}

// Messages returns what is in the chat, oldest first; nil where there is no such chat.
func (s *Server) Messages(chat int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.rooms[chat]
	if !ok {
		return nil
	}
	list := make([]Message, len(r.messages))
	for i, m := range r.messages {
		list[i] = *m
	}
	return list
}

// Message returns one message of the chat.
func (s *Server) Message(chat int64, id int) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, ok := s.rooms[chat]; ok {
		if m := r.message(id); m != nil {
			return *m, true
		}
	}
	return Message{}, false
}

// LastMessage returns the newest message of the chat.
func (s *Server) LastMessage(chat int64) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.rooms[chat]
	if !ok || len(r.messages) == 0 {
		return Message{}, false
	}
	return *r.messages[len(r.messages)-1], true
}

// containsFold tells whether text contains words in any case.
func containsFold(text, words string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(words))
}
