package fetch

import (
	"bytes"
	"net/http"
)

// challenged tells by an answer's header that what stands in a page's place is a puzzle for browsers, whatever its status.
func challenged(h http.Header) bool {
	switch {
	case h.Get("Cf-Mitigated") == "challenge", h.Get("Sg-Captcha") == "challenge": // Cloudflare, SiteGround
		return true
	}
	action := h.Get("X-Amzn-Waf-Action")
	return action == "challenge" || action == "captcha"
}

// maxChallenge is how long a page may be that is nothing but such a puzzle; an article that tells of one is longer.
const maxChallenge = 48 << 10

// challengeMarks stand in the puzzles of those that say nothing in the header: Cloudflare, Anubis, SiteGround, DataDome, Imperva.
var challengeMarks = [][]byte{
	[]byte("window._cf_chl_opt"), []byte(`id="anubis_challenge"`), []byte("/.well-known/sgcaptcha/"),
	[]byte("captcha-delivery.com/captcha/"), []byte(`<iframe id="main-iframe" src="/_Incapsula_Resource`),
}

// challenge tells whether a body is such a puzzle.
func challenge(body []byte) bool {
	if len(body) > maxChallenge {
		return false
	}
	for _, mark := range challengeMarks {
		if bytes.Contains(body, mark) {
			return true
		}
	}
	return false
}
