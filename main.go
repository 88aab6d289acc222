// Herald is a Telegram bot that reads the news for a chat. Package main is its command line: it turns flags and
// environment into one configuration, wires the rooms together and runs a command. Only this package reads the
// environment; every other one is given what it needs.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)
	stop()
	os.Exit(code)
}

// Exit codes: a command line that can't be understood is told apart from a command that failed (as in Go's flag package).
const (
	exitOK    = 0
	exitError = 1
	exitUsage = 2
)

// Env is what a command works with: the three streams, the checked configuration, the log and the clock.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Color          bool // Stdout is a terminal that shows styles
	Config         Config
	Log            *slog.Logger
	Now            func() time.Time
}

// run is the program: it parses args, runs the command they name and returns the exit code. Failures are one line on
// stderr that begins with "herald: ".
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string) int {
	cli, cmd, err := parse(args, stdout, stderr, getenv)
	switch {
	case errors.Is(err, errHelpShown):
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "herald: %s\n", oneLine(err))
		return exitUsage
	}
	env := &Env{
		Stdin: stdin, Stdout: stdout, Stderr: stderr, Color: wantsColor(stdout, getenv),
		Config: cli.Config, Log: cli.Log.Logger(stderr), Now: time.Now,
	}
	cmd.BindTo(ctx, (*context.Context)(nil))
	cmd.Bind(env)
	if err := cmd.Run(); err != nil {
		fmt.Fprintf(stderr, "herald: %s\n", oneLine(err)+advice(err))
		return exitError
	}
	return exitOK
}

// wantsColor tells whether text on w may be styled; NO_COLOR is the convention of https://no-color.org.
func wantsColor(w io.Writer, getenv func(string) string) bool {
	return isTerminal(w) && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
}
