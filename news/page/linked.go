package page

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// The limits of linked data: a page's article needs a handful of objects.
const (
	maxLinked       = 1 << 20 // bytes of a script
	maxLinkedDepth  = 24
	maxLinkedObject = 4000
)

// object is one JSON-LD object.
type object map[string]any

// linked is a page's linked data (JSON-LD 1.1 with the vocabulary of schema.org).
type linked struct {
	article object // the article, or what comes nearest; nil: none
	page    object // the page around it
	persons []string
	byID    map[string]object
}

// readLinked reads the scripts of a page. Broken ones are left out.
func readLinked(scripts []string) linked {
	l := linked{byID: map[string]object{}}
	c := collector{}
	for _, s := range scripts {
		var v any
		if len(s) <= maxLinked && json.Unmarshal([]byte(mend(s)), &v) == nil {
			c.collect(v, 0)
		}
	}
	best := 0
	for _, o := range c.objects {
		if id, _ := o["@id"].(string); id != "" && len(o) > 1 && (l.byID[id] == nil || len(o) > len(l.byID[id])) {
			l.byID[id] = o
		}
		if name := l.name(o["name"]); o.is("Person") && !o.is("Organization") && name != "" && !slices.Contains(l.persons, name) {
			l.persons = append(l.persons, name)
		}
		if o.is("WebPage") && l.page == nil {
			l.page = o
		}
		if s := o.articleScore(); s > best {
			best, l.article = s, o
		}
	}
	return l
}

// mend undoes what content systems do to JSON: comment and CDATA wrappers, raw line breaks inside strings, a last semicolon.
func mend(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, wrap[0]), wrap[1]))
	}
	return strings.TrimSuffix(s, ";")
}

// collector gathers the objects of a value at all levels.
type collector struct{ objects []object }

func (c *collector) collect(v any, depth int) {
	if depth > maxLinkedDepth || len(c.objects) >= maxLinkedObject {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			c.collect(e, depth+1)
		}
	case map[string]any:
		c.objects = append(c.objects, v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "itemListElement", "item", "hasPart", "isPartOf", "subjectOf"} {
			c.collect(v[key], depth+1)
		}
	}
}

// is tells whether an object has a type, or one whose name ends so: "NewsArticle" is an "Article".
func (o object) is(kind string) bool {
	switch t := o["@type"].(type) {
	case string:
		return strings.HasSuffix(t, kind)
	case []any:
		for _, e := range t {
			if s, ok := e.(string); ok && strings.HasSuffix(s, kind) {
				return true
			}
		}
	}
	return false
}

// articleScore tells how much an object is the page's article; 0: it is none.
func (o object) articleScore() int {
	if !o.is("Article") && !o.is("Posting") && !o.is("Report") && !o.is("Review") && !o.is("Recipe") {
		return 0
	}
	score := 1
	for _, key := range []string{"headline", "datePublished", "author", "articleBody", "mainEntityOfPage"} {
		if o[key] != nil {
			score++
		}
	}
	return score
}

// text is a property of the article as one line, else of the page.
func (l *linked) text(key string) string {
	for _, o := range []object{l.article, l.page} {
		if s, ok := o[key].(string); ok && s != "" {
			return limit(oneLine(html.UnescapeString(s)))
		}
	}
	return ""
}

// follow replaces a bare reference by the object it names.
func (l *linked) follow(v any) any {
	o, ok := v.(map[string]any)
	if !ok {
		return v
	}
	if id, _ := o["@id"].(string); id != "" && o["name"] == nil && l.byID[id] != nil {
		return map[string]any(l.byID[id])
	}
	return v
}

// name is the name of a value that may be a string, an object or a list of them; the first counts.
func (l *linked) name(v any) string {
	switch v := l.follow(v).(type) {
	case string:
		return limit(oneLine(html.UnescapeString(v)))
	case map[string]any:
		return l.name(v["name"])
	case []any:
		for _, e := range v {
			if s := l.name(e); s != "" {
				return s
			}
		}
	}
	return ""
}

func (l *linked) publisher() string {
	if s := l.name(l.article["publisher"]); s != "" {
		return s
	}
	for _, o := range l.byID {
		if o.is("WebSite") {
			return l.name(o["name"])
		}
	}
	return ""
}

// lonePerson is the only person that a page's linked data knows.
func (l *linked) lonePerson() []string {
	if len(l.persons) != 1 {
		return nil
	}
	return l.persons
}

// authors are the authors of the article, else of the page, persons and bodies.
func (l *linked) authors() (persons, bodies []string) {
	author := l.article["author"]
	if author == nil {
		author = l.page["author"]
	}
	list, ok := author.([]any)
	if !ok {
		list = []any{author}
	}
	for _, v := range list {
		v = l.follow(v)
		s := l.name(v)
		o, _ := v.(map[string]any)
		switch {
		case s == "":
		case object(o).is("Organization") && !object(o).is("Person"):
			bodies = append(bodies, s)
		default:
			persons = append(persons, s)
		}
	}
	return persons, bodies
}

func (l *linked) image() string {
	v := l.follow(l.article["image"])
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = l.follow(list[0])
	}
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["url"].(string)
		return s
	}
	return ""
}
