package sample

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed feeds.json articles
var files embed.FS

// publisher is a site with one feed.
type publisher struct {
	ID          string `json:"id"` // first part of its addresses
	Title       string `json:"title"`
	Lang        string `json:"lang"`
	Description string `json:"description"`
	Format      string `json:"format"` // a key of formats
	JSONLD      bool   `json:"jsonld"` // its pages carry schema.org data
	Words       words  `json:"words"`
}

// words are what a site says around its articles, in its language.
type words struct {
	Home       string   `json:"home"`
	Sections   []string `json:"sections"`
	By         string   `json:"by"`
	Related    string   `json:"related"`
	Share      string   `json:"share"`
	Cookies    string   `json:"cookies"`
	Newsletter string   `json:"newsletter"`
	Imprint    string   `json:"imprint"`
}

// load reads feeds.json and every article below articles/, the articles in the order of their files' names.
func load(fsys fs.FS) ([]publisher, []article, error) {
	data, err := fs.ReadFile(fsys, "feeds.json")
	if err != nil {
		return nil, nil, fmt.Errorf("sample: %w", err)
	}
	var publishers []publisher
	if err := json.Unmarshal(data, &publishers); err != nil {
		return nil, nil, fmt.Errorf("sample: feeds.json: %w", err)
	}
	var articles []article
	for _, p := range publishers {
		if _, ok := formats[p.Format]; !ok {
			return nil, nil, fmt.Errorf("sample: feeds.json: %s: no format %q", p.ID, p.Format)
		}
		list, err := loadArticles(fsys, p.ID)
		if err != nil {
			return nil, nil, err
		}
		articles = append(articles, list...)
	}
	return publishers, articles, nil
}

func loadArticles(fsys fs.FS, publisher string) ([]article, error) {
	names, err := fs.Glob(fsys, "articles/"+publisher+"/*.md")
	if err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	var articles []article
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("sample: %w", err)
		}
		a, err := parseArticle(data)
		if err != nil {
			return nil, fmt.Errorf("sample: %s: %w", name, err)
		}
		// "07-last-keeper.md": the number only orders the files.
		_, a.slug, _ = strings.Cut(strings.TrimSuffix(path.Base(name), ".md"), "-")
		a.publisher = publisher
		articles = append(articles, a)
	}
	return articles, nil
}
