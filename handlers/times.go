package handlers

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"herald/bot/locale"
	"herald/news"
)

// mostDigests is how many digest times one place may have.
const mostDigests = 6

var errNotTime = errors.New("not a time of day")

// clock writes a minute of the day, "08:05".
func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// parseDigest reads times of day and weekdays, separated by spaces or commas: "8", "7:30 18:00 mon-fri", "mon-fri 7 sat,sun 10",
// "weekly fri 9". Days go with the times beside them; times without any come every day. The times are in the order of the day.
func parseDigest(s string) ([]news.DigestTime, error) {
	var all []news.DigestTime
	words := slices.DeleteFunc(tokens(s), func(w string) bool { return said("at", w) })
	for _, part := range parts(words) {
		days, weekly := part.days, part.weekly
		if weekly && days == 0 {
			days = 1 << time.Monday
		}
		minutes := part.minutes
		if len(minutes) == 0 && len(all) == 0 && days != 0 {
			minutes = []int{8 * 60}
		}
		if len(minutes) == 0 || part.bad {
			return nil, errNotTime
		}
		for _, m := range minutes {
			all = append(all, news.DigestTime{Minute: m, Days: days})
		}
	}
	all = joined(all)
	if len(all) == 0 || len(all) > mostDigests {
		return nil, errNotTime
	}
	return all, nil
}

// sayings are the words that people may use, in any of Herald's languages, each behind its meaning: "off aus".
var sayings = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, meaning := range []string{"off", "at", "to", "daily", "weekly", "weekdays", "weekend", "week"} {
		for _, lang := range locale.Languages() {
			for _, word := range strings.Fields(locale.For(lang).T("say." + meaning)) {
				all[meaning+" "+word] = true
			}
		}
	}
	return all
})

// said tells whether a word in lower case has a meaning in one of Herald's languages.
func said(meaning, word string) bool { return sayings()[meaning+" "+word] }

func tokens(s string) []string {
	s = strings.NewReplacer("–", "-", "—", "-").Replace(strings.ToLower(s))
	return strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })
}

// part is times and the days that go with them, in either order.
type part struct {
	minutes []int
	days    news.Days
	weekly  bool
	bad     bool // holds a word that is neither
}

// parts splits words into times with their days: where the first of both kinds comes again after the second, a new part begins.
// A part without days at the end has those of the part before.
func parts(words []string) []part {
	var all []part
	daysFirst, daysSeen, timesSeen := false, false, false
	for i, word := range words {
		days, isDays := parseDays(word)
		weekly := said("weekly", word)
		isDays = isDays || weekly
		if i == 0 {
			daysFirst = isDays
		}
		if i == 0 || (isDays == daysFirst && daysSeen && timesSeen) {
			all = append(all, part{})
			daysSeen, timesSeen = false, false
		}
		last := &all[len(all)-1]
		if isDays {
			daysSeen = true
			last.days, last.weekly = last.days|days, last.weekly || weekly
			continue
		}
		timesSeen = true
		m, err := parseClock(word)
		last.minutes, last.bad = append(last.minutes, m), last.bad || err != nil
	}
	if n := len(all); n > 1 && !daysSeen {
		all[n-1].days, all[n-1].weekly = all[n-2].days, all[n-2].weekly
	}
	return all
}

// joined sorts times; those of the same minute become one with the days of both.
func joined(times []news.DigestTime) []news.DigestTime {
	slices.SortStableFunc(times, func(a, b news.DigestTime) int { return a.Minute - b.Minute })
	var all []news.DigestTime
	for _, t := range times {
		if n := len(all); n > 0 && all[n-1].Minute == t.Minute {
			if all[n-1].Days = all[n-1].Days.Each() | t.Days.Each(); all[n-1].Days == news.EveryDay {
				all[n-1].Days = 0
			}
			continue
		}
		all = append(all, t)
	}
	return all
}

// parseQuiet reads "22:00-07:00", "22-7", "10pm to 7am" as a quiet time, also in Herald's other languages.
func parseQuiet(s string) (news.Quiet, error) {
	words := strings.Fields(strings.ReplaceAll(strings.Join(tokens(s), " "), "-", " "))
	words = slices.DeleteFunc(words, func(w string) bool { return said("at", w) || said("to", w) })
	if len(words) != 2 {
		return news.Quiet{}, errNotTime
	}
	from, err := parseClock(words[0])
	if err != nil {
		return news.Quiet{}, err
	}
	to, err := parseClock(words[1])
	if err != nil || from == to {
		return news.Quiet{}, errNotTime
	}
	return news.Quiet{From: from, To: to}, nil
}

// parseClock reads "8", "08:00", "8.30", "8h30", "8:30pm" as minutes after midnight.
func parseClock(s string) (int, error) {
	clock, half := s, 0
	if rest, ok := strings.CutSuffix(s, "pm"); ok {
		clock, half = rest, 12
	} else if rest, ok := strings.CutSuffix(s, "am"); ok {
		clock, half = rest, -12
	}
	hours, minutes, _ := strings.Cut(strings.NewReplacer(".", ":", "h", ":").Replace(clock), ":")
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

// parseDays reads "mon", "mo-fr", "sat-tue", "weekdays", "weekend", "daily", also in Herald's other languages.
func parseDays(s string) (news.Days, bool) {
	switch {
	case said("daily", s):
		return news.EveryDay, true
	case said("weekdays", s):
		return 0b0111110, true
	case said("weekend", s):
		return 0b1000001, true
	}
	for _, lang := range locale.Languages() { // both ends of a span in one language: "di" is Tuesday in two of them, by luck
		if days, ok := daysIn(locale.For(lang), s); ok {
			return days, true
		}
	}
	return 0, false
}

func daysIn(w *locale.Words, s string) (news.Days, bool) {
	from, to, span := strings.Cut(s, "-")
	first, ok := dayIn(w, from)
	if !ok {
		return 0, false
	}
	last := first
	if span {
		if last, ok = dayIn(w, to); !ok {
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

// shortestDay is the fewest letters by which a weekday is known: "mo".
const shortestDay = 2

// russianDays are the short names of weekdays, which in Russian are not their beginnings.
var russianDays = []string{"вс", "пн", "вт", "ср", "чт", "пт", "сб"}

// dayIn reads the beginning of one weekday's name, or its whole.
func dayIn(w *locale.Words, s string) (int, bool) {
	if d := slices.Index(russianDays, s); d >= 0 && w.Lang() == "ru" {
		return d, true
	}
	found := -1
	for d := range 7 {
		if !strings.HasPrefix(strings.ToLower(w.Weekday(time.Weekday(d))), s) {
			continue
		}
		if found >= 0 {
			return 0, false
		}
		found = d
	}
	return found, found >= 0 && len([]rune(s)) >= shortestDay
}
