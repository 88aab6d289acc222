package schedule

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // hubs of the first years sign with it (WebSub, section 8); an HMAC stands on it nevertheless
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"herald/news"
)

const (
	announceMost = 10 << 20         // bytes of an announcement; as many as a feed may have
	announceTime = 30 * time.Second // for it to arrive
	challengeMax = 1 << 10
	leaseLeast   = time.Hour           // what a hub confirms counts as at least that, lest it be asked all the time
	leaseMost    = 30 * 24 * time.Hour // and at most
)

// Announcements is what hubs call: with GET they ask whether Herald wants a feed's news, with POST they announce it. The last part of
// the path is the token. What is announced is not read: hubs pass on less than the feed has, and the feed itself is the better
// witness. It only makes the feed due.
func (s *Scheduler) Announcements() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		h, err := s.DB.HubByToken(r.Context(), token)
		switch {
		case err != nil:
			http.Error(w, "no such subscription", http.StatusGone) // so that the hub ends it
		case r.Method == http.MethodGet:
			s.verify(w, r, h)
		case r.Method == http.MethodPost:
			s.announced(w, r, h)
		default:
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	})
}

// verify answers a hub that asks whether it was Herald who asked (WebSub, section 5.3), or says that it will not.
func (s *Scheduler) verify(w http.ResponseWriter, r *http.Request, h news.Hub) {
	q, now := r.URL.Query(), s.Now()
	challenge := q.Get("hub.challenge")
	until := now.Add(leaseOf(q.Get("hub.lease_seconds")))
	next := until.Add(-until.Sub(now) / 10)
	switch mode := q.Get("hub.mode"); {
	case q.Get("hub.topic") != h.Topic:
		http.Error(w, "not wanted", http.StatusNotFound)
		return
	case mode == "subscribe" && challenge != "" && len(challenge) <= challengeMax:
		s.Log.Info("hub will announce", "hub", redact(h.URL), "topic", redact(h.Topic), "until", until)
	case mode == "denied":
		until, next, challenge = time.Time{}, now.Add(hubSeldom), ""
		s.Log.Warn("hub refuses", "hub", redact(h.URL), "topic", redact(h.Topic), "reason", redact(q.Get("hub.reason")))
	default:
		http.Error(w, "not wanted", http.StatusNotFound)
		return
	}
	if err := s.DB.HubAnswered(r.Context(), h.Token, until, next); err != nil {
		s.Log.Error("note a hub's answer", "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, challenge) // the hub hung up
}

// leaseOf is how long a hub says it will announce.
func leaseOf(seconds string) time.Duration {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n < 0 {
		return hubLease
	}
	return min(max(time.Duration(min(n, int64(leaseMost/time.Second)))*time.Second, leaseLeast), leaseMost)
}

// announced has a feed polled whose news was announced. An announcement that the hub did not sign is passed over in silence, as
// WebSub asks (section 8).
func (s *Scheduler) announced(w http.ResponseWriter, r *http.Request, h news.Hub) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(announceTime)) // a recorder in a test has none
	ok, err := signed(http.MaxBytesReader(w, r.Body, announceMost), r.Header.Get("X-Hub-Signature"), h.Secret)
	if err != nil {
		http.Error(w, "too much or too slow", http.StatusRequestEntityTooLarge)
		return
	}
	if !ok {
		s.Log.Warn("an announcement that the hub did not sign", "hub", redact(h.URL), "topic", redact(h.Topic))
	} else if err := s.pollSoon(r, h.FeedID); err != nil {
		s.Log.Error("poll what was announced", "feed", h.FeedID, "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

// pollSoon makes a feed due, at once or where it has just been polled in a while.
func (s *Scheduler) pollSoon(r *http.Request, id int64) error {
	f, err := s.DB.Feed(r.Context(), id)
	if err != nil {
		return err
	}
	at := s.Now()
	if least := f.LastPoll.Add(hubBlink); at.Before(least) {
		at = least
	}
	if err := s.DB.PollBy(r.Context(), id, f.Rest.Next(at)); err != nil {
		return err
	}
	select {
	case s.rung <- struct{}{}:
	default: // somebody has rung already
	}
	return nil
}

// answerRings polls when hubs ring, until ctx ends.
func (s *Scheduler) answerRings(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.rung:
			s.pollDue(ctx)
		}
	}
}

// signatures are the methods of WebSub, section 8.
var signatures = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

// signed tells whether a signature, such as "sha256=ab01…", is that of a body with a secret. It compares in constant time and
// keeps nothing of the body. An error is the body's.
func signed(body io.Reader, signature, secret string) (bool, error) {
	method, digits, _ := strings.Cut(signature, "=")
	algorithm := signatures[strings.ToLower(method)]
	want, err := hex.DecodeString(digits)
	if algorithm == nil || err != nil {
		_, err := io.Copy(io.Discard, body)
		return false, err
	}
	mac := hmac.New(algorithm, []byte(secret))
	if _, err := io.Copy(mac, body); err != nil {
		return false, err
	}
	return hmac.Equal(mac.Sum(nil), want), nil
}
