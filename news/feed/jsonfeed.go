package feed

import (
	"bytes"
	"encoding/json"
)

// repairJSON is the second attempt at a JSON Feed that did not parse because a value is not of its type: what is a text
// or a number is kept, lists keep their objects, and all else goes. The result is doc itself where it is no JSON.
func repairJSON(doc []byte) []byte {
	var f map[string]any
	d := json.NewDecoder(bytes.NewReader(doc)) // what stands behind the object does not matter
	d.UseNumber()
	if d.Decode(&f) != nil {
		return doc
	}
	out := texts(f)
	out["authors"] = append(objects(f["authors"]), objects([]any{f["author"]})...)
	items := objects(f["items"])
	for i, raw := range list(f["items"]) {
		item, _ := raw.(map[string]any)
		items[i]["authors"] = append(objects(item["authors"]), objects([]any{item["author"]})...)
		items[i]["attachments"] = objects(item["attachments"])
	}
	out["items"] = items
	mended, err := json.Marshal(out)
	if err != nil {
		return doc
	}
	return mended
}

// list are the objects of a list, whatever else is in it.
func list(v any) []any {
	all, _ := v.([]any)
	var kept []any
	for _, one := range all {
		if _, ok := one.(map[string]any); ok {
			kept = append(kept, one)
		}
	}
	return kept
}

// objects are the objects of a list, of each the texts alone.
func objects(v any) []map[string]any {
	out := []map[string]any{}
	for _, one := range list(v) {
		fields, _ := one.(map[string]any)
		out = append(out, texts(fields))
	}
	return out
}

// jsonTexts are the members that are texts in JSON Feed 1.1 and of use here.
var jsonTexts = []string{
	"version", "title", "home_page_url", "feed_url", "language", "id", "url", "external_url", "content_html", "content_text",
	"summary", "image", "banner_image", "date_published", "date_modified", "name", "mime_type",
}

// texts are the members of an object that are texts, or numbers in a text's place.
func texts(o map[string]any) map[string]any {
	out := map[string]any{}
	for _, name := range jsonTexts {
		switch v := o[name].(type) {
		case string:
			out[name] = v
		case json.Number:
			out[name] = v.String()
		}
	}
	return out
}
