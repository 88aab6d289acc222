package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"herald/bot"
	"herald/news"
)

const mostDigests = 6 // a day

var errNotTime = errors.New("not a time of day")

// digest sets the local times at which the place gets its stories together: "08:00", "8 18:30 mon-fri", "weekly 9:00", "off".
func (r *request) digest(ctx context.Context) error {
	switch strings.ToLower(r.args) {
	case "":
		return r.digestPanel(ctx)
	case "off", "stop", "-":
		return r.digestOff(ctx)
	}
	minutes, days, err := parseDigest(r.args)
	if err != nil {
		return r.say(ctx, "digest.usage")
	}
	if err := r.setTimes(ctx, minutes, days); err != nil {
		return err
	}
	return r.digestPanel(ctx)
}

// parseDigest reads times of day and weekdays, in any order, separated by spaces or commas.
func parseDigest(s string) (minutes []int, days news.Days, err error) {
	separates := func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }
	for _, word := range strings.FieldsFunc(strings.ToLower(s), separates) {
		if d, ok := parseDays(word); ok {
			days |= d
			continue
		}
		m, err := parseClock(word)
		if err != nil {
			return nil, 0, err
		}
		minutes = append(minutes, m)
	}
	slices.Sort(minutes)
	minutes = slices.Compact(minutes)
	if len(minutes) == 0 && days != 0 {
		minutes = []int{8 * 60}
	}
	if len(minutes) == 0 || len(minutes) > mostDigests {
		return nil, 0, errNotTime
	}
	return minutes, days, nil
}

// parseClock reads "8", "08:00", "8.30", "8:30pm" as minutes after midnight.
func parseClock(s string) (int, error) {
	clock, half := s, 0
	if rest, ok := strings.CutSuffix(s, "pm"); ok {
		clock, half = rest, 12
	} else if rest, ok := strings.CutSuffix(s, "am"); ok {
		clock, half = rest, -12
	}
	hours, minutes, _ := strings.Cut(strings.ReplaceAll(clock, ".", ":"), ":")
	h, err := strconv.ParseUint(hours, 10, 8)
	if err != nil {
		return 0, errNotTime
	}
	var m uint64
	if minutes != "" {
		if m, err = strconv.ParseUint(minutes, 10, 8); err != nil || len(minutes) != 2 {
			return 0, errNotTime
		}
	}
	if half != 0 {
		if h < 1 || h > 12 {
			return 0, errNotTime
		}
		h %= 12
		if half > 0 {
			h += 12
		}
	}
	if h > 23 || m > 59 {
		return 0, errNotTime
	}
	return int(h*60 + m), nil
}

var dayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// parseDays reads "mon", "mon-fri", "sat-tue", "weekdays", "weekend", "weekly" (Monday), "daily".
func parseDays(s string) (news.Days, bool) {
	switch s {
	case "daily", "everyday":
		return 0b1111111, true
	case "weekly":
		return 1 << time.Monday, true
	case "weekdays":
		return 0b0111110, true
	case "weekend", "weekends":
		return 0b1000001, true
	}
	from, to, span := strings.Cut(s, "-")
	first, ok := parseDay(from)
	if !ok {
		return 0, false
	}
	last := first
	if span {
		if last, ok = parseDay(to); !ok {
			return 0, false
		}
	}
	var days news.Days
	for d := first; ; d = (d + 1) % 7 {
		days |= 1 << d
		if d == last {
			return days, true
		}
	}
}

func parseDay(s string) (int, bool) {
	if len(s) < 3 {
		return 0, false
	}
	for i, name := range dayNames {
		if strings.HasPrefix(s, name) && strings.HasPrefix(time.Weekday(i).String(), strings.ToUpper(s[:1])+s[1:]) {
			return i, true
		}
	}
	return 0, false
}

// setTimes stores the place's digest times and has new stories wait for them.
func (r *request) setTimes(ctx context.Context, minutes []int, days news.Days) error {
	times := make([]news.DigestTime, len(minutes))
	for i, m := range minutes {
		times[i] = news.DigestTime{Place: r.place, Minute: m, Days: days}
		times[i].Next = times[i].After(r.Now(), r.chat.Location())
	}
	return r.DB.SetDigestTimes(ctx, r.place, times)
}

// digestOff has stories come at once again; what waited is sent as a last digest.
func (r *request) digestOff(ctx context.Context) error {
	if err := r.dropTimes(ctx); err != nil {
		return err
	}
	return r.say(ctx, "digest.off")
}

func (r *request) dropTimes(ctx context.Context) error {
	if err := r.DB.SetDigestTimes(ctx, r.place, nil); err != nil {
		return err
	}
	_, err := r.DB.ReleaseHeld(ctx, r.place, r.Now())
	return err
}

// digestPanel shows the digest times with buttons for the usual ones.
func (r *request) digestPanel(ctx context.Context) error {
	out, err := r.digestMessage(ctx)
	if err != nil {
		return err
	}
	return r.reply(ctx, out)
}

func (r *request) digestMessage(ctx context.Context) (bot.Outgoing, error) {
	times, err := r.DB.DigestTimes(ctx, r.place)
	if err != nil {
		return bot.Outgoing{}, err
	}
	text := r.words.T("digest.none")
	if len(times) > 0 {
		text = r.words.T("digest.set", "times", bot.Escape(r.timesText(times)),
			"next", bot.Escape(r.words.When(soonest(times), r.Now(), r.chat.Location())))
	}
	zone := r.chat.Zone
	if zone == "" {
		text += "\n\n" + r.words.T("digest.nozone")
	} else {
		text += "\n" + r.words.T("digest.zone", "zone", bot.Escape(zone))
	}
	return bot.Outgoing{HTML: text, Rows: r.digestButtons(len(times) > 0)}, nil
}

func (r *request) digestButtons(on bool) [][]bot.Button {
	row := func(minutes ...int) []bot.Button {
		var b []bot.Button
		for _, m := range minutes {
			b = append(b, bot.Button{Text: clock(m), Data: "dig:" + strconv.Itoa(m)})
		}
		return b
	}
	rows := [][]bot.Button{row(6*60, 7*60, 8*60, 9*60), row(12*60, 18*60, 20*60, 22*60)}
	last := []bot.Button{{Text: r.words.T("button.timezone"), Data: "go:timezone"}}
	if on {
		last = append(last, bot.Button{Text: r.words.T("button.digestoff"), Data: "dig:off"})
	}
	return append(rows, last)
}

func (r *request) timesText(times []news.DigestTime) string {
	var clocks []string
	for _, t := range times {
		clocks = append(clocks, clock(t.Minute))
	}
	text := strings.Join(clocks, ", ")
	if days := times[0].Days; days != 0 && days != 0b1111111 {
		var names []string
		for i := range 7 {
			if d := time.Weekday((i + 1) % 7); days.Has(d) {
				names = append(names, r.words.Weekday(d))
			}
		}
		text += " · " + strings.Join(names, ", ")
	}
	return text
}

func soonest(times []news.DigestTime) time.Time {
	first := times[0].Next
	for _, t := range times {
		if t.Next.Before(first) {
			first = t.Next
		}
	}
	return first
}

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// setDigest sets the time whose button was pressed, or switches digests off.
func (p *press) setDigest(ctx context.Context) error {
	text := ""
	if p.arg == "off" {
		if err := p.dropTimes(ctx); err != nil {
			return err
		}
		text = p.words.T("digest.off.toast")
	} else {
		m, err := p.number()
		if err != nil || m < 0 || m >= 24*60 {
			return news.ErrNotFound
		}
		if err := p.setTimes(ctx, []int{int(m)}, 0); err != nil {
			return err
		}
		text = p.words.T("digest.toast", "time", clock(int(m)))
	}
	p.answer(ctx, text)
	out, err := p.digestMessage(ctx)
	if err != nil {
		return err
	}
	return p.edit(ctx, out)
}
