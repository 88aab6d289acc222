package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
)

// TestServer runs the bot with its webhook, health and metrics behind one address.
func TestServer(t *testing.T) {
	telegram := sim.New(sim.Options{BotName: "herald_bot"})
	api, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer telegram.Close()
	address := freeAddress(t)
	config := testEnv(t).Config
	config.APIURL, config.DB, config.HTTP = api, filepath.Join(t.TempDir(), "herald.db"), address
	config.WebhookURL, config.PublicURL = "http://"+address+"/telegram", "http://"+address+"/herald/"
	app, err := NewApp(t.Context(), config, Secret(telegram.Token()), slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()

	telegram.AddUser(sim.User{ID: ada, FirstName: "Ada", LanguageCode: "en"})
	if _, err := telegram.Tell(ada, "/start"); err != nil {
		t.Fatal(err)
	}
	if _, err := telegram.WaitMessage(ctx, ada, func(m sim.Message) bool { return strings.Contains(m.Text, "I'm Herald") }); err != nil {
		t.Fatalf("no answer by webhook: %v", err)
	}
	if body := get(t, "http://"+address+"/health"); !strings.Contains(body, `"status":"ok"`) {
		t.Errorf("health: %s", body)
	}
	if body := get(t, "http://"+address+"/metrics"); !strings.Contains(body, "herald_chats 1") {
		t.Errorf("metrics know no chat: %s", body)
	} else if !strings.Contains(body, "herald_deliveries_seconds_left 0") {
		t.Errorf("metrics tell no end of the broadcast: %s", body)
	}
	if body := get(t, "http://"+address+"/herald/websub/unknown"); !strings.Contains(body, "no such subscription") {
		t.Errorf("a hub is answered %s", body)
	}
	idle, err := net.Dial("tcp", address) // which nobody uses
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	if n := len(telegram.CallsOf("getUpdates")); n != 0 {
		t.Errorf("%d polls beside the webhook", n)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if err := app.Close(); err != nil {
		t.Error(err)
	}
}

func get(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// freeAddress is an address on loopback that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
