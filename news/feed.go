package news

import (
	"net/url"
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

// Export is the feed's address as it may be written out: without a name and password in it and, where the feed is the
// operator's and so the reader another, without what follows the question mark where that looks like a key.
func (f *Feed) Export() string {
	u, err := url.Parse(Bare(f.URL))
	if err != nil || !f.Shared {
		return Bare(f.URL)
	}
	query := u.Query()
	for name := range query {
		if secretName(name) {
			u.RawQuery = ""
		}
	}
	return u.String()
}

// secretName tells whether a parameter of that name is likely to hold what opens a feed to its holder alone.
func secretName(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"token", "key", "auth", "pass", "pwd", "secret", "sig", "user"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
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
