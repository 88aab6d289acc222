package storage

import "context"

// Backlog is how much is to be sent: in all, and to the private chat and the group or channel that are owed most. What is held for
// digests is not in it.
type Backlog struct{ All, Private, Group int }

// Backlog counts what is due, claimed or waiting for another try.
func (db *DB) Backlog(ctx context.Context) (b Backlog, err error) {
	err = db.r.QueryRowContext(ctx, `SELECT ifnull(sum(n), 0), ifnull(max(n) FILTER (WHERE chat_id > 0), 0),
		ifnull(max(n) FILTER (WHERE chat_id < 0), 0) FROM (SELECT chat_id, count(*) AS n FROM (
			SELECT chat_id FROM delivery WHERE state = 0
			UNION ALL SELECT chat_id FROM delivery WHERE state = 2
			UNION ALL SELECT chat_id FROM delivery WHERE state = 3
			UNION ALL SELECT chat_id FROM digest WHERE state = 0
			UNION ALL SELECT chat_id FROM digest WHERE state = 2
			UNION ALL SELECT chat_id FROM digest WHERE state = 3
			UNION ALL SELECT d.chat_id FROM follow_up f JOIN delivery d ON d.id = f.delivery_id WHERE f.state = 0
			UNION ALL SELECT d.chat_id FROM follow_up f JOIN delivery d ON d.id = f.delivery_id WHERE f.state = 2
			UNION ALL SELECT d.chat_id FROM follow_up f JOIN delivery d ON d.id = f.delivery_id WHERE f.state = 3) GROUP BY chat_id)`).Scan(&b.All, &b.Private, &b.Group)
	return b, wrapf(err, "backlog")
}
