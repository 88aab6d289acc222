package main

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"herald/bot"
	"herald/storage"
)

// TestLinkKey: the key is made once, also where programs start together, and stays.
func TestLinkKey(t *testing.T) {
	for range 20 {
		database := filepath.Join(t.TempDir(), "herald.db")
		var starts [4]*storage.DB
		for i := range starts {
			db, err := storage.Open(t.Context(), database, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			starts[i] = db
		}
		var keys [len(starts)]bot.LinkKey
		var made sync.WaitGroup
		for i, db := range starts {
			made.Go(func() {
				if key, err := linkKey(t.Context(), db); err != nil {
					t.Error(err)
				} else {
					keys[i] = *key
				}
			})
		}
		made.Wait()
		later, err := linkKey(t.Context(), starts[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if key != *later || key == (bot.LinkKey{}) {
				t.Fatalf("made %x, stored is %x", keys, *later)
			}
		}
	}
}

// TestLinkKeyUnreadable: a key that can't be read is not replaced, for then all old links would lead nowhere.
func TestLinkKeyUnreadable(t *testing.T) {
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "herald.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const digits = "0123456789abcdef0123456789abcdef"
	for _, value := range []string{"x", digits[1:], digits[2:], digits + "00", strings.Replace(digits, "e", "é", 1)} {
		if err := db.Set(t.Context(), linksKey, value); err != nil {
			t.Fatal(err)
		}
		if key, err := linkKey(t.Context(), db); err == nil {
			t.Errorf("%q: key %v, error %v", value, key, err)
		}
		if kept, err := db.Get(t.Context(), linksKey); kept != value || err != nil {
			t.Errorf("%q: stored is now %q, %v", value, kept, err)
		}
	}
}
