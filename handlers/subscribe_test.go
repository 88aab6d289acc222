package handlers_test

import (
	"strings"
	"testing"
)

func TestSubscribe(t *testing.T) {
	w := newWorld(t)
	m := w.tell(ann, "/subscribe "+w.site.URL+"/home")
	has(t, m, "Following Paper home.xml", "The newest:", "A < B & C", "Second", "Third")
	if strings.Contains(m.Text, "Fourth") {
		t.Errorf("more than three entries are shown: %q", m.Text)
	}
	if len(w.taken) != 1 || len(w.taken[0].Entries) != 4 {
		t.Errorf("taken %+v, want the feed with its four entries", w.taken)
	}
	if got := w.site.count("/home.xml"); got != 1 {
		t.Errorf("the feed was fetched %d times, want once", got)
	}
	has(t, w.tell(bert, "/subscribe "+w.site.URL+"/home.xml"), "Paper home.xml")
	has(t, w.tell(ann, "/subscribe paper home.xml"), "is followed already")
	has(t, w.tell(ann, "/subscribe "+w.site.URL+"/home.xml"), "is followed already")
	if got := w.site.count("/home.xml"); got != 2 { // for Bert, who must not learn that somebody follows it, it was found anew
		t.Errorf("the feed was fetched %d times, want twice", got)
	}
	has(t, w.tell(ann, "/sources"), "Paper home.xml — not read yet")
	file := w.tell(ann, "/export")
	data, _ := w.sim.File(file.Document.FileID)
	if !strings.Contains(string(data), w.site.URL+"/home.xml") {
		t.Errorf("exported %q", data)
	}
	_, _ = w.press(ann, m, "Stop following")
	has(t, w.tell(ann, "/sources"), "Nothing is followed")
	w.calm()
}

func TestSubscribeTrouble(t *testing.T) {
	w := newWorld(t)
	for _, tt := range []struct{ address, want string }{
		{w.site.URL + "/missing", "no such page"},
		{w.site.URL + "/broken", "does not work right now"},
		{w.site.URL + "/circle", "does not work right now"},
		{w.site.URL + "/endless", "too large"},
		{w.site.URL + "/away", "not on the public web"},
		{w.site.URL + "/forbidden", "refuses to be read by programs"},
		{w.site.URL + "/gone", "removed for good"},
		{w.site.URL + "/article", "I find no feed there"},
		{w.site.URL + "/doc.pdf", "I find no feed there"},
		{"ftp://files.example/", "That is no web address"},
		{"http://127.0.0.2/feed", "not on the public web"},
		{"http://[::1]/feed", "not on the public web"},
		{"http://127.0.0.1:1/feed", "I can't reach that address"},
		{"<b>", "That is no web address"},
		{w.site.URL + "/busy", "asks to wait"}, // the last, since that host is left alone from then on
	} {
		t.Run(tt.address, func(t *testing.T) {
			w.t = t
			has(t, w.tell(ann, "/subscribe "+tt.address), tt.want)
		})
	}
	w.t = t
	w.calm()
	if feeds := must(w.db.Feeds(t.Context()))(t); len(feeds) > 0 {
		t.Errorf("stored %d feeds", len(feeds))
	}
}
