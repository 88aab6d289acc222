package storage

// weight is, in SQL, what a story s weighs for a place that reads @feeds: a publisher counts one, and one more where the place reads it;
// the oldest story of a time counts half of what the newest does. /top and digests go by it.
func weight(since, newest string) string {
	return `(s.sources + (SELECT count(*) FROM story_feed f WHERE f.story_id = s.id AND NOT @all
			AND f.feed_id IN (SELECT value FROM json_each(@feeds))))
		/ (1.0 + 1.0 * (` + newest + ` - s.updated) / max(1, ` + newest + ` - ` + since + `))`
}
