package handlers

import (
	"context"
	"strings"

	"herald/news"
)

// latest shows the newest stories, of a source or about words where some are given.
func (r *request) latest(ctx context.Context) error {
	words := clip(r.args)
	if words == "" {
		return r.show(ctx, list{Kind: "latest"})
	}
	f, ok, err := r.source(ctx, words)
	if err != nil {
		return err
	}
	if ok {
		return r.show(ctx, list{Kind: "latest", Feed: f.ID})
	}
	return r.show(ctx, list{Kind: "search", Words: words})
}

// source finds, by its name or address, a feed that the place follows or the operator shares.
func (r *request) source(ctx context.Context, words string) (news.Feed, bool, error) {
	feeds, err := r.DB.FeedsFor(ctx, r.place)
	if err != nil {
		return news.Feed{}, false, err
	}
	for _, f := range feeds {
		if named(f, words) {
			return f, true, nil
		}
	}
	return news.Feed{}, false, nil
}

// search looks for words in all articles that the place may read.
func (r *request) search(ctx context.Context) error {
	words := clip(r.args)
	if words == "" {
		return r.say(ctx, "search.usage")
	}
	return r.show(ctx, list{Kind: "search", Words: words})
}

// top shows the stories that most sources report, of the last day or week.
func (r *request) top(ctx context.Context) error {
	days := 1
	if word := strings.ToLower(r.args); strings.HasPrefix(word, "w") || said("week", word) {
		days = 7
	}
	return r.show(ctx, list{Kind: "top", Days: days})
}
