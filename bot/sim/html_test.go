package sim

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestHTML(t *testing.T) {
	bold := func(offset, length int) Entity { return Entity{Type: "bold", Offset: offset, Length: length} }
	ent := func(kind string, offset, length int) Entity {
		return Entity{Type: kind, Offset: offset, Length: length}
	}
	link := func(offset, length int, url string) Entity {
		return Entity{Type: "text_link", Offset: offset, Length: length, URL: url}
	}
	cases := []struct {
		name, src, text string
		entities        []Entity
	}{
		{"plain", "Harbour reopens", "Harbour reopens", nil},
		{"bold", "<b>Harbour</b> reopens", "Harbour reopens", []Entity{bold(0, 7)}},
		{"strong", "a <strong>b</strong>", "a b", []Entity{bold(2, 1)}},
		{"italic", "<i>a</i> <em>b</em>", "a b", []Entity{ent("italic", 0, 1), ent("italic", 2, 1)}},
		{"underline", "<u>a</u> <ins>b</ins>", "a b", []Entity{ent("underline", 0, 1), ent("underline", 2, 1)}},
		{"strike", "<s>a</s> <strike>b</strike> <del>c</del>", "a b c", []Entity{ent("strikethrough", 0, 1), ent("strikethrough", 2, 1), ent("strikethrough", 4, 1)}},
		{"spoilers", `<tg-spoiler>a</tg-spoiler> <span class="tg-spoiler">b</span>`, "a b", []Entity{ent("spoiler", 0, 1), ent("spoiler", 2, 1)}},
		{"upper case", "<B>a</b>", "a", []Entity{bold(0, 1)}},
		{"space in tags", "<b >a</b >", "a", []Entity{bold(0, 1)}},
		{"empty end tag", "<b>a</>", "a", []Entity{bold(0, 1)}},
		{"nested", "<b>a <i>b</i></b>", "a b", []Entity{bold(0, 3), ent("italic", 2, 1)}},
		{"same range", "<b><i>a</i></b>", "a", []Entity{ent("italic", 0, 1), bold(0, 1)}},
		{"neighbours merge", "<b>a</b><b>b</b>", "ab", []Entity{bold(0, 2)}},
		{"nested same", "<b>a<b>b</b>c</b>", "abc", []Entity{bold(0, 3)}},
		{"empty tag", "a<b></b>c", "ac", nil},
		{"utf-16 offsets", "😀<b>é</b>", "😀é", []Entity{bold(2, 1)}},
		{"utf-16 length", "<b>😀</b>", "😀", []Entity{bold(0, 2)}},
		{"link", `<a href="https://press.example/a?b=1&amp;c=2">x</a>`, "x", []Entity{link(0, 1, "https://press.example/a?b=1&c=2")}},
		{"link in single quotes", `<a href='https://press.example/a'>x</a>`, "x", []Entity{link(0, 1, "https://press.example/a")}},
		{"link without path", `<a href="HTTPS://Press.Example">x</a>`, "x", []Entity{link(0, 1, "https://press.example/")}},
		{"link without scheme", `<a href="press.example/a">x</a>`, "x", []Entity{link(0, 1, "http://press.example/a")}},
		{"link keeps its case", `<a href="https://press.example/Ab?C=%2f">x</a>`, "x", []Entity{link(0, 1, "https://press.example/Ab?C=%2f")}},
		{"link by content", `<a>https://press.example/</a>`, "https://press.example/", []Entity{link(0, 22, "https://press.example/")}},
		{"link to nowhere", `<a href="http://localhost:80/a">x</a>`, "x", nil},
		{"link of another protocol", `<a href="javascript://press.example/a">x</a>`, "x", nil},
		{"link in a bot", `<a href="tg://resolve?domain=x">x</a>`, "x", []Entity{link(0, 1, "tg://resolve?domain=x")}},
		{"mention of a stranger", `<a href="tg://user?id=77">x</a>`, "x", nil},
		{"bold link", `<b><a href="https://press.example/">x</a></b>`, "x", []Entity{link(0, 1, "https://press.example/"), bold(0, 1)}},
		{"link in a link", `<a href="https://a.example/">x<a href="https://b.example/">y</a></a>`, "xy", []Entity{link(0, 2, "https://a.example/")}},
		{"code", "<code>a</code>", "a", []Entity{ent("code", 0, 1)}},
		{"pre", "<pre>a\nb</pre>", "a\nb", []Entity{ent("pre", 0, 3)}},
		{"pre with language", `<pre><code class="language-go">a</code></pre>`, "a", []Entity{{Type: "pre", Length: 1, Language: "go"}}},
		{"code with language alone", `<code class="language-go">a</code>`, "a", []Entity{ent("code", 0, 1)}},
		{"nothing inside code", "<code>a<b>b</b></code>", "ab", []Entity{ent("code", 0, 2)}},
		{"style around code is cut", "<b>a<code>b</code>c</b>", "abc", []Entity{bold(0, 1), ent("code", 1, 1), bold(2, 1)}},
		{"no link in code", "<code>https://press.example</code>", "https://press.example", []Entity{ent("code", 0, 21)}},
		{"quote", "<blockquote>a</blockquote>", "a", []Entity{ent("blockquote", 0, 1)}},
		{"expandable quote", "<blockquote expandable>a</blockquote>", "a", []Entity{ent("expandable_blockquote", 0, 1)}},
		{"expandable quote with a value", `<blockquote expandable="">a</blockquote>`, "a", []Entity{ent("expandable_blockquote", 0, 1)}},
		{"quotes don't nest", "<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", []Entity{ent("blockquote", 0, 2)}},
		{"bold and a link in a quote", `<blockquote><b>a</b> <a href="https://press.example/">b</a></blockquote>`, "a b", []Entity{ent("blockquote", 0, 3), bold(0, 1), link(2, 1, "https://press.example/")}},
		{"emoji", `<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>`, "👍", []Entity{{Type: "custom_emoji", Length: 2, CustomEmojiID: "5368324170671202286"}}},
		{"time", `<tg-time unix="1900000000" format="wDT">soon</tg-time>`, "soon", []Entity{{Type: "date_time", Length: 4, UnixTime: 1900000000, DateTimeFormat: "wDT"}}},
		{"named references", "&lt;b&gt; &amp; &quot;", "<b> & \"", nil},
		{"reference without semicolon", "a &lt b", "a < b", nil},
		{"unknown reference", "&nbsp;&copy; & &;", "&nbsp;&copy; & &;", nil},
		{"numeric references", "&#65;&#x42;&#x1F600;", "AB😀", nil},
		{"reference of nothing", "&#0;&#99999999999;", "&#0;&#99999999999;", nil},
		{"references don't open tags", "&lt;script&gt;", "<script>", nil},
		{"unknown attributes", `<b id="x" y=z hidden>a</b>`, "a", []Entity{bold(0, 1)}},
		{"trimmed", "  \n<b> a </b>\n ", "a", []Entity{bold(0, 1)}},
		{"carriage returns", "a\r\n<b>b</b>", "a\nb", []Entity{bold(2, 1)}},
		{"control characters", "a\x01b\tc", "a b c", nil},
		{"direction marks", "a\u202eb<b>c</b>", "abc", []Entity{bold(2, 1)}},
		{"nul", "a\x00b", "a b", nil},
		{"lone greater-than", "a > b", "a > b", nil},
	}
	s := newServer(t, Options{})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, entities, err := s.format(c.src, "HTML", "")
			if err != nil {
				t.Fatal(err)
			}
			if text != c.text {
				t.Errorf("text: got %q, want %q", text, c.text)
			}
			if diff := cmp.Diff(entities, c.entities); diff != "" && len(entities)+len(c.entities) > 0 {
				t.Errorf("entities (-got +want):\n%s", diff)
			}
		})
	}
}

func TestHTMLFaults(t *testing.T) {
	cases := []struct{ src, want string }{
		{"<b>a", `Can't find end tag corresponding to start tag "b"`},
		{"<b><i>a</b></i>", `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`},
		{"a</b>", "Unexpected end tag at byte offset 1"},
		{"<script>a</script>", `Unsupported start tag "script" at byte offset 0`},
		{"é<br>", `Unsupported start tag "br" at byte offset 2`},
		{"<br/>", `Unsupported start tag "br/" at byte offset 0`},
		{"<p>a</p>", `Unsupported start tag "p" at byte offset 0`},
		{"a < b and c > d", `Unsupported start tag "" at byte offset 2`},
		{"a <3", "Unclosed start tag at byte offset 2"},
		{"a <", "Unclosed start tag at byte offset 2"},
		{"<b", "Unclosed start tag at byte offset 0"},
		{"<a href", `Unclosed start tag "a" at byte offset 0`},
		{"<a href=", `Unclosed start tag "a" at byte offset 0`},
		{`<a href="x`, "Unclosed start tag at byte offset 0"},
		{`<a ="x">a</a>`, `Empty attribute name in the tag "a" at byte offset 0`},
		{`<a href=http://x.example>a</a>`, "Unexpected end of name token at byte offset 8"},
		{"<b>a</b", "Unclosed end tag at byte offset 4"},
		{"<b>a</b c>", "Unclosed end tag at byte offset 4"},
		{"<span>a</span>", `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{`<span class="big">a</span>`, `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{`<tg-emoji>a</tg-emoji>`, "Invalid custom emoji identifier specified"},
		{`<tg-emoji emoji-id="x">a</tg-emoji>`, "Invalid custom emoji identifier specified"},
		{`<tg-time unix="soon">a</tg-time>`, "Invalid Unix time specified"},
		{"&#xd800;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"},
	}
	for _, c := range cases {
		t.Run(c.src, func(t *testing.T) {
			_, _, err := parseHTML(c.src)
			if err == nil {
				t.Fatal("accepted")
			}
			if got, want := err.Error(), "Bad Request: can't parse entities: "+c.want; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// FuzzHTML demands that whatever is accepted is valid text whose entities lie inside it, and that plain text, escaped,
// comes back as it was.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{"<b>a</b>", `<a href="x.example">y</a>`, "&#x1F600;<pre><code class=\"language-a\">b</code></pre>", "<blockquote expandable>a</blockquote>", "<", "&", "<b \xff>a</b>", "<a b='&lt;"} {
		f.Add(seed)
	}
	s := New(Options{})
	f.Fuzz(func(t *testing.T, src string) {
		text, entities, err := s.format(src, "HTML", "")
		if err == nil {
			checkEntities(t, text, entities)
		}
		escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(src)
		got, _, err := s.format(escaped, "HTML", "")
		want, _, _ := s.format(strings.ToValidUTF8(src, "\uFFFD"), "", "")
		if utf8.ValidString(src) && (err != nil || got != want) {
			t.Errorf("escaped: got %q, %v, want %q", got, err, want)
		}
	})
}

func checkEntities(t *testing.T, text string, entities []Entity) {
	t.Helper()
	if !utf8.ValidString(text) || strings.TrimSpace(text) != text {
		t.Errorf("text %q", text)
	}
	last := 0
	for _, e := range entities {
		if e.Offset < last || e.Length <= 0 || e.Offset+e.Length > units(text) || e.Type == "" {
			t.Errorf("entity %+v of %q", e, text)
		}
		last = e.Offset
	}
}
