package sim

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// refusal is an answer with "ok": false (Bot API, "Making requests").
type refusal struct {
	code       int
	text       string // with its prefix, as it goes out
	retryAfter int    // seconds
	migrateTo  int64
}

func (e *refusal) Error() string { return e.text }

// bad is a 400. Telegram lowers the first letter of a sentence but not of an error name in capitals.
func bad(format string, args ...any) error {
	text := fmt.Sprintf(format, args...)
	first, n := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[n:])
	if unicode.IsUpper(first) && !unicode.IsUpper(second) {
		text = string(unicode.ToLower(first)) + text[n:]
	}
	return &refusal{code: 400, text: "Bad Request: " + text}
}

// forbidden is a 403.
func forbidden(format string, args ...any) error {
	return &refusal{code: 403, text: "Forbidden: " + fmt.Sprintf(format, args...)}
}

// flood is a 429; it tells the seconds to wait in words and as a parameter.
func flood(seconds int) error {
	return &refusal{code: 429, text: fmt.Sprintf("Too Many Requests: retry after %d", seconds), retryAfter: seconds}
}

var (
	errUnauthorized = &refusal{code: 401, text: "Unauthorized"}
	errNoSuchToken  = &refusal{code: 404, text: "Not Found"}
	errNoMethod     = &refusal{code: 404, text: "Not Found: method not found"}
	errTooLarge     = &refusal{code: 413, text: "Request Entity Too Large"}
	errConflict     = &refusal{code: 409, text: "Conflict: terminated by other getUpdates request; " +
		"make sure that only one bot instance is running"}
	errHookSet   = &refusal{code: 409, text: "Conflict: terminated by setWebhook request"}
	errForeign   = &refusal{code: 403, text: "Forbidden: only programs on this machine are served"}
	errWebhookOn = &refusal{code: 409, text: "Conflict: can't use getUpdates method while webhook is active; " +
		"use deleteWebhook to delete the webhook first"}
	errClosed   = &refusal{code: 500, text: "Internal Server Error: restart"}
	errOldQuery = &refusal{code: 400, text: "Bad Request: query is too old and response timeout expired or query ID is invalid"}
)

// What a Go call on the world can refuse; they come wrapped with what was asked for.
var (
	ErrNoUser    = errors.New("no such user")
	ErrNoChat    = errors.New("no such chat")
	ErrNoMessage = errors.New("no such message")
	ErrNoTopic   = errors.New("no such topic")
	ErrNoButton  = errors.New("no such button")
	ErrNoResult  = errors.New("no such inline result")
	ErrNotMember = errors.New("not a member of the chat")
	ErrClosed    = errors.New("closed")
	ErrWrongKind = errors.New("not possible in this kind of chat")
	ErrNoBot     = errors.New("the bot is not there")
)
