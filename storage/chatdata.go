package storage

import (
	"context"
	"database/sql"
	"time"

	"herald/news"
)

// ChatData is everything stored about a chat, as its people may ask to see it.
type ChatData struct {
	Chat          news.Chat          `json:"chat"`
	Subscriptions []SubscriptionData `json:"subscriptions"`
	Digests       []DigestData       `json:"digests"`
	Deliveries    []DeliveryData     `json:"deliveries"` // the newest
	Buttons       int                `json:"buttons"`    // messages whose buttons still work
	Serves        []string           `json:"serves"`     // names of the chats served from this one
}

// SubscriptionData is a feed that the chat or one of its topics follows.
type SubscriptionData struct {
	Topic int       `json:"topic"`
	Feed  string    `json:"feed"`
	Since time.Time `json:"since"`
}

// DigestData is a digest time of the chat or one of its topics.
type DigestData struct {
	Topic  int       `json:"topic"`
	Minute int       `json:"minute"`
	Next   time.Time `json:"next"`
}

// DeliveryData is a story that was or will be sent.
type DeliveryData struct {
	Topic   int       `json:"topic"`
	Story   string    `json:"story"`
	Created time.Time `json:"created"`
	Message int       `json:"message_id"` // 0: not sent
}

// dataDeliveries bounds how many deliveries a copy of a chat's data holds.
const dataDeliveries = 1000

// ChatData reads everything stored about a chat; ErrNotFound where it is not known.
func (db *DB) ChatData(ctx context.Context, id int64) (ChatData, error) {
	chat, err := db.Chat(ctx, id)
	if err != nil {
		return ChatData{}, err
	}
	d := ChatData{Chat: chat}
	err = db.read(ctx, func(tx *sql.Tx) (err error) {
		rows, err := tx.QueryContext(ctx, `SELECT s.topic, f.url, s.since FROM subscription s JOIN feed f ON f.id = s.feed_id
			WHERE s.chat_id = ? ORDER BY s.topic, f.url`, id)
		if d.Subscriptions, err = collect(rows, err, scanSubscriptionData); err != nil {
			return err
		}
		rows, err = tx.QueryContext(ctx, `SELECT topic, minute, next_at FROM digest_time WHERE chat_id = ?`, id)
		if d.Digests, err = collect(rows, err, scanDigestData); err != nil {
			return err
		}
		rows, err = tx.QueryContext(ctx, `SELECT d.topic, ifnull(s.title, ''), d.created, abs(d.message_id) FROM delivery d
			LEFT JOIN story s ON s.id = d.story_id WHERE d.chat_id = ? ORDER BY d.id DESC LIMIT ?`, id, dataDeliveries)
		if d.Deliveries, err = collect(rows, err, scanDeliveryData); err != nil {
			return err
		}
		if d.Serves, err = servedFrom(ctx, tx, id); err != nil {
			return err
		}
		n, err := number(tx.QueryRowContext(ctx, "SELECT count(*) FROM view WHERE chat_id = ?", id))
		d.Buttons = int(n)
		return err
	})
	return d, wrapf(err, "data of chat %d", id)
}

func scanSubscriptionData(row scanner) (s SubscriptionData, err error) {
	var since int64
	err = row.Scan(&s.Topic, &s.Feed, &since)
	s.Feed, s.Since = news.Bare(s.Feed), moment(since)
	return s, err
}

func scanDigestData(row scanner) (d DigestData, err error) {
	var next int64
	err = row.Scan(&d.Topic, &d.Minute, &next)
	d.Next = moment(next)
	return d, err
}

func scanDeliveryData(row scanner) (d DeliveryData, err error) {
	var created int64
	err = row.Scan(&d.Topic, &d.Story, &created, &d.Message)
	d.Created = moment(created)
	return d, err
}
