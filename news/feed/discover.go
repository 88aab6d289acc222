package feed

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"herald/news"
	"herald/news/fetch"
)

// maxTries bounds the requests of one discovery; each costs the person who waits for it about a second.
const maxTries = 12

// Discover finds the feed behind an address as a person types it: the feed itself (then it is the only request), a page
// that names its feed, a site whose rules are known, or a site with a feed in one of the usual places. Where no scheme
// is given https is tried before http. The error is fetch's for the address, or wraps news.ErrNotFeed.
func (r *Reader) Discover(ctx context.Context, address string) (Result, error) {
	address = withoutFeed(address)
	u, err := fetch.Address(address)
	if err != nil {
		return Result{}, err
	}
	d := discovery{reader: r}
	out, err := d.run(ctx, u)
	if errors.Is(err, news.ErrUnreach) && !fetch.HasScheme(strings.TrimSpace(address)) {
		plain := *u
		plain.Scheme = "http"
		if second, err := d.run(ctx, &plain); err == nil {
			return second, nil
		}
	}
	return out, err
}

// withoutFeed is an address without the scheme that some browsers and readers gave to feeds: "feed://host" or "feed:https://host".
func withoutFeed(address string) string {
	if rest, ok := strings.CutPrefix(strings.TrimSpace(address), "feed:"); ok {
		return strings.TrimPrefix(rest, "//")
	}
	return address
}

// discovery is one search; it remembers what was asked.
type discovery struct {
	reader *Reader
	asked  []string
	landed *url.URL // where the last address led that was a page; nil: it was none
}

func (d *discovery) run(ctx context.Context, u *url.URL) (Result, error) {
	if known := knownFeed(u); known != "" {
		out, links, err := d.ask(ctx, known)
		if err == nil {
			return out, nil
		}
		if out, err = d.first(ctx, links); err == nil || stop(ctx, err) {
			return out, err
		}
	}
	out, links, err := d.ask(ctx, u.String())
	if err == nil || !errors.Is(err, news.ErrBlocked) && !errors.Is(err, news.ErrNotFeed) {
		return out, err
	}
	at := u
	if d.landed != nil {
		at = d.landed
	}
	out, later := d.first(ctx, append(links, commonFeeds(at)...))
	if later == nil || stop(ctx, later) {
		return out, later
	}
	if errors.Is(err, news.ErrBlocked) {
		return Result{}, err
	}
	return Result{}, fmt.Errorf("discover %s: %w", u.Redacted(), news.ErrNotFeed)
}

// stop tells whether an error ends the search: the person has left, or the site asks to wait.
func stop(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, news.ErrBusy)
}

// first is the first of the addresses that is a feed.
func (d *discovery) first(ctx context.Context, addresses []string) (Result, error) {
	for _, address := range addresses {
		if out, _, err := d.ask(ctx, address); err == nil || stop(ctx, err) {
			return out, err
		}
	}
	return Result{}, news.ErrNotFeed
}

// ask reads an address as a feed, each address once. Where it is a page, landed is where, and links are the feeds that it names.
func (d *discovery) ask(ctx context.Context, address string) (out Result, links []string, err error) {
	if slices.Contains(d.asked, address) || len(d.asked) >= maxTries {
		return Result{}, nil, news.ErrNotFeed
	}
	d.asked, d.landed = append(d.asked, address), nil
	res, err := d.reader.client.Get(ctx, fetch.Request{URL: address, Accept: accept})
	if err != nil {
		return Result{}, nil, err
	}
	defer res.Close()
	if out, err = d.reader.found(ctx, res, address); err == nil {
		return out, nil, nil
	}
	if d.landed, _ = url.Parse(res.URL); d.landed != nil {
		links = append(headerFeeds(res, d.landed), feedLinks(fetch.UTF8(res.Body, res.ContentType), d.landed)...)
	}
	return Result{}, links, err
}

// found reads an answer as the feed of an address. The feed keeps the address asked for unless it moved for good.
func (r *Reader) found(ctx context.Context, res *fetch.Response, address string) (Result, error) {
	out, err := r.parse(ctx, res)
	if err != nil {
		return Result{}, err
	}
	return merge(news.Feed{URL: or(res.Moved, address)}, out, res), nil
}
