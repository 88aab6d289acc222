package page

import (
	"fmt"
	"strings"
	"testing"
)

// benchHead is the head of the pages that are read in benchmarks.
const benchHead = `<!doctype html><html lang="en"><head><title>Ferry returns to Larkfield - The Courier</title>` +
	`<meta property="og:title" content="Ferry returns to Larkfield"><meta property="og:site_name" content="The Courier">` +
	`<meta property="article:published_time" content="2026-03-01T08:00:00Z">`

// benchStory writes about that many bytes of an article.
func benchStory(b *strings.Builder, size int) {
	b.WriteString(`<main><article class="story"><h1>Ferry returns to Larkfield</h1><p class="byline">By Ada Quill</p>`)
	for i, start := 0, b.Len(); b.Len() < start+size; i++ {
		fmt.Fprintf(b, `<p>The ferry made its crossing number %d on Monday, with %d passengers and one <em>dog</em> aboard, said the `+
			`<a href="/people/captain">captain</a>, who had not slept. “We waited nine weeks for this morning,” she said, and went to see about the engine.</p>`, i, 3*i)
	}
	b.WriteString(`</article></main>`)
}

// repeat writes a format with its number until that many bytes are written.
func repeat(b *strings.Builder, size int, format string) {
	for i, start := 0, b.Len(); b.Len() < start+size; i++ {
		fmt.Fprintf(b, format, i)
	}
}

// benchPages are pages of about the given size in the shapes that are met: what fills them besides the article.
func benchPages(size int) map[string][]byte {
	shape := func(write func(*strings.Builder)) []byte {
		var b strings.Builder
		b.WriteString(benchHead)
		write(&b)
		return []byte(b.String() + "</body></html>")
	}
	return map[string][]byte{
		"newspaper": shape(func(b *strings.Builder) {
			b.WriteString(`<style>` + strings.Repeat(".a{color:red}", size/100) + `</style></head><body>`)
			repeat(b, size/10, `<ul class="menu"><li class="menu-item item-%[1]d"><a href="/section/%[1]d?ref=menu" title="Section">Section %[1]d</a></li></ul>`)
			benchStory(b, size/12)
			repeat(b, size/3, `<div class="teaser"><a href="/story/%[1]d"><img src="/t/%[1]d.jpg" alt=""><span>Another story number %[1]d</span></a></div>`)
			repeat(b, size/3, `<script>var x%d = {"id": 1, "name": "A section of the site"};</script>`)
		}),
		"blog": shape(func(b *strings.Builder) {
			repeat(b, size/6, `<style>.widget-%d{margin:0;padding:0}</style>`)
			b.WriteString(`</head><body>`)
			benchStory(b, size/4)
			repeat(b, size/3, `<div class="comment" id="c%d"><p>I was on that boat, and it was late as always, I tell you.</p><a href="#">Reply</a></div>`)
			repeat(b, size/4, `<div class="widget"><h3>Archive</h3><ul><li><a href="/%d">A month</a></li></ul></div>`)
		}),
		"long read": shape(func(b *strings.Builder) { b.WriteString(`</head><body>`); benchStory(b, size) }),
		"nested": shape(func(b *strings.Builder) {
			b.WriteString(`</head><body>` + strings.Repeat(`<div class="grid">`, 30))
			benchStory(b, size/5)
			repeat(b, 4*size/5, `<div class="css-%d"><div data-testid="card"><div class="x"><div><span><a href="/story"><b>Another</b> story</a></span></div></div></div></div>`)
		}),
		"tables": shape(func(b *strings.Builder) {
			b.WriteString(`</head><body>`)
			benchStory(b, size/5)
			repeat(b, 4*size/5, `<table><tr><td>%d</td><td>Larkfield</td><td>Skarn</td></tr></table>`)
		}),
		"scripted": shape(func(b *strings.Builder) {
			repeat(b, 3*size/4, `<script>self.push([%d,"data of the page that scripts build it from"])</script>`)
			b.WriteString(`</head><body>`)
			benchStory(b, size/4)
		}),
	}
}

func BenchmarkRead(b *testing.B) {
	for name, page := range benchPages(100_000) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				if _, err := Read(page, "text/html; charset=utf-8", "https://courier.example/ferry"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAsides(b *testing.B) {
	text := strings.Repeat("The ferry made its crossing on Monday, said the captain, who had not slept for two nights.\n\n• Read also: Fog on the firth\n\n", 40)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Asides("Ferry returns", text, "en")
	}
}
