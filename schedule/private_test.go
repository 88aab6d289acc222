package schedule_test

import (
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
	"herald/news/desk"
	"herald/storage"
)

// TestPrivateArticle: a story that a chat's own feed told first reaches the others without that feed's article.
func TestPrivateArticle(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		const diary = "echo.example"
		owner := w.reader("Ann")
		w.report("Diary on the storm")
		echo, _, err := w.db.AddFeed(t.Context(), news.Feed{URL: "https://post.example/feed", Title: "Post", Shared: true, NextPoll: time.Now().AddDate(1, 0, 0)})
		w.check(err)
		w.feed = echo
		stranger := w.reader("Bert")
		time.Sleep(time.Minute)
		a := desk.New(nil).Text("Storm passes", "Storm passes over Oberwald. Nobody was surprised by the news of the day, people there said.", "en")
		a.FeedID, a.Source, a.Identity, a.Fetched, a.StoryID = echo.ID, "Post", "storm", time.Now(), 1
		_, err = w.db.SaveArticle(t.Context(), a, storage.Save{Push: true, Now: time.Now()})
		w.check(err)
		w.scheduler.Wake()
		time.Sleep(time.Minute)
		if len(w.got(owner)) != 1 || !strings.Contains(w.got(owner)[0].Text, "Diary on the storm") {
			t.Errorf("the owner got %+v", w.got(owner))
		}
		if got := w.got(stranger); len(got) != 1 || !strings.Contains(got[0].Text, "Storm passes") || tells(got[0], "Diary", "Echo", diary) {
			t.Errorf("the stranger got %+v", got)
		}
	})
}

// tells finds one of the words in a message or its buttons.
func tells(m sim.Message, words ...string) bool {
	all := m.Text
	for _, e := range m.Entities {
		all += " " + e.URL
	}
	for _, word := range words {
		if strings.Contains(all, word) {
			return true
		}
	}
	return false
}
