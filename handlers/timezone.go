package handlers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"herald/bot"
	"herald/news"
)

// city is a time zone under a name that people know.
type city struct{ name, zone string }

// cities are the zones offered as buttons, from west to east.
func cities() []city {
	return []city{
		{"Los Angeles", "America/Los_Angeles"},
		{"Denver", "America/Denver"},
		{"Chicago", "America/Chicago"},
		{"New York", "America/New_York"},
		{"São Paulo", "America/Sao_Paulo"},
		{"London", "Europe/London"},
		{"Paris", "Europe/Paris"},
		{"Berlin", "Europe/Berlin"},
		{"Madrid", "Europe/Madrid"},
		{"Cairo", "Africa/Cairo"},
		{"Kyiv", "Europe/Kyiv"},
		{"Moscow", "Europe/Moscow"},
		{"Dubai", "Asia/Dubai"},
		{"Delhi", "Asia/Kolkata"},
		{"Kathmandu", "Asia/Kathmandu"},
		{"Shanghai", "Asia/Shanghai"},
		{"Tokyo", "Asia/Tokyo"},
		{"Sydney", "Australia/Sydney"},
	}
}

const cityRow = 3 // buttons in a row

// timezone sets the chat's time zone by name or city, or asks for it.
func (r *request) timezone(ctx context.Context) error {
	if r.args == "" {
		return r.askZone(ctx)
	}
	zone, ok := findZone(r.args)
	if !ok {
		return r.say(ctx, "timezone.unknown", "zone", bot.Escape(clip(r.args)))
	}
	return r.zoneIs(ctx, zone)
}

func (r *request) askZone(ctx context.Context) error {
	out := bot.Outgoing{HTML: r.words.T("timezone.ask", "zone", bot.Escape(r.chat.Location().String()),
		"time", r.Now().In(r.chat.Location()).Format("15:04"))}
	for i, c := range cities() {
		if i%cityRow == 0 {
			out.Rows = append(out.Rows, nil)
		}
		last := len(out.Rows) - 1
		out.Rows[last] = append(out.Rows[last], bot.Button{Text: c.name, Data: "tz:" + strconv.Itoa(i)})
	}
	return r.reply(ctx, out)
}

// findZone finds a time zone by its IANA name, by a city's name or by the last part of an IANA name, in any case.
func findZone(s string) (string, bool) {
	s = strings.Join(strings.Fields(s), " ")
	for _, c := range cities() {
		if strings.EqualFold(s, c.name) || strings.EqualFold(s, c.zone) {
			return c.zone, true
		}
	}
	if strings.EqualFold(s, "UTC") {
		return "UTC", true
	}
	if strings.HasPrefix(s, "Etc/") || strings.HasPrefix(s, "US/") { // their letters follow no rule
		if _, err := time.LoadLocation(s); err == nil {
			return s, true
		}
	}
	name := titled(s)
	for _, area := range []string{"", "Europe/", "America/", "Asia/", "Africa/", "Australia/", "Pacific/", "Atlantic/", "Indian/"} {
		if area == "" && !strings.Contains(name, "/") {
			continue
		}
		for _, spelt := range []string{area + name, area + small.Replace(name)} {
			if _, err := time.LoadLocation(spelt); err == nil {
				return spelt, true
			}
		}
	}
	return "", false
}

// small writes the little words in names of the IANA database as it does: Dar_es_Salaam, Port-au-Prince, Isle_of_Man.
var small = strings.NewReplacer("_Es_", "_es_", "-Au-", "-au-", "_Of_", "_of_", "_Da_", "_da_")

// titled writes a name as the IANA database does: Area/Long_City-Name.
func titled(s string) string {
	up := true
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '_':
			up = true
			return '_'
		case r == '/' || r == '-':
			up = true
			return r
		case up:
			up = false
			return []rune(strings.ToUpper(string(r)))[0]
		}
		return []rune(strings.ToLower(string(r)))[0]
	}, s)
}

// zoneIs stores the zone, moves the digest times with it and confirms.
func (r *request) zoneIs(ctx context.Context, zone string) error {
	if err := r.storeZone(ctx, zone); err != nil {
		return err
	}
	return r.reply(ctx, bot.Outgoing{HTML: r.zoneText()})
}

func (r *request) zoneText() string {
	return r.words.T("timezone.done", "zone", bot.Escape(r.chat.Zone), "time", r.Now().In(r.chat.Location()).Format("15:04"))
}

func (r *request) storeZone(ctx context.Context, zone string) error {
	r.chat.Zone = zone
	if err := r.DB.SaveChat(ctx, r.chat); err != nil {
		return err
	}
	times, err := r.DB.ChatDigestTimes(ctx, r.chat.ID)
	if err != nil {
		return err
	}
	places := map[news.Place][]news.DigestTime{}
	for _, t := range times {
		t.Next = t.After(r.Now(), r.chat.Location())
		places[t.Place] = append(places[t.Place], t)
	}
	for place, times := range places {
		if err := r.DB.SetDigestTimes(ctx, place, times); err != nil {
			return err
		}
	}
	return r.moveQuiet(ctx)
}

// setZone takes the city whose button was pressed.
func (p *press) setZone(ctx context.Context) error {
	i, err := p.number()
	if err != nil || i < 0 || i >= int64(len(cities())) {
		return news.ErrNotFound
	}
	if err := p.storeZone(ctx, cities()[i].zone); err != nil {
		return err
	}
	p.answer(ctx, p.words.T("timezone.toast"))
	return p.edit(ctx, bot.Outgoing{HTML: p.zoneText(), Rows: [][]bot.Button{{
		{Text: p.words.T("button.digest"), Data: "go:digest"},
	}}})
}

// locate sets the time zone from a shared location.
func (r *request) locate(ctx context.Context) error {
	zone, err := zoneAt(r.msg.Location.Latitude, r.msg.Location.Longitude)
	if err != nil {
		return r.say(ctx, "timezone.nowhere")
	}
	return r.zoneIs(ctx, zone)
}
