package storage

import (
	"errors"
	"path/filepath"
	"testing"
	"time"
)

func TestOwnIsExclusive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd ?#% name.db")
	first, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Own(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	second, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatalf("a command can't look into a database that is in use: %v", err)
	}
	defer second.Close()
	if err := second.Own(t.Context(), 50*time.Millisecond); !errors.Is(err, ErrOwned) {
		t.Fatalf("a second owner: got %v, want ErrOwned", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := second.Own(t.Context(), 0); err != nil {
		t.Errorf("not free after Close: %v", err)
	}
}
