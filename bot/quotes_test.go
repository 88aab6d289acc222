package bot

import (
	"testing"

	"herald/news"
)

// TestQuotedParagraphs: what somebody says over several paragraphs is one line between two marks.
func TestQuotedParagraphs(t *testing.T) {
	q := news.Quote{Kind: news.Direct, Text: "We waited.\n\nNobody came,"}
	if got, want := quoted(q, "en", 100), "“We waited. Nobody came”"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
