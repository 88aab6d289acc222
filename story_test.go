package main

import (
	"strings"
	"testing"

	"herald/bot/sim"
)

// TestFirstMinute is what somebody does who tries Herald: the same story that the browser test tells with a mouse.
func TestFirstMinute(t *testing.T) {
	w := newWorld(t)
	w.ready()

	welcome := w.say(ada, ada, 0, "/start", "Herald")
	if _, ok := welcome.Button("Latest"); !ok {
		t.Errorf("no Latest button under the welcome: %+v", welcome.Markup)
	}

	list := w.say(ada, ada, 0, "/latest", "Latest news")
	w.press(ada, list, "Older")
	page2 := w.wait(ada, "page 2 in place", func(m sim.Message) bool { return m.ID == list.ID && strings.Contains(m.Text, "Page 2") })
	w.press(ada, page2, "1")
	card := w.answer(ada, list.ID, "·")
	for _, label := range []string{"Full text", "Share"} {
		if _, ok := card.Button(label); !ok {
			t.Errorf("no %q under the card %q", label, card.Text)
		}
	}
	w.press(ada, card, "Full text")
	full := w.answer(ada, card.ID, "")
	if !hasEntity(full, "expandable_blockquote") {
		t.Errorf("the full text is no expandable blockquote: %+v", full.Entities)
	}

	said := w.say(ada, ada, 0, "/quotes", "Who said what")
	if !hasEntity(said, "blockquote") && !hasEntity(said, "expandable_blockquote") {
		t.Errorf("no blockquote in the quotes: %q", said.Text)
	}

	panel := w.say(ada, ada, 0, "/subscribe", "Tap a source")
	for _, b := range buttons(panel) {
		w.press(ada, panel, strings.TrimPrefix(b.Text, "➕ "))
	}
	group, topic := w.group("World")
	panel = w.say(ada, group, topic, "/subscribe", "Tap a source")
	if panel.Topic != topic {
		t.Errorf("the answer is in topic %d, asked in %d", panel.Topic, topic)
	}
	for _, b := range buttons(panel) {
		w.press(ada, panel, strings.TrimPrefix(b.Text, "➕ "))
	}

	before, _ := w.Sim.LastMessage(ada)
	title := w.breaks()
	push := w.wait(ada, "the push in private", func(m sim.Message) bool { return m.ID > before.ID && strings.Contains(m.Text, title) })
	w.wait(group, "the push in the topic", func(m sim.Message) bool { return m.Topic == topic && strings.Contains(m.Text, title) })

	share, ok := push.Button("Share")
	if !ok || share.Switch == nil {
		t.Fatalf("no Share button under the push: %+v", push.Markup)
	}
	found, err := w.Sim.Inline(w.ctx, ben, ben, *share.Switch, "")
	if err != nil || len(found.Results) != 1 {
		t.Fatalf("inline %q: %+v, %v", *share.Switch, found, err)
	}
	shared, err := w.Sim.Choose(ben, group, topic, found.QueryID, found.Results[0].ID)
	if err != nil || !strings.Contains(shared.Text, title) {
		t.Errorf("shared %q, %v; want the story %q", shared.Text, err, title)
	}
	if s := w.Sim.Stats(); s.EarlyRetries != 0 || len(s.Refused) != 0 {
		t.Errorf("early retries %d, refused calls %v", s.EarlyRetries, s.Refused)
	}
}

// breaks publishes the next sample article and returns its title.
func (w *world) breaks() string {
	w.t.Helper()
	said, err := w.breakStory(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(said, "“")
	title, _, ok := strings.Cut(rest, "” (")
	if !ok {
		w.t.Fatalf("break a story: %q", said)
	}
	return title
}

func hasEntity(m sim.Message, kind string) bool {
	for _, e := range m.Entities {
		if e.Type == kind {
			return true
		}
	}
	return false
}

func buttons(m sim.Message) []sim.Button {
	var all []sim.Button
	if m.Markup != nil {
		for _, row := range m.Markup.Inline {
			all = append(all, row...)
		}
	}
	return all
}

// TestOneEventOneMessage: an event that four newspapers report in three languages is one push, and the card names all four.
func TestOneEventOneMessage(t *testing.T) {
	w := newWorld(t)
	w.ready()
	w.say(ada, ada, 0, "/start", "Herald")
	panel := w.say(ada, ada, 0, "/subscribe", "Tap a source")
	for _, b := range buttons(panel) {
		w.press(ada, panel, strings.TrimPrefix(b.Text, "➕ "))
	}
	before, _ := w.Sim.LastMessage(ada)
	first := w.breaks()
	for range 3 {
		w.breaks()
	}
	push := w.wait(ada, "the push", func(m sim.Message) bool { return m.ID > before.ID && strings.Contains(m.Text, first) })
	w.settled()
	for _, m := range w.Sim.Messages(ada) {
		if m.ID > push.ID {
			t.Errorf("another message about the same event: %q", m.Text)
		}
	}
	share, _ := push.Button("Share")
	card := w.say(ada, ada, 0, "/start "+*share.Switch, first)
	for _, paper := range []string{"Ostral Dispatch", "Le Fanal de Clairval", "La Gaceta de Puertalba"} {
		if !strings.Contains(card.Text, paper) {
			t.Errorf("the card does not name %s: %q", paper, card.Text)
		}
	}
}

// settled waits until nothing is owed to anybody.
func (w *world) settled() {
	w.t.Helper()
	w.until("the outbox is empty", func() bool {
		n, err := w.App.db.PendingDeliveries(w.ctx)
		return err == nil && n == 0
	})
}
