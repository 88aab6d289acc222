package sim

import (
	"strconv"
	"strings"
)

// target finds the chat that a call names and refuses what Telegram does on the way to it: chats that do not exist,
// that moved, that the bot can't see.
func (s *Server) target(c *call) (*room, error) {
	r, err := s.lookup(c.str("chat_id"))
	if err != nil {
		return nil, err
	}
	switch {
	case r.migratedTo != 0:
		return nil, &refusal{code: 400, text: "Bad Request: group chat was upgraded to a supergroup chat", migrateTo: r.migratedTo}
	case r.deleted && r.chat.Type == "group":
		return nil, forbidden("the group chat was deleted")
	case r.deleted:
		return nil, bad("chat not found")
	case r.chat.Type == "private":
		return r, s.reachable(r)
	}
	switch r.status(s.me.ID) {
	case Kicked:
		return nil, forbidden("bot was kicked from the %s chat", r.chat.Type)
	case Left:
		return nil, forbidden("bot is not a member of the %s chat", r.chat.Type)
	case Creator, Administrator, Member, Restricted:
	}
	return r, nil
}

// lookup finds a chat by number or by "@" and its public name.
func (s *Server) lookup(id string) (*room, error) {
	if name, ok := strings.CutPrefix(id, "@"); ok {
		for _, r := range s.rooms {
			if r.chat.Type != "private" && r.chat.Username != "" && strings.EqualFold(r.chat.Username, name) {
				return r, nil
			}
		}
		return nil, bad("chat not found")
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || s.rooms[n] == nil {
		return nil, bad("chat not found")
	}
	return s.rooms[n], nil
}

// reachable tells whether the bot can write to a person.
func (s *Server) reachable(r *room) error {
	switch {
	case s.users[r.chat.ID].deactivated:
		return forbidden("user is deactivated")
	case r.status(s.me.ID) == Kicked:
		return forbidden("bot was blocked by the user")
	case !r.started:
		return forbidden("bot can't initiate conversation with a user")
	}
	return nil
}

// writable finds the chat of a call that writes, checks the right to, and the topic; it returns the topic's id, 0 for
// none. what names what is written, in Telegram's text: "text messages", "documents".
func (s *Server) writable(c *call, what string) (*room, int, error) {
	r, err := s.target(c)
	if err != nil {
		return nil, 0, err
	}
	switch bot := r.status(s.me.ID); {
	case bot == Restricted:
		return nil, 0, bad("not enough rights to send %s to the chat", what)
	case r.chat.Type == "channel" && !r.admin(s.me.ID):
		return nil, 0, bad("need administrator rights in the channel chat")
	}
	id, err := s.openTopic(r, c)
	return r, id, err
}

// openTopic checks message_thread_id. The general topic has no id of its own: naming 1 is refused, as by Telegram.
func (s *Server) openTopic(r *room, c *call) (int, error) {
	if !c.has("message_thread_id") {
		return 0, nil
	}
	id := int(c.num("message_thread_id"))
	if id == 0 {
		return 0, nil
	}
	if id < 0 {
		return 0, bad("invalid message thread identifier specified")
	}
	t := r.topic(id)
	switch {
	case t == nil:
		return 0, bad("message thread not found")
	case t.closed && !r.admin(s.me.ID):
		return 0, bad("TOPIC_CLOSED")
	}
	return id, nil
}
