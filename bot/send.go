package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"herald/news"
)

// partPatience is how long the parts of one answer wait in all for Telegram to take the next, as long as an answer itself
// may wait.
const partPatience = 2 * time.Minute

// Send sends a message when its turn comes, and waits until it is sent or finally failed. A command's answer that is too
// long goes in several messages, with the buttons under the last; the id is the first one's. Between them it sits out flood
// waits of two minutes in all, so that what has arrived need not be sent again. Where a later part fails, the id of the
// first comes with the error, which is no *FloodError. All other classes are one message, cut where it is too long.
//
// A command's answer is tried again for two minutes when Telegram can't be reached, and when it asks to wait for at most five seconds. All other
// classes get the error at once, since their messages are kept by the caller: ErrTransient (it may have been sent), or
// *FloodError (it was not). HTML that Telegram refuses is logged and sent once more as plain text.
//
// When ctx ends before the message's turn, it is not sent, and the error is the cause; a request in flight is waited for all the same.
func (b *Bot) Send(ctx context.Context, class Class, p news.Place, o Outgoing) (int, error) {
	if class != ClassCommand {
		return b.sendOne(ctx, class, p, o.cut())
	}
	parts := o.parts()
	first, err := b.sendOne(ctx, class, p, parts[0])
	patience := partPatience
	for i := 1; i < len(parts) && err == nil; i++ {
		if err = b.sendNext(ctx, p, parts[i], &patience); err != nil {
			err = fmt.Errorf("part %d of %d: %w", i+1, len(parts), err)
		}
	}
	return first, err
}

func (b *Bot) sendOne(ctx context.Context, class Class, p news.Place, o Outgoing) (int, error) {
	v := o.sendParams(p)
	v.flag("allow_paid_broadcast", b.paid && class != ClassCommand)
	return b.sender.send(ctx, &job{class: class, place: p, method: "sendMessage", params: v})
}

// sendNext sends a later part of an answer, after flood waits that fit into the patience. One that does not fit is
// ErrTransient: who waits for it and sends the whole again repeats what has arrived.
func (b *Bot) sendNext(ctx context.Context, p news.Place, part Outgoing, patience *time.Duration) error {
	for {
		_, err := b.sendOne(ctx, ClassCommand, p, part)
		var flood *FloodError
		switch {
		case !errors.As(err, &flood):
			return err
		case flood.After > *patience:
			return fmt.Errorf("%w: a flood wait of %s", ErrTransient, flood.After)
		}
		*patience -= flood.After
		if err := news.Sleep(ctx, flood.After); err != nil {
			return err
		}
	}
}

// cut is the message without what does not fit into one.
func (o Outgoing) cut() Outgoing {
	if texts := o.texts(); len(texts) > 1 {
		o.HTML = texts[0]
	}
	return o
}

// parts are the messages that one Outgoing becomes: at least one.
func (o Outgoing) parts() []Outgoing {
	texts := o.texts()
	if len(texts) < 2 {
		return []Outgoing{o}
	}
	parts := make([]Outgoing, len(texts))
	for i, t := range texts {
		parts[i] = Outgoing{HTML: t, Silent: o.Silent || i > 0}
	}
	parts[0].ReplyTo, parts[0].Preview, parts[0].SmallPreview = o.ReplyTo, o.Preview, o.SmallPreview
	last := &parts[len(parts)-1]
	last.Rows, last.Keyboard = o.Rows, o.Keyboard
	return parts
}

// texts are the HTML in parts that fit. Most messages are short in bytes already, and no text has more units than bytes.
func (o Outgoing) texts() []string {
	if len(o.HTML) <= maxText {
		return []string{o.HTML}
	}
	return Split(o.HTML, maxText)
}

// Edit replaces a message's text and buttons, as urgent as a command's answer. An edit that changes nothing is not an
// error. What does not fit into one message is cut. A message that is gone is ErrMessageGone.
func (b *Bot) Edit(ctx context.Context, p news.Place, message int, o Outgoing) error {
	return b.edit(ctx, ClassCommand, p, message, o)
}

// Refresh is Edit, in the turn of the least urgent class. Like Send it returns errors at once.
func (b *Bot) Refresh(ctx context.Context, p news.Place, message int, o Outgoing) error {
	return b.edit(ctx, ClassEdit, p, message, o)
}

func (b *Bot) edit(ctx context.Context, class Class, p news.Place, message int, o Outgoing) error {
	_, err := b.sender.send(ctx, &job{class: class, place: p, method: "editMessageText", params: o.cut().editParams(p, message)})
	if errors.Is(err, errSame) {
		return nil
	}
	return err
}

// SendDocument sends a file with a caption in plain text, as urgent as a command's answer.
func (b *Bot) SendDocument(ctx context.Context, p news.Place, name string, data []byte, caption string) error {
	v := params{}
	v.id("chat_id", p.Chat)
	v.topic(p.Topic)
	v.set("caption", cut(clean(caption), maxCaption))
	_, err := b.sender.send(ctx, &job{
		class: ClassCommand, place: p, method: "sendDocument", params: v,
		file: &file{field: "document", name: name, data: data},
	})
	return err
}

// Pause keeps everything but answers to commands waiting, until it is called with false: for when nobody could note what is sent.
func (b *Bot) Pause(on bool) {
	s := b.sender
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.paused = on
	s.signal()
}

// ReadyIn is how long it takes until the place may get a broadcast, by its flood wait and its pace; 0: now. Messages
// that wait in the queue are not counted.
func (b *Bot) ReadyIn(p news.Place) time.Duration {
	s := b.sender
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	at := s.queue.held
	if l := s.queue.chats[p.Chat]; l != nil {
		at = later(at, l.readyAt(ClassBroadcast))
	}
	return max(at.Sub(now), 0)
}
