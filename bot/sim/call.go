package sim

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Limits of a request. Telegram takes files of 50 MB; a server for tests needs less.
const (
	maxBody   = 1 << 20  // bytes of a request without files
	maxUpload = 20 << 20 // bytes of a request with files
	maxParams = 64
)

// call is one request to a method, decoded: every parameter as text, as Telegram treats them, and the files.
type call struct {
	method string // as the table spells it
	params map[string]string
	files  map[string]upload
}

type upload struct {
	name string
	mime string
	data []byte
}

// has tells whether a parameter was given, be it empty.
func (c *call) has(name string) bool { _, ok := c.params[name]; return ok }

// str, num and flag read parameters whose types the table has checked.
func (c *call) str(name string) string { return c.params[name] }

func (c *call) num(name string) int64 {
	n, _ := strconv.ParseInt(c.params[name], 10, 64)
	return n
}

func (c *call) flag(name string) bool {
	b, _ := strconv.ParseBool(strings.ToLower(c.params[name]))
	return b
}

var tokenForm = regexp.MustCompile(`^[0-9]{1,19}:[A-Za-z0-9_-]+$`)

// checkToken answers 404 for what can't be a token and 401 for another's.
func (s *Server) checkToken(token string) error {
	switch {
	case !tokenForm.MatchString(token):
		return errNoSuchToken
	case token != s.opt.Token:
		return errUnauthorized
	}
	return nil
}

// serveCall answers /bot<token>/<method>; rest is what follows "/bot".
func (s *Server) serveCall(w http.ResponseWriter, r *http.Request, rest string) {
	token, name, found := strings.Cut(rest, "/")
	if !found {
		writeRefusal(w, errNoSuchToken)
		return
	}
	if err := s.checkToken(token); err != nil {
		writeRefusal(w, err)
		return
	}
	c, err := decodeCall(w, r)
	c.method = name
	if m, ok := s.methods[strings.ToLower(name)]; ok {
		c.method = m.name
	}
	s.sleep(r.Context(), s.opt.Latency)
	f := s.takeFault(c)
	if f == nil {
		s.answer(w, s.run(r.Context(), c, err))
		return
	}
	s.fail(w, r, f, c, func(ctx context.Context) reply { return s.run(ctx, c, err) })
}

// reply is what a call comes to: a result or an error.
type reply struct {
	result any
	err    error
}

// run checks a decoded call and executes it; err is what decoding it came to.
func (s *Server) run(ctx context.Context, c *call, err error) reply {
	at := s.now()
	var result any
	m, ok := s.methods[strings.ToLower(c.method)]
	if !ok {
		err = errNoMethod
	}
	if err == nil {
		err = m.check(c)
	}
	if err == nil {
		result, err = m.run(s, ctx, c)
	}
	s.record(c, at, err)
	return reply{result, err}
}

// encode makes the HTTP status and the JSON body of a reply.
func (s *Server) encode(r reply) (int, []byte) {
	if r.err != nil {
		return refusalBody(r.err)
	}
	body, err := json.Marshal(struct {
		OK     bool `json:"ok"`
		Result any  `json:"result"`
	}{true, r.result})
	if err != nil {
		s.log.Error("sim: marshal", "err", err)
		return refusalBody(errClosed)
	}
	return http.StatusOK, body
}

func (s *Server) answer(w http.ResponseWriter, r reply) {
	code, body := s.encode(r)
	writeJSON(w, code, body)
}

// refusalBody is the JSON of a refusal (Bot API, "Making requests" and ResponseParameters).
func refusalBody(err error) (int, []byte) {
	e := errClosed
	errors.As(err, &e)
	body := struct {
		OK          bool           `json:"ok"`
		Code        int            `json:"error_code"`
		Description string         `json:"description"`
		Parameters  map[string]any `json:"parameters,omitempty"`
	}{Code: e.code, Description: e.text}
	if e.retryAfter > 0 {
		body.Parameters = map[string]any{"retry_after": e.retryAfter}
	}
	if e.migrateTo != 0 {
		body.Parameters = map[string]any{"migrate_to_chat_id": e.migrateTo}
	}
	out, _ := json.Marshal(body) // strings and numbers always marshal
	return e.code, out
}

func writeRefusal(w http.ResponseWriter, err error) {
	code, body := refusalBody(err)
	writeJSON(w, code, body)
}

// writeJSON sends a body; a reader that went away needs none.
func writeJSON(w http.ResponseWriter, code int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(body)
}

// decodeCall collects the parameters of the query string and of the body, whatever its form. The call is never nil.
func decodeCall(w http.ResponseWriter, r *http.Request) (*call, error) {
	c := &call{params: map[string]string{}, files: map[string]upload{}}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return c, bad("can't parse the query string")
	}
	c.add(query)
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return c, &refusal{code: 405, text: "Method Not Allowed"}
	}
	if err := c.readBody(w, r); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return c, errTooLarge
		}
		return c, err
	}
	if len(c.params)+len(c.files) > maxParams {
		return c, bad("too many parameters")
	}
	return c, nil
}

func (c *call) add(values url.Values) {
	for name, v := range values {
		c.params[name] = v[0]
	}
}

func (c *call) readBody(w http.ResponseWriter, r *http.Request) error {
	kind, options, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && r.Header.Get("Content-Type") != "" {
		return bad("can't parse the content type")
	}
	if kind == "multipart/form-data" {
		r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
		return c.readParts(multipart.NewReader(r.Body, options["boundary"]))
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil || len(body) == 0 {
		return err
	}
	switch kind {
	case "application/json":
		return flatten(body, c.params)
	case "application/x-www-form-urlencoded":
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return bad("can't parse the form")
		}
		c.add(values)
	}
	return nil
}

func (c *call) readParts(parts *multipart.Reader) error {
	for range maxParams + 1 {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return partError(err)
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return partError(err)
		}
		if p.FileName() == "" {
			c.params[p.FormName()] = string(data)
		} else {
			c.files[p.FormName()] = upload{name: p.FileName(), mime: p.Header.Get("Content-Type"), data: data}
		}
	}
	return bad("too many parameters")
}

// partError keeps the error of a body that is too large and makes any other one Telegram's.
func partError(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return bad("can't parse multipart form data")
}
