package sim

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDetect(t *testing.T) {
	cases := []struct {
		text string
		want []string // "kind part"
	}{
		{"nothing at all. Really", nil},
		{"/start", []string{"bot_command /start"}},
		{"/latest@sim_bot harbour", []string{"bot_command /latest@sim_bot"}},
		{"see /latest and a/b", []string{"bot_command /latest"}},
		{"https://press.example/a?b=c#d.", []string{"url https://press.example/a?b=c#d"}},
		{"(https://press.example/a)", []string{"url https://press.example/a"}},
		{"https://press.example/a_(b)", []string{"url https://press.example/a_(b)"}},
		{"press.example, or press.example/x!", []string{"url press.example", "url press.example/x"}},
		{"http://localhost/a", nil},
		{"http://127.0.0.1:8080/feed", []string{"url http://127.0.0.1:8080/feed"}},
		{"3.14 and e.g. this", nil},
		{"end.Next sentence", nil},
		{"write to desk@press.example now", []string{"email desk@press.example"}},
		{"ask @sim_bot or @ab", []string{"mention @sim_bot"}},
		{"#harbour #2031 #a1", []string{"hashtag #harbour", "hashtag #a1"}},
		{"word#tag", nil},
		{"$USD up", []string{"cashtag $USD"}},
		{"😀 /help", []string{"bot_command /help"}},
		{"Привет #новости", []string{"hashtag #новости"}},
	}
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			var got []string
			for _, e := range detect(c.text, nil) {
				got = append(got, e.Type+" "+part(c.text, e))
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
}

func TestEntitiesGiven(t *testing.T) {
	cases := []struct{ raw, want string }{
		{`[{"type":"bold","offset":100,"length":1}]`, "entity begins after the end of the text at UTF-16 offset 100"},
		{`[{"type":"bold","offset":0,"length":100}]`, "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100"},
		{`[{"type":"bold","offset":-1,"length":1}]`, "receive an entity with incorrect offset -1"},
		{`[{"type":"bold","offset":0,"length":-1}]`, "receive an entity with incorrect length -1"},
		{`[{"type":"bold","offset":2,"length":9223372036854775807}]`, "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset -9223372036854775807"},
		{`[{"type":"loud","offset":0,"length":1}]`, "can't parse MessageEntity: Unsupported type specified"},
		{`[{"type":"text_link","offset":0,"length":1,"url":"not-a-url"}]`, "entity URL 'not-a-url' is invalid: Wrong HTTP URL"},
		{`[{"type":"text_link","offset":0,"length":1}]`, "entity URL '' is invalid: URL host is empty"},
		{`[{"type":"text_mention","offset":0,"length":1}]`, `can't parse MessageEntity: Can't find field "user"`},
		{`[{"type":"custom_emoji","offset":0,"length":1}]`, `can't parse MessageEntity: Can't find field "custom_emoji_id"`},
		{`[{"type":1,"offset":0,"length":1}]`, `can't parse MessageEntity: Field "type" must be of type String`},
		{`{}`, "array expected"},
		{`[`, "can't parse entities JSON object"},
	}
	for _, c := range cases {
		t.Run(c.raw, func(t *testing.T) {
			_, err := readEntities("hello", c.raw)
			if err == nil || err.Error() != "Bad Request: "+c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	got, err := readEntities("hello", `[{"type":"italic","offset":1,"length":2},{"type":"url","offset":0,"length":5}]`)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, []Entity{{Type: "italic", Offset: 1, Length: 2}}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
