package page

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"herald/news"
)

// maxTitle bounds a title or a byline in bytes; longer ones are texts that stand in the wrong place.
const maxTitle = 400

// meta is what a page says about its article.
type meta struct {
	title, byline, desk, site, lang, image, canonical string
	published                                         time.Time
	known                                             map[string]bool // forms of the site's name
	about                                             []string        // what the page says its article is about
	lines                                             []shownLine
	body                                              string // the text in linked data; "": none
}

// facts is the raw material of meta, each read once from the document.
type facts struct {
	at    *url.URL
	tags  map[string][]string // meta elements: lower-case name, property or itemprop → contents
	ld    linked
	title string // the title element
	lang  string // of the html element
	links map[string]string
	heads []heading
	ids   []credit
	times []stamp

	scripts []string // what may hold the data of a page that they build
}

// readMeta reads a page's metadata. It goes over the document once, before scripts are removed.
func readMeta(doc *html.Node, at *url.URL) meta {
	f := gather(doc, at)
	site := f.site()
	known := f.siteKeys(site)
	title, lines := f.headline(known), shownLines(doc)
	m := meta{
		site:      or(site, news.Host(at.String())),
		title:     title,
		lang:      f.language(),
		image:     f.image(),
		canonical: f.canonical(),
		published: f.published(lines, title),
		known:     known,
		about:     f.about(),
		lines:     lines,
		body:      f.ld.body(),
	}
	sources := f.authorSources(lines, title)
	if m.byline = byline(sources, known); m.byline == "" {
		m.desk = desk(sources)
	}
	return m
}

func gather(doc *html.Node, at *url.URL) *facts {
	f := &facts{at: at, tags: map[string][]string{}, links: map[string]string{}}
	var scripts []string
	for n := range descendants(doc) {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			f.lang = attr(n, "lang")
		case atom.Title:
			if f.title == "" && n.Parent.DataAtom == atom.Head {
				f.title = limit(innerText(n))
			}
		case atom.Meta:
			f.tag(n)
		case atom.Link:
			f.link(n)
		case atom.Script:
			switch {
			case n.FirstChild == nil:
			case strings.Contains(strings.ToLower(attr(n, "type")), "ld+json"):
				scripts = append(scripts, n.FirstChild.Data)
			default:
				f.scripts = append(f.scripts, n.FirstChild.Data)
			}
		default:
			f.visible(n)
		}
	}
	f.ld = readLinked(scripts)
	return f
}

// visible takes note of elements that readers see: headings, names of authors, times.
func (f *facts) visible(n *html.Node) {
	switch n.DataAtom {
	case atom.H1, atom.H2:
		f.heading(n)
	case atom.Time, atom.Abbr, atom.Span, atom.Div, atom.P, atom.Meta:
		f.time(n)
	}
	f.credit(n)
}

func (f *facts) tag(n *html.Node) {
	content := limit(oneLine(attr(n, "content")))
	if content == "" {
		return
	}
	for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
		if name := strings.ToLower(attr(n, key)); name != "" && len(f.tags[name]) < 8 {
			f.tags[name] = append(f.tags[name], content)
		}
	}
}

func (f *facts) link(n *html.Node) {
	for rel := range strings.FieldsSeq(strings.ToLower(attr(n, "rel"))) {
		if _, ok := f.links[rel]; !ok {
			f.links[rel] = attr(n, "href")
		}
	}
}

// first is the first content of the named meta elements, in the order of the names.
func (f *facts) first(names ...string) string {
	for _, name := range names {
		for _, v := range f.tags[name] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

// all are the contents of the named meta elements, in the order of the names, from the first name that has any.
func (f *facts) all(names ...string) []string {
	for _, name := range names {
		if joinNames(f.tags[name], nameRule{desks: true}) != "" {
			return f.tags[name]
		}
	}
	return nil
}

// about are the page's descriptions.
func (f *facts) about() []string {
	var out []string
	for _, s := range []string{f.first("og:description"), f.first("description"), f.first("twitter:description"), f.ld.text("description")} {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// site is the publisher's name as the page gives it; "" where it does not.
func (f *facts) site() string {
	site := or(f.first("og:site_name"), f.ld.publisher())
	site = or(site, f.first("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher"))
	if strings.Contains(site, "://") || len(site) > 80 {
		return ""
	}
	return site
}

// language is the two-letter code that the page declares.
func (f *facts) language() string {
	for _, tag := range []string{f.ld.text("inLanguage"), f.lang, f.first("og:locale", "content-language", "dc.language", "language")} {
		code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
		if len(code) == 2 && strings.Trim(code, "abcdefghijklmnopqrstuvwxyz") == "" {
			return code
		}
	}
	return ""
}

func (f *facts) image() string {
	image := f.first("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail", "image")
	return f.absolute(or(image, f.ld.image()))
}

// canonical is the address that the page calls its own: on the same host only, since a page can't speak for another, and
// not the site's front page, which careless templates name everywhere.
func (f *facts) canonical() string {
	for _, c := range []string{f.links["canonical"], f.first("og:url")} {
		u, err := url.Parse(f.absolute(c))
		if err != nil || u.Host == "" || bareHost(u) != bareHost(f.at) {
			continue
		}
		if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && strings.Trim(f.at.Path, "/") != "" {
			continue
		}
		u.Fragment = ""
		return u.String()
	}
	return ""
}

func bareHost(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"www.", "m.", "amp.", "mobile."} {
		host = strings.TrimPrefix(host, prefix)
	}
	return host
}

func (f *facts) absolute(ref string) string {
	u, err := f.at.Parse(strings.TrimSpace(ref))
	if ref == "" || err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return u.String()
}

// fill takes from an extractor what the page's own words left open.
func (m *meta) fill(e extraction) {
	m.title = or(m.title, limit(e.title))
	m.byline = or(m.byline, signature(e.text))
	m.byline = or(m.byline, joinNames([]string{e.byline}, nameRule{known: m.known, shown: true}))
	m.byline = or(m.byline, m.desk)
}

func (m *meta) article(address string) *news.Article {
	return &news.Article{
		URL: or(m.canonical, address), Title: m.title, Byline: m.byline, Source: m.site, Lang: m.lang, Image: m.image,
		Published: m.published,
	}
}

// withoutTitle drops a headline repeated at the beginning of the text, with or without the topic above it.
func withoutTitle(text, title string) string {
	key := letters(title)
	for key != "" {
		first, rest, found := strings.Cut(text, "\n\n")
		if !found || len(first) > 2*maxTitle || !strings.HasSuffix(letters(first), key) || !shows(letters(first), key) {
			break
		}
		text = rest
	}
	return text
}

// limit cuts a text to maxTitle bytes.
func limit(s string) string {
	if len(s) > maxTitle {
		return strings.ToValidUTF8(s[:maxTitle], "")
	}
	return s
}

// or is a, or b where a is nothing.
func or[T comparable](a, b T) T {
	if a != *new(T) {
		return a
	}
	return b
}
