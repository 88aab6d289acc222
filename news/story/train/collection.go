package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"herald/news/story"
)

// maxLine is the longest line that is read, in bytes.
const maxLine = 16 << 20

// collection is articles of known events. A Doc's ID is its place here, from 1.
type collection struct {
	docs   []story.Doc
	topics []int // by doc
	events []int // by doc

	topic, event map[string]int // numbers by name
}

// readFile adds the articles of a file.
func (c *collection) readFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	return c.read(name, r)
}

func (c *collection) read(name string, r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if err := c.add(name, lines.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}

var errNoEvent = errors.New(`needs "topic" and "story"`)

func (c *collection) add(file string, line []byte) error {
	var rec struct {
		In   struct{ Title, Text, Lang string }
		Gold struct{ Topic, Story string }
	}
	if err := json.Unmarshal(line, &rec); err != nil {
		return err
	}
	if rec.Gold.Topic == "" || rec.Gold.Story == "" {
		return errNoEvent
	}
	topic := file + "\x00" + rec.Gold.Topic
	c.docs = append(c.docs, story.Doc{ID: int64(len(c.docs) + 1), Title: rec.In.Title, Text: rec.In.Text, Lang: rec.In.Lang})
	c.topics = append(c.topics, number(&c.topic, topic))
	c.events = append(c.events, number(&c.event, topic+"\x00"+rec.Gold.Story))
	return nil
}

// number is the number of a name in a list that grows.
func number(list *map[string]int, name string) int {
	if *list == nil {
		*list = map[string]int{}
	}
	n, known := (*list)[name]
	if !known {
		n = len(*list)
		(*list)[name] = n
	}
	return n
}

// examples are the pairs of articles that an index would compare.
func (c *collection) examples() []observation {
	var list []observation
	for _, e := range story.Examples(c.docs) {
		a, b := e.A-1, e.B-1
		list = append(list, observation{x: e.X, event: c.events[a] == c.events[b], topics: [2]int{c.topics[a], c.topics[b]}})
	}
	return list
}
