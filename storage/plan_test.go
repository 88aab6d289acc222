package storage

import (
	"context"
	"database/sql"
	"regexp"
	"strings"
	"testing"
)

// plan is how SQLite will run a query, a step a line.
func plan(t testing.TB, db *DB, query string) string {
	t.Helper()
	args := make([]any, strings.Count(query, "?"))
	for _, name := range regexp.MustCompile(`@\w+`).FindAllString(query, -1) {
		args = append(args, sql.Named(name[1:], 1))
	}
	rows, err := db.r.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+query, args...)
	steps, err := collect(rows, err, func(row scanner) (s string, err error) {
		var id, parent, unused int
		err = row.Scan(&id, &parent, &unused, &s)
		return s, err
	})
	ok(t, err)
	return strings.Join(steps, "\n")
}

// TestPlans holds the queries behind commands and the outbox to their indexes: none reads a table from end to end, and those
// that are read in order need no sorting.
func TestPlans(t *testing.T) {
	db := openTest(t)
	for _, test := range []struct {
		name, query string
		want        []string // steps that must be there
		sorted      bool     // the index gives the order
	}{
		{"latest", latestOfAll, []string{"USING INDEX story_latest (updated<?)"}, true},
		{"latest of a feed", latestOfFeed, []string{"story_feed_latest (feed_id=? AND (updated,story_id)<(?,?))"}, true},
		{"latest of feeds", latestOfFeeds, []string{"SEARCH x USING COVERING INDEX story_feed_latest (feed_id=? AND updated>? AND (updated,story_id)<(?,?))"}, false},
		{"top", topTold, []string{"story_top (updated>?)"}, false},
		{"search", searchQuery, []string{"SCAN search VIRTUAL TABLE INDEX", "SEARCH a USING INTEGER PRIMARY KEY"}, true},
		{"quotes", quotedArticles, []string{"article_quoted_all"}, true},
		{"quotes of feeds", feedsArticles, []string{"SEARCH x USING INDEX article_quoted (feed_id=? AND id>?)"}, false},
		{"quotes of a person", quotesOfPerson, []string{"SEARCH i USING COVERING INDEX quote_person (person_id=?)"}, true},
		{"people", quotedPeople, []string{"SEARCH person_day USING PRIMARY KEY (day>?)"}, false},
		{"newest of a feed", lastTold, []string{"story_feed_latest (feed_id=?)", "article_story"}, true},
		{"window", recentArticles, []string{"SEARCH a USING INDEX article_fetched (fetched>?)", "SCAN article USING COVERING INDEX article_fetched"}, true},
		{"claim", dueQuery, []string{"USING INDEX delivery_due"}, true},
		{"due digest times", dueDigests, []string{"SEARCH t USING INDEX digest_time_due", "SEARCH c USING INTEGER PRIMARY KEY"}, true},
		{"claim digests", dueDigest, []string{"USING INDEX digest_due"}, true},
		{"pushed before a digest", pushedStories, []string{"SEARCH delivery USING INDEX sqlite_autoindex_delivery_1 (chat_id=? AND topic=? AND story_id>?)", "article_fetched", "digest_chat"}, true},
		{"recent sendings", recentQuery, []string{"delivery_group_sent (finished>?)", "digest_group_sent (finished>?)", "delivery_claimed", "digest_claimed", "follow_up_sent (finished>?)", "follow_up_claimed"}, false},
		{"owed", owedQuery, []string{
			"delivery_due", "delivery_claimed (next_at<?)", "delivery_waiting (next_at<?)", "digest_due", "digest_claimed (next_at<?)",
			"digest_waiting (next_at<?)", "follow_up_due", "follow_up_claimed (next_at<?)", "follow_up_waiting (next_at<?)",
			"card_edit_due (due>? AND due<?)",
		}, true},
		{"edits at rest", restEdits, []string{"card_edit_due (due>? AND due<?)"}, false},
		{"edits", dueEditsQuery, []string{"card_edit_due (due>? AND due<?)", "SEARCH d USING INTEGER PRIMARY KEY"}, true},
		{"lost chats", lostChats, []string{"SEARCH chat USING INDEX chat_lost"}, true},
		{"follow-ups", dueFollowUpsQuery, []string{"follow_up_due", "SEARCH d USING INTEGER PRIMARY KEY"}, true},
		{"follow-ups of a story", oweFollowUpsQuery, []string{"delivery_story (story_id=?)", "follow_up_delivery"}, false},
		{"edits of a story", oweEditsQuery, []string{"delivery_story (story_id=?)"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := plan(t, db, test.query)
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			for line := range strings.Lines(got) {
				if m := regexp.MustCompile(`^SCAN (\w+)`).FindStringSubmatch(line); m != nil && !strings.Contains(line, "INDEX") &&
					!strings.Contains(" head best floor recent d CONSTANT ", " "+m[1]+" ") {
					t.Errorf("reads a whole table: %s", line)
				}
			}
			if test.sorted && strings.Contains(got, "TEMP B-TREE") {
				t.Errorf("sorts:\n%s", got)
			}
		})
	}
}
