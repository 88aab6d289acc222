package news

import "testing"

func TestFeedExport(t *testing.T) {
	for _, tt := range []struct {
		url         string
		own, shared string // as the chat's own feed, and as the operator's
	}{
		{"https://a.example/feed?format=rss", "https://a.example/feed?format=rss", "https://a.example/feed?format=rss"},
		{"https://bob:pw@a.example/feed", "https://a.example/feed", "https://a.example/feed"},
		{"https://token@a.example/feed", "https://a.example/feed", "https://a.example/feed"},
		{"https://a.example/feed?n=1&API_Key=s", "https://a.example/feed?n=1&API_Key=s", "https://a.example/feed?n=1"},
		{"https://a.example/feed?z=1&keywords=sea", "https://a.example/feed?z=1&keywords=sea", "https://a.example/feed?z=1&keywords=sea"},
		{"https://a.example/feed?n=1;token=s", "https://a.example/feed?n=1;token=s", "https://a.example/feed"},
		{"https://a.example/feed?accessToken=s", "https://a.example/feed?accessToken=s", "https://a.example/feed"},
		{"https://bob@a.example/feed?token=s", "https://a.example/feed?token=s", "https://a.example/feed"},
		{"://", "://", "://"},
	} {
		t.Run(tt.url, func(t *testing.T) {
			f := Feed{URL: tt.url}
			if got := f.Export(); got != tt.own {
				t.Errorf("own: got %s, want %s", got, tt.own)
			}
			f.Shared = true
			if got := f.Export(); got != tt.shared {
				t.Errorf("shared: got %s, want %s", got, tt.shared)
			}
		})
	}
}
