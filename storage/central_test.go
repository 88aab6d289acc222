package storage

import (
	"context"
	"testing"
	"time"

	"herald/news"
)

// TestCentral: a story is led by its most central article, for each reader of those that he may read and in his language first; what
// is shown already still leads where it is shown.
func TestCentral(t *testing.T) {
	db, north, diary := secrets(t)
	ctx := context.Background()
	var ids []int64
	for i, lang := range []string{"en", "en", "de", "de", "en"} {
		a := article(north, 10+i, []string{"Ferry", "Ferry sinks off Lindau", "Fähre", "Fähre sinkt vor Lindau", "My ferry"}[i])
		a.Lang, a.Source = lang, a.Title
		if i == 4 {
			a.FeedID = diary
		}
		if len(ids) > 0 {
			a.StoryID = ids[0]
		}
		if i < 4 {
			save(t, db, a)
			ids = append(ids, a.ID)
			continue
		}
		a.ID = must(db.NewArticleID(ctx))(t)
		ids = append(ids, a.ID)
		must(db.SaveArticle(ctx, a, Save{Push: true, Central: []int64{ids[4], ids[1], ids[3], ids[2], ids[0]}}))(t)
	}
	reader := func(chat int64, lang string) news.Place {
		c := must(db.Chat(ctx, chat))(t)
		c.Lang = lang
		ok(t, db.SaveChat(ctx, c))
		return news.Place{Chat: chat}
	}
	for _, test := range []struct {
		name  string
		place news.Place
		shown int64
		want  string
	}{
		{"anywhere", news.Place{}, 0, "My ferry"},
		{"who reads it", reader(1, "en"), 0, "My ferry"},
		{"who may not", reader(2, "en"), 0, "Ferry sinks off Lindau"},
		{"in another language", reader(3, "de"), 0, "Fähre sinkt vor Lindau"},
		{"shown before", reader(2, "en"), ids[0], "Ferry"},
		{"shown before, anywhere", news.Place{}, ids[2], "Fähre"},
		{"shown before, and not to be understood", reader(3, "de"), ids[0], "Fähre sinkt vor Lindau"},
		{"shown before, and no longer to be read", reader(2, "en"), ids[4], "Ferry sinks off Lindau"},
		{"of no such story", reader(2, "en"), 1, "Ferry sinks off Lindau"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := must(db.StoryAsShown(ctx, test.place, ids[0], test.shown))(t)
			if s.Title != test.want || s.Lead().Title != test.want || s.Lead().Text == "" {
				t.Errorf("got %q led by %q, want %q", s.Title, s.Lead().Title, test.want)
			}
		})
	}
}

// TestCentralMoves: an article that leaves takes its rank with it, and both stories have a lead of their own.
func TestCentralMoves(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north := addFeed(t, db, "north")
	a, b, c := article(north, 1, "Ferry sinks"), article(north, 2, "Ferry in distress"), article(north, 3, "Ferry and tug collide")
	save(t, db, a)
	b.StoryID, c.StoryID = a.ID, a.ID
	save(t, db, b)
	save(t, db, c)
	d := article(north, 4, "Tug sinks")
	d.ID = must(db.NewArticleID(ctx))(t)
	d.StoryID = c.ID
	must(db.SaveArticle(ctx, d, Save{Moved: []news.Move{{Article: c.ID, From: a.ID, To: c.ID}}, Central: []int64{b.ID, a.ID, d.ID, c.ID}}))(t)
	for id, want := range map[int64]string{a.ID: b.Title, c.ID: d.Title} {
		if s := must(db.Story(ctx, id))(t); s.Title != want || s.Lead().Title != want || len(s.Articles) != 2 {
			t.Errorf("story %d is %q, led by %q of %d, want %q", id, s.Title, s.Lead().Title, len(s.Articles), want)
		}
	}
	e := article(north, 5, "Ferry, tug: all are safe")
	e.ID = must(db.NewArticleID(ctx))(t)
	e.StoryID = a.ID
	must(db.SaveArticle(ctx, e, Save{Moved: []news.Move{{Article: b.ID, From: a.ID, To: c.ID}}}))(t)
	if s := must(db.Story(ctx, a.ID))(t); s.Title != a.Title {
		t.Errorf("without its lead the story is %q", s.Title)
	}
	if s := must(db.Story(ctx, c.ID))(t); s.Title != d.Title {
		t.Errorf("the lead of another came, and the story is %q", s.Title)
	}
}

// TestEditsKnowTheLead: the edit of a card knows what that was led by.
func TestEditsKnowTheLead(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north := addFeed(t, db, "north")
	subscribe(t, db, news.Place{Chat: 1}, north)
	a := article(north, 1, "Ferry sinks")
	save(t, db, a)
	for _, d := range must(db.ClaimDeliveries(ctx, a.Fetched, time.Minute, 10))(t) {
		ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, MessageID: 5, Lead: a.ID, Now: a.Fetched}}))
	}
	grow(t, db, a, north, 2, "South", "")
	got := must(db.ClaimEdits(ctx, a.Fetched.Add(time.Hour), time.Minute, 10))(t)
	if len(got) != 1 || got[0].Lead != a.ID || got[0].Message != 5 {
		t.Errorf("got %+v, want one of a card led by %d", got, a.ID)
	}
}
