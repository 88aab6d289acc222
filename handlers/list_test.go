package handlers

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"herald/storage"
)

// TestRememberWithoutStorage: where nothing can be stored, as on a full disk, people still read; only the buttons are too old.
func TestRememberWithoutStorage(t *testing.T) {
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "herald.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	r := &request{Handlers: New(Config{DB: db, Log: slog.New(slog.DiscardHandler), Now: time.Now})}
	if id, err := r.remember(t.Context(), listView, list{}); id != 0 || err != nil {
		t.Errorf("got %d, %v", id, err)
	}
}
