package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// echo answers a line with itself.
func echo(b []byte) (any, error) { return string(b), nil }

func TestEachLineKeepsOrder(t *testing.T) {
	var in, want strings.Builder
	for i := range 500 {
		fmt.Fprintf(&in, "%d %s\r\n\n", i, strings.Repeat("x", 1+i*7%300))
		fmt.Fprintf(&want, "\"%d %s\"\n", i, strings.Repeat("x", 1+i*7%300))
	}
	var out strings.Builder
	if err := eachLine(t.Context(), strings.NewReader("\ufeff"+in.String()), &out, echo); err != nil {
		t.Fatal(err)
	}
	if out.String() != want.String() {
		t.Errorf("got other lines than want: %.200q", out.String())
	}
}

func TestEachLineStreams(t *testing.T) {
	in, feed := io.Pipe()
	answers, out := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- errors.Join(eachLine(t.Context(), in, out, echo), out.Close()) }()
	r := bufio.NewReader(answers)
	for _, s := range []string{"first", "second", "third"} {
		// The next line is sent only once this one was answered: an answer that waits for more input would hang here.
		if _, err := io.WriteString(feed, s+"\n"); err != nil {
			t.Fatal(err)
		}
		got, err := r.ReadString('\n')
		if want := `"` + s + "\"\n"; err != nil || got != want {
			t.Fatalf("got %q, %v, want %q", got, err, want)
		}
	}
	feed.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestEachLineFaults(t *testing.T) {
	long := `{"id":"long","text":"` + strings.Repeat("a", maxLine) + "\"}\n"
	bug := func(b []byte) (any, error) {
		if bytes.Contains(b, []byte("bug")) {
			panic("out of order")
		}
		return echo(b)
	}
	for _, c := range []struct{ name, in, want string }{
		{"too long", long + "next", `{"id":"long","error":"the line is longer than 32 MB"}` + "\n\"next\"\n"},
		{"a panic", `{"id":1,"x":"bug"}` + "\nnext\n", `{"id":1,"error":"internal error: out of order"}` + "\n\"next\"\n"},
		{"no encoding", "\xff\nnext\n", `{"error":"jsontext: invalid UTF-8"}` + "\n\"next\"\n"},
		{"nothing", "\n \n\r\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			if err := eachLine(t.Context(), strings.NewReader(c.in), &out, bug); err != nil {
				t.Fatal(err)
			}
			if out.String() != c.want {
				t.Errorf("got %q, want %q", out.String(), c.want)
			}
		})
	}
}

// brokenPipe fails on every write.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// TestOutputThatFails: it is not the input's name that an error of the output bears.
func TestOutputThatFails(t *testing.T) {
	for _, command := range []string{"read", "stories"} {
		var said strings.Builder
		in := strings.NewReader(`{"id":"a","title":"Dam holds","text":"The dam held."}`)
		code := run(t.Context(), []string{command, "--jsonl"}, in, brokenPipe{}, &said, func(string) string { return "" })
		if got := said.String(); code != exitError || !strings.Contains(got, "standard output: ") || strings.Contains(got, "input") {
			t.Errorf("%s: exit %d, %q", command, code, got)
		}
	}
}

func TestEachLineEnds(t *testing.T) {
	t.Run("when nobody reads", func(t *testing.T) {
		err := eachLine(t.Context(), strings.NewReader("a\nb\n"), brokenPipe{}, echo)
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("got %v, want %v", err, io.ErrClosedPipe)
		}
	})
	t.Run("when reading fails", func(t *testing.T) {
		var out strings.Builder
		in := io.MultiReader(strings.NewReader("a"), &failOnce{})
		if err := eachLine(t.Context(), in, &out, echo); !errors.Is(err, io.ErrUnexpectedEOF) || out.String() != "\"a\"\n" {
			t.Errorf("got %q, %v, want the first line and %v", out.String(), err, io.ErrUnexpectedEOF)
		}
	})
	t.Run("when told to, though input hangs", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in, feed := io.Pipe()
		defer feed.Close()
		cancel()
		if err := eachLine(ctx, in, io.Discard, echo); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want %v", err, context.Canceled)
		}
	})
}

// failOnce fails at its first reading and is at its end from then on.
type failOnce struct{ failed bool }

func (f *failOnce) Read([]byte) (int, error) {
	if f.failed {
		return 0, io.EOF
	}
	f.failed = true
	return 0, io.ErrUnexpectedEOF
}

func TestFindID(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{"id":"a","text":"\ud800"}`, `"a"`},
		{`{"text":"\ud800 x","id":12}`, `12`},
		{`{"text":{"id":1},"id":null}`, `null`},
		{"{\"text\":\"\xff\",\"id\":\"b\"", `"b"`},
		{`{"text":"cut off`, ``},
		{`["id"]`, ``},
		{`{"id":`, ``},
		{`{"id" "a"}`, ``},
		{``, ``},
	} {
		if got := string(findID([]byte(c.in))); got != c.want {
			t.Errorf("findID(%q): got %q, want %q", c.in, got, c.want)
		}
	}
}

// FuzzLines holds for both commands on any input: every line that is not blank gives one line of JSON, an object with
// either "error" or an answer.
func FuzzLines(f *testing.F) {
	f.Add([]byte(`{"id":"a","text":"“It rains,” said Ona Field.","title":"Rain"}` + "\n{\n\n[]"))
	f.Add([]byte(`{"id":{"a":[1]},"html":"<p>x","url":"::"}` + "\n" + `{"id":"\ud83d","text":"\u0000"}`))
	f.Add([]byte("\ufeff{\"id\":1}\r\n{\"id\":1,\"id\":2}\n\xff\n\u2028"))
	f.Fuzz(func(t *testing.T, in []byte) {
		want := 0
		for _, l := range bytes.Split(bytes.TrimPrefix(in, []byte("\xef\xbb\xbf")), []byte("\n")) {
			if len(bytes.TrimSpace(l)) > 0 {
				want++
			}
		}
		for _, command := range []string{"read", "stories"} {
			var out, errs bytes.Buffer
			code := run(t.Context(), []string{command, "--jsonl"}, bytes.NewReader(in), &out, &errs, noEnv)
			if code != exitOK || errs.Len() > 0 {
				t.Fatalf("%s: exit %d, %s", command, code, errs.String())
			}
			got := 0
			for l := range bytes.Lines(out.Bytes()) {
				var v map[string]any
				if err := json.Unmarshal(l, &v); err != nil || (v["error"] == nil) == (v["text"] == nil && v["story"] == nil) && v["id"] != nil {
					t.Fatalf("%s: %q is no answer: %v", command, l, err)
				}
				got++
			}
			if got != want {
				t.Fatalf("%s: got %d answers to %d lines", command, got, want)
			}
		}
	})
}
