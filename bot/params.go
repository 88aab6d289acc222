package bot

import (
	"encoding/json"
	"strconv"
)

// params are the parameters of a call, as form fields. Objects and lists are JSON, as the Bot API wants them
// (Bot API, "Making requests").
type params map[string]string

func (p params) id(key string, n int64) { p[key] = strconv.FormatInt(n, 10) }

// topic names the topic of a forum. The general topic has no thread of its own: naming it is refused.
func (p params) topic(n int) {
	if n > 1 {
		p.id("message_thread_id", int64(n))
	}
}

// set sets a text, unless it is empty.
func (p params) set(key, value string) {
	if value != "" {
		p[key] = value
	}
}

// flag sets a boolean, unless it is false.
func (p params) flag(key string, on bool) {
	if on {
		p[key] = "true"
	}
}

// json sets an object or a list. The types given here always marshal: they hold strings, numbers and booleans only.
func (p params) json(key string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic("bot: parameter " + key + ": " + err.Error())
	}
	p[key] = string(data)
}
