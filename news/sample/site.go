package sample

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
)

//go:embed pages
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// relatedLinks is how many other articles a page links to, as many as small sites show.
const relatedLinks = 4

// site is a publisher as one request sees it: under the host that the client asked for.
type site struct {
	publisher
	URL    string // of the home page, ends in "/"
	Issues []link
}

// link is a published article with its address.
type link struct {
	issue
	URL string
}

// Accessors for the templates, which see exported names only.
func (l link) Title() string   { return l.title }
func (l link) Author() string  { return l.author }
func (l link) Section() string { return l.section }
func (l link) Teaser() string  { return l.teaser }
func (l link) Untidy() bool    { return l.untidy }
func (l link) Blocks() []block { return l.blocks }
func (l link) Date() string    { return l.at.UTC().Format(time.RFC3339) }
func (l link) Day() string     { return l.at.UTC().Format("2006-01-02 15:04") }

// MediaType is what the feed's format is served as.
func (s site) MediaType() string { return formats[s.Format].mediaType }

// updated is when the site last published something.
func (s site) updated() time.Time {
	if len(s.Issues) == 0 {
		return time.Time{}
	}
	return s.Issues[0].at
}

func (s *Sample) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.serveIndex)
	mux.HandleFunc("GET /{publisher}", func(w http.ResponseWriter, r *http.Request) {
		if p, ok := s.publisher(r.PathValue("publisher")); ok {
			http.Redirect(w, r, "/"+p.ID+"/", http.StatusMovedPermanently)
			return
		}
		http.NotFound(w, r)
	})
	mux.HandleFunc("GET /{publisher}/{$}", s.onSite(serveHome))
	mux.HandleFunc("GET /{publisher}/feed", s.onSite(serveFeed))
	mux.HandleFunc("GET /{publisher}/{slug}", s.onSite(servePage))
	return mux
}

// ServeHTTP answers the index at /, and for every publisher its home page, its feed, its articles and their pictures. Every answer
// has validators (RFC 9110 section 8.8) and honours conditional requests.
func (s *Sample) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

func (s *Sample) serveIndex(w http.ResponseWriter, r *http.Request) {
	var sites []site
	var updated time.Time
	for _, p := range s.publishers {
		x := s.site(p, r)
		sites = append(sites, x)
		if x.updated().After(updated) {
			updated = x.updated()
		}
	}
	servePages(w, r, updated, "index.html", sites)
}

func (s *Sample) site(p publisher, r *http.Request) site {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	x := site{publisher: p, URL: scheme + "://" + r.Host + "/" + p.ID + "/"}
	for _, i := range s.published(p.ID) {
		x.Issues = append(x.Issues, link{i, x.URL + i.slug})
	}
	return x
}

// onSite finds the publisher that a request names.
func (s *Sample) onSite(serve func(http.ResponseWriter, *http.Request, site)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p, ok := s.publisher(r.PathValue("publisher"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		serve(w, r, s.site(p, r))
	}
}

func serveHome(w http.ResponseWriter, r *http.Request, s site) {
	servePages(w, r, s.updated(), "home.html", s)
}

func serveFeed(w http.ResponseWriter, r *http.Request, s site) {
	f := formats[s.Format]
	body, err := f.write(s)
	if err != nil {
		http.Error(w, "the feed could not be written", http.StatusInternalServerError)
		return
	}
	serve(w, r, s.updated(), f.mediaType+"; charset=utf-8", body)
}

func servePage(w http.ResponseWriter, r *http.Request, s site) {
	if strings.HasSuffix(r.PathValue("slug"), ".png") {
		servePicture(w, r, s)
		return
	}
	for _, l := range s.Issues {
		if l.slug == r.PathValue("slug") {
			servePages(w, r, l.at, "article.html", pageOf(s, l))
			return
		}
	}
	http.NotFound(w, r)
}

// page is what the template of an article's page reads.
type page struct {
	link
	Site    site
	Related []link
	LD      map[string]any // schema.org NewsArticle; nil: none
}

func pageOf(s site, l link) page {
	p := page{link: l, Site: s}
	// Older articles only: a page must not change its bytes whenever the site publishes something.
	for _, other := range s.Issues {
		if other.at.Before(l.at) && len(p.Related) < relatedLinks {
			p.Related = append(p.Related, other)
		}
	}
	if s.JSONLD {
		p.LD = map[string]any{
			"@context": "https://schema.org", "@type": "NewsArticle",
			"headline": l.title, "datePublished": l.Date(), "inLanguage": s.Lang, "url": l.URL, "image": l.Image(),
			"author":    map[string]string{"@type": "Person", "name": l.author},
			"publisher": map[string]string{"@type": "Organization", "name": s.Title},
		}
	}
	return p
}

func servePages(w http.ResponseWriter, r *http.Request, modified time.Time, name string, data any) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, "the page could not be written", http.StatusInternalServerError)
		return
	}
	serve(w, r, modified, "text/html; charset=utf-8", b.Bytes())
}

// serve answers with body, or with 304 where the client has it already.
func serve(w http.ResponseWriter, r *http.Request, modified time.Time, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", "no-cache") // ask each time: Break changes the feeds at any moment
	w.Header().Set("ETag", fmt.Sprintf(`"%.8x"`, sha256.Sum256(body)))
	http.ServeContent(w, r, "", modified, bytes.NewReader(body))
}
