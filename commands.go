package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// CLI is the whole command line.
type CLI struct {
	Config
	Help helpFlag `short:"h" help:"Show this help."`

	Run     RunCmd     `cmd:"" help:"Run the bot. It needs a token from @BotFather."`
	Try     TryCmd     `cmd:"" help:"Try Herald in a browser: no token, no network, sample news."`
	Read    ReadCmd    `cmd:"" help:"Print an article's title, summary and quotes."`
	Stories StoriesCmd `cmd:"" help:"Group articles into stories."`
	Feeds   FeedsCmd   `cmd:"" help:"The feeds that the bot polls."`
	Doctor  DoctorCmd  `cmd:"" help:"Check token, database, disk, clock and feeds, and say what to do."`
	Backup  BackupCmd  `cmd:"" help:"Copy the database while the bot runs."`
	Restore RestoreCmd `cmd:"" help:"Put a backup in the database's place."`
}

// RunCmd is "herald run".
type RunCmd struct{}

// TryCmd is "herald try".
type TryCmd struct {
	Open   bool          `help:"Open the browser."`
	Listen string        `placeholder:"ADDRESS" default:"127.0.0.1:0" help:"Where the web chat is served; port 0 takes a free one (default ${default})."`
	Every  time.Duration `placeholder:"TIME" default:"2m" help:"How often a sample story breaks by itself; 0 is never (default ${default})."`
}

// ReadCmd is "herald read".
type ReadCmd struct {
	Source    string `arg:"" optional:"" placeholder:"FILE, URL or -" help:"A file with HTML, text, Markdown or mail, a web address, or - for standard input."`
	JSON      bool   `name:"json" help:"Print JSON."`
	JSONL     bool   `name:"jsonl" help:"Read many articles as JSON lines and print a JSON line for each, in the same order."`
	Sentences *int   `placeholder:"N" help:"At most so many sentences of summary (default: 3)."`
	Language  string `placeholder:"CODE" help:"The text's language, where it is known; two letters."`
}

// StoriesCmd is "herald stories".
type StoriesCmd struct {
	Args    []string      `arg:"" optional:"" placeholder:"FILE or -" help:"A file with JSON lines, or - for standard input (default); with --explain two articles, and the file where they are not in the database."`
	JSONL   bool          `name:"jsonl" help:"JSON lines in, JSON lines out."`
	Explain bool          `help:"Say why two articles are, or are not, one story: --explain A B."`
	Window  time.Duration `placeholder:"TIME" help:"How far apart two articles of one story may be (default 72h)."`
}

// FeedsCmd is "herald feeds …".
type FeedsCmd struct {
	Add    FeedsAddCmd    `cmd:"" help:"Add feeds; a site's address is enough."`
	List   FeedsListCmd   `cmd:"" help:"List the feeds and how they fare."`
	Remove FeedsRemoveCmd `cmd:"" help:"Remove feeds with their subscriptions."`
	Import FeedsImportCmd `cmd:"" help:"Add the feeds of an OPML file."`
	Export FeedsExportCmd `cmd:"" help:"Write the feeds as OPML."`
}

// FeedsAddCmd is "herald feeds add".
type FeedsAddCmd struct {
	Address []string `arg:"" help:"Addresses of feeds or of sites that have one."`
}

// FeedsListCmd is "herald feeds list".
type FeedsListCmd struct {
	JSON bool `name:"json" help:"Print JSON."`
}

// FeedsRemoveCmd is "herald feeds remove".
type FeedsRemoveCmd struct {
	Feed []string `arg:"" help:"Numbers or addresses, as feeds list shows them."`
}

// FeedsImportCmd is "herald feeds import".
type FeedsImportCmd struct {
	File string `arg:"" help:"An OPML file, or - for standard input."`
}

// FeedsExportCmd is "herald feeds export".
type FeedsExportCmd struct {
	File string `arg:"" optional:"" default:"-" help:"Where to write; standard output without it."`
}

// DoctorCmd is "herald doctor".
type DoctorCmd struct{}

// BackupCmd is "herald backup".
type BackupCmd struct {
	File string `arg:"" help:"Where to write the copy; it must not exist."`
}

// RestoreCmd is "herald restore".
type RestoreCmd struct {
	File  string `arg:"" help:"A file that herald backup wrote."`
	Force bool   `help:"Overwrite the database that is there."`
}

// errHelpShown ends parsing after help was printed.
var errHelpShown = errors.New("help shown")

// helpFlag prints the help of what is selected.
type helpFlag bool

// BeforeReset runs before anything is checked, so that help needs no complete command line.
func (helpFlag) BeforeReset(ctx *kong.Context) error {
	if err := ctx.PrintUsage(false); err != nil {
		return err
	}
	return errHelpShown
}

// parse reads the command line. It prints help where asked to, and then returns errHelpShown.
func parse(args []string, stdout, stderr io.Writer, getenv func(string) string) (*CLI, *kong.Context, error) {
	cli := &CLI{Config: Config{Proxy: proxies(getenv)}}
	k, err := kong.New(cli, kong.Name("herald"), kong.Writers(stdout, stderr), kong.NoDefaultHelp(),
		kong.Description("Herald is a Telegram bot that reads the news for a chat."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true, WrapUpperBound: 100}),
		kong.Help(help), kong.ValueFormatter(helpText), kong.ExplicitGroups(groups),
		kong.TypeMapper(reflect.TypeFor[time.Duration](), kong.MapperFunc(decodeDuration)),
		kong.TypeMapper(reflect.TypeFor[float64](), kong.MapperFunc(decodeFloat)),
		kong.TypeMapper(reflect.TypeFor[int64](), kong.MapperFunc(decodeID)),
		kong.Resolvers(environment(getenv)))
	if err != nil {
		return nil, nil, fmt.Errorf("command line: %w", err)
	}
	k.Model.HelpFlag = k.Model.Flags[slices.IndexFunc(k.Model.Flags, func(f *kong.Flag) bool { return f.Name == "help" })]
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "help":
		args = append(slices.Clone(args[1:]), "--help")
	}
	cmd, err := k.Parse(doubleDashes(k, args))
	return cli, cmd, usage(err)
}

// usage is the error of a command line as people read it: a setting names its variable, the rest says where help is.
func usage(err error) error {
	var bad *envError
	var parsing *kong.ParseError
	switch {
	case errors.As(err, &bad):
		return bad
	case errors.Is(err, errHelpShown) || !errors.As(err, &parsing):
		return err
	}
	command := "herald"
	if n := parsing.Context.Selected(); n != nil {
		command = n.FullPath()
	}
	return fmt.Errorf("%w (see: %s --help)", err, command)
}

// groups are the headings under which help lists the settings.
var groups = []kong.Group{
	{Key: "telegram", Title: "Telegram:"},
	{Key: "data", Title: "Data:"},
	{Key: "people", Title: "People:"},
	{Key: "feeds", Title: "Feeds:"},
	{Key: "pace", Title: "Pace:"},
	{Key: "server", Title: "Server:"},
	{Key: "model", Title: "Language model:"},
	{Key: "log", Title: "Log:"},
}

// help prints Kong's help with only those settings that matter to the command.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	command := ""
	if n := ctx.Selected(); n != nil {
		for ; n.Parent != nil && n.Parent.Type != kong.ApplicationNode; n = n.Parent {
		}
		command = n.Name
	}
	for _, f := range ctx.Model.Flags {
		f.Hidden = isSetting(f) && !slices.Contains(strings.Fields(f.Tag.Get("for")), command)
	}
	return kong.DefaultHelpPrinter(options, ctx)
}

// helpText adds the environment variable to a setting's help.
func helpText(v *kong.Value) string {
	if v.Flag != nil && isSetting(v.Flag) {
		return v.Help + " [" + envName(v.Name) + "]"
	}
	return v.Help
}

// isSetting tells a flag of Config, which the environment can set too, from a command's own.
func isSetting(f *kong.Flag) bool { return f.Tag.Has("for") }

// envName is the environment variable of a flag: HERALD_POLL_MIN for poll-min.
func envName(flag string) string {
	return "HERALD_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// envError is a setting from the environment that can't be read.
type envError struct {
	name string
	err  error
}

// Error names the variable, not the flag.
func (e *envError) Error() string { return e.name + ": " + e.err.Error() }

// Unwrap is what was wrong with the value.
func (e *envError) Unwrap() error { return e.err }

// environment resolves settings from environment variables; an empty one is as good as none. "herald try" does not take
// the database from there: it must never write sample news into the real one.
func environment(getenv func(string) string) kong.Resolver {
	return kong.ResolverFunc(func(ctx *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
		v := getenv(envName(f.Name))
		n := ctx.Selected()
		if !isSetting(f) || v == "" || (f.Name == "db" && n != nil && n.Name == "try") {
			return nil, nil
		}
		// Decoded once into nothing, so that the error can name the variable.
		scan := kong.Scan().PushTyped(v, kong.FlagValueToken)
		into := reflect.New(f.Target.Type()).Elem()
		if err := f.Mapper.Decode(&kong.DecodeContext{Value: f.Value, Scan: scan}, into); err != nil {
			return nil, &envError{envName(f.Name), err}
		}
		return v, nil
	})
}

// singleDash is a long flag with one dash, as Go's own tools write them.
var singleDash = regexp.MustCompile(`^-([a-z][a-z-]+)(=.*)?$`)

// doubleDashes gives every known long flag that was written with one dash its second, up to a "--".
func doubleDashes(k *kong.Kong, args []string) []string {
	known := map[string]bool{}
	addFlags(known, k.Model.Node)
	args = slices.Clone(args)
	for i, a := range args {
		if a == "--" {
			break
		}
		if m := singleDash.FindStringSubmatch(a); m != nil && known[m[1]] {
			args[i] = "-" + a
		}
	}
	return args
}

func addFlags(known map[string]bool, n *kong.Node) {
	for _, f := range n.Flags {
		known[f.Name] = true
	}
	for _, c := range n.Children {
		addFlags(known, c)
	}
}

func decodeDuration(ctx *kong.DecodeContext, target reflect.Value) error {
	return decode(ctx, target, "%q is not a time such as 30s, 10m or 6h", time.ParseDuration)
}

// decodeID reads a user id.
func decodeID(ctx *kong.DecodeContext, target reflect.Value) error {
	return decode(ctx, target, "%q is not a number, as the ids of users are", func(s string) (int64, error) {
		return strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	})
}

func decodeFloat(ctx *kong.DecodeContext, target reflect.Value) error {
	return decode(ctx, target, "%q is not a number", func(s string) (float64, error) {
		f, err := strconv.ParseFloat(s, 64)
		if math.IsNaN(f) || math.IsInf(f, 0) {
			err = strconv.ErrSyntax
		}
		return f, err
	})
}

// decode reads one value; complaint is the text for one that can't be read.
func decode[T any](ctx *kong.DecodeContext, target reflect.Value, complaint string, read func(string) (T, error)) error {
	var s string
	if err := ctx.Scan.PopValueInto("value", &s); err != nil {
		return err
	}
	v, err := read(s)
	if err != nil {
		return fmt.Errorf(complaint, s)
	}
	target.Set(reflect.ValueOf(v))
	return nil
}

// oneLine is an error's text on one line, for a terminal: several errors are joined, control characters are left out.
func oneLine(err error) string {
	s := strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "; ")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}
