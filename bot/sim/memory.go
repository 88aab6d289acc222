package sim

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
)

// ErrCut is what a client of Transport sees when a fault cuts the connection.
var ErrCut = errors.New("connection cut")

// Transport answers requests in memory, without sockets, so that time can be controlled around it (testing/synctest).
// The address must be on loopback, as everywhere. An answer arrives when it is complete: event streams need a real
// connection.
func (s *Server) Transport() http.RoundTripper { return memory{s} }

type memory struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (m memory) RoundTrip(r *http.Request) (*http.Response, error) {
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	defer in.Body.Close()
	// The caller is this very process, whatever host it names.
	in.RequestURI, in.RemoteAddr, in.Host = in.URL.RequestURI(), "127.0.0.1:0", "127.0.0.1"
	out := &page{head: http.Header{}, code: http.StatusOK}
	cut := out.serve(m.handler, in)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if cut && out.body.Len() == 0 {
		return nil, ErrCut
	}
	return out.response(r, cut), nil
}

// page is an answer in the making.
type page struct {
	head http.Header
	code int
	body bytes.Buffer
}

func (p *page) Header() http.Header         { return p.head }
func (p *page) WriteHeader(code int)        { p.code = code }
func (p *page) Write(b []byte) (int, error) { return p.body.Write(b) }

// serve runs the handler and tells whether it cut the connection.
func (p *page) serve(h http.Handler, r *http.Request) (cut bool) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			cut = true
		default:
			panic(v)
		}
	}()
	h.ServeHTTP(p, r)
	return false
}

func (p *page) response(r *http.Request, cut bool) *http.Response {
	var body io.Reader = &p.body
	length := int64(p.body.Len())
	if cut {
		body = io.MultiReader(body, broken{})
		length, _ = strconv.ParseInt(p.head.Get("Content-Length"), 10, 64)
	}
	return &http.Response{
		Status: strconv.Itoa(p.code) + " " + http.StatusText(p.code), StatusCode: p.code, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: p.head, Body: io.NopCloser(body), ContentLength: length, Request: r,
	}
}

// broken is the end of a body that was cut.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
