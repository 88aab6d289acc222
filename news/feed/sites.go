package feed

import (
	"net/url"
	"slices"
	"strings"
)

// siteRules are the feeds that sites have for their pages by rules of their own: reading the page is saved, and some hide
// the feed from programs. A page is its host (without "www." and what mobile and old faces of a site put there) and its path;
// {name} stands for one part, {rest} for all that follows, and ".../*" for pages below. The first that fits counts.
var siteRules = []struct{ page, feed string }{
	{"youtube.com/channel/{id}/*", "https://www.youtube.com/feeds/videos.xml?channel_id={id}"},
	{"youtube.com/user/{name}/*", "https://www.youtube.com/feeds/videos.xml?user={name}"},
	{"youtube.com/playlist?list={id}", "https://www.youtube.com/feeds/videos.xml?playlist_id={id}"},

	{"reddit.com/r/{sub}/comments/{id}/*", "https://www.reddit.com/r/{sub}/comments/{id}/.rss"},
	{"reddit.com/r/{sub}/{order}", "https://www.reddit.com/r/{sub}/{order}/.rss"},
	{"reddit.com/r/{sub}", "https://www.reddit.com/r/{sub}/.rss"},
	{"reddit.com/user/{name}/m/{list}", "https://www.reddit.com/user/{name}/m/{list}/.rss"},
	{"reddit.com/user/{name}/*", "https://www.reddit.com/user/{name}/.rss"},
	{"reddit.com/u/{name}/*", "https://www.reddit.com/user/{name}/.rss"},

	{"github.com/{owner}", "https://github.com/{owner}.atom"},
	{"github.com/{owner}/{repo}", "https://github.com/{owner}/{repo}/releases.atom"},
	{"github.com/{owner}/{repo}/releases/*", "https://github.com/{owner}/{repo}/releases.atom"},
	{"github.com/{owner}/{repo}/tags", "https://github.com/{owner}/{repo}/tags.atom"},
	{"github.com/{owner}/{repo}/commits/{rest}", "https://github.com/{owner}/{repo}/commits/{rest}.atom"},
	{"github.com/{owner}/{repo}/discussions", "https://github.com/{owner}/{repo}/discussions.atom"},
	{"gitlab.com/{owner}/{repo}/-/tags", "https://gitlab.com/{owner}/{repo}/-/tags?format=atom"},
	{"gitlab.com/{owner}/{repo}/-/commits/{branch}", "https://gitlab.com/{owner}/{repo}/-/commits/{branch}?format=atom"},
	{"gitlab.com/{owner}/{repo}/*", "https://gitlab.com/{owner}/{repo}/-/releases.atom"},
	{"codeberg.org/{owner}", "https://codeberg.org/{owner}.rss"},
	{"codeberg.org/{owner}/{repo}/tags", "https://codeberg.org/{owner}/{repo}/tags.rss"},
	{"codeberg.org/{owner}/{repo}/*", "https://codeberg.org/{owner}/{repo}/releases.rss"},

	{"bsky.app/profile/{name}/*", "https://bsky.app/profile/{name}/rss"},
	{"medium.com/tag/{tag}/*", "https://medium.com/feed/tag/{tag}"},
	{"medium.com/{name}/*", "https://medium.com/feed/{name}"},
	{"dev.to/t/{tag}", "https://dev.to/feed/tag/{tag}"},
	{"dev.to/{name}", "https://dev.to/feed/{name}"},
	{"vimeo.com/channels/{name}/*", "https://vimeo.com/channels/{name}/videos/rss"},
	{"vimeo.com/{name}/videos", "https://vimeo.com/{name}/videos/rss"},
	{"odysee.com/{channel}", "https://odysee.com/$/rss/{channel}"},
	{"letterboxd.com/{name}", "https://letterboxd.com/{name}/rss/"},
	{"stackoverflow.com/questions/tagged/{tag}", "https://stackoverflow.com/feeds/tag/{tag}"},
	{"news.ycombinator.com/*", "https://news.ycombinator.com/rss"},
	{"lobste.rs/t/{tag}", "https://lobste.rs/t/{tag}.rss"},
	{"lobste.rs/*", "https://lobste.rs/rss"},
	{"arxiv.org/list/{field}/*", "https://rss.arxiv.org/rss/{field}"},
	{"store.steampowered.com/app/{id}/*", "https://store.steampowered.com/feeds/news/app/{id}"},
	{"store.steampowered.com/news/app/{id}/*", "https://store.steampowered.com/feeds/news/app/{id}"},
	{"news.google.com/search?q={words}", "https://news.google.com/rss/search?q={words}"},
	{"news.google.com/topics/{id}/*", "https://news.google.com/rss/topics/{id}"},
	{"podcasts.apple.com/{land}/podcast/{name}/id{id}", "https://itunes.apple.com/lookup?entity=podcast&id={id}"},
	{"podcasts.apple.com/{land}/podcast/id{id}", "https://itunes.apple.com/lookup?entity=podcast&id={id}"},
}

// knownFeed is the feed that a site's own rules give for one of its pages; "" where none is known.
func knownFeed(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	for _, face := range []string{"www.", "m.", "old.", "new.", "np."} {
		host = strings.TrimPrefix(host, face)
	}
	parts := pathParts(u.Path)
	if isFeedName(parts) {
		return ""
	}
	for _, rule := range siteRules {
		page, query, _ := strings.Cut(rule.page, "?")
		found := match(append([]string{host}, parts...), strings.Split(page, "/"))
		if found != nil && matchQuery(u, query, found) {
			return fill(rule.feed, found)
		}
	}
	// Mastodon and what speaks its language publish a person's notes beside the profile.
	if len(parts) == 1 && strings.HasPrefix(parts[0], "@") && host != "youtube.com" {
		return u.ResolveReference(&url.URL{Path: "/" + parts[0] + ".rss"}).String()
	}
	return ""
}

// isFeedName tells whether a path names a feed already.
func isFeedName(parts []string) bool {
	if len(parts) == 0 {
		return false
	}
	last := parts[len(parts)-1]
	return slices.ContainsFunc([]string{".rss", ".atom", ".xml", ".json"}, func(end string) bool { return strings.HasSuffix(last, end) })
}

func pathParts(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

// match compares the parts of an address with those of a rule, and returns what stands for its names; nil: it does not fit.
func match(parts, rule []string) map[string]string {
	found := map[string]string{}
	for i, want := range rule {
		switch {
		case want == "*":
			return found
		case i >= len(parts):
			return nil
		case want == "{rest}":
			found["rest"] = strings.Join(parts[i:], "/")
			return found
		}
		before, name, variable := strings.Cut(strings.TrimSuffix(want, "}"), "{")
		value, ok := strings.CutPrefix(parts[i], before)
		if !ok || !variable && value != "" || variable && value == "" {
			return nil
		}
		found[name] = value
	}
	if len(parts) > len(rule) {
		return nil
	}
	return found
}

// matchQuery adds what stands for the name in a rule's query, such as "list={id}".
func matchQuery(u *url.URL, rule string, found map[string]string) bool {
	key, name, ok := strings.Cut(strings.TrimSuffix(rule, "}"), "={")
	if !ok {
		return true
	}
	found[name] = u.Query().Get(key)
	return found[name] != ""
}

// fill puts values in the places of their names.
func fill(feed string, values map[string]string) string {
	path, query, _ := strings.Cut(feed, "?")
	for name, value := range values {
		path = strings.ReplaceAll(path, "{"+name+"}", strings.ReplaceAll(url.PathEscape(value), "%2F", "/"))
		query = strings.ReplaceAll(query, "{"+name+"}", url.QueryEscape(value))
	}
	if query == "" {
		return path
	}
	return path + "?" + query
}

// commonFeeds are the addresses at which software of all kinds puts its feed, the likeliest first: beside the page, where it is
// that of a part of the site, then at the site's root.
func commonFeeds(u *url.URL) []string {
	var out []string
	if dir := strings.TrimSuffix(u.Path, "/"); dir != "" && strings.Count(dir, "/") <= 2 && !strings.Contains(dir, ".") {
		out = append(out, u.ResolveReference(&url.URL{Path: dir + "/feed"}).String())
	}
	for _, p := range []string{"/feed", "/rss", "/atom.xml", "/feed.xml", "/rss.xml", "/index.xml", "/feeds/posts/default", "/feed.json"} {
		out = append(out, u.ResolveReference(&url.URL{Path: p}).String())
	}
	return out
}
