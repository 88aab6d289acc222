package schedule

import (
	"regexp"

	"herald/news"
)

// userinfo is what stands between // and the last @ of an address's authority (RFC 3986 section 3.2.1).
var userinfo = regexp.MustCompile(`//[^/?#\s"]*@`)

// redact hides the names and passwords in the addresses of a text that goes into a log or is shown.
func redact(text string) string { return userinfo.ReplaceAllLiteralString(text, "//xxxxx@") }

// address is a feed's address as logs show it.
func address(f news.Feed) string { return redact(f.URL) }
