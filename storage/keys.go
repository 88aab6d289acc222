package storage

import "context"

// Keys returns the keys that have a value and begin with prefix, which has no character of more than a byte, sorted.
func (db *DB) Keys(ctx context.Context, prefix string) ([]string, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT key FROM state WHERE key >= ? AND key < ? ORDER BY key", prefix, prefix+"\x7f")
	keys, err := collect(rows, err, func(row scanner) (key string, err error) {
		err = row.Scan(&key)
		return key, err
	})
	return keys, wrapf(err, "keys with %q", prefix)
}
