package bot_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/bot"
	"herald/bot/locale"
	"herald/news"
)

func TestCallbacks(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	id := mustSend(t, b, news.Place{Chat: ann}, bot.Outgoing{HTML: "press", Rows: [][]bot.Button{{{Text: "Go", Data: "q:7"}}}})
	var got notes
	stop := poll(b, func(ctx context.Context, u bot.Update) {
		if u.Callback == nil {
			return
		}
		got.add(u.Callback.Data)
		if err := b.Answer(ctx, u.Callback.ID, strings.Repeat("x", 300), true); err != nil {
			t.Error(err)
		}
	})
	answer, err := s.Press(t.Context(), ann, ann, id, "q:7")
	if err != nil || len([]rune(answer.Text)) != 200 || !answer.Alert {
		t.Errorf("got %+v, %v; want an alert cut to 200 characters", answer, err)
	}
	if err := b.Answer(t.Context(), "1234", "too late", false); err != nil {
		t.Errorf("a press that is too old: %v", err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"q:7"}, got.all()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestInlineMode(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	var got notes
	stop := poll(b, func(ctx context.Context, u bot.Update) {
		switch {
		case u.InlineQuery != nil:
			var results []bot.InlineResult
			for i := range 60 {
				results = append(results, bot.InlineResult{
					ID: "s" + string(rune('A'+i)), Title: "Harbour <open>", Description: "d", URL: "https://news.example/",
					Message: card(locale.For("en"), news.Chat{Length: news.Short}, harbourStory(), "sim_bot", noon),
				})
			}
			if err := b.AnswerInline(ctx, u.InlineQuery.ID, results, "50", &bot.InlineButton{Text: "Settings", Start: "settings"}); err != nil {
				t.Error(err)
			}
		case u.ChosenInline != nil:
			got.add(u.ChosenInline.ResultID)
		}
	})
	answer, err := s.Inline(t.Context(), ann, ann, "harbour", "")
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Results) != 50 || answer.NextOffset != "50" {
		t.Errorf("got %d results and next %q, want 50 and 50", len(answer.Results), answer.NextOffset)
	}
	if _, err := s.Choose(ann, ann, 0, answer.QueryID, "sC"); err != nil {
		t.Fatal(err)
	}
	if err := s.WaitConfirmed(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"sC"}, got.all()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
