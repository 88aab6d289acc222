package news

import (
	"sync"
	"time"
)

// Place is where messages go: a chat, or one topic of a forum. Topic 0 is the chat itself or a forum's general topic.
type Place struct {
	Chat  int64
	Topic int
}

// ChatKind is Telegram's type of a chat.
type ChatKind string

// Telegram's types of chats (Bot API, Chat.type).
const (
	Private    ChatKind = "private"
	Group      ChatKind = "group"
	Supergroup ChatKind = "supergroup"
	Channel    ChatKind = "channel"
)

// Length is how much of a summary a chat wants.
type Length string

// The lengths of a summary: one sentence, two or three, more.
const (
	Headline Length = "headline"
	Short    Length = "short"
	Long     Length = "long"
)

// Chat is a chat that knows Herald, with its settings.
type Chat struct {
	ID        int64
	Kind      ChatKind
	Title     string
	Lang      string // language of Herald's own words; "": the operator's default
	Zone      string // IANA time zone; "": UTC, and the chat has not been asked
	Length    Length
	Previews  bool // link previews
	Silent    bool // pushes make no sound
	Updates   bool // what is new in a story that was pushed is told below its card
	Translate bool // summaries in Lang, whatever the article's, where a language model is in use
	Quiet     Quiet
	Active    bool // false: the bot was blocked or removed; the settings stay
	Added     time.Time

	ServedFrom int64 `json:"-"` // the private chat from which it was last served; 0: none. It says who administers a channel.
}

// Location is the chat's time zone; UTC where none is set or the zone is unknown.
func (c *Chat) Location() *time.Location { return Location(c.Zone) }

// Location is the time zone of an IANA name; UTC where that is "" or unknown. It is safe for concurrent use.
func Location(zone string) *time.Location {
	if zone == "" {
		return time.UTC
	}
	if loc, ok := zones.Load(zone); ok {
		return loc.(*time.Location)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return time.UTC
	}
	zones.Store(zone, loc)
	return loc
}

// zones are the time zones read so far: reading one takes as long as a query.
var zones sync.Map

// Subscription is a feed that a place follows.
type Subscription struct {
	Place Place
	Feed  Feed
	Since time.Time
}

// Delivery is a message that is owed: one story to one place, at most once.
type Delivery struct {
	ID       int64
	Place    Place
	StoryID  int64
	Attempts int // sends that failed so far
	Created  time.Time
}

// FollowUp is a message that is owed below a story's card: what later articles brought that is new.
type FollowUp struct {
	ID       int64
	Place    Place
	StoryID  int64
	From, To int64 // those articles have ids from From to To
	Card     int   // the card's message
	Attempts int   // sends that failed so far
}

// CardEdit is a delivered card that is to show its story as it has become.
type CardEdit struct {
	Delivery int64
	Place    Place
	StoryID  int64
	Lead     int64 // the article that the card is led by; 0: unknown
	Message  int
	Claim    time.Time // until then nobody else edits it
}
