package bot

import (
	"errors"
	"fmt"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// What Telegram's refusals mean to a caller. They are found with errors.Is in what the methods return.
var (
	ErrToken        = errors.New("Telegram refuses the token")             // 401, 404
	ErrGone         = errors.New("the chat is lost to the bot")            // blocked, kicked, deactivated, deleted
	ErrTopic        = errors.New("the topic is closed or gone")            // may be so for a moment only
	ErrNoRights     = errors.New("the bot may not write there")            // restricted, or not an administrator
	ErrChatNotFound = errors.New("no such chat")                           // or one that the bot never met
	ErrConflict     = errors.New("another program runs with this token")   // 409
	ErrTransient    = errors.New("Telegram can't be reached for a moment") // 5xx, network, an answer that isn't Telegram's
	ErrMessageGone  = errors.New("no such message to edit")                // deleted, or too old
	ErrFormat       = errors.New("Telegram can't read the message")        // after the plain text was refused, too
	ErrStopped      = errors.New("the sender has stopped")                 // Run ended before the message's turn
	ErrTooLarge     = errors.New("the file is too large")                  // more than the caller's limit

	errNoMember = errors.New("not a member of the chat")

	errSame  = errors.New("message is not modified")
	errStale = errors.New("the query is too old")
)

// MigratedError says that the group is now the supergroup To. It was not sent; send it there.
type MigratedError struct{ To int64 }

func (e *MigratedError) Error() string {
	return fmt.Sprintf("the group is now the supergroup %d", e.To)
}

// FloodError says that Telegram takes nothing for this chat before After has passed. It was not sent.
type FloodError struct{ After time.Duration }

func (e *FloodError) Error() string { return fmt.Sprintf("flood wait of %s", e.After) }

// Refusal is an answer of Telegram's that is not ok. It unwraps to what it means: one of the errors above, a
// *MigratedError or a *FloodError, or nothing where the text is not known.
type Refusal struct {
	Method string
	Code   int    // Telegram's error_code, an HTTP status
	Text   string // Telegram's description
	kind   error
}

func (e *Refusal) Error() string { return fmt.Sprintf("%s: %d %s", e.Method, e.Code, e.Text) }

func (e *Refusal) Unwrap() error { return e.kind }

// defaultFlood is the wait where a 429 does not name one.
const defaultFlood = time.Second

// refusal makes a typed error of the library's. status stands in where it lost the code, as it does for uploads.
func refusal(method string, e *tgbotapi.Error, status int) error {
	code := e.Code
	if code == 0 {
		code = status
	}
	r := &Refusal{Method: method, Code: code, Text: e.Message}
	switch {
	case e.MigrateToChatID != 0:
		r.kind = &MigratedError{To: e.MigrateToChatID}
	case code == 429:
		r.kind = &FloodError{After: max(time.Duration(e.RetryAfter)*time.Second, defaultFlood)}
	case code >= 500:
		r.kind = ErrTransient
	case code == 401 || code == 404:
		r.kind = ErrToken
	case code == 409:
		r.kind = ErrConflict
	default:
		r.kind = kindOf(code, e.Message)
	}
	return r
}

// meanings are parts of Telegram's texts, in lower case; the first that fits counts. The Bot API documents none of
// them; they are stable in its server's source.
var meanings = []struct {
	part string
	kind error
}{
	{"bot was blocked", ErrGone},
	{"user is deactivated", ErrGone},
	{"bot was kicked", ErrGone},
	{"bot is not a member", ErrGone},
	{"group chat was deleted", ErrGone},
	{"can't initiate conversation", ErrGone},
	{"can't send messages to bots", ErrGone},
	{"message is not modified", errSame},
	{"query is too old", errStale},
	{"query id is invalid", errStale},
	{"message thread not found", ErrTopic},
	{"topic_closed", ErrTopic},
	{"topic_deleted", ErrTopic},
	{"chat not found", ErrChatNotFound},
	{"peer_id_invalid", ErrChatNotFound},
	{"message to edit not found", ErrMessageGone},
	{"message can't be edited", ErrMessageGone},
	{"message_id_invalid", ErrMessageGone},
	{"not enough rights", ErrNoRights},
	{"have no rights", ErrNoRights},
	{"chat_write_forbidden", ErrNoRights},
	{"chat_restricted", ErrNoRights},
	{"need administrator rights", ErrNoRights},
	{"member list is inaccessible", ErrNoRights},
	{"chat_admin_required", ErrNoRights},
	{"user not found", errNoMember},
	{"participant_id_invalid", errNoMember},
	{"can't parse", ErrFormat},
	{"message is too long", ErrFormat},
	{"caption is too long", ErrFormat},
	{"message text is empty", ErrFormat},
	{"text must be non-empty", ErrFormat},
	{"button", ErrFormat},
	{"keyboard", ErrFormat},
	{"reply markup", ErrFormat},
	{"entity_", ErrFormat},
	{"wrong http url", ErrFormat},
	{"webpage_", ErrFormat},
}

// kindOf reads the meaning out of a 400 or 403. What a 403 means that nobody knows yet: the bot may not write there.
func kindOf(code int, text string) error {
	lower := strings.ToLower(text)
	for _, m := range meanings {
		if strings.Contains(lower, m.part) {
			return m.kind
		}
	}
	if code == 403 {
		return ErrNoRights
	}
	return nil
}
