package sim

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
)

// decodeObject reads a JSON object that came as a parameter. what names it in Telegram's text for broken JSON. A field
// that the target does not have is refused, which Telegram would silently pass over.
func decodeObject(raw, what string, v any) error {
	if !json.Valid([]byte(raw)) {
		return bad("can't parse %s JSON object", what)
	}
	return decodeNested(raw, "", v)
}

// decodeNested reads JSON that is known to be well formed; prefix comes before the fault that it finds.
func decodeNested(raw, prefix string, v any) error {
	d := json.NewDecoder(strings.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil {
		return nil
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		if wrong.Field == "" {
			return bad("%s%s expected", prefix, jsonKind(wrong.Type))
		}
		field := wrong.Field[strings.LastIndexByte(wrong.Field, '.')+1:]
		return bad("%sField %q must be of type %s", prefix, field, jsonKind(wrong.Type))
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return bad("%sunknown field %s", prefix, name)
	}
	return bad("%scan't parse JSON object", prefix)
}

// jsonKind is Telegram's name of the JSON type that a Go type is read from.
func jsonKind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "Boolean"
	case reflect.String:
		return "String"
	case reflect.Slice, reflect.Array:
		return "Array"
	case reflect.Struct, reflect.Map:
		return "Object"
	default:
		return "Number"
	}
}

// flatten turns a JSON body into parameters: a string is itself, anything else its JSON text, null is absent
// (Bot API, "Making requests": application/json).
func flatten(body []byte, into map[string]string) error {
	d := json.NewDecoder(bytes.NewReader(body))
	var fields map[string]json.RawMessage
	if err := d.Decode(&fields); err != nil {
		return bad("can't parse JSON object")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return bad("can't parse JSON object")
	}
	for name, raw := range fields {
		var s string
		switch {
		case string(raw) == "null":
		case json.Unmarshal(raw, &s) == nil:
			into[name] = s
		default:
			into[name] = string(raw)
		}
	}
	return nil
}
