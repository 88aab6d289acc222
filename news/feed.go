package news

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Feed is a source that Herald follows, with what it has to remember between two fetches.
type Feed struct {
	ID    int64
	URL   string // address of the feed itself
	Site  string // address of the site it belongs to
	Title string
	Lang  string

	// Shared: the operator added it, so that every chat may read it. Any other feed is for the chats that follow it: its address
	// may hold a password.
	Shared bool

	ETag         string // validators of the last answer, RFC 9110 section 13.1
	LastModified string

	Moved      string    // where its server says that it has moved for good, until that has held; "": nowhere
	MovedSince time.Time // when that was first said

	Rest       Rest // when not to be polled
	Added      time.Time
	LastPoll   time.Time     // when it was last read; zero: never yet
	LastNews   time.Time     // when an entry was last new
	NextPoll   time.Time     // not before
	Interval   time.Duration // adaptive time between polls
	Failures   int           // polls that failed in a row
	Trouble    string        // Trouble of why the last poll failed, for readers; "": it did not, or nobody knows why
	LastError  string        // the same in full, for the operator; "": it did not
	Gone       bool          // the publisher ended it (410)
	EntryCount int           // entries ever seen
}

// Name is what people call the feed: its title, else the host of its address.
func (f *Feed) Name() string {
	if f.Title != "" {
		return f.Title
	}
	return Host(f.URL)
}

// staleAfter is how long a feed that is read has nothing new until it may be dead.
const staleAfter = 30 * 24 * time.Hour

// Stale tells whether a feed has had nothing new for so long that it may have moved or ended.
func (f *Feed) Stale(now time.Time) bool {
	return !f.LastNews.IsZero() && now.Sub(f.LastNews) > staleAfter
}

// Export is the feed's address as it may be written out: without a name and password in it and, where the feed is the
// operator's and so the reader another, without parameters that look like keys.
func (f *Feed) Export() string {
	u, err := url.Parse(Bare(f.URL))
	if err != nil || !f.Shared {
		return Bare(f.URL)
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil { // who knows what is in it
		u.RawQuery = ""
		return u.String()
	}
	all := len(query)
	for name := range query {
		if secretName(name) {
			delete(query, name)
		}
	}
	if len(query) < all {
		u.RawQuery = query.Encode()
	}
	return u.String()
}

// secretWords are words in the names of parameters that open a feed to their holder alone.
var secretWords = []string{"token", "key", "apikey", "auth", "pass", "password", "passwd", "pwd", "secret", "sig", "signature", "session"}

func secretName(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r < 'a' || r > 'z' })
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains(secretWords, w) || strings.HasSuffix(w, "token") || strings.HasSuffix(w, "secret")
	})
}

// Bare is an address without the name and password that it may hold (RFC 3986 section 3.2.1).
func Bare(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}

// Entry is one item of a feed as its publisher wrote it. Content and Teaser are HTML or plain text from outside.
type Entry struct {
	Identity  string // hex SHA-256 of the guid, else of the URL, else of title and content; unique within one fetch
	URL       string
	Title     string
	Author    string
	Lang      string
	Image     string
	Published time.Time
	Content   string // the full text where the feed has it
	Teaser    string // the description
}

// Host is the host of an address without "www.", or the address itself where it has none.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
