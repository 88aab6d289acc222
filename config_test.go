package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// env is an environment.
func env(pairs ...string) func(string) string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return m[name] }
}

// config parses a command line and returns its configuration.
func config(t *testing.T, getenv func(string) string, args ...string) (Config, error) {
	t.Helper()
	var out bytes.Buffer
	cli, _, err := parse(args, &out, &out, getenv)
	if err != nil {
		return Config{}, err
	}
	return cli.Config, nil
}

func TestConfigSources(t *testing.T) {
	got, err := config(t, env("HERALD_POLL_MIN", "20m", "HERALD_POLL_MAX", "2h", "HERALD_TOKEN", "1:a", "HERALD_OWNER", "7,8",
		"HERALD_FETCH_ALLOW", "10.0.0.0/8, fd00::1", "HERALD_RATE", "", "HERALD_LOG", "debug,json", "HERALD_DB", "env.db"),
		"run", "-poll-min=30m", "--http", ":8080")
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Token: "1:a", APIURL: "https://api.telegram.org", DB: "env.db", Owner: []int64{7, 8}, Lang: "en",
		PollMin: 30 * time.Minute, PollMax: 2 * time.Hour,
		FetchAllow: Ranges{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::1/128")},
		Rate:       30, ChatRate: 1, GroupRate: 20, HTTP: ":8080", ModelBudget: 1000, Log: LogSetting{Level: slog.LevelDebug, JSON: true},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{})); d != "" {
		t.Error("-want +got:\n" + d)
	}
}

// TestConfigTry: trying Herald never touches the database of the environment, only one that was named.
func TestConfigTry(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{{[]string{"try"}, ""}, {[]string{"try", "-db", "mine.db"}, "mine.db"}, {[]string{"-db", "mine.db", "try"}, "mine.db"}} {
		got, err := config(t, env("HERALD_DB", "real.db"), c.args...)
		if err != nil || got.DB != c.want {
			t.Errorf("%v: got %q, %v, want %q", c.args, got.DB, err, c.want)
		}
	}
}

func TestConfigRefused(t *testing.T) {
	for _, c := range []struct{ flag, value, want string }{
		{"access", "friends", "not open, invite, closed"},
		{"lang", "ja", "not a language that Herald speaks"},
		{"poll-max", "10000h", "too long"},
		{"rate", "-1", "less than 0"},
		{"rate", "NaN", "not a number"},
		{"chat-rate", "Inf", "not a number"},
		{"owner", "-5", "positive"},
		{"owner", "me", "me"},
		{"api-url", "api.telegram.org", "not an http or https address"},
		{"api-url", "ftp://x.example", "not an http or https address"},
		{"http", "8080", "not an address to listen on"},
		{"webhook-url", "bot.example/hook", "not a web address"},
		{"webhook-url", "https://bot.example/", "needs --http"},
		{"public-url", "bot.example", "not a web address"},
		{"public-url", "https://bot.example/", "needs --http"},
		{"log", "loud", "not debug, info"},
		{"fetch-allow", "10.0.0.0/8,", `"" is not an address range`},
		{"contact", "me (on weekdays)", "not an address such as"},
		{"contact", "https://news.example/\r\nCookie:a", "not an address such as"},
	} {
		t.Run(c.flag+"="+c.value, func(t *testing.T) {
			variable := envName(c.flag)
			for _, way := range []struct {
				getenv func(string) string
				args   []string
			}{{env(), []string{"run", "--" + c.flag + "=" + c.value}}, {env(variable, c.value), []string{"run"}}} {
				_, err := config(t, way.getenv, way.args...)
				if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(oneLine(err), "\n") {
					t.Errorf("%v: got error %v, want %q", way.args, err, c.want)
				}
			}
		})
	}
}

func TestOwnerThatIsNoNumber(t *testing.T) {
	_, said := heraldWith(t, map[string]string{"HERALD_OWNER": "ann"}, "run")
	if !strings.Contains(said, `HERALD_OWNER: "ann" is not a number`) {
		t.Errorf("got %q", said)
	}
}

func TestLoadToken(t *testing.T) {
	file := func(content string) string {
		name := filepath.Join(t.TempDir(), "token")
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for _, c := range []struct {
		name   string
		config Config
		want   Secret
		err    string
	}{
		{"none", Config{}, "", ""},
		{"setting", Config{Token: " 1:a\n"}, "1:a", ""},
		{"file", Config{TokenFile: file(" 1:b\n")}, "1:b", ""},
		{"both", Config{Token: "1:a", TokenFile: file("1:b")}, "", "both set"},
		{"empty file", Config{TokenFile: file("\n")}, "", "does not hold a token"},
		{"another file", Config{TokenFile: file("1:b\n1:c\n")}, "", "does not hold a token"},
		{"a large file", Config{TokenFile: file(strings.Repeat("a", 5000))}, "", "does not hold a token"},
		{"no file", Config{TokenFile: "no-such-file"}, "", "no such file"},
		{"two lines", Config{Token: "1:a\n1:b"}, "", "--token (HERALD_TOKEN)"},
		{"quoted", Config{Token: `"1:a"`}, "", "--token (HERALD_TOKEN)"},
		{"quoted in a file", Config{TokenFile: file(`'1:a'`)}, "", "does not hold a token"},
		{"an address", Config{Token: "https://example.com/bot1:a"}, "", "--token (HERALD_TOKEN)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.config.LoadToken()
			if got != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("got %q, %v, want %q, %q", got.Reveal(), err, c.want.Reveal(), c.err)
			}
		})
	}
}

// TestSecretsHide: no way of printing a configuration shows its secrets.
func TestSecretsHide(t *testing.T) {
	c := Config{Token: "123:SECRET"}
	var b bytes.Buffer
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		fmt.Fprintf(&b, format+"\n", c)
		fmt.Fprintf(&b, format+"\n", &c)
		fmt.Fprintf(&b, format+"\n", c.Token)
	}
	slog.New(slog.NewTextHandler(&b, nil)).Info("start", "config", c, "token", c.Token)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("start", "config", c, "token", c.Token)
	if err := json.NewEncoder(&b).Encode(c); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "SECRET") {
		t.Errorf("a secret shows in %s", b.String())
	}
	if c.Token.Reveal() != "123:SECRET" {
		t.Error("Reveal does not")
	}
}

func TestOneLine(t *testing.T) {
	got := oneLine(errors.Join(errors.New("one\r"), errors.New("\x1b[31mtwo\n")))
	if want := "one; [31mtwo"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
