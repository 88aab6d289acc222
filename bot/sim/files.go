package sim

import (
	"fmt"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// maxFileName is the longest file name that is kept, in bytes.
const maxFileName = 255

// extForm is an extension that a path can take over from a name from outside.
var extForm = regexp.MustCompile(`^\.[A-Za-z0-9]{1,10}$`)

// file is a file that somebody sent.
type file struct {
	doc  Document
	path string // for /file/bot<token>/<path>
	data []byte
}

// keepFile stores a file and returns the document that shows it.
func (s *Server) keepFile(u upload) *Document {
	n := strconv.Itoa(len(s.files) + 1)
	f := &file{data: u.data, path: "documents/file_" + n}
	if ext := path.Ext(u.name); extForm.MatchString(ext) {
		f.path += ext
	}
	f.doc = Document{FileID: "BQACAgIAAxkBAAIB" + n, FileUniqueID: "AgAD" + n, FileName: u.name, MimeType: u.mime, FileSize: len(u.data)}
	if f.doc.MimeType == "" || f.doc.MimeType == "application/octet-stream" {
		f.doc.MimeType = mime.TypeByExtension(path.Ext(u.name))
	}
	s.files[f.doc.FileID] = f
	return &f.doc
}

// File returns the bytes of a file in the chats.
func (s *Server) File(id string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.files[id]
	if !ok {
		return nil, false
	}
	return f.data, true
}

// sendDocument is Bot API, sendDocument: a file of the request, or the id of one that was sent. A web address is not
// fetched.
func (s *Server) sendDocument(c *call) (any, error) {
	text, entities, err := s.parseText(c, "caption", "caption_entities")
	if err != nil {
		return nil, err
	}
	u, known, err := s.document(c)
	if err != nil {
		return nil, err
	}
	m, r, err := s.draft(c, "documents")
	if err != nil {
		return nil, err
	}
	if units(text) > maxCaption {
		return nil, bad("message caption is too long")
	}
	if err := s.admit(r, c); err != nil {
		return nil, err
	}
	if known == nil {
		known = s.keepFile(u)
	}
	m.Document, m.Caption, m.CaptionEntities = known, text, entities
	s.stats.Messages[r.chat.ID]++
	return s.forBot(r, s.post(r, m)), nil
}

// document finds the file of a call: an upload, or a document that is known.
func (s *Server) document(c *call) (upload, *Document, error) {
	u, ok := c.files["document"]
	if name, attached := strings.CutPrefix(c.str("document"), "attach://"); attached {
		if u, ok = c.files[name]; !ok {
			return u, nil, bad("there is no document in the request")
		}
	}
	switch f := s.files[c.str("document")]; {
	case ok && len(u.data) == 0:
		return u, nil, bad("file must be non-empty")
	case ok && len(u.name) > maxFileName:
		return u, nil, bad("file name is too long")
	case ok:
		return u, nil, nil
	case f != nil:
		return u, &f.doc, nil
	case strings.Contains(c.str("document"), "://"):
		return u, nil, bad("failed to get HTTP URL content")
	}
	return u, nil, bad("wrong file identifier/HTTP URL specified")
}

// getFile is Bot API, getFile.
func (s *Server) getFile(c *call) (any, error) {
	f := s.files[c.str("file_id")]
	if f == nil {
		return nil, bad("invalid file_id")
	}
	return map[string]any{"file_id": f.doc.FileID, "file_unique_id": f.doc.FileUniqueID, "file_size": len(f.data), "file_path": f.path}, nil
}

// serveFile answers /file/bot<token>/<path>; rest is what follows "/file/bot".
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, rest string) {
	token, name, _ := strings.Cut(rest, "/")
	if err := s.checkToken(token); err != nil {
		writeRefusal(w, err)
		return
	}
	c := &call{method: "file", params: map[string]string{"path": name}}
	s.sleep(r.Context(), s.opt.Latency)
	f := s.fileAt(name)
	var err error
	if f == nil {
		err = &refusal{code: 404, text: "Not Found"}
	}
	s.record(c, s.now(), err)
	if err != nil {
		writeRefusal(w, err)
		return
	}
	sendFile(w, f)
}

func (s *Server) fileAt(name string) *file {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		if f.path == name {
			return f
		}
	}
	return nil
}

// sendFile sends a file to be saved, never to be shown: it came from outside.
func sendFile(w http.ResponseWriter, f *file) {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.doc.FileName}))
	w.Header().Set("Content-Length", fmt.Sprint(len(f.data)))
	_, _ = w.Write(f.data)
}
