package sample

import (
	"encoding/json"
	"encoding/xml"
	"html/template"
	"strings"
	"time"
)

// format is a way to write a feed.
type format struct {
	mediaType string
	write     func(site) ([]byte, error)
}

// formats are all that Herald reads, as feeds.json names them; "rss-short" leaves the text out.
var formats = map[string]format{
	"rss":       {"application/rss+xml", func(s site) ([]byte, error) { return writeRSS(s, true) }},
	"rss-short": {"application/rss+xml", func(s site) ([]byte, error) { return writeRSS(s, false) }},
	"atom":      {"application/atom+xml", writeAtom},
	"rdf":       {"application/rdf+xml", writeRDF},
	"json":      {"application/feed+json", writeJSON},
}

// guid is the article's identity in its feed: the same under every host.
func (a article) guid() string {
	if a.noGUID {
		return ""
	}
	return "tag:" + a.publisher + ".example,2024:" + a.slug // RFC 4151
}

// content is the article as the HTML of a feed's entry.
func (a article) content() string {
	var b strings.Builder
	for _, x := range a.blocks {
		tag := "p"
		if x.Heading {
			tag = "h2"
		}
		b.WriteString("<" + tag + ">" + template.HTMLEscapeString(x.Text) + "</" + tag + ">\n")
	}
	return b.String()
}

// document writes v with an XML declaration.
func document(v any) ([]byte, error) {
	body, err := xml.MarshalIndent(v, "", " ")
	return append([]byte(xml.Header), body...), err
}

type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	PubDate     string    `xml:"pubDate"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        *rssGUID `xml:"guid"`
	PubDate     string   `xml:"pubDate"`
	Creator     string   `xml:"dc:creator"`
	Category    string   `xml:"category"`
	Description string   `xml:"description"`
	Content     string   `xml:"content:encoded,omitempty"`
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	Text      string `xml:",chardata"`
}

// writeRSS writes RSS 2.0 (rssboard.org/rss-specification) with the Dublin Core and content modules.
func writeRSS(s site, full bool) ([]byte, error) {
	c := rssChannel{
		Title: s.Title, Link: s.URL, Description: s.Description, Language: s.Lang,
		PubDate: s.updated().UTC().Format(time.RFC1123Z),
	}
	for _, l := range s.Issues {
		item := rssItem{
			Title: l.title, Link: l.URL, PubDate: l.at.UTC().Format(time.RFC1123Z),
			Creator: l.author, Category: l.section, Description: l.teaser,
		}
		if id := l.guid(); id != "" {
			item.GUID = &rssGUID{Text: id}
		}
		if full {
			item.Content = l.content()
		}
		c.Items = append(c.Items, item)
	}
	return document(rssFeed{
		Version: "2.0", Channel: c,
		Content: "http://purl.org/rss/1.0/modules/content/", DC: "http://purl.org/dc/elements/1.1/",
	})
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	ID       string      `xml:"id"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title     string   `xml:"title"`
	ID        string   `xml:"id,omitempty"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Author    string   `xml:"author>name"`
	Summary   string   `xml:"summary"`
	Content   atomText `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// writeAtom writes Atom, RFC 4287.
func writeAtom(s site) ([]byte, error) {
	f := atomFeed{
		Lang: s.Lang, Title: s.Title, Subtitle: s.Description, ID: "tag:" + s.ID + ".example,2024:feed",
		Updated: s.updated().UTC().Format(time.RFC3339),
		Links:   []atomLink{{"alternate", s.URL}, {"self", s.URL + "feed"}},
	}
	for _, l := range s.Issues {
		f.Entries = append(f.Entries, atomEntry{
			Title: l.title, ID: l.guid(), Link: atomLink{"alternate", l.URL}, Published: l.Date(), Updated: l.Date(),
			Author: l.author, Summary: l.teaser, Content: atomText{"html", l.content()},
		})
	}
	return document(f)
}

type rdfFeed struct {
	XMLName xml.Name   `xml:"rdf:RDF"`
	RDF     string     `xml:"xmlns:rdf,attr"`
	NS      string     `xml:"xmlns,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rdfChannel `xml:"channel"`
	Items   []rdfItem  `xml:"item"`
}

type rdfChannel struct {
	About       string  `xml:"rdf:about,attr"`
	Title       string  `xml:"title"`
	Link        string  `xml:"link"`
	Description string  `xml:"description"`
	Language    string  `xml:"dc:language"`
	Items       []rdfLi `xml:"items>rdf:Seq>rdf:li"`
}

type rdfLi struct {
	Resource string `xml:"rdf:resource,attr"`
}

type rdfItem struct {
	About       string `xml:"rdf:about,attr"`
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"`
	Creator     string `xml:"dc:creator"`
	Date        string `xml:"dc:date"`
}

// writeRDF writes RSS 1.0 (web.resource.org/rss/1.0/spec) without the text; the address is an item's identity.
func writeRDF(s site) ([]byte, error) {
	f := rdfFeed{
		RDF: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", NS: "http://purl.org/rss/1.0/", DC: "http://purl.org/dc/elements/1.1/",
		Channel: rdfChannel{About: s.URL + "feed", Title: s.Title, Link: s.URL, Description: s.Description, Language: s.Lang},
	}
	for _, l := range s.Issues {
		f.Channel.Items = append(f.Channel.Items, rdfLi{l.URL})
		f.Items = append(f.Items, rdfItem{
			About: l.URL, Title: l.title, Link: l.URL, Description: l.teaser, Creator: l.author, Date: l.Date(),
		})
	}
	return document(f)
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	HomePage    string     `json:"home_page_url"`
	FeedURL     string     `json:"feed_url"`
	Description string     `json:"description"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id,omitempty"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Summary   string       `json:"summary"`
	Image     string       `json:"image"`
	Content   string       `json:"content_html"`
	Published string       `json:"date_published"`
	Authors   []jsonAuthor `json:"authors"`
	Tags      []string     `json:"tags"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

// writeJSON writes JSON Feed 1.1 (jsonfeed.org/version/1.1).
func writeJSON(s site) ([]byte, error) {
	f := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: s.Title, HomePage: s.URL, FeedURL: s.URL + "feed",
		Description: s.Description, Language: s.Lang,
	}
	for _, l := range s.Issues {
		f.Items = append(f.Items, jsonItem{
			ID: l.guid(), URL: l.URL, Title: l.title, Summary: l.teaser, Image: l.Image(),
			Content: l.content(), Published: l.Date(),
			Authors: []jsonAuthor{{l.author}}, Tags: []string{l.section},
		})
	}
	return json.MarshalIndent(f, "", " ")
}
