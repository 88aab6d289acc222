package feed

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestReadOPML(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []news.Feed
		err      error
	}{
		{
			"nested", `<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Mine</title></head><body>
			<outline text="Papers"><outline type="rss" text="Courier" title="The Courier" xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/"/>
			<outline text="Deeper"><outline text="Gazette &amp; Son" XMLURL="gazette.example/rss"/></outline></outline>
			<outline text="A link" url="https://x.example/"/></body></opml>`,
			[]news.Feed{
				{URL: "https://courier.example/feed", Title: "The Courier", Site: "https://courier.example/"},
				{URL: "https://gazette.example/rss", Title: "Gazette & Son"},
			},
			nil,
		},
		{"twice", `<opml><body><outline xmlUrl="https://a.example/"/><outline xmlUrl=" https://a.example/ "/></body></opml>`, []news.Feed{{URL: "https://a.example/"}}, nil},
		{"bad address stays", `<opml><body><outline text="F" xmlUrl="ftp://a.example/"/></body></opml>`, []news.Feed{{URL: "ftp://a.example/", Title: "F"}}, nil},
		{"Latin-1", "<?xml version='1.0' encoding='iso-8859-1'?><opml><body><outline text='Gr\xfc\xdfe' xmlUrl='https://a.example/'/></body></opml>", []news.Feed{{URL: "https://a.example/", Title: "Grüße"}}, nil},
		{"bare ampersand", `<opml><body><outline text="A & B" xmlUrl="https://a.example/?a=1&b=2"/></body></opml>`, []news.Feed{{URL: "https://a.example/?a=1&b=2", Title: "A & B"}}, nil},
		{"cut short", `<opml><body><outline xmlUrl="https://a.example/"/><outline xmlUrl="https://b.exa`, []news.Feed{{URL: "https://a.example/"}}, nil},
		{"attributes without quotes", `<opml version=1.0><body><outline text=A xmlUrl=https://a.example/f?x=1&y=2 /><outline text="B" xmlUrl="https://b.example/f"></body></opml>`, []news.Feed{{URL: "https://a.example/f?x=1&y=2", Title: "A"}, {URL: "https://b.example/f", Title: "B"}}, nil},
		{"forbidden characters", `<opml><body><outline text="A&#1;" xmlUrl="https://a.example/"/><outline xmlUrl="https://b.example/"/></body></opml>`, []news.Feed{{URL: "https://a.example/", Title: "A"}, {URL: "https://b.example/"}}, nil},
		{"a scheme of its own", `<opml><body><outline xmlUrl="feed://a.example/"/><outline xmlUrl="feed:http://b.example/"/></body></opml>`, []news.Feed{{URL: "https://a.example/"}, {URL: "http://b.example/"}}, nil},
		{"ends without beginnings", "<opml><body>" + strings.Repeat("<outline>", 100_000) + strings.Repeat("</x>", 100_000) + `<outline xmlUrl="https://a.example/"/>&#1;`, []news.Feed{{URL: "https://a.example/"}}, nil},
		{"no feeds", `<opml version="2.0"><body/></opml>`, nil, nil},
		{"empty", "", nil, news.ErrNotFeed},
		{"a page", "<html><body>hello</body></html>", nil, news.ErrNotFeed},
		{"text", "hello", nil, news.ErrNotFeed},
		{"too large", "<opml><body>" + strings.Repeat(" ", maxOPML), nil, news.ErrTooLarge},
		{"too many", "<opml><body>" + many(maxOPMLFeeds+1), nil, news.ErrTooLarge},
		{"deep", "<opml><body>" + strings.Repeat("<outline>", 200_000) + `<outline xmlUrl="https://a.example/"/>`, []news.Feed{{URL: "https://a.example/"}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadOPML(strings.NewReader(c.in))
			if !errors.Is(err, c.err) {
				t.Fatalf("got error %v, want %v", err, c.err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<outline xmlUrl="https://a.example/%d"/>`, i)
	}
	return b.String()
}

func TestWriteOPML(t *testing.T) {
	feeds := []news.Feed{
		{URL: "https://a.example/?x=1&y=2", Title: `Quotes "and" <tags>`, Site: "https://a.example/"},
		{URL: "https://b.example/feed"},
		{URL: "https://c.example/feed", Title: "Control \x01 character"},
	}
	var b bytes.Buffer
	if err := WriteOPML(&b, "Herald's feeds", feeds); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), "<?xml") || !strings.Contains(b.String(), "<title>Herald&#39;s feeds</title>") {
		t.Errorf("got %s", b.String())
	}
	got, err := ReadOPML(&b)
	if err != nil {
		t.Fatal(err)
	}
	want := []news.Feed{feeds[0], {URL: feeds[1].URL, Title: "b.example"}, {URL: feeds[2].URL, Title: "Control \ufffd character"}}
	want[0].Title = `Quotes "and"` // what looks like markup goes, as in every title
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzReadOPML(f *testing.F) {
	f.Add([]byte(`<opml version="2.0"><body><outline text="a" xmlUrl="https://a.example/"/></body></opml>`))
	f.Add([]byte("<?xml version='1.0' encoding='x'?><opml><outline xmlUrl='\xff&#0;&amp'>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		feeds, err := ReadOPML(bytes.NewReader(body))
		if err != nil && !errors.Is(err, news.ErrNotFeed) && !errors.Is(err, news.ErrTooLarge) {
			t.Fatalf("untyped error %v", err)
		}
		var b bytes.Buffer
		if err := WriteOPML(&b, "fuzz", feeds); err != nil {
			t.Fatal(err)
		}
		if again, err := ReadOPML(&b); err != nil || len(again) > len(feeds) {
			t.Fatalf("written and read again: %d feeds, %v", len(again), err)
		}
	})
}
