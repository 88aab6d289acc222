package main

import (
	"context"
	"errors"
)

var errPending = errors.New("this command is not built in")

// Run runs the command.
func (*RunCmd) Run(context.Context, *Env) error { return errPending }

// Run runs the command.
func (*TryCmd) Run(context.Context, *Env) error { return errPending }

// Run runs the command.
func (*FeedsAddCmd) Run(context.Context, *Env) error { return errPending }

// Run runs the command.
func (*FeedsListCmd) Run(context.Context, *Env) error { return errPending }

// Run runs the command.
func (*FeedsRemoveCmd) Run(context.Context, *Env) error { return errPending }

// Run runs the command.
func (*FeedsImportCmd) Run(context.Context, *Env) error { return errPending }

// Run runs the command.
func (*FeedsExportCmd) Run(context.Context, *Env) error { return errPending }

// Run runs the command.
func (*DoctorCmd) Run(context.Context, *Env) error { return errPending }

// Run runs the command.
func (*BackupCmd) Run(context.Context, *Env) error { return errPending }

// Run runs the command.
func (*RestoreCmd) Run(context.Context, *Env) error { return errPending }
