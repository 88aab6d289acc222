package handlers

import (
	"context"
	"strconv"
	"strings"

	"herald/bot"
	"herald/news"
)

// quiet sets the hours in which the chat gets no pushes: "22:00-07:00", "off".
func (r *request) quiet(ctx context.Context) error {
	switch word := strings.ToLower(r.args); {
	case word == "":
		return r.reply(ctx, r.quietPanel())
	case said("off", word), word == "-":
		if err := r.setQuiet(ctx, news.Quiet{}); err != nil {
			return err
		}
		return r.say(ctx, "quiet.off")
	}
	q, err := parseQuiet(r.args)
	if err != nil {
		return r.say(ctx, "quiet.usage")
	}
	if err := r.setQuiet(ctx, q); err != nil {
		return err
	}
	return r.reply(ctx, r.quietPanel())
}

// setQuiet stores the quiet hours; what the old ones hold waits for the end of the new ones, or comes now.
func (r *request) setQuiet(ctx context.Context, q news.Quiet) error {
	r.chat.Quiet = q
	if err := r.DB.SaveChat(ctx, r.chat); err != nil {
		return err
	}
	return r.moveQuiet(ctx)
}

// moveQuiet has what quiet hours hold come when they end as they are set now.
func (r *request) moveQuiet(ctx context.Context) error {
	now := r.Now()
	at := r.chat.Quiet.Until(now, r.chat.Location())
	if at.IsZero() {
		at = now
	}
	return r.DB.EndQuiet(ctx, r.chat.ID, at)
}

// quietPanel shows the quiet hours with buttons for the usual ones.
func (r *request) quietPanel() bot.Outgoing {
	q := r.chat.Quiet
	text := r.words.T("quiet.none")
	if q.On() {
		text = r.words.T("quiet.set", "from", clock(q.From), "to", clock(q.To))
		if !q.Until(r.Now(), r.chat.Location()).IsZero() {
			text += " " + r.words.T("quiet.now")
		}
	}
	var row []bot.Button
	for _, q := range []news.Quiet{{From: 21 * 60, To: 7 * 60}, {From: 22 * 60, To: 7 * 60}, {From: 23 * 60, To: 8 * 60}} {
		row = append(row, bot.Button{Text: quietText(q), Data: "quiet:" + strconv.Itoa(q.From) + ":" + strconv.Itoa(q.To)})
	}
	last := []bot.Button{{Text: r.words.T("button.timezone"), Data: "go:timezone"}}
	if q.On() {
		last = append(last, bot.Button{Text: r.words.T("button.quietoff"), Data: "quiet:0:0"})
	}
	return bot.Outgoing{HTML: text + "\n" + r.zoneLine(), Rows: [][]bot.Button{row, last}}
}

func quietText(q news.Quiet) string { return clock(q.From) + "–" + clock(q.To) }

// pressQuiet takes the quiet hours whose button was pressed.
func (p *press) pressQuiet(ctx context.Context) error {
	from, to, err := p.pair()
	if err != nil || from < 0 || from >= 24*60 || to >= 24*60 {
		return news.ErrNotFound
	}
	q := news.Quiet{From: int(from), To: to}
	if err := p.setQuiet(ctx, q); err != nil {
		return err
	}
	text := p.words.T("quiet.off.toast")
	if q.On() {
		text = p.words.T("quiet.toast", "from", clock(q.From), "to", clock(q.To))
	}
	p.answer(ctx, text)
	return p.edit(ctx, p.quietPanel())
}
