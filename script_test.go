package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScript runs the command lines of testdata/script. $SITE is a small web site that may be fetched.
func TestScript(t *testing.T) {
	site := httptest.NewServer(scriptSite())
	t.Cleanup(site.Close)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SITE", site.URL)
			e.Setenv("HERALD_FETCH_ALLOW", "127.0.0.0/8,::1")
			return nil
		},
	})
}

func scriptSite() http.Handler {
	mux := http.NewServeMux()
	serve := func(path, kind, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			fmt.Fprint(w, body)
		})
	}
	serve("/harbour", "text/html; charset=utf-8", harbourPage)
	serve("/report.pdf", "application/pdf", "%PDF-1.7 …")
	serve("/note.txt", "text/plain", "Bridge opens in Sundhaven\n\nThe new bridge in Sundhaven opened on Friday after two years of work. "+
		"Thousands walked across it in the first hour, the city said.\n")
	return mux
}

// harbourPage is an article in a page with the furniture that pages have.
const harbourPage = `<!doctype html><html lang="en"><head><title>Harbour of Ostwick reopens - The Ostwick Lantern</title>
<meta property="og:title" content="Harbour of Ostwick reopens"><meta property="og:site_name" content="The Ostwick Lantern">
<meta name="author" content="Hanne Corvell"><meta property="article:published_time" content="2025-03-04T10:30:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour of Ostwick reopens</h1>
<p>The harbour of Ostwick reopened on Tuesday after divers had removed the wreck of a trawler that had blocked its mouth for eleven days.</p>
<p>“We worked in water so dark that we felt our way along the hull,” said Ingrid Vastmoor, who led the divers. The wreck was lifted in three pieces.</p>
<p>Some forty boats left within the hour, and the fish market opened for the first time since the accident, the harbour office said.</p>
<p>The council will vote next week on a second light at the pier, which fishermen have asked for since the winter storms of last year.</p>
</article><footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>`
