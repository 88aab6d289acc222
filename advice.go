package main

import (
	"errors"

	"herald/bot"
	"herald/news"
	"herald/storage"
)

// advice is what an operator can do about an error, to follow its text; "" where nothing is known to help.
func advice(err error) string {
	for _, a := range []struct {
		err  error
		what string
	}{
		{bot.ErrToken, "check it with @BotFather and set HERALD_TOKEN; `herald try` shows Herald without one"},
		{storage.ErrNotWritable, "choose another place with --db (HERALD_DB), or let this user write there"},
		{storage.ErrIsDirectory, "name a file with --db (HERALD_DB)"},
		{storage.ErrNotDatabase, "name another file with --db (HERALD_DB)"},
		{storage.ErrForeign, "name another file with --db (HERALD_DB)"},
		{storage.ErrNewer, "use the version of Herald that wrote it, or a later one"},
		{bot.ErrConflict, "stop it first, or give this one a token of its own"},
		{storage.ErrOwned, "stop it first, or give this one a database and a token of its own"},
		{storage.ErrCorrupt, "restore a backup with herald restore"},
		{errLinkKey, "restore a backup with herald restore"},
		{storage.ErrFull, "free some space"},
		{news.ErrForbidden, "it is not on the public web; --fetch-allow (HERALD_FETCH_ALLOW) opens ranges of one's own network"},
		{news.ErrNotArticle, "Herald reads web pages and plain texts, no PDFs, pictures or videos"},
		{news.ErrNotFeed, "try the address of the feed itself"},
		{news.ErrBlocked, "the site does not want to be read by programs"},
		{news.ErrBadAddress, "it looks like https://example.com/news"},
		{news.ErrUnreach, "check the address and the network"},
	} {
		if errors.Is(err, a.err) {
			return ": " + a.what
		}
	}
	return ""
}
