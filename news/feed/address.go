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
	if sent, err := fetch.Address(u.String()); err == nil { // as it goes over the wire
		sent.Fragment, sent.RawFragment = u.Fragment, u.RawFragment
		u = sent
	}
	return u.String()
}

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
