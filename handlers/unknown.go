package handlers

import (
	"context"

	"herald/bot"
)

// unknown answers a command that Herald does not have, with the one that was probably meant.
func (r *request) unknown(ctx context.Context, name string) error {
	if meant := nearest(name); meant != "" {
		return r.say(ctx, "unknown.meant", "command", bot.Escape(name), "meant", meant)
	}
	return r.say(ctx, "unknown.command", "command", bot.Escape(name))
}

// nearest is the command that differs from name by one slip of the finger, "" if there is none.
func nearest(name string) string {
	for _, c := range menu() {
		if !c.owner && slip(name, c.name) {
			return c.name
		}
	}
	return ""
}

// slip tells whether a becomes b by changing, adding, dropping or swapping one character.
func slip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	swapped := len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
	return swapped || (len(x) <= 1 && len(y) <= 1 && len(x)+len(y) > 0)
}
