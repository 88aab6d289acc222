package page

import (
	"fmt"
	"strings"
	"testing"
)

// bigPage makes a page of about the given size whose article is a tenth of it, as on real news sites.
func bigPage(size int) []byte {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><head><title>Ferry returns to Larkfield - The Courier</title>` +
		`<meta property="og:title" content="Ferry returns to Larkfield"><meta property="og:site_name" content="The Courier">` +
		`<meta property="article:published_time" content="2026-03-01T08:00:00Z"><style>` + strings.Repeat(".a{color:red}", size/100) + `</style></head><body><nav><ul>`)
	for i := range size / 600 {
		fmt.Fprintf(&b, `<li class="menu-item item-%d"><a href="/section/%d?ref=menu" title="Section">Section %d</a></li>`, i, i, i)
	}
	b.WriteString(`</ul></nav><main><article class="story"><h1>Ferry returns to Larkfield</h1><p class="byline">By Ada Quill</p>`)
	for i := range size / 4000 {
		fmt.Fprintf(&b, `<p>The ferry made its crossing number %d on Monday, with %d passengers and one dog aboard, said the captain, who had not slept. “We waited nine weeks for this morning,” she said, and went to see about the engine.</p>`, i, 3*i)
	}
	b.WriteString(`</article></main><aside>`)
	for i := range size / 700 {
		fmt.Fprintf(&b, `<div class="teaser"><a href="/story/%d"><img src="/t/%d.jpg" alt=""><span>Another story number %d</span></a></div>`, i, i, i)
	}
	b.WriteString(`</aside><script>` + strings.Repeat("var x = 1;", size/60) + `</script></body></html>`)
	return []byte(b.String())
}

func BenchmarkRead(b *testing.B) {
	page := bigPage(100_000)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := Read(page, "text/html; charset=utf-8", "https://courier.example/ferry"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAsides(b *testing.B) {
	text := strings.Repeat("The ferry made its crossing on Monday, said the captain, who had not slept for two nights.\n\n• Read also: Fog on the firth\n\n", 40)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Asides("Ferry returns", text, "en")
	}
}
