package main

import (
	"context"
	"errors"
	"runtime/debug"
)

var errNoToken = errors.New("no token: get one from @BotFather on Telegram and set HERALD_TOKEN (or HERALD_TOKEN_FILE); `herald try` shows Herald without one")

// garbagePercent is how much garbage the bot lets lie beside what it uses (runtime/debug.SetGCPercent): it waits for the
// network most of the time on a small server, so memory is dearer to it than work. An operator who sets GOGC to another than its usual value is heeded.
const garbagePercent, usualPercent = 50, 100

// Run runs the bot until it is told to stop.
func (*RunCmd) Run(ctx context.Context, env *Env) error {
	token, err := env.Config.LoadToken()
	if err != nil {
		return err
	}
	if token == "" {
		return errNoToken
	}
	if old := debug.SetGCPercent(garbagePercent); old != usualPercent {
		debug.SetGCPercent(old)
	}
	app, err := NewApp(ctx, env.Config, token, env.Log, env.Now)
	if err != nil {
		return err
	}
	return errors.Join(app.Run(ctx), app.Close())
}
