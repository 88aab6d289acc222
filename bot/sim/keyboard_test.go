package sim

import (
	"fmt"
	"strings"
	"testing"
)

func TestMarkupRefused(t *testing.T) {
	button := func(b string) string { return `{"inline_keyboard":[[` + b + `]]}` }
	const parse = "can't parse inline keyboard button: "
	cases := []struct{ raw, want string }{
		{`{`, "can't parse reply keyboard markup JSON object"},
		{`[]`, "object expected as reply markup"},
		{`{"inline":[]}`, "reply markup has none of inline_keyboard, keyboard, remove_keyboard, force_reply"},
		{`{"inline_keyboard":[],"force_reply":true}`, `reply markup holds both "inline_keyboard" and "force_reply"`},
		{`{"inline_keyboard":"bad"}`, `field "inline_keyboard" must be of type Array`},
		{`{"inline_keyboard":[],"resize_keyboard":true}`, `unknown field "resize_keyboard"`},
		{button(`7`), parse + "InlineKeyboardButton must be an Object"},
		{button(`{"callback_data":"a"}`), parse + `Can't find field "text"`},
		{button(`{"text":1,"callback_data":"a"}`), parse + `Field "text" must be of type String`},
		{button(`{"text":" ","callback_data":"a"}`), "BUTTON_TEXT_INVALID"},
		{button(`{"text":"a"}`), parse + "Text buttons are unallowed in the inline keyboard"},
		{button(`{"text":"a","callback_data":""}`), parse + "Text buttons are unallowed in the inline keyboard"},
		{button(`{"text":"a","callback_data":"a","url":"https://x.example"}`), parse + "exactly one action per button is allowed"},
		{button(`{"text":"a","callback":"a"}`), parse + `unknown field "callback"`},
		{button(`{"text":"a","callback_data":"` + strings.Repeat("é", 32) + `x"}`), "BUTTON_DATA_INVALID"},
		{button(`{"text":"a","url":"not-a-url"}`), "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"},
		{button(`{"text":"a","url":"ftp://x.example"}`), "inline keyboard button URL 'ftp://x.example' is invalid: Unsupported URL protocol"},
		{button(`{"text":"a","url":"https://x.example/` + strings.Repeat("a", 2100) + `"}`), "BUTTON_URL_INVALID"},
		{button(`{"text":"a","copy_text":{"text":""}}`), "BUTTON_COPY_TEXT_INVALID"},
		{button(`{"text":"a","copy_text":{"text":"` + strings.Repeat("a", 257) + `"}}`), "BUTTON_COPY_TEXT_INVALID"},
		{button(`{"text":"a","callback_data":"b","style":"loud"}`), "BUTTON_STYLE_INVALID"},
		{button(strings.Repeat(`{"text":"a","callback_data":"b"},`, 100) + `{"text":"a","callback_data":"b"}`), "REPLY_MARKUP_TOO_LONG"},
		{`{"keyboard":"bad"}`, `field "keyboard" must be of type Array`},
		{`{"keyboard":[]}`, "REPLY_MARKUP_INVALID"},
		{`{"keyboard":[["a"]],"selective":"yes"}`, `field "selective" must be of type Boolean`},
		{`{"keyboard":[[{"text":""}]]}`, "BUTTON_TEXT_INVALID"},
		{`{"keyboard":[[{"text":"a","request_contact":true,"request_location":true}]]}`, "can't parse keyboard button: exactly one action per button is allowed"},
		{`{"force_reply":"yes"}`, `field "force_reply" must be of type Boolean`},
		{`{"remove_keyboard":"yes"}`, `field "remove_keyboard" must be of type Boolean`},
	}
	for _, c := range cases {
		t.Run(c.raw[:min(len(c.raw), 60)], func(t *testing.T) {
			_, err := parseMarkup(c.raw, false)
			if err == nil || err.Error() != "Bad Request: "+c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	if _, err := parseMarkup(`{"force_reply":true}`, true); err == nil || err.Error() != "Bad Request: inline keyboard expected" {
		t.Errorf("got %v", err)
	}
}

func TestMarkup(t *testing.T) {
	full := strings.Repeat(`[{"text":"a","callback_data":"`+strings.Repeat("é", 32)+`"}],`, 99)
	cases := []struct{ raw, want string }{
		{``, `null`},
		{`{}`, `null`},
		{`{"inline_keyboard":[]}`, `null`},
		{`{"inline_keyboard":[[],[{"text":"a","url":"x.example"}]]}`, `{"inline_keyboard":[[{"text":"a","url":"http://x.example/"}]]}`},
		{`{"inline_keyboard":[[{"text":"a","switch_inline_query":""}]]}`, `{"inline_keyboard":[[{"text":"a","switch_inline_query":""}]]}`},
		{`{"inline_keyboard":[[{"text":"a","switch_inline_query_chosen_chat":{"allow_group_chats":true}}]]}`, `{"inline_keyboard":[[{"text":"a","switch_inline_query_chosen_chat":{"allow_group_chats":true}}]]}`},
		{`{"keyboard":[["a",{"text":"b","request_location":true}]],"resize_keyboard":true}`, `{"keyboard":[[{"text":"a"},{"text":"b","request_location":true}]],"resize_keyboard":true}`},
		{`{"remove_keyboard":true}`, `{"remove_keyboard":true}`},
	}
	for _, c := range cases {
		t.Run(c.raw, func(t *testing.T) {
			got, err := parseMarkup(c.raw, false)
			if err != nil || jsonOf(got) != c.want {
				t.Errorf("got %s, %v, want %s", jsonOf(got), err, c.want)
			}
		})
	}
	if m, err := parseMarkup(fmt.Sprintf(`{"inline_keyboard":[%s[{"text":"z","callback_data":"a"}]]}`, full), false); err != nil || len(m.Inline) != 100 {
		t.Errorf("100 buttons of 64 bytes: %v", err)
	}
}
