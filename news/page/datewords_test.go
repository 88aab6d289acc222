package page

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestDateIn(t *testing.T) {
	for _, c := range []struct{ name, line, lang, want string }{
		{"English", "March 2, 2026, 9:15 am", "en", "2026-03-02"},
		{"English, the day first", "Monday 2nd of March 2026", "en", "2026-03-02"},
		{"English, abbreviated", "Posted by Ada Quill on 2 Mar. 2026", "en", "2026-03-02"},
		{"German", "Montag, 2. März 2026, 9 Uhr", "de", "2026-03-02"},
		{"German, in figures", "02.03.2026 | Larkfeld", "de", "2026-03-02"},
		{"German, short year", "Larkfeld, 2.3.26", "de", "2026-03-02"},
		{"Austrian", "17. Jänner 2026", "de", "2026-01-17"},
		{"French", "Publié le 1er août 2026 à 8 h", "fr", "2026-08-01"},
		{"Spanish", "3 de mayo de 2026", "es", "2026-05-03"},
		{"Italian", "3 maggio 2026", "it", "2026-05-03"},
		{"Polish", "3 września 2026", "pl", "2026-09-03"},
		{"Russian", "3 сентября 2026, 10:00", "ru", "2026-09-03"},
		{"Ukrainian", "3 вересня 2026", "uk", "2026-09-03"},
		{"Turkish", "3 Eylül 2026", "tr", "2026-09-03"},
		{"Finnish", "3. syyskuuta 2026", "fi", "2026-09-03"},
		{"Japanese", "2026年9月3日", "ja", "2026-09-03"},
		{"Chinese with spaces", "2026 年 9 月 3 日", "zh", "2026-09-03"},
		{"Korean", "2026. 9. 3.", "ko", "2026-09-03"},
		{"Portuguese, abbreviated", "03/set/2026 às 10h", "pt", "2026-09-03"},
		{"Danish", "3. marts 2026", "da", "2026-03-03"},
		{"Romanian", "3 septembrie 2026", "ro", "2026-09-03"},
		{"Hungarian", "2026. szeptember 3.", "hu", "2026-09-03"},
		{"Greek", "3 Σεπτεμβρίου 2026", "el", "2026-09-03"},
		{"Hindi", "3 सितंबर 2026", "hi", "2026-09-03"},
		{"Bulgarian", "3 септември 2026", "bg", "2026-09-03"},
		{"Slovak", "3. septembra 2026", "sk", "2026-09-03"},
		{"Catalan", "3 de setembre de 2026", "ca", "2026-09-03"},
		{"Indonesian", "Kamis, 3 September 2026", "id", "2026-09-03"},
		{"Vietnamese", "Thứ Năm, 3 tháng 9 năm 2026", "vi", "2026-09-03"},
		{"bars", "03 | 09 | 2026", "de", "2026-09-03"},
		{"slashes in Britain", "03/09/2026", "en-gb", "2026-09-03"},
		{"slashes in America", "09/03/2026", "en-us", "2026-09-03"},
		{"slashes in America that can't be its own", "23/09/2026", "en-us", "2026-09-23"},
		{"numbers of pages are none", "8 | 9 | 10 | 19 | 20", "en", ""},
		{"ISO", "Written: 2026-09-03 15:03", "en", "2026-09-03"},
		{"slashes in French", "03/09/2026", "fr", "2026-09-03"},
		{"slashes in English that say which is the day", "09/23/2026", "en", "2026-09-23"},
		{"slashes in English that don't", "03/09/2026", "en", ""},
		{"an update is none", "Updated 4 March 2026", "en", ""},
		{"the update after the date", "2 March 2026 (updated 4 March 2026)", "en", "2026-03-02"},
		{"the update before the date", "Aktualisiert: 4.3.2026, erschienen: 2.3.2026", "de", "2026-03-02"},
		{"no such day", "31. Februar 2026", "de", ""},
		{"no such month", "3 ferries 2026", "en", ""},
		{"a time is none", "kick-off 19.30.00", "en", ""},
		{"too old", "14 October 1903", "en", ""},
		{"nothing", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if d := dateIn(c.line, c.lang); !d.IsZero() {
				got = d.Format(time.DateOnly)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestPublished has pages whose declarations disagree.
func TestPublished(t *testing.T) {
	const heading = `<h1>Ferry returns</h1>`
	for _, c := range []struct{ name, address, html, want string }{
		{"declared", "/ferry", document(`<title>Ferry returns</title><meta property="article:published_time" content="2026-03-02T07:30:00+01:00">`, heading+`<p>3 March 2026</p>`, ""), "2026-03-02T07:30:00+01:00"},
		{"two declarations: the one shown", "/ferry", document(`<title>Ferry returns</title><meta property="article:published_time" content="2026-03-02T07:30:00+01:00"><meta name="pubdate" content="2026-02-27T07:30:00+01:00">`,
			heading+`<p>27 February 2026</p>`, ""), "2026-02-27T07:30:00+01:00"},
		{"shown, against a loose declaration", "/ferry", document(`<title>Ferry returns</title><meta name="date" content="2026-04-09T10:00:00Z">`, heading+`<p>2 March 2026</p>`, ""), "2026-03-02T00:00:00Z"},
		{"shown, with a loose declaration's time", "/ferry", document(`<title>Ferry returns</title><meta name="date" content="2026-03-02T10:00:00Z">`, heading+`<p>2 March 2026</p>`, ""), "2026-03-02T10:00:00Z"},
		{"shown far away, but called so", "/ferry", document(`<title>Ferry returns</title>`, heading, `<p>Published on 2 March 2026</p>`), "2026-03-02T00:00:00Z"},
		{"a zone east of Greenwich", "/ferry", document(`<title>Ferry returns</title><meta property="article:published_time" content="2026-03-01T23:10:00Z">`, heading+`<p>2 March 2026</p>`, ""), "2026-03-02T00:10:00+01:00"},
		{"a zone west of Greenwich", "/ferry", document(`<title>Ferry returns</title><meta property="article:published_time" content="2026-03-02T02:25:00Z">`, heading+`<p>1 March 2026</p>`, ""), "2026-03-01T23:25:00-03:00"},
		{"the address", "/2026/3/2/ferry", document(`<title>Ferry returns</title>`, heading, ""), "2026-03-02T00:00:00Z"},
		{"an address older than the declaration", "/2026/03/02/ferry", document(`<title>Ferry returns</title><meta property="article:published_time" content="2026-06-01T10:00:00Z">`, heading, ""), "2026-03-02T00:00:00Z"},
		{"an address a day older", "/2026/03/02/ferry", document(`<title>Ferry returns</title><meta property="article:published_time" content="2026-03-03T10:00:00+01:00">`, heading, ""), "2026-03-03T10:00:00+01:00"},
		{"an address that is no date", "/2026/30/99/ferry", document(`<title>Ferry returns</title><meta name="date" content="2026-04-09">`, heading, ""), "2026-04-09T00:00:00Z"},
		{"a month is no date", "/ferry", document(`<title>Ferry returns</title><meta name="citation_publication_date" content="2026/03"><meta name="date" content="2026-03-09">`, heading, ""), "2026-03-09T00:00:00Z"},
		{"several dates in a line: the one declared", "/ferry", document(`<title>Ferry returns</title><meta name="date" content="2026-03-02T10:00:00Z">`, heading+`<p>2026-03-09 | 2026-03-02</p>`, ""), "2026-03-02T10:00:00Z"},
		{"tomorrow's issue", "/ferry", document(`<title>Ferry returns</title><meta property="article:published_time" content="2026-03-01T19:30:00+01:00">`, heading+`<p>Monday, 2 March 2026</p>`, ""), "2026-03-02T00:00:00Z"},
		{"a date in the line of the headline", "/ferry", document(`<title>Ferry returns</title>`, `<h1><span>2 March 2026</span> Ferry returns</h1>`, ""), "2026-03-02T00:00:00Z"},
		{"a dateline", "/ferry", document(`<title>Ferry returns</title>`, heading+`<p>Larkfield, 2 March 2026 – The council of Larkfield met for the first time since the storm and spoke for four hours about the ferry and about nothing else, said its clerk.</p>`, ""), "2026-03-02T00:00:00Z"},
		{"a date in a sentence is no dateline", "/ferry", document(`<title>Ferry returns</title><meta name="date" content="2026-03-09">`, heading+`<p>On 2 March 2026 the council of Larkfield met for the first time since the storm and spoke for four hours about the ferry and about nothing else, said its clerk.</p>`, ""), "2026-03-09T00:00:00Z"},
		{"a date in a caption is none", "/ferry", document(`<title>Ferry returns</title><meta name="date" content="2026-03-09">`, heading+`<p>The old ferry at her moorings in the inner harbour of Larkfield on 9 May 2024, before the storm.</p>`, ""), "2026-03-09T00:00:00Z"},
		{"an aside in the article's header", "/ferry", document(`<title>Ferry returns</title>`, `<header>`+heading+`<aside><p>2 March 2026</p></aside></header>`, ""), "2026-03-02T00:00:00Z"},
		{"a page that is one form", "/ferry", `<html lang="en"><title>Ferry returns</title><body><form>` + heading + `<p>2 March 2026</p>` + strings.Repeat(story, 2) + `</form>`, "2026-03-02T00:00:00Z"},
		{"a headline that seems a teaser", "/ferry", `<html lang="en"><title>Ferry returns</title><body><div class="teaser">` + heading + `<p>2 March 2026</p></div>` + story, "2026-03-02T00:00:00Z"},
		{"data of scripts", "/ferry", document(`<title>Ferry returns</title><script>app({"publishedAt":"2026-03-02T10:00:00Z"})</script>`, heading, ""), "2026-03-02T10:00:00Z"},
		{"declared in words", "/ferry", document(`<title>Ferry returns</title><meta property="article:published_time" content="2. März 2026, 10:15 Uhr">`, heading, ""), "2026-03-02T00:00:00Z"},
		{"declared in the figures of a country", "/ferry", document(`<title>Ferry returns</title><meta name="pubdate" content="02/03/2026">`, heading, ""), "2026-03-02T00:00:00Z"},
		{"a change is better than nothing", "/ferry", document(`<title>Ferry returns</title>`, heading, `<p>This page was last edited on 4 March 2026 by Ada</p>`), "2026-03-04T00:00:00Z"},
		{"a date alone, far from the headline", "/ferry", document(`<title>Ferry returns</title>`, heading, `<p>2 March 2026</p><p>last edited 4 March 2026</p>`), "2026-03-02T00:00:00Z"},
		{"no date but the site's", "/ferry", document(`<title>Ferry returns</title>`, heading, `<p>© 2019–2026 The Courier</p>`), "0001-01-01T00:00:00Z"},
		{"dates of other articles", "/ferry", document(`<title>Ferry returns</title><meta name="date" content="2026-03-02">`, heading, `<aside><p>Published on 9 January 2026</p></aside>`), "2026-03-02T00:00:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read([]byte(c.html), "text/html", "https://courier.example"+c.address)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Published.Format(time.RFC3339); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestAddressDate(t *testing.T) {
	for path, want := range map[string]string{
		"/2026/03/02/ferry": "2026-03-02", "/news/2026-03-02-ferry": "2026-03-02", "/2026/03/ferry": "", "/1066/10/14/x": "", "/2026/02/31/x": "", "": "",
		"/world/2026/mar/02/ferry": "2026-03-02", "/20260302/ferry": "2026-03-02", "/ferry-20260302.html": "2026-03-02", "/id/20269912/": "", "/2026/sea/02/": "",
	} {
		got := ""
		if d := addressDate(&url.URL{Path: path}); !d.IsZero() {
			got = d.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}
