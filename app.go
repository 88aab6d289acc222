package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"time"

	_ "time/tzdata" // local time must work on machines without a zone database

	"golang.org/x/sync/errgroup"

	"herald/bot"
	"herald/handlers"
	"herald/news"
	"herald/news/desk"
	"herald/news/feed"
	"herald/news/story"
	"herald/news/summary/model"
	"herald/schedule"
	"herald/storage"
)

// App is the running bot: every room wired to its neighbours. The program and the end-to-end tests start the same one.
type App struct {
	db        *storage.DB
	bot       *bot.Bot
	handlers  *handlers.Handlers
	scheduler *schedule.Scheduler
	address   string // where health, metrics, the webhook and hubs' announcements are served; "": nowhere
	now       func() time.Time
	callback  string       // path of hubs' announcements; "": there are none
	public    string       // the webhook's public address; "": updates are polled for
	model     *model.Model // nil: there is no language model
	log       *slog.Logger
}

// NewApp opens the database and wires the rooms. Nothing goes over the network before Run.
func NewApp(ctx context.Context, c Config, token Secret, log *slog.Logger, now func() time.Time) (*App, error) {
	db, err := storage.Open(ctx, c.Database(), log)
	if err != nil {
		return nil, err
	}
	hook, err := db.Get(ctx, hookKey)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	links, err := linkKey(ctx, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	a := &App{db: db, address: c.HTTP, callback: callbackPath(c.PublicURL), public: c.WebhookURL, log: log, now: now}
	a.bot = bot.New(bot.Config{
		Token: token.Reveal(), APIURL: c.APIURL, Rate: rate(c.Rate), ChatRate: rate(c.ChatRate),
		GroupRate: rate(c.GroupRate), Paid: c.PaidBroadcast, Links: links, Hook: hook, Alone: c.Alone, Log: log, Now: now,
		Flooded: a.flooded(context.WithoutCancel(ctx)),
	})
	a.model = c.writer(db, log, now)
	client := c.web()
	reader, reading := feed.NewReader(client), desk.New(client)
	summaries := &bot.Summaries{}
	a.scheduler = schedule.New(schedule.Config{
		DB: db, Bot: a.bot, Feeds: reader, Desk: reading, Stories: story.New(0),
		Log: log, Now: now, Alone: a.bot.Alone(), Lang: c.Lang, PollMin: c.PollMin, PollMax: c.PollMax, Public: c.PublicURL,
		Summaries: summaries, Model: a.model,
	})
	a.handlers = handlers.New(handlers.Config{
		DB: db, Bot: a.bot, Feeds: reader, Desk: reading, Log: log, Now: now,
		Summaries: summaries, Model: a.model, Take: a.scheduler.Take, Lang: c.Lang, Owners: c.Owner, Access: handlers.Access(c.Access),
	})
	return a, nil
}

// linksKey is the key under which is kept the secret of the links to stories, in hexadecimal digits.
const linksKey = "links"

var errLinkKey = errors.New("the key of the links to stories, as it is stored, can't be read")

// linkKey is the secret of the links to stories, made at the first start. One that can't be read is not replaced: no link that was
// handed out would lead anywhere.
func linkKey(ctx context.Context, db *storage.DB) (*bot.LinkKey, error) {
	var key bot.LinkKey
	value, err := db.Get(ctx, linksKey)
	if err == nil && value == "" {
		_, _ = rand.Read(key[:]) // it never fails (package crypto/rand)
		value, err = db.SetFirst(ctx, linksKey, hex.EncodeToString(key[:]))
	}
	if err != nil {
		return nil, err
	}
	stored, err := hex.DecodeString(value)
	if err != nil || len(stored) != len(key) {
		return nil, errLinkKey // without the reason, which would tell of the secret
	}
	copy(key[:], stored)
	return &key, nil
}

// rate is a configured rate as bot takes it, where no limit is below zero.
func rate(r float64) float64 {
	if r == 0 {
		return -1
	}
	return r
}

// Run answers, polls and delivers until ctx ends; then it finishes what is under way. It returns an error only where going on
// makes no sense: the token is refused, or the database can't be used.
func (a *App) Run(ctx context.Context) error {
	err := a.db.Own(ctx, 0)
	if errors.Is(err, storage.ErrOwned) {
		a.log.Warn("another program runs with this database: waiting for it to end", "most", ownWait)
		err = a.db.Own(ctx, ownWait)
	}
	if err != nil {
		return unlessStopped(ctx, err)
	}
	if err := a.resume(ctx); err != nil {
		return err
	}
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	defer context.AfterFunc(ctx, func() { time.AfterFunc(lastWords, stopSending) })()
	sender := make(chan error, 1)
	go func() { sender <- a.bot.Run(sending) }()

	group, working := errgroup.WithContext(ctx)
	group.Go(func() error { return a.greet(working) })
	group.Go(func() error { return a.scheduler.Run(working) })
	a.receive(working, group)
	err = group.Wait()
	a.model.Close()
	a.handlers.Wait()

	stopSending() // last, but for what is too long on its way: what the others still had to say has been sent
	return errors.Join(unlessStopped(ctx, err), unlessStopped(ctx, <-sender))
}

// resume has the sender heed what Telegram said to, and got from, the run before this one, which may have ended a moment ago.
func (a *App) resume(ctx context.Context) error {
	now := a.now()
	floods, err := a.db.Floods(ctx, now)
	if err != nil {
		return err
	}
	past := bot.Past{Floods: floods}
	recent, err := a.db.RecentSendings(ctx, now.Add(-time.Minute), now)
	for _, s := range recent {
		past.Sent = append(past.Sent, bot.Sent(s))
	}
	a.bot.Resume(past)
	return err
}

// flooded notes a flood wait for the next start.
func (a *App) flooded(ctx context.Context) func(int64, time.Time) {
	return func(chat int64, until time.Time) {
		if err := a.db.KeepFlood(ctx, chat, until); err != nil {
			a.log.Error("note a flood wait", "chat", chat, "err", err)
		}
	}
}

// unlessStopped is err, or nil where it only says that the program was told to stop.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// Close closes the database. It is harmless to call it twice.
func (a *App) Close() error {
	a.model.Close()
	return a.db.Close()
}

// receive has updates come in, by polling or by the webhook.
func (a *App) receive(ctx context.Context, group *errgroup.Group) {
	if a.public == "" {
		group.Go(func() error { return a.bot.Updates(ctx, a.handle) })
		group.Go(func() error { return a.serve(ctx, a.routes()) })
		return
	}
	hook := a.bot.NewWebhook(ctx, a.public, a.handle)
	routes := a.routes()
	routes.Handle("POST "+webhookPath(a.public), hook)
	group.Go(func() error { return hook.Run(ctx) })
	group.Go(func() error { return a.keepMark(ctx, hook.Mark()) })
	group.Go(func() error { return a.serve(ctx, routes) })
}

// hookKey is where the webhook's mark is stored once it is known that no other program runs, so that the next start knows the webhook
// as its own.
const hookKey = "webhook"

func (a *App) keepMark(ctx context.Context, mark string) error {
	select {
	case <-a.bot.Alone():
		return a.db.Set(ctx, hookKey, mark)
	case <-ctx.Done():
		return nil
	}
}

// webhookPath is the path of the public address, under which the webhook is served.
func webhookPath(public string) string {
	u, err := url.Parse(public)
	if err != nil || u.Path == "" || u.Path == "/" {
		return "/{$}"
	}
	return u.Path
}

// callbackPath is the path below the public address under which hubs announce the news of feeds; "" where there is no such address.
func callbackPath(public string) string {
	u, err := url.Parse(public)
	if err != nil || public == "" {
		return ""
	}
	return strings.TrimSuffix(u.Path, "/") + schedule.HubPath
}

// handle answers one update; what nobody in the chat can mend is for the operator to read.
func (a *App) handle(ctx context.Context, u bot.Update) {
	if err := a.handlers.Handle(ctx, u); err != nil && ctx.Err() == nil {
		a.log.Error("answer update", "update", u.ID, "err", err)
	}
}

// lastWords is how long the rooms may go on sending when the program is told to stop. With the sender's own drain it is within the ten
// seconds after which a program is killed (docker stop).
const lastWords = 5 * time.Second

// ownWait is how long a start waits for a program with the same database that is just ending.
const ownWait = 15 * time.Second

const (
	greetWait = time.Second      // before Telegram is asked again after a failure; doubles
	greetMost = 30 * time.Second // at most
)

// introduce learns the bot's name and publishes its commands.
func (a *App) introduce(ctx context.Context) error {
	me, err := a.bot.Me(ctx)
	if err != nil {
		return err
	}
	a.log.Info("at work", "bot", "@"+me.Username)
	return a.handlers.PublishMenu(ctx)
}

// greet asks Telegram who the bot is and tells it the commands, again and again while it can't be reached.
func (a *App) greet(ctx context.Context) error {
	for wait := greetWait; ; wait = min(2*wait, greetMost) {
		err := a.introduce(ctx)
		if err == nil || errors.Is(err, bot.ErrToken) || ctx.Err() != nil {
			return unlessStopped(ctx, err)
		}
		a.log.Warn("Telegram can't be reached; will try again", "in", wait, "err", err)
		if err := news.Sleep(ctx, wait); err != nil {
			return unlessStopped(ctx, err)
		}
	}
}
