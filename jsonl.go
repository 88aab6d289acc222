package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/sync/semaphore"
)

// JSON lines: one JSON object a line (RFC 8259), in UTF-8. A line that can't be used gives one answer with "error" and
// the next is read. The JSON must be strict: text with bytes or escapes that are no UTF-8 can't be given back byte for
// byte, so it is refused rather than changed.

const (
	// maxLine is the longest line that is read, in bytes.
	maxLine = 32 << 20
	// idPart is how much of a longer line is kept, to find its id.
	idPart = 64 << 10
	// maxInFlight bounds the bytes of lines being worked on: one of the longest, or many short ones.
	maxInFlight = maxLine + 16<<20
	// lineCost is what a line costs besides its bytes.
	lineCost = 4 << 10
)

var errLineTooLong = fmt.Errorf("the line is longer than %d MB", maxLine>>20)

// errOutput: the answers can't be written, which is no fault of the input's.
var errOutput = errors.New("standard output")

func outputError(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("%w: %w", errOutput, err)
}

// failure is the answer to a line that can't be used.
type failure struct {
	ID    jsontext.Value `json:"id,omitzero"`
	Error string         `json:"error"`
}

// line is one line of input, or the beginning of one that is too long, with the error.
type line struct {
	data []byte
	err  error
}

// lineReader reads lines; empty ones are left out.
type lineReader struct {
	r     *bufio.Reader
	begun bool
	err   error // the reader's; nothing is read after it
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{r: bufio.NewReaderSize(r, 64<<10)} }

// next returns the next line; io.EOF after the last. The error is the reader's; a line's own error is in the line.
func (l *lineReader) next() (line, error) {
	for l.err == nil {
		var one line
		one, l.err = l.one()
		if !l.begun {
			one.data, l.begun = bytes.TrimPrefix(one.data, []byte("\xef\xbb\xbf")), true
		}
		one.data = bytes.TrimSpace(one.data)
		if len(one.data) > 0 || one.err != nil {
			return one, nil //nolint:nilerr // l.err is the next call's
		}
	}
	return line{}, l.err
}

// one reads up to a line's end.
func (l *lineReader) one() (line, error) {
	var one line
	for {
		part, err := l.r.ReadSlice('\n')
		switch {
		case one.err != nil:
		case len(one.data)+len(part) > maxLine+1:
			one.err = errLineTooLong
			one.data = bytes.Clone(one.data[:min(len(one.data), idPart)])
		default:
			one.data = append(one.data, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return one, err
		}
	}
}

// turn is a line's place in the order of answers.
type turn struct {
	answer chan []byte // gets one value
	cost   int64
	err    error // reading failed here; no answer follows
}

// eachLine answers every line of in, on all cores, and writes the answers to out in the order of the lines as soon as
// they are ready. answer must be safe for concurrent use; what it returns is encoded as JSON.
func eachLine(ctx context.Context, in io.Reader, out io.Writer, answer func([]byte) (any, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	turns := make(chan turn, 2*runtime.GOMAXPROCS(0))
	room := semaphore.NewWeighted(maxInFlight)
	// Reading standard input can't be interrupted: when ctx ends, this goroutine is left to end with the program.
	go takeTurns(ctx, in, room, turns, answer)
	w := bufio.NewWriterSize(out, 64<<10)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case t, ok := <-turns:
			if !ok || t.err != nil {
				if err := w.Flush(); err != nil {
					return errors.Join(t.err, outputError(err))
				}
				return t.err
			}
			if _, err := w.Write(<-t.answer); err != nil {
				return outputError(err)
			}
			room.Release(t.cost)
		}
		if len(turns) > 0 {
			continue
		}
		if err := w.Flush(); err != nil {
			return outputError(err)
		}
	}
}

// takeTurns reads lines and starts their work, as many at a time as there is room for. It closes turns at the end of in.
func takeTurns(ctx context.Context, in io.Reader, room *semaphore.Weighted, turns chan<- turn, answer func([]byte) (any, error)) {
	lines := newLineReader(in)
	for {
		l, err := lines.next()
		if errors.Is(err, io.EOF) {
			close(turns)
			return
		}
		t := turn{answer: make(chan []byte, 1), cost: int64(len(l.data)) + lineCost, err: err}
		if err == nil && room.Acquire(ctx, t.cost) != nil {
			return
		}
		select {
		case turns <- t:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
		go func() { t.answer <- l.answer(answer) }()
	}
}

// answer is the line's answer as JSON with its line end: a failure where there is no other.
func (l line) answer(f func([]byte) (any, error)) []byte {
	v, err := l.try(f)
	if err == nil {
		var b []byte
		if b, err = encode(v); err == nil {
			return b
		}
	}
	b, err := encode(failure{ID: findID(l.data), Error: oneLine(err)})
	if err != nil {
		return []byte(`{"error":"the line can't be answered"}` + "\n")
	}
	return b
}

// try calls f. A panic there is a bug, and still must not end the run: it is the line's error.
func (l line) try(f func([]byte) (any, error)) (v any, err error) {
	if l.err != nil {
		return nil, l.err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("internal error: %v", p)
		}
	}()
	return f(l.data)
}

// encode writes JSON as one line. U+2028 and U+2029 are escaped: some programs take them for line ends.
func encode(v any) ([]byte, error) {
	b, err := json.Marshal(v, jsontext.EscapeForJS(true))
	return append(b, '\n'), err
}

// decodeLine reads a line's JSON object into v, strictly.
func decodeLine(data []byte, v any) error {
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("the line is not usable JSON: %w", err)
	}
	return nil
}

// findID looks for the id in a line that can't be used otherwise; nil where there is none before the fault.
func findID(data []byte) jsontext.Value {
	d := jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return nil
	}
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return nil
		}
		if name.String() != "id" {
			if d.SkipValue() != nil {
				return nil
			}
			continue
		}
		v, err := d.ReadValue()
		if err != nil || !v.IsValid() {
			return nil
		}
		return v.Clone()
	}
	return nil
}
