package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"herald/storage"
)

const (
	headerLimit  = 10 * time.Second // for a request's headers to arrive
	healthLimit  = 5 * time.Second  // for the database to answer
	scrapeLimit  = 30 * time.Second
	closingLimit = 5 * time.Second
)

// serve answers requests on the configured address, if there is one, until ctx ends.
func (a *App) serve(ctx context.Context, routes http.Handler) error {
	if a.address == "" {
		return nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.address)
	if err != nil {
		return fmt.Errorf("--http (HERALD_HTTP): %w", err)
	}
	server := &http.Server{Handler: routes, ReadHeaderTimeout: headerLimit}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closingLimit)
	defer cancel()
	err = server.Shutdown(closing)
	if errors.Is(err, context.DeadlineExceeded) { // who keeps a connection open does not keep the program
		err = server.Close()
	}
	return errors.Join(err, ignoreClosed(<-failed))
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// routes are health, metrics and the callback of hubs.
func (a *App) routes() *http.ServeMux {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), stock{a.db}, forecast{a})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", a.health)
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{Timeout: scrapeLimit}))
	if a.callback != "" {
		mux.Handle(a.callback+"{token}", a.scheduler.Announcements())
	}
	return mux
}

// health says whether the database answers; 503 where it does not. It names no secret and no chat.
func (a *App) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), healthLimit)
	defer cancel()
	w.Header().Set("Content-Type", "application/json")
	report := map[string]any{"status": "ok"}
	pending, err := a.db.PendingDeliveries(ctx)
	if err != nil {
		report["status"] = "the database does not answer"
		w.WriteHeader(http.StatusServiceUnavailable)
	} else {
		report["pending"] = pending
	}
	_ = json.NewEncoder(w).Encode(report) // the caller hung up
}

// stock is what the database holds, as metrics.
type stock struct{ db *storage.DB }

// gauges are the metrics and where each comes from.
func gauges() []struct {
	desc *prometheus.Desc
	get  func(storage.Stats) float64
} {
	type gauge = struct {
		desc *prometheus.Desc
		get  func(storage.Stats) float64
	}
	one := func(name, help string, get func(storage.Stats) float64) gauge {
		return gauge{prometheus.NewDesc("herald_"+name, help, nil, nil), get}
	}
	return []gauge{
		one("feeds", "Feeds known.", func(s storage.Stats) float64 { return float64(s.Feeds) }),
		one("feeds_failing", "Feeds whose last poll failed.", func(s storage.Stats) float64 { return float64(s.FailingFeeds) }),
		one("articles", "Articles stored.", func(s storage.Stats) float64 { return float64(s.Articles) }),
		one("stories", "Stories stored.", func(s storage.Stats) float64 { return float64(s.Stories) }),
		one("chats", "Chats known.", func(s storage.Stats) float64 { return float64(s.Chats) }),
		one("chats_active", "Chats that get messages.", func(s storage.Stats) float64 { return float64(s.ActiveChats) }),
		one("deliveries_pending", "Messages owed and not yet sent.", func(s storage.Stats) float64 { return float64(s.Pending) }),
		one("deliveries_held", "Stories waiting for a digest.", func(s storage.Stats) float64 { return float64(s.Held) }),
		one("database_bytes", "Size of the database.", func(s storage.Stats) float64 { return float64(s.Bytes) }),
	}
}

// Describe names the metrics.
func (stock) Describe(out chan<- *prometheus.Desc) {
	for _, g := range gauges() {
		out <- g.desc
	}
}

// Collect counts what the database holds; where it does not answer the metrics say so.
func (s stock) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeLimit)
	defer cancel()
	stats, err := s.db.Stats(ctx)
	for _, g := range gauges() {
		if err != nil {
			out <- prometheus.NewInvalidMetric(g.desc, err)
			continue
		}
		out <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, g.get(stats))
	}
}

// forecast is when the broadcast that is under way will have ended, as a metric.
type forecast struct{ app *App }

var forecastDesc = prometheus.NewDesc("herald_deliveries_seconds_left", "How long it takes at Telegram's limits to send what is owed.", nil, nil)

// Describe names the metric.
func (forecast) Describe(out chan<- *prometheus.Desc) { out <- forecastDesc }

// Collect counts what is owed; where the database does not answer the metric says so.
func (f forecast) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeLimit)
	defer cancel()
	b, err := f.app.db.Backlog(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(forecastDesc, err)
		return
	}
	out <- prometheus.MustNewConstMetric(forecastDesc, prometheus.GaugeValue, f.app.bot.Takes(b.All, b.Private, b.Group).Seconds())
}
