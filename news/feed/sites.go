package feed

import (
	"net/url"
	"strings"
)

// knownFeed is the feed that a site's own rules give for one of its pages; "" where none is known. It saves reading the
// page, and works where the page hides its feed from programs.
func knownFeed(u *url.URL) string {
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	switch strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") {
	case "youtube.com", "m.youtube.com":
		return youtube(u, parts)
	case "reddit.com", "old.reddit.com", "new.reddit.com":
		return reddit(parts)
	case "github.com":
		return github(parts)
	}
	return ""
}

// youtube knows channels, old user names and playlists. A handle (/@name) is found through its page.
func youtube(u *url.URL, parts []string) string {
	const feeds = "https://www.youtube.com/feeds/videos.xml?"
	switch {
	case len(parts) >= 2 && parts[0] == "channel":
		return feeds + url.Values{"channel_id": {parts[1]}}.Encode()
	case len(parts) >= 2 && parts[0] == "user":
		return feeds + url.Values{"user": {parts[1]}}.Encode()
	case len(parts) >= 1 && parts[0] == "playlist" && u.Query().Get("list") != "":
		return feeds + url.Values{"playlist_id": {u.Query().Get("list")}}.Encode()
	}
	return ""
}

// reddit adds ".rss" to a subreddit's or a user's address.
func reddit(parts []string) string {
	if len(parts) < 2 || strings.HasSuffix(parts[len(parts)-1], ".rss") {
		return ""
	}
	switch parts[0] {
	case "r", "u", "user":
		return "https://www.reddit.com/" + url.PathEscape(parts[0]) + "/" + url.PathEscape(parts[1]) + "/.rss"
	}
	return ""
}

// github knows the Atom feeds of a person's or body's activity, of a repository's releases, and of a branch or a list of
// tags.
func github(parts []string) string {
	if len(parts) == 0 || strings.HasSuffix(parts[len(parts)-1], ".atom") {
		return ""
	}
	base := "https://github.com/" + url.PathEscape(parts[0])
	if len(parts) == 1 {
		return base + ".atom"
	}
	base += "/" + url.PathEscape(parts[1])
	switch {
	case len(parts) >= 3 && parts[2] == "tags":
		return base + "/tags.atom"
	case len(parts) >= 4 && parts[2] == "commits":
		return base + "/commits/" + url.PathEscape(parts[3]) + ".atom"
	case len(parts) == 2 || parts[2] == "releases":
		return base + "/releases.atom"
	}
	return ""
}

// commonFeeds are the addresses at which software of all kinds puts its feed, the likeliest first.
func commonFeeds(u *url.URL) []string {
	var out []string
	// Mastodon and what speaks its language publish a person's notes beside the profile.
	if name := strings.TrimSuffix(u.Path, "/"); strings.HasPrefix(name, "/@") && strings.Count(name, "/") == 1 {
		out = append(out, u.ResolveReference(&url.URL{Path: name + ".rss"}).String())
	}
	for _, p := range []string{"/feed", "/rss", "/atom.xml", "/feed.xml", "/rss.xml", "/index.xml", "/feed.json"} {
		out = append(out, u.ResolveReference(&url.URL{Path: p}).String())
	}
	return out
}
