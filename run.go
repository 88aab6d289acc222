package main

import (
	"context"
	"errors"
)

var errNoToken = errors.New("no token: get one from @BotFather on Telegram and set HERALD_TOKEN (or HERALD_TOKEN_FILE); `herald try` shows Herald without one")

// Run runs the bot until it is told to stop.
func (*RunCmd) Run(ctx context.Context, env *Env) error {
	token, err := env.Config.LoadToken()
	if err != nil {
		return err
	}
	if token == "" {
		return errNoToken
	}
	beSparing()
	app, err := NewApp(ctx, env.Config, token, env.Log, env.Now)
	if err != nil {
		return err
	}
	return errors.Join(app.Run(ctx), app.Close())
}
