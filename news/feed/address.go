package feed

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"herald/news/fetch"
)

// strayPercent is a percent sign that is followed by no two hexadecimal digits.
var strayPercent = regexp.MustCompile(`%([^0-9a-fA-F]|[0-9a-fA-F](?:[^0-9a-fA-F]|$)|$)`)

// resolve makes an address absolute; "" where it is none of http or https.
func resolve(base *url.URL, ref string) string {
	ref = strings.ReplaceAll(strings.TrimSpace(ref), "&amp;", "&") // escaped twice
	if ref == "" {
		return ""
	}
	u, err := base.Parse(ref)
	if err != nil {
		u, err = base.Parse(strayPercent.ReplaceAllString(ref, "%25$1"))
	}
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	if host, err := fetch.Address(u.Scheme + "://" + u.Host); err == nil {
		u.Host = host.Host // of a name in another script, what the wire takes
	}
	u.RawQuery = stray.ReplaceAllStringFunc(u.RawQuery, url.QueryEscape)
	return u.String()
}

// stray is what must be escaped in a query and often is not (RFC 3986, section 3.4).
var stray = regexp.MustCompile(`[^!-~]+|["<>]`)

// tracking is the name of a parameter that tells a publisher where its readers come from.
var tracking = regexp.MustCompile(`^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|at_(?:medium|campaign|custom\d)|xtor|ns_(?:mchannel|source|campaign|linkname))=`)

// untracked is a web address without such parameters, which may differ in every reading of a feed.
func untracked(address string) string {
	rest, fragment, _ := strings.Cut(address, "#")
	at, query, _ := strings.Cut(rest, "?")
	if query == "" && fragment == "" || !strings.HasPrefix(address, "http") {
		return address
	}
	kept := slices.DeleteFunc(strings.Split(query, "&"), tracking.MatchString)
	if query = strings.Join(kept, "&"); query != "" {
		at += "?" + query
	}
	if fragment != "" && !tracking.MatchString(fragment) {
		at += "#" + fragment
	}
	return at
}
