package page

import "testing"

func TestJoinNames(t *testing.T) {
	site := map[string]bool{"thecourier": true, "courier": true}
	for _, c := range []struct {
		name string
		raw  []string
		rule nameRule
		want string
	}{
		{"by", []string{"By Ada Quill"}, nameRule{}, "Ada Quill"},
		{"and", []string{"Ada Quill and Tom Reed"}, nameRule{}, "Ada Quill, Tom Reed"},
		{"und, with a desk", []string{"Von Ada Kiel und Tom Rohr, Redaktion"}, nameRule{}, "Ada Kiel, Tom Rohr"},
		{"et", []string{"Par Léa Plume et Tom Roseau"}, nameRule{}, "Léa Plume, Tom Roseau"},
		{"a list, with a repetition", []string{"Ada Quill", "Tom Reed", "Ada Quill"}, nameRule{}, "Ada Quill, Tom Reed"},
		{"a repetition on one line", []string{"Ada Quill Ada Quill"}, nameRule{}, "Ada Quill"},
		{"a date after it", []string{"Ada Quill, Monday 2 March 2026"}, nameRule{shown: true}, "Ada Quill"},
		{"a date in German after it", []string{"Von Ada Kiel | Mo. 2. März 2026"}, nameRule{shown: true}, "Ada Kiel"},
		{"a stamp after it", []string{"Ada Quill Last updated 2 March 2026"}, nameRule{shown: true}, "Ada Quill"},
		{"an agency's mark after it", []string{"Von Ada Kiel, dpa"}, nameRule{shown: true}, "Ada Kiel"},
		{"an agency's mark after a slash", []string{"Ada Kiel/FN-X"}, nameRule{}, "Ada Kiel"},
		{"the paper after it", []string{"Ada Quill for the Courier"}, nameRule{}, "Ada Quill"},
		{"a footnote's number", []string{"Ada Quill2"}, nameRule{}, "Ada Quill"},
		{"a pen name with a number", []string{"quill1984"}, nameRule{}, "quill1984"},
		{"a task before it", []string{"Text und Interview: Ada Kiel"}, nameRule{}, "Ada Kiel"},
		{"a photographer after it", []string{"Text von Ada Kiel Fotos von Bo Lens"}, nameRule{shown: true}, "Ada Kiel"},
		{"an abbreviation at the end", []string{"Tom Reed Jr."}, nameRule{}, "Tom Reed Jr."},
		{"a particle", []string{"By Edda van der Moor"}, nameRule{shown: true}, "Edda van der Moor"},
		{"the site", []string{"The Courier"}, nameRule{known: site}, ""},
		{"an address", []string{"https://courier.example/ada", "ada@courier.example", "www.courier.example"}, nameRule{}, ""},
		{"a role", []string{"admin"}, nameRule{desks: true}, ""},
		{"a licence", []string{"CC BY-SA 4.0"}, nameRule{desks: true}, ""},
		{"a weekday", []string{"Donnerstag, 5. März 2026"}, nameRule{desks: true}, ""},
		{"a desk among authors", []string{"Redaktion"}, nameRule{}, ""},
		{"a desk where there is none", []string{"Redaktion"}, nameRule{desks: true}, "Redaktion"},
		{"a sentence that begins with by", []string{"By the river they sat down"}, nameRule{shown: true}, ""},
		{"a title in running text", []string{"Archiv anzeigen →"}, nameRule{shown: true}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := joinNames(c.raw, c.rule); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFuller(t *testing.T) {
	for _, c := range []struct {
		name, first string
		others      []string
		want        string
	}{
		{"a login", "edda_moor", []string{"Edda Moor"}, "Edda Moor"},
		{"without accents", "Lea Plume", []string{"Léa Plume"}, "Léa Plume"},
		{"the first name alone", "Edda", []string{"Edda Moor"}, "Edda Moor"},
		{"another author", "Edda Moor", []string{"Edda Moor, Tom Reed"}, "Edda Moor, Tom Reed"},
		{"someone else", "Edda Moor", []string{"Tom Reed"}, "Edda Moor"},
		{"a longer name", "Ed", []string{"Edda Moor"}, "Ed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fuller(c.first, c.others); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestByline has each place where pages name their authors.
func TestByline(t *testing.T) {
	const head, h1 = `<title>Ferry returns | The Courier</title><meta property="og:site_name" content="The Courier">`, `<h1>Ferry returns</h1>`
	ld := func(s string) string { return head + `<script type="application/ld+json">` + s + `</script>` }
	for _, c := range []struct{ name, html, want string }{
		{"linked data, an object of the graph", document(ld(`{"@graph":[{"@type":"Article","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ada Quill"}]}`), h1, ""), "Ada Quill"},
		{"linked data, the author of the page", document(ld(`{"@graph":[{"@type":"WebPage","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ada Quill"},{"@type":"Person","name":"Tom Reed"}]}`), h1, ""), "Ada Quill"},
		{"linked data, the only person", document(ld(`{"@graph":[{"@type":"WebPage"},{"@type":"Person","name":"Ada Quill"}]}`), h1, ""), "Ada Quill"},
		{"linked data, a person among several", document(ld(`{"@graph":[{"@type":"Person","name":"Ada Quill"},{"@type":"Person","name":"Tom Reed"}]}`), h1, ""), ""},
		{"a label for previews", document(head+`<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Quill">`, h1, ""), "Ada Quill"},
		{"a label of something else", document(head+`<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="Five Minutes">`, h1, ""), ""},
		{"several links", document(head, h1+`<p><a rel="author" href="/a">Ada Quill</a> and <a rel="author" href="/t">Tom Reed</a></p>`, ""), "Ada Quill, Tom Reed"},
		{"a line under the headline", document(head, h1+`<div><span>By</span><span>Ada Quill</span></div>`, ""), "Ada Quill"},
		{"a label above the name", document(head, h1+`<h5>Author:</h5><p>Ada Quill</p>`, ""), "Ada Quill"},
		{"a label before the name, below", document(head, h1, `<p>Autorin: Ada Kiel</p>`), "Ada Kiel"},
		{"a teaser's line", document(head, h1, `<div class="teaser"><p>By Tom Reed</p></div>`), ""},
		{"an agency's mark, and the name", document(head+`<meta name="author" content="FN">`, h1+`<p>By Ada Quill</p>`, ""), "Ada Quill"},
		{"a login, and the name", document(head+`<meta name="author" content="adaquill">`, h1+`<p>By Ada Quill</p>`, ""), "Ada Quill"},
		{"only a desk", document(head+`<meta name="author" content="Redaktion">`, h1, ""), "Redaktion"},
		{"a person's own site", document(`<title>Ferry returns</title><meta property="og:site_name" content="Ada Quill's notebook"><meta name="author" content="Ada Quill">`, h1, ""), "Ada Quill"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read([]byte(c.html), "text/html", "https://courier.example/ferry")
			if err != nil {
				t.Fatal(err)
			}
			if a.Byline != c.want {
				t.Errorf("got %q, want %q", a.Byline, c.want)
			}
		})
	}
}

func TestSignature(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"at the end", storyText + "\n\nVon Ada Kiel", "Ada Kiel"},
		{"at the beginning", "By Ada Quill and Tom Reed\n\n" + storyText, "Ada Quill, Tom Reed"},
		{"in the midst", storyText + "\n\nBy Ada Quill\n\n" + storyText, ""},
		{"a sentence", storyText + "\n\nBy Monday the ferry was back.", ""},
		{"none", storyText, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := signature(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
