package sim

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// maxEntities is how many entities of a text are kept (Telegram drops the rest).
const maxEntities = 100

// format makes of a text parameter what Telegram stores: parsed, cleaned, trimmed, with the links, mentions, commands
// and so on that it finds by itself. mode is a parse_mode, raw a list of entities in its place.
func (s *Server) format(text, mode, raw string) (string, []Entity, error) {
	var entities []Entity
	var err error
	switch strings.ToLower(mode) {
	case "":
		entities, err = readEntities(text, raw)
	case "html":
		text, entities, err = parseHTML(text)
	default:
		err = bad("unsupported parse_mode")
	}
	if err != nil {
		return "", nil, err
	}
	for i, e := range entities {
		if e.User != nil {
			u, ok := s.user(e.User.ID)
			if !ok {
				entities[i].Type = ""
			}
			entities[i].User = &u
		}
	}
	text, entities = clean(text, entities)
	entities = untangle(entities)
	return text, detect(text, entities), nil
}

// readEntities checks a list of entities given beside a plain text (Bot API, MessageEntity).
func readEntities(text, raw string) ([]Entity, error) {
	if raw == "" {
		return nil, nil
	}
	var list []json.RawMessage
	if err := decodeObject(raw, "entities", &list); err != nil {
		return nil, err
	}
	var out []Entity
	size := units(text)
	for _, item := range list {
		var e Entity
		if err := decodeNested(string(item), "can't parse MessageEntity: ", &e); err != nil {
			return nil, err
		}
		if err := checkEntity(&e, size); err != nil {
			return nil, err
		}
		if e.Length > 0 && e.Type != "" {
			out = append(out, e)
		}
	}
	return out, nil
}

// checkEntity checks one entity against a text of size code units. Kinds that Telegram finds by itself become "".
func checkEntity(e *Entity, size int) error {
	switch {
	case e.Offset < 0:
		return bad("receive an entity with incorrect offset %d", e.Offset)
	case e.Length < 0:
		return bad("receive an entity with incorrect length %d", e.Length)
	case e.Offset > size:
		return bad("entity begins after the end of the text at UTF-16 offset %d", e.Offset)
	case e.Length > size-e.Offset:
		return bad("entity beginning at UTF-16 offset %d ends after the end of the text at UTF-16 offset %d", e.Offset, e.Offset+e.Length)
	}
	switch e.Type {
	case "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre":
	case "text_link":
		link, err := checkLink(e.URL)
		if err != nil {
			return bad("entity URL '%s' is invalid: %s", e.URL, err)
		}
		e.URL = link
	case "text_mention":
		if e.User == nil {
			return bad(`can't parse MessageEntity: Can't find field "user"`)
		}
	case "custom_emoji":
		if e.CustomEmojiID == "" {
			return bad(`can't parse MessageEntity: Can't find field "custom_emoji_id"`)
		}
	case "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number":
		e.Type = ""
	default:
		return bad("can't parse MessageEntity: Unsupported type specified")
	}
	return nil
}

// clean drops characters that Telegram does, trims white space at both ends and moves the entities along.
func clean(text string, entities []Entity) (string, []Entity) {
	var out strings.Builder
	moved := make([]int, 0, len(text)+1) // new offset of each old code unit
	n := 0
	for _, r := range text {
		for range utf16.RuneLen(r) {
			moved = append(moved, n)
		}
		if r = cleanRune(r); r >= 0 {
			out.WriteRune(r)
			n += utf16.RuneLen(r)
		}
	}
	moved = append(moved, n)
	whole := out.String()
	left := strings.TrimLeftFunc(whole, unicode.IsSpace)
	trimmed := strings.TrimRightFunc(left, unicode.IsSpace)
	skip, size := units(whole)-units(left), units(trimmed)
	var kept []Entity
	for _, e := range entities {
		from := min(max(moved[e.Offset]-skip, 0), size)
		to := min(max(moved[e.Offset+e.Length]-skip, 0), size)
		if e.Offset, e.Length = from, to-from; e.Length > 0 && e.Type != "" {
			kept = append(kept, e)
		}
	}
	return trimmed, kept
}

// cleanRune is what becomes of a character: itself, a space for a control character, or -1 for none.
func cleanRune(r rune) rune {
	switch {
	case r == '\r' || (r >= 0x202a && r <= 0x202e):
		return -1
	case r == '\n' || r >= ' ':
		return r
	default:
		return ' '
	}
}

// Entities by how they may nest (Bot API, "Formatting options"): styles nest in anything but code; nothing is in or
// around code; block quotations don't nest; other entities can't contain each other.
func isStyle(e Entity) bool {
	return slices.Contains([]string{"bold", "italic", "underline", "strikethrough", "spoiler"}, e.Type)
}

func isCode(e Entity) bool  { return e.Type == "code" || e.Type == "pre" }
func isQuote(e Entity) bool { return strings.HasSuffix(e.Type, "blockquote") }

// untangle orders the entities and takes out the nesting that Telegram does not keep: the outer one stays, styles are
// cut around code.
func untangle(entities []Entity) []Entity {
	sortEntities(entities)
	var solid, styles []Entity
	for _, e := range entities {
		if isStyle(e) {
			styles = append(styles, e)
			continue
		}
		if e.Type == "code" {
			e.Language = "" // only a pre tells its language
		}
		if !slices.ContainsFunc(solid, func(o Entity) bool { return overlap(o, e) && isQuote(o) == isQuote(e) }) {
			solid = append(solid, e)
		}
	}
	for _, e := range merge(styles) {
		solid = append(solid, cut(e, solid)...)
	}
	sortEntities(solid)
	return solid[:min(len(solid), maxEntities)]
}

// sortEntities orders by offset, the longer first.
func sortEntities(list []Entity) {
	slices.SortStableFunc(list, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
}

func overlap(a, b Entity) bool {
	return a.Offset < b.Offset+b.Length && b.Offset < a.Offset+a.Length
}

// merge joins styles of one type that touch or overlap.
func merge(styles []Entity) []Entity {
	var out []Entity
	for _, e := range styles {
		i := slices.IndexFunc(out, func(o Entity) bool { return o.Type == e.Type && e.Offset <= o.Offset+o.Length })
		if i < 0 {
			out = append(out, e)
			continue
		}
		out[i].Length = max(out[i].Length, e.Offset+e.Length-out[i].Offset)
	}
	return out
}

// cut takes the stretches of code out of a style.
func cut(e Entity, solid []Entity) []Entity {
	end := e.Offset + e.Length
	var out []Entity
	for _, o := range solid {
		if !isCode(o) || !overlap(e, o) {
			continue
		}
		if o.Offset > e.Offset {
			head := e
			head.Length = o.Offset - e.Offset
			out = append(out, head)
		}
		e.Offset = min(o.Offset+o.Length, end)
		e.Length = end - e.Offset
	}
	if e.Length > 0 {
		out = append(out, e)
	}
	return out
}
