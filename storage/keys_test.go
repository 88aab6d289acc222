package storage

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKeys(t *testing.T) {
	db := openTest(t)
	for _, key := range []string{"gone/2", "gone/10", "gone", "gones/1", "goner", "gone/3"} {
		ok(t, db.Set(t.Context(), key, "x"))
	}
	ok(t, db.Set(t.Context(), "gone/3", ""))
	if diff := cmp.Diff([]string{"gone/10", "gone/2"}, must(db.Keys(t.Context(), "gone/"))(t)); diff != "" {
		t.Error(diff)
	}
	if got := must(db.Keys(t.Context(), "offset/"))(t); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestSetFirst(t *testing.T) {
	db := openTest(t)
	for _, value := range []string{"a", "b"} {
		if got := must(db.SetFirst(t.Context(), "key", value))(t); got != "a" {
			t.Errorf("%q is stored after %q, want the first", got, value)
		}
	}
}
