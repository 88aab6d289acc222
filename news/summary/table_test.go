package summary

import "testing"

// TestTable: a table numbers keys as a map does, over its growth and over rounds.
func TestTable(t *testing.T) {
	var tab table
	for round := range 3 {
		tab.clear()
		want := map[uint64]int{}
		for i := range uint64(5 * firstSlots) {
			key := i * i % (3 * firstSlots) << (i % 3 * 20)
			id, known := want[key]
			if !known {
				id = len(want)
				want[key] = id
			}
			if got, fresh := tab.number(key, len(want)-1); got != id || fresh == known {
				t.Fatalf("round %d, key %d: got %d, %t; want %d, %t", round, key, got, fresh, id, !known)
			}
		}
	}
	tab.round = ^uint32(0)
	tab.clear() // the number of rounds begins anew
	if _, fresh := tab.number(0, 0); !fresh {
		t.Error("a key of an earlier round is known")
	}
}
