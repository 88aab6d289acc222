package news

import (
	"context"
	"errors"
)

// What can go wrong with a source outside, told apart because a reader is told something different for each.
// Rooms wrap them with the address; texts for readers are made in handlers.
var (
	ErrNotFound   = errors.New("not found")                 // storage has no such row
	ErrBadAddress = errors.New("not a web address")         // not http or https, or no host
	ErrForbidden  = errors.New("address not allowed")       // the address guard refused it
	ErrUnreach    = errors.New("unreachable")               // DNS, connection, TLS, time-out
	ErrBlocked    = errors.New("the site refuses programs") // 401, 403, robots.txt
	ErrMissing    = errors.New("no such page")              // 404
	ErrGone       = errors.New("gone for good")             // 410
	ErrBusy       = errors.New("the site asks to wait")     // 429, 503; see RetryAfter
	ErrBroken     = errors.New("the site is broken")        // other 4xx and 5xx, endless redirects
	ErrTooLarge   = errors.New("too large")                 // over the size limit
	ErrNotFeed    = errors.New("no feed there")             // nothing that parses as a feed, none linked
	ErrNotArticle = errors.New("no article there")          // a PDF, an image, a page without text
)

// troubles are the words for what can go wrong, one for each error above that is about a source.
var troubles = []struct {
	err  error
	word string
}{
	{ErrBadAddress, "address"},
	{ErrForbidden, "forbidden"},
	{ErrBlocked, "blocked"},
	{ErrMissing, "missing"},
	{ErrGone, "gone"},
	{ErrBusy, "busy"},
	{ErrTooLarge, "large"},
	{ErrNotFeed, "notfeed"},
	{ErrNotArticle, "notarticle"},
	{ErrBroken, "broken"},
	{ErrUnreach, "unreachable"},
	{context.DeadlineExceeded, "unreachable"},
}

// Trouble is the word for what went wrong with a source, by which it is stored and told to readers in their language; "" where
// err is nil or something else.
func Trouble(err error) string {
	for _, t := range troubles {
		if errors.Is(err, t.err) {
			return t.word
		}
	}
	return ""
}
