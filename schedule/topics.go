package schedule

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"herald/bot"
	"herald/news"
)

// lostKey is where the topics are stored that are closed or gone, with chat and topic behind it: their stories go to the main thread,
// and the chat's administrators were told so.
const lostKey = "lost/"

// topics know which topics are lost. Safe for concurrent use.
type topics struct {
	telling sync.Mutex // held while it is found out who is the first to tell
	mu      sync.Mutex
	lost    map[news.Place]bool // as far as asked for
}

// send sends to a place or, where its topic has been refused again and again, to the chat's main thread.
func (c *courier) send(ctx context.Context, class bot.Class, p news.Place, attempts int, o bot.Outgoing) (int, error) {
	id, err := c.Bot.Send(ctx, class, p, o)
	if p.Topic == 0 {
		return id, err
	}
	if !errors.Is(err, bot.ErrTopic) {
		if err == nil {
			c.found(ctx, p)
		}
		return id, err
	}
	lost := c.isLost(ctx, p)
	if !lost && attempts+1 < topicTries {
		return id, err // a topic may be refused for a moment
	}
	if id, err = c.Bot.Send(ctx, class, news.Place{Chat: p.Chat}, o); err == nil && !lost {
		c.tellLost(ctx, p)
	}
	return id, err
}

func lostTopic(p news.Place) string { return fmt.Sprintf("%s%d/%d", lostKey, p.Chat, p.Topic) }

// isLost tells whether the topic was found lost before.
func (c *courier) isLost(ctx context.Context, p news.Place) bool {
	c.topics.mu.Lock()
	defer c.topics.mu.Unlock()
	if lost, known := c.topics.lost[p]; known {
		return lost
	}
	value, err := c.DB.Get(ctx, lostTopic(p))
	if err != nil {
		c.complain(ctx, "whether a topic is lost", err)
		return false
	}
	c.topics.lost[p] = value != ""
	return value != ""
}

// found takes note of a topic that takes messages.
func (c *courier) found(ctx context.Context, p news.Place) {
	if c.isLost(ctx, p) {
		c.note(ctx, p, false)
	}
}

// tellLost tells the administrators that a topic is lost, in the thread that is left. It is noted before, so that it is told once, also
// where several stories find it so.
func (c *courier) tellLost(ctx context.Context, p news.Place) {
	if !c.firstToTell(ctx, p) {
		return
	}
	c.Log.Warn("a topic is closed or gone; its stories go to the main thread", "chat", p.Chat, "topic", p.Topic)
	chat, err := c.DB.Chat(ctx, p.Chat)
	if err == nil {
		_, err = c.Bot.Send(ctx, bot.ClassAlert, news.Place{Chat: p.Chat}, bot.Outgoing{HTML: c.words(chat).T("topic.lost"), Silent: true})
	}
	c.complain(ctx, "tell of a lost topic", err)
}

func (c *courier) firstToTell(ctx context.Context, p news.Place) bool {
	c.topics.telling.Lock()
	defer c.topics.telling.Unlock()
	return !c.isLost(ctx, p) && c.note(ctx, p, true)
}

func (c *courier) note(ctx context.Context, p news.Place, lost bool) bool {
	value := ""
	if lost {
		value = "told"
	}
	if err := c.DB.Set(context.WithoutCancel(ctx), lostTopic(p), value); err != nil {
		c.complain(ctx, "note a lost topic", err)
		return false
	}
	c.topics.mu.Lock()
	defer c.topics.mu.Unlock()
	c.topics.lost[p] = lost
	return true
}
