package storage

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"herald/news"
)

const chatColumns = `id, kind, title, lang, zone, length, previews, silent, updates, translate, active, added, quiet_from, quiet_to, served_from`

func scanChat(row scanner) (c news.Chat, err error) {
	var added int64
	err = row.Scan(&c.ID, &c.Kind, &c.Title, &c.Lang, &c.Zone, &c.Length, &c.Previews, &c.Silent, &c.Updates, &c.Translate, &c.Active, &added,
		&c.Quiet.From, &c.Quiet.To, &c.ServedFrom)
	c.Added = moment(added)
	return c, err
}

func chatBy(ctx context.Context, q querier, id int64) (news.Chat, error) {
	c, err := scanChat(q.QueryRowContext(ctx, "SELECT "+chatColumns+" FROM chat WHERE id = ?", id))
	return c, found(err)
}

// Chat returns a chat; news.ErrNotFound where Herald does not know it.
func (db *DB) Chat(ctx context.Context, id int64) (news.Chat, error) {
	c, err := chatBy(ctx, db.r, id)
	return c, wrapf(err, "chat %d", id)
}

// Chats returns the number of chats, inactive ones among them.
func (db *DB) Chats(ctx context.Context) (int, error) {
	n, err := number(db.r.QueryRowContext(ctx, "SELECT count(*) FROM chat"))
	return int(n), wrapf(err, "chats")
}

// SaveChat stores every field of a chat, new or known. Like SetActive it drops what an inactive chat is owed.
func (db *DB) SaveChat(ctx context.Context, c news.Chat) error {
	err := db.write(ctx, func(tx *sql.Tx) error { return saveChat(ctx, tx, c) })
	return wrapf(err, "save chat %d", c.ID)
}

func saveChat(ctx context.Context, tx *sql.Tx, c news.Chat) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO chat (`+chatColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET kind = excluded.kind, title = excluded.title, lang = excluded.lang, zone = excluded.zone,
		length = excluded.length, previews = excluded.previews, silent = excluded.silent, updates = excluded.updates,
		translate = excluded.translate, active = excluded.active, added = excluded.added, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
		served_from = excluded.served_from, told_lost = iif(excluded.active = 1, 0, told_lost)`,
		c.ID, c.Kind, c.Title, c.Lang, c.Zone, c.Length, c.Previews, c.Silent, c.Updates, c.Translate, c.Active, millis(c.Added), c.Quiet.From, c.Quiet.To, c.ServedFrom)
	if err != nil || c.Active {
		return err
	}
	return dropOwed(ctx, tx, c.ID)
}

// EnsureChat returns the stored chat and false, its kind, title and ServedFrom brought up to date where defaults has other ones that
// are not empty; a chat that is not known is stored as defaults say, and returned with true.
func (db *DB) EnsureChat(ctx context.Context, defaults news.Chat) (news.Chat, bool, error) {
	// Nearly every call finds nothing to change, and a read does not wait for the writer.
	c, err := chatBy(ctx, db.r, defaults.ID)
	if err == nil && !refresh(&c, defaults) {
		return c, false, nil
	}
	fresh := false
	err = db.write(ctx, func(tx *sql.Tx) error {
		c, err = chatBy(ctx, tx, defaults.ID)
		if fresh = errors.Is(err, news.ErrNotFound); fresh {
			c, err = defaults, nil
		}
		if err != nil || (!fresh && !refresh(&c, defaults)) {
			return err
		}
		return saveChat(ctx, tx, c)
	})
	return c, fresh, wrapf(err, "ensure chat %d", defaults.ID)
}

// refresh takes over what is told about a chat with every message, and tells whether that changed anything.
func refresh(c *news.Chat, now news.Chat) bool {
	before := *c
	if now.Kind != "" {
		c.Kind = now.Kind
	}
	if now.Title != "" {
		c.Title = now.Title
	}
	if now.ServedFrom != 0 {
		c.ServedFrom = now.ServedFrom
	}
	return *c != before
}

// SetActive notes that a chat can be reached, or that the bot was blocked or removed: then its settings and subscriptions
// stay, and what it was still owed is dropped, so that a return does not bring old news. news.ErrNotFound where the chat is
// not known.
func (db *DB) SetActive(ctx context.Context, id int64, active bool) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		n, err := affected(tx.ExecContext(ctx, "UPDATE chat SET active = @on, told_lost = iif(@on, 0, told_lost) WHERE id = @id",
			sql.Named("on", active), sql.Named("id", id)))
		if err == nil && n == 0 {
			return news.ErrNotFound
		}
		if err != nil || active {
			return err
		}
		return dropOwed(ctx, tx, id)
	})
	return wrapf(err, "set chat %d active=%t", id, active)
}

// dropOwed gives up the unfinished deliveries and digests of a chat.
func dropOwed(ctx context.Context, tx *sql.Tx, chat int64) error {
	for _, table := range []string{"delivery", "digest"} {
		_, err := tx.ExecContext(ctx, "UPDATE "+table+` SET state = ?, last_error = 'chat is inactive'
			WHERE chat_id = ? AND state NOT IN (?, ?)`, dropped, chat, sent, dropped)
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM follow_up WHERE state NOT IN (?, ?)
		AND delivery_id IN (SELECT id FROM delivery WHERE chat_id = ?)`, sent, dropped, chat)
	return err
}

// ForgetChat deletes a chat and everything that was stored for it. Forgetting an unknown chat is no error.
func (db *DB) ForgetChat(ctx context.Context, id int64) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for _, table := range []string{"view", "flood"} { // which may hold chats that are not known
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE chat_id = ?", id); err != nil {
				return err
			}
		}
		// What is noted of a chat has its number between slashes in the key.
		if _, err := tx.ExecContext(ctx, "DELETE FROM state WHERE key GLOB '*/' || ? || '/*'", strconv.FormatInt(id, 10)); err != nil {
			return err
		}
		for _, query := range []string{"UPDATE chat SET served_from = 0 WHERE served_from = ?", forgetTold} {
			if _, err := tx.ExecContext(ctx, query, id); err != nil {
				return err
			}
		}
		// Subscriptions, deliveries, digests and their times go with it (ON DELETE CASCADE).
		_, err := tx.ExecContext(ctx, "DELETE FROM chat WHERE id = ?", id)
		return err
	})
	return wrapf(err, "forget chat %d", id)
}

// forgetTold takes a chat out of the lists of the places that were told of a feed that is gone.
const forgetTold = `UPDATE state SET value = (SELECT json_group_array(json(p.value)) FROM json_each(state.value) p WHERE p.value ->> 'Chat' <> ?1)
	WHERE key GLOB 'gone/*' AND EXISTS (SELECT 1 FROM json_each(state.value) p WHERE p.value ->> 'Chat' = ?1)`

// MigrateChat gives everything of a chat to its new id, as when a group becomes a supergroup (Bot API,
// Message.migrate_to_chat_id). The old chat's settings win; a row that both have is kept once, a message sent to either
// counts as sent. A second call changes nothing. news.ErrNotFound where neither is known.
func (db *DB) MigrateChat(ctx context.Context, from, to int64) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		c, err := chatBy(ctx, tx, from)
		if errors.Is(err, news.ErrNotFound) || from == to {
			_, err = chatBy(ctx, tx, to)
			return err
		}
		if err != nil {
			return err
		}
		c.ID, c.Kind, c.Active = to, news.Supergroup, true
		if err := saveChat(ctx, tx, c); err != nil {
			return err
		}
		return moveRows(ctx, tx, from, to)
	})
	return wrapf(err, "migrate chat %d to %d", from, to)
}

// moveRows moves the rows of a chat. What is left behind is what the new chat has as well, and goes with the old one.
func moveRows(ctx context.Context, tx *sql.Tx, from, to int64) error {
	for _, query := range []string{
		// The messages of the old chat can't be edited or answered from the new one, which counts its own anew.
		`DELETE FROM card_edit WHERE delivery_id IN (SELECT id FROM delivery WHERE chat_id = @from)`,
		`DELETE FROM follow_up WHERE state <> 5 AND delivery_id IN (SELECT id FROM delivery WHERE chat_id = @from)`,
		`UPDATE delivery SET message_id = -message_id WHERE chat_id = @from AND message_id > 0`,
		`DELETE FROM delivery AS d WHERE d.chat_id = @to AND d.state <> 5 AND EXISTS (SELECT 1 FROM delivery o
			WHERE o.chat_id = @from AND o.topic = d.topic AND o.story_id = d.story_id AND o.state = 5)`,
		`UPDATE OR IGNORE delivery SET chat_id = @to WHERE chat_id = @from`,
		// Two digests of the same hour hold different stories: both are kept, the old chat's out of turn.
		`UPDATE digest AS d SET minute = -1 WHERE d.chat_id = @from AND EXISTS (SELECT 1 FROM digest o
			WHERE o.chat_id = @to AND o.topic = d.topic AND o.local_date = d.local_date AND o.minute = d.minute)`,
		`UPDATE digest SET chat_id = @to WHERE chat_id = @from`,
		// One whose stories are all in the new chat's has nothing left to tell.
		`UPDATE digest AS d SET state = 6 WHERE d.chat_id = @to AND d.state <> 5 AND d.gathers = 0 AND NOT EXISTS (SELECT 1 FROM delivery o
			WHERE o.digest_id = d.id AND o.digest_id > 0 AND o.chat_id = @to)`,
		`UPDATE OR IGNORE subscription SET chat_id = @to WHERE chat_id = @from`,
		`UPDATE OR IGNORE digest_time SET chat_id = @to WHERE chat_id = @from`,
		`UPDATE view SET chat_id = @to WHERE chat_id = @from`,
		`DELETE FROM flood WHERE chat_id = @from`,
		`DELETE FROM chat WHERE id = @from`,
	} {
		if _, err := tx.ExecContext(ctx, query, sql.Named("from", from), sql.Named("to", to)); err != nil {
			return err
		}
	}
	return nil
}
