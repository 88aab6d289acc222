package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Download fetches a file that somebody sent. More than limit bytes is ErrTooLarge; Telegram itself gives bots at most 20 MB
// (Bot API, getFile).
func (b *Bot) Download(ctx context.Context, fileID string, limit int64) ([]byte, error) {
	var f struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}
	if err := b.client.ask(ctx, "getFile", params{"file_id": fileID}, &f); err != nil {
		return nil, err
	}
	if f.Size > limit {
		return nil, ErrTooLarge
	}
	return b.client.fetch(ctx, f.Path, limit)
}

// fetch reads a file by its path on Telegram's server.
func (c *client) fetch(ctx context.Context, path string, limit int64) ([]byte, error) {
	timed, cancel := context.WithTimeout(ctx, uploadTime)
	defer cancel()
	r, err := http.NewRequestWithContext(timed, http.MethodGet, c.files+strings.TrimPrefix(path, "/"), nil)
	if err != nil {
		return nil, fmt.Errorf("file: %s: %w", c.masked(err), ErrTransient)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("file: %w", ctx.Err())
		}
		return nil, fmt.Errorf("file: %s: %w", c.masked(err), ErrTransient)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("file: HTTP %d: %w", resp.StatusCode, ErrTransient)
	}
	data, err := readAll(resp.Body, limit)
	if err != nil && !errors.Is(err, ErrTooLarge) {
		return nil, fmt.Errorf("file: %s: %w", c.masked(err), ErrTransient)
	}
	return data, err
}
