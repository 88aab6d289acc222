package bot

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// Admin tells whether the user may change a group's or channel's settings. What Telegram says is kept for a minute, or
// until it tells of a change. ErrNoRights: it hides the members from the bot. The one person of a private chat always may.
// Anonymous administrators are not found here: they write with the chat itself as SenderChat.
func (b *Bot) Admin(ctx context.Context, chat, user int64) (bool, error) {
	if chat == user {
		return true, nil
	}
	m, err := b.member(ctx, chat, user)
	if errors.Is(err, errNoMember) {
		return false, nil
	}
	return m.Admin(), err
}

// CanPost tells whether the bot itself may write to a chat: in a channel as an administrator with that right, in a group
// as a member who is not restricted. Not kept.
func (b *Bot) CanPost(ctx context.Context, chat int64) (bool, error) {
	me, err := b.Me(ctx)
	if err != nil {
		return false, err
	}
	c, err := b.FindChat(ctx, strconv.FormatInt(chat, 10))
	if err != nil {
		return false, err
	}
	b.members.forget(chat, me.ID)
	m, err := b.member(ctx, chat, me.ID)
	if errors.Is(err, errNoMember) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return m.Writes(c.Kind), nil
}

// chatName is a chat's number or "@" and a username: Latin letters, digits and underscores, at most 32.
var chatName = regexp.MustCompile(`^(-?\d{1,19}|@\w{1,32})$`)

// FindChat looks a chat up by "@name" or by its number in digits (getChat). One that does not exist or can't, or that
// the bot never met, is ErrChatNotFound.
func (b *Bot) FindChat(ctx context.Context, name string) (Chat, error) {
	var c Chat
	if !chatName.MatchString(name) {
		return c, ErrChatNotFound
	}
	err := b.client.ask(ctx, "getChat", params{"chat_id": name}, &c)
	return c, err
}

func (b *Bot) member(ctx context.Context, chat, user int64) (Member, error) {
	if m, ok := b.members.get(chat, user); ok {
		return m, nil
	}
	p := params{}
	p.id("chat_id", chat)
	p.id("user_id", user)
	var m Member
	if err := b.client.ask(ctx, "getChatMember", p, &m); err != nil {
		return Member{}, err
	}
	b.members.put(chat, user, m)
	return m, nil
}

// memberCache remembers members for a minute. It is safe for concurrent use.
type memberCache struct {
	now func() time.Time
	mu  sync.Mutex
	m   map[memberKey]cachedMember
}

type memberKey struct{ chat, user int64 }

type cachedMember struct {
	Member
	until time.Time
}

const (
	memberTime = time.Minute
	maxMembers = 10_000 // then all are forgotten: simpler than an order, and rare
)

func newMemberCache(now func() time.Time) *memberCache {
	return &memberCache{now: now, m: map[memberKey]cachedMember{}}
}

func (c *memberCache) get(chat, user int64) (Member, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m, ok := c.m[memberKey{chat, user}]
	return m.Member, ok && c.now().Before(m.until)
}

func (c *memberCache) put(chat, user int64, m Member) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.m) >= maxMembers {
		clear(c.m)
	}
	c.m[memberKey{chat, user}] = cachedMember{m, c.now().Add(memberTime)}
}

func (c *memberCache) forget(chat, user int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, memberKey{chat, user})
}

// noticed takes over what an update says of somebody's standing.
func (c *memberCache) noticed(u Update) {
	for _, m := range []*ChatMember{u.MyChatMember, u.ChatMember} {
		if m != nil {
			c.put(m.Chat.ID, m.New.User.ID, m.New)
		}
	}
}
