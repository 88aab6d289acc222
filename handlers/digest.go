package handlers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"herald/bot"
	"herald/news"
)

// digest sets the local times at which the place gets its stories together: "08:00", "8 18:30 mon-fri", "weekly 9:00", "off".
func (r *request) digest(ctx context.Context) error {
	switch word := strings.ToLower(r.args); {
	case word == "":
		return r.digestPanel(ctx)
	case said("off", word), word == "-":
		return r.digestOff(ctx)
	}
	times, err := parseDigest(r.args)
	if err != nil {
		return r.say(ctx, "digest.usage")
	}
	if err := r.setTimes(ctx, times); err != nil {
		return err
	}
	return r.digestPanel(ctx)
}

// setTimes stores the place's digest times and has new stories wait for them.
func (r *request) setTimes(ctx context.Context, times []news.DigestTime) error {
	for i := range times {
		times[i].Place = r.place
		times[i].Next = times[i].After(r.Now(), r.chat.Location())
	}
	return r.DB.SetDigestTimes(ctx, r.place, times)
}

// digestOff has stories come at once again; what waited is sent as a last digest.
func (r *request) digestOff(ctx context.Context) error {
	if err := r.endDigests(ctx); err != nil {
		return err
	}
	return r.say(ctx, "digest.off")
}

func (r *request) endDigests(ctx context.Context) error {
	_, err := r.DB.EndDigests(ctx, r.place, r.Now())
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
	return bot.Outgoing{HTML: text + "\n" + r.zoneLine(), Rows: r.digestButtons(len(times) > 0)}, nil
}

// zoneLine says by which clock the chat's times go.
func (r *request) zoneLine() string {
	if r.chat.Zone == "" {
		return "\n" + r.words.T("digest.nozone")
	}
	return r.words.T("digest.zone", "zone", bot.Escape(r.chat.Zone))
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

// timesText lists digest times, those of the same days together: "07:00, 18:00 · Monday, Tuesday; 10:00 · Saturday".
func (r *request) timesText(times []news.DigestTime) string {
	var groups []string
	for len(times) > 0 {
		days := times[0].Days.Each()
		var same, others []news.DigestTime
		for _, t := range times {
			if t.Days.Each() == days {
				same = append(same, t)
			} else {
				others = append(others, t)
			}
		}
		times = others
		text := clocks(same)
		if days != news.EveryDay {
			text += " · " + r.daysText(days)
		}
		groups = append(groups, text)
	}
	return strings.Join(groups, "; ")
}

// clocks are the times of day of digests.
func clocks(times []news.DigestTime) string {
	var all []string
	for _, t := range times {
		all = append(all, clock(t.Minute))
	}
	return strings.Join(all, ", ")
}

// daysText names weekdays from Monday on; three and more in a row by the first and the last: "Monday–Friday".
func (r *request) daysText(days news.Days) string {
	var names []string
	for from := 1; from <= 7; {
		to := from
		for to <= 7 && days.Has(time.Weekday(to%7)) {
			to++
		}
		name := func(day int) string { return r.words.Weekday(time.Weekday(day % 7)) }
		if to-from > 2 {
			names = append(names, name(from)+"–"+name(to-1))
		} else {
			for day := from; day < to; day++ {
				names = append(names, name(day))
			}
		}
		from = to + 1
	}
	return strings.Join(names, ", ")
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

// setDigest sets the time whose button was pressed, or switches digests off.
func (p *press) setDigest(ctx context.Context) error {
	text := ""
	if p.arg == "off" {
		if err := p.endDigests(ctx); err != nil {
			return err
		}
		text = p.words.T("digest.off.toast")
	} else {
		m, err := p.number()
		if err != nil || m < 0 || m >= 24*60 {
			return news.ErrNotFound
		}
		if err := p.setTimes(ctx, []news.DigestTime{{Minute: int(m)}}); err != nil {
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
