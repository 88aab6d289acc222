package sim

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// Limits of webhooks (Bot API, setWebhook), and how deliveries are repeated.
const (
	maxConnections     = 100
	defaultConnections = 40
	hookTimeout        = 30 * time.Second
	firstBackoff       = time.Second
	maxBackoff         = time.Minute
	maxHookAnswer      = 64 << 10 // bytes of an answer that are read
)

var (
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
	hookPorts  = []string{"", "80", "88", "443", "8443"}
)

// webhook is where updates are delivered to.
type webhook struct {
	url         string
	secret      string
	connections int
	errorAt     time.Time
	errorText   string
	stop        context.CancelFunc
}

// setWebhook starts delivery (Bot API, setWebhook). Only hosts on loopback are accepted, with any port and with http,
// as a self-hosted Bot API server does; an empty url removes the webhook.
func (s *Server) setWebhook(c *call) (any, error) {
	if c.str("url") == "" {
		return s.deleteWebhook(c)
	}
	kinds, err := decodeKinds(c)
	if err != nil {
		return nil, err
	}
	if err := checkHook(c); err != nil {
		return nil, err
	}
	if kinds != nil {
		s.allowed = kinds
	}
	if c.flag("drop_pending_updates") {
		s.pending = nil
	}
	s.stopHook()
	h := &webhook{url: c.str("url"), secret: c.str("secret_token"), connections: int(c.num("max_connections"))}
	if h.connections == 0 {
		h.connections = defaultConnections
	}
	ctx, stop := context.WithCancel(s.ctx)
	h.stop, s.hook = stop, h
	if s.poller != nil {
		close(s.poller)
		s.poller = nil
	}
	if !s.closed {
		s.tasks.Add(1)
		go func() {
			defer s.tasks.Done()
			s.deliverAll(ctx, h)
		}()
	}
	return true, nil
}

func checkHook(c *call) error {
	u, err := url.Parse(c.str("url"))
	switch {
	case err != nil || u.Host == "":
		return bad("bad webhook: invalid webhook URL specified")
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return bad("bad webhook: An HTTPS URL must be provided for webhook")
	case !loopback(u.Hostname()) && !slices.Contains(hookPorts, u.Port()):
		return bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	case !loopback(u.Hostname()):
		return bad("bad webhook: only loopback addresses are delivered to")
	case c.str("secret_token") != "" && !secretForm.MatchString(c.str("secret_token")):
		return bad("secret token contains unallowed characters")
	case c.num("max_connections") < 0 || c.num("max_connections") > maxConnections:
		return bad("bad webhook: max_connections must be between 1 and %d", maxConnections)
	}
	return nil
}

// deleteWebhook ends delivery (Bot API, deleteWebhook).
func (s *Server) deleteWebhook(c *call) (any, error) {
	s.stopHook()
	if c.flag("drop_pending_updates") {
		s.pending = nil
	}
	s.change()
	return true, nil
}

func (s *Server) stopHook() {
	if s.hook != nil {
		s.hook.stop()
		s.hook = nil
	}
}

// getWebhookInfo is Bot API, getWebhookInfo.
func (s *Server) getWebhookInfo(*call) (any, error) {
	info := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": len(s.pending)}
	if len(s.allowed) > 0 {
		info["allowed_updates"] = s.allowed
	}
	if h := s.hook; h != nil {
		info["url"], info["max_connections"] = h.url, h.connections
		if h.errorText != "" {
			info["last_error_date"], info["last_error_message"] = h.errorAt.Unix(), h.errorText
		}
	}
	return info, nil
}

// deliverAll sends one update after the other until ctx ends; one that is not taken is repeated with growing pauses.
func (s *Server) deliverAll(ctx context.Context, h *webhook) {
	client := &http.Client{Timeout: hookTimeout}
	defer client.CloseIdleConnections()
	pause := firstBackoff
	for ctx.Err() == nil {
		batch, wake := s.batch(1)
		if len(batch) == 0 {
			select {
			case <-wake:
			case <-ctx.Done():
			}
			continue
		}
		err := s.deliver(ctx, client, h, batch[0])
		if err == nil {
			pause = firstBackoff
			continue
		}
		s.hookFailed(h, err)
		s.sleep(ctx, pause)
		pause = min(2*pause, maxBackoff)
	}
}

// deliver posts one update and forgets it when it was taken. An answer that names a method is executed
// (Bot API, "Making requests when getting updates").
func (s *Server) deliver(ctx context.Context, client *http.Client, h *webhook, u update) error {
	body, err := json.Marshal(u)
	if err != nil {
		return fmt.Errorf("marshal update: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("make request: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	answer, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("post update: %w", err)
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, maxHookAnswer)) // an answer cut short is no call
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("wrong response from the webhook: %s", answer.Status)
	}
	s.mu.Lock()
	s.confirm(u.id + 1)
	s.mu.Unlock()
	s.runAnswer(ctx, said)
	return nil
}

// runAnswer executes a call that came as the answer to an update; its outcome is not told to the bot.
func (s *Server) runAnswer(ctx context.Context, said []byte) {
	c := &call{params: map[string]string{}}
	if flatten(said, c.params) != nil || c.str("method") == "" {
		return
	}
	c.method = c.str("method")
	delete(c.params, "method")
	s.run(ctx, c, nil)
}

func (s *Server) hookFailed(h *webhook, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.errorAt, h.errorText = s.now(), err.Error()
	s.change()
}
