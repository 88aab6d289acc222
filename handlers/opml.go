package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"herald/bot"
	"herald/news"
	"herald/news/feed"
	"herald/news/fetch"
)

const (
	opmlBytes   = 1 << 20 // size of a file that is read
	opmlFeeds   = 500     // feeds taken from one file
	opmlReport  = 40      // feeds named in the report
	opmlTimeout = 5 * time.Minute
)

// importOPML follows the feeds of an OPML file and reports on each. They are fetched by the next poll, each at its host's pace.
func (r *request) importOPML(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, opmlTimeout)
	defer cancel()
	if r.msg.Document.Size > opmlBytes {
		return news.ErrTooLarge
	}
	defer r.busy(ctx)()
	data, err := r.Bot.Download(ctx, r.msg.Document.FileID, opmlBytes)
	switch {
	case err == nil:
	case ctx.Err() != nil, errors.Is(err, bot.ErrTooLarge), errors.Is(err, bot.ErrTransient):
		return err
	default: // Telegram keeps files for a while only
		r.Log.Warn("file not downloaded", "chat", r.chat.ID, "err", err)
		return r.say(ctx, "opml.bad")
	}
	feeds, err := feed.ReadOPML(bytes.NewReader(data))
	if err != nil || len(feeds) == 0 {
		return r.say(ctx, "opml.bad")
	}
	lines, added, err := r.followAll(ctx, feeds[:min(len(feeds), opmlFeeds)])
	if err != nil {
		return err
	}
	text := r.words.N("opml.done", added)
	if len(feeds) > opmlFeeds {
		text += "\n" + r.words.N("opml.most", opmlFeeds)
	}
	if len(lines) > opmlReport {
		more := len(lines) - opmlReport
		lines = append(lines[:opmlReport:opmlReport], r.words.N("opml.more", more))
	}
	return r.reply(ctx, bot.Outgoing{HTML: text + "\n" + bot.Expandable(strings.Join(lines, "\n"))})
}

func (r *request) followAll(ctx context.Context, feeds []news.Feed) (lines []string, added int, err error) {
	for _, f := range feeds {
		address, err := fetch.Address(f.URL)
		if err != nil {
			lines = append(lines, "⚠️ "+bot.Escape(label(f))+": "+r.words.T(failure(err)))
			continue
		}
		f.URL, f.Added, f.NextPoll = address.String(), r.Now(), r.Now()
		stored, _, err := r.DB.AddFeed(ctx, f)
		if err != nil {
			return nil, 0, err
		}
		fresh, err := r.DB.Subscribe(ctx, r.place, stored.ID, r.Now())
		if err != nil {
			return nil, 0, err
		}
		mark := "✅"
		if !fresh {
			mark = "▫️"
		} else {
			added++
		}
		lines = append(lines, mark+" "+bot.Escape(label(stored)))
	}
	return lines, added, nil
}

// export answers with the place's feeds as an OPML file, without passwords: others of the chat get to see it, too.
func (r *request) export(ctx context.Context) error {
	subs, err := r.DB.Subscriptions(ctx, r.place)
	if err != nil {
		return err
	}
	if len(subs) == 0 {
		return r.reply(ctx, r.noSources())
	}
	feeds := make([]news.Feed, len(subs))
	for i, s := range subs {
		feeds[i] = s.Feed
		feeds[i].URL, feeds[i].Site = s.Feed.Export(), news.Bare(s.Feed.Site)
	}
	var file bytes.Buffer
	if err := feed.WriteOPML(&file, r.words.T("opml.title"), feeds); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return r.attach(ctx, "herald.opml", file.Bytes(), r.words.N("opml.caption", len(feeds)))
}
