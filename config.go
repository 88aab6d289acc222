package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"herald/bot/locale"
)

// Config is everything an operator can set. A flag --some-name is also the environment variable HERALD_SOME_NAME; the
// flag wins. The tag "for" names the commands whose help shows the flag.
type Config struct {
	Token     Secret `for:"run doctor" group:"telegram" placeholder:"TOKEN" help:"The bot's token from @BotFather. Better kept in the environment or a file than in the flag."`
	TokenFile string `for:"run doctor" group:"telegram" placeholder:"FILE" help:"A file that holds the token, for secrets that are mounted."`
	APIURL    string `for:"run doctor" group:"telegram" name:"api-url" default:"https://api.telegram.org" help:"The Bot API server (default ${default})."`

	DB string `for:"run try feeds doctor backup restore" group:"data" name:"db" placeholder:"FILE" help:"The SQLite database (default herald.db; herald try: a temporary one)."`

	Owner  []int64 `for:"run" group:"people" placeholder:"ID" help:"User ids of the operators."`
	Access Access  `for:"run" group:"people" default:"open" placeholder:"WHO" help:"Who may use the bot: open, invite (whom the operators invite), closed (the operators) or a list of user ids (default ${default})."`
	Lang   string  `for:"run try" group:"people" default:"en" placeholder:"CODE" help:"Language of Herald's own words where a chat has not chosen (default ${default})."`

	PollMin    time.Duration `for:"run" group:"feeds" default:"10m" placeholder:"TIME" help:"The shortest time between two polls of a feed (default ${default})."`
	PollMax    time.Duration `for:"run" group:"feeds" default:"6h" placeholder:"TIME" help:"The longest time between two polls of a feed (default ${default})."`
	FetchAllow Ranges        `for:"run try read feeds doctor" group:"feeds" placeholder:"RANGE" help:"Address ranges that may be fetched besides public ones, such as 10.0.0.0/8."`
	Contact    string        `for:"run try read feeds" group:"feeds" placeholder:"ADDRESS" help:"Where those who run sites can reach you, a web page or an e-mail address; told to every site that is read."`

	// Proxy chooses the proxy through which the open web is read, from the environment; nil: none.
	Proxy func(*url.URL) (*url.URL, error) `kong:"-" json:"-"`

	// Alone: nobody else can run a bot with the token.
	Alone bool `kong:"-" json:"-"`

	Rate          float64 `for:"run" group:"pace" default:"30" placeholder:"N" help:"Messages per second in all; 0 is no limit, for a server of one's own (default ${default})."`
	ChatRate      float64 `for:"run" group:"pace" default:"1" placeholder:"N" help:"Messages per second to one chat (default ${default})."`
	GroupRate     float64 `for:"run" group:"pace" default:"20" placeholder:"N" help:"Messages per minute to one group or channel (default ${default})."`
	PaidBroadcast bool    `for:"run" group:"pace" help:"Pay Telegram Stars for every push, so that it takes up to 1000 a second (allow_paid_broadcast); set --rate as well."`

	PublicURL  string `for:"run" group:"server" name:"public-url" placeholder:"URL" help:"The public address that leads to --http: feeds that offer a hub (WebSub) then announce their news there."`
	HTTP       string `for:"run" group:"server" name:"http" placeholder:"ADDRESS" help:"Where health, metrics and the webhook are served, such as :8080 (default off)."`
	WebhookURL string `for:"run" group:"server" name:"webhook-url" placeholder:"URL" help:"The public https address of the webhook; polling is used without it."`

	ModelURL    string `for:"run try doctor" group:"model" name:"model-url" placeholder:"URL" help:"A server that speaks OpenAI's protocol, up to its version, such as http://localhost:11434/v1 for Ollama: its model then writes the summaries (default off)."`
	Model       string `for:"run try doctor" group:"model" placeholder:"NAME" help:"The model's name on that server."`
	ModelKey    Secret `for:"run try doctor" group:"model" placeholder:"KEY" help:"The key for that server, where it wants one. Better kept in the environment than in the flag."`
	ModelBudget int    `for:"run try" group:"model" default:"1000" placeholder:"N" help:"Summaries asked of the model a day; 0 is no limit (default ${default})."`
	ModelStream bool   `for:"run try doctor" group:"model" help:"Ask for answers in pieces, which keeps slow connections alive."`

	Log LogSetting `for:"run try read feeds doctor" group:"log" default:"info" placeholder:"LEVEL[,json]" help:"debug, info, warn or error; as text or json (default ${default})."`
}

// errTwoTokens is returned where the token is given twice.
var errTwoTokens = errors.New("--token (HERALD_TOKEN) and --token-file (HERALD_TOKEN_FILE) are both set: keep one of them")

// LoadToken returns the bot's token, from the setting or from its file; "" where neither is set.
func (c *Config) LoadToken() (Secret, error) {
	switch {
	case c.TokenFile == "":
		token := strings.TrimSpace(string(c.Token))
		if strings.ContainsFunc(token, notOfToken) {
			return "", check("token", false, "it holds what no token does: copy it as @BotFather shows it")
		}
		return Secret(token), nil
	case c.Token != "":
		return "", errTwoTokens
	}
	f, err := os.Open(c.TokenFile)
	if err != nil {
		return "", fmt.Errorf("--token-file (HERALD_TOKEN_FILE): %w", err)
	}
	defer f.Close()
	// A token is about 46 bytes; a longer file is something else, and is not read into memory.
	const limit = 4096
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return "", fmt.Errorf("--token-file (HERALD_TOKEN_FILE): %w", err)
	}
	token := strings.TrimSpace(string(b))
	if token == "" || len(b) > limit || strings.ContainsFunc(token, notOfToken) {
		return "", fmt.Errorf("--token-file (HERALD_TOKEN_FILE): %s does not hold a token and nothing else", c.TokenFile)
	}
	return Secret(token), nil
}

// notOfToken tells characters that are in no token, which is a number, a colon, and letters, digits, - and _ (Bot API, Authorizing
// your bot). With one of them an address may lead elsewhere, or nowhere.
func notOfToken(r rune) bool {
	return r != ':' && r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// Database is the path of the database: the setting or "herald.db".
func (c *Config) Database() string {
	if c.DB == "" {
		return "herald.db"
	}
	return c.DB
}

// freeRate is what Telegram takes from a bot without payment, in messages a second (Bot API FAQ).
const freeRate = 30

// Validate checks what a type alone can't: choices, ranges and addresses. The error names the setting.
func (c *Config) Validate() error {
	return errors.Join(
		check("lang", locale.Has(c.Lang), "%q is not a language that Herald speaks: %s", c.Lang, strings.Join(locale.Languages(), ", ")),
		check("poll-min", c.PollMin >= time.Second, "%v is too short: at least 1s", c.PollMin),
		check("poll-max", c.PollMax >= c.PollMin, "%v is less than --poll-min, %v", c.PollMax, c.PollMin),
		check("poll-max", c.PollMax <= 7*24*time.Hour, "%v is too long: at most 168h", c.PollMax),
		check("rate", c.Rate >= 0, "%v is less than 0 messages a second", c.Rate),
		check("chat-rate", c.ChatRate >= 0, "%v is less than 0 messages a second", c.ChatRate),
		check("group-rate", c.GroupRate >= 0, "%v is less than 0 messages a minute", c.GroupRate),
		check("paid-broadcast", !c.PaidBroadcast || c.Rate == 0 || c.Rate > freeRate, "every push would be paid for and none be faster: set --rate above %v, up to 1000", freeRate),
		check("owner", !slices.ContainsFunc(c.Owner, func(id int64) bool { return id <= 0 }), "a user id is a positive number"),
		check("contact", isContact(c.Contact), "%q is not an address such as https://example.com/bot or you@example.com", c.Contact),
		check("api-url", isURL(c.APIURL, "http", "https"), "%q is not an http or https address", c.APIURL),
		check("http", c.HTTP == "" || isListen(c.HTTP), "%q is not an address to listen on, such as :8080 or 127.0.0.1:8080", c.HTTP),
		// Telegram itself delivers only to https and says so; a Bot API server of one's own takes http (Bot API, setWebhook).
		check("webhook-url", c.WebhookURL == "" || isURL(c.WebhookURL, "https", "http"), "%q is not a web address", c.WebhookURL),
		check("public-url", c.PublicURL == "" || isURL(c.PublicURL, "https", "http"), "%q is not a web address", c.PublicURL),
		check("public-url", c.PublicURL == "" || c.HTTP != "", "needs --http, the address to which it leads"),
		check("webhook-url", c.WebhookURL == "" || c.HTTP != "", "needs --http, the address where the webhook is served"),
		check("model-url", c.ModelURL == "" || isURL(c.ModelURL, "http", "https"), "it is not an http or https address"), // which may hold a password
		check("model-url", c.ModelURL == "" || c.Model != "", "needs --model, the name of the model there"),
		check("model-budget", c.ModelBudget >= 0, "%d is less than 0 requests a day", c.ModelBudget),
		c.checkProxy(),
	)
}

// check returns an error that names the flag and its variable unless ok.
func check(flag string, ok bool, format string, args ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf("--%s (%s): %s", flag, envName(flag), fmt.Sprintf(format, args...))
}

func isURL(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Hostname() != "" && slices.Contains(schemes, u.Scheme)
}

func isListen(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

func isLanguage(s string) bool {
	_, err := language.ParseBase(s)
	return err == nil
}

// Secret is a text that must not reach a log, an error or a metric: every way of printing it gives "hidden".
type Secret string

// Reveal returns the text itself.
func (s Secret) Reveal() string { return string(s) }

// String hides the text.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "hidden"
}

// GoString hides the text from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the text from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the text from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Access is who may use the bot. The zero value lets everybody.
type Access struct {
	Closed  bool    // only the operators, Users and, with Invites, whoever was invited
	Invites bool    // the operators may invite
	Users   []int64 // user ids that may always
}

// UnmarshalText reads "open", "invite", "closed" or user ids with commas between.
func (a *Access) UnmarshalText(b []byte) error {
	*a = Access{Closed: true}
	switch s := strings.ToLower(strings.TrimSpace(string(b))); s {
	case "open":
		a.Closed = false
	case "closed":
	case "invite":
		a.Invites = true
	default:
		for id := range strings.SplitSeq(s, ",") {
			n, err := strconv.ParseInt(strings.TrimSpace(id), 10, 64)
			if err != nil || n <= 0 {
				return fmt.Errorf("%q is not open, invite, closed or a list of user ids", b)
			}
			a.Users = append(a.Users, n)
		}
	}
	return nil
}

// Ranges are address ranges, written as "10.0.0.0/8,fd00::/8"; a bare address stands for itself alone.
type Ranges []netip.Prefix

// UnmarshalText reads the ranges.
func (r *Ranges) UnmarshalText(b []byte) error {
	*r = nil
	for part := range strings.SplitSeq(string(b), ",") {
		part = strings.TrimSpace(part)
		p, err := netip.ParsePrefix(part)
		if a, bare := netip.ParseAddr(part); bare == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return fmt.Errorf("%q is not an address range such as 10.0.0.0/8", part)
		}
		*r = append(*r, p.Masked())
	}
	return nil
}

// LogSetting is how much is logged and in which form. The zero value is info as text.
type LogSetting struct {
	Level slog.Level
	JSON  bool
}

// UnmarshalText reads a level, a form, or both with a comma between.
func (l *LogSetting) UnmarshalText(b []byte) error {
	*l = LogSetting{}
	for part := range strings.SplitSeq(strings.ToLower(string(b)), ",") {
		switch part = strings.TrimSpace(part); part {
		case "json", "text":
			l.JSON = part == "json"
		case "debug", "info", "warn", "error":
			if err := l.Level.UnmarshalText([]byte(part)); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%q is not debug, info, warn, error, text or json", part)
		}
	}
	return nil
}

// Logger makes the logger that the setting describes.
func (l LogSetting) Logger(w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: l.Level}
	if l.JSON {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
