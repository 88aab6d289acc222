package fetch

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// newRequest makes the request for one hop: a GET or, where there is a form, a POST of it.
func newRequest(ctx context.Context, u *url.URL, r Request) (*http.Request, error) {
	if r.Form == nil {
		return http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	}
	body := strings.NewReader(r.Form.Encode())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), body)
	if err == nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req, err
}
