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

// discovery is one search; it remembers what was asked.
type discovery struct {
	reader *Reader
	asked  []string
}

func (d *discovery) run(ctx context.Context, u *url.URL) (Result, error) {
	if known := knownFeed(u); known != "" {
		if out, err := d.try(ctx, known); err == nil {
			return out, nil
		}
	}
	res, err := d.reader.client.Get(ctx, fetch.Request{URL: u.String(), Accept: accept})
	d.asked = append(d.asked, u.String())
	if err != nil && !errors.Is(err, news.ErrBlocked) {
		return Result{}, err
	}
	var links []string
	at := u
	if err == nil {
		if out, parseErr := found(res, u.String()); parseErr == nil {
			return out, nil
		}
		at, links = pageLinks(res, u)
	}
	for _, c := range append(links, commonFeeds(at)...) {
		if out, tryErr := d.try(ctx, c); tryErr == nil {
			return out, nil
		} else if stop(ctx, tryErr) {
			return Result{}, tryErr
		}
	}
	if err != nil {
		return Result{}, err
	}
	return Result{}, fmt.Errorf("discover %s: %w", u.Redacted(), news.ErrNotFeed)
}

// stop tells whether an error ends the search: the person has left, or the site asks to wait.
func stop(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, news.ErrBusy)
}

// pageLinks are the feeds that a page names, and the address it really has.
func pageLinks(res *fetch.Response, u *url.URL) (*url.URL, []string) {
	at, err := url.Parse(res.URL)
	if err != nil {
		at = u
	}
	return at, feedLinks(fetch.UTF8(res.Body, res.ContentType), at)
}

// try reads an address as a feed, each address once.
func (d *discovery) try(ctx context.Context, address string) (Result, error) {
	if slices.Contains(d.asked, address) || len(d.asked) >= maxTries {
		return Result{}, news.ErrNotFeed
	}
	d.asked = append(d.asked, address)
	res, err := d.reader.client.Get(ctx, fetch.Request{URL: address, Accept: accept})
	if err != nil {
		return Result{}, err
	}
	return found(res, address)
}

// found reads an answer as the feed of an address. The feed keeps the address asked for unless it moved for good.
func found(res *fetch.Response, address string) (Result, error) {
	out, err := Parse(res.Body, res.ContentType, res.URL)
	if err != nil {
		return Result{}, err
	}
	out.Feed = merge(news.Feed{URL: address}, out.Feed, res)
	return out, nil
}
