package feed

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"

	"herald/news"
	"herald/news/fetch"
)

// Hub is where the changes of a feed are announced and by which name the feed is known there (WebSub, W3C Recommendation,
// section 4). The zero value: nowhere.
type Hub struct {
	URL   string
	Topic string
}

// hub is the zero Hub where one of the two is missing.
func hub(address, topic string) Hub {
	if address == "" || topic == "" {
		return Hub{}
	}
	return Hub{URL: address, Topic: topic}
}

// declaredHub is the hub that a document names.
func declaredHub(f *gofeed.Feed, at *url.URL) Hub {
	found := map[string]string{}
	note := func(rel, href string) {
		if rel = strings.ToLower(rel); found[rel] == "" {
			found[rel] = resolve(at, href)
		}
	}
	if original, ok := f.OriginalFeed().(*atom.Feed); ok {
		for _, l := range original.Links {
			note(l.Rel, l.Href)
		}
	}
	for _, links := range [][]ext.Extension{f.Extensions["atom"]["link"], f.Extensions["atom10"]["link"]} {
		for _, l := range links {
			note(l.Attrs["rel"], l.Attrs["href"])
		}
	}
	return hub(found["hub"], found["self"])
}

// headerHub is the hub of the Link header (RFC 8288), or else the one that the document names: the header goes first.
func headerHub(res *fetch.Response, declared Hub) Hub {
	at, err := url.Parse(res.URL)
	if err != nil {
		return declared
	}
	if h := hub(linkHeader(res.Header, "hub", at), linkHeader(res.Header, "self", at)); h.URL != "" {
		return h
	}
	return declared
}

// AskHub asks a hub to announce the news of its topic at callback, signed with its secret, for as long as lease (WebSub, section
// 5.1). The hub confirms by a request to callback, perhaps before it answers. The error is one of fetch's.
func (r *Reader) AskHub(ctx context.Context, h news.Hub, callback string, lease time.Duration) error {
	res, err := r.client.Get(ctx, fetch.Request{URL: h.URL, Form: url.Values{
		"hub.mode": {"subscribe"}, "hub.topic": {h.Topic}, "hub.callback": {callback}, "hub.secret": {h.Secret},
		"hub.lease_seconds": {strconv.Itoa(int(lease.Seconds()))},
	}})
	if err == nil {
		res.Close()
	}
	return err
}

// linkHeader is the first target of a relation.
func linkHeader(h http.Header, rel string, at *url.URL) string {
	for _, l := range headerLinks(h, at) {
		if slices.Contains(l.rels, rel) {
			return l.url
		}
	}
	return ""
}
