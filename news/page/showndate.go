package page

import (
	"regexp"
	"time"
)

const (
	besideDate = 60 // bytes of letters that a line has at most besides its date, to be more a date than a sentence
	fewLetters = 25 // the same for a date far from the headline
	dateline   = 60 // bytes from a paragraph's beginning within which a dateline ends
)

// datelineEnd stands between a dateline and the text.
var datelineEnd = regexp.MustCompile(`^\s*(?:[.:|)–—]|-\s)`)

// shownDates are the dates that readers see around the headline, in the first line that has any; else in a dateline, else
// where one is called the date of publication.
func shownDates(lines []shownLine, title, lang string) []time.Time {
	around := head(lines, title)
	for _, l := range around {
		if days := daysOf(l.text, lang, besideDate); len(days) > 0 {
			return days
		}
	}
	if day := headingDate(lines, title, lang); !day.IsZero() {
		return []time.Time{day}
	}
	for _, l := range around {
		for _, d := range datesIn(l.text, lang) {
			if !d.newer && d.end <= dateline && datelineEnd.MatchString(l.text[d.end:]) {
				return []time.Time{d.day}
			}
		}
	}
	for _, l := range lines {
		if l.beside() || len(l.text) > maxHeading {
			continue
		}
		if day := dateIn(l.text, lang); !day.IsZero() && issued.MatchString(l.text) {
			return []time.Time{day}
		}
	}
	return nil
}

// daysOf are the dates of a line that has few letters besides, those of later changes left out.
func daysOf(line, lang string, most int) (days []time.Time) {
	if len(line) > maxHeading {
		return nil
	}
	rest := len(letters(line))
	for _, d := range datesIn(line, lang) {
		rest -= len(letters(line[d.start:d.end]))
		if !d.newer {
			days = append(days, d.day)
		}
	}
	if rest > most {
		return nil
	}
	return days
}

// headingDate is a date that stands in the line of the headline and is no part of it.
func headingDate(lines []shownLine, title, lang string) time.Time {
	at := headlineAt(lines, title)
	if at < 0 || !dateIn(title, lang).IsZero() {
		return time.Time{}
	}
	return dateIn(lines[at].text, lang)
}

// scriptDates find the day of publication in the data that scripts build a page from.
var scriptDates = regexp.MustCompile(`(?i)"(?:date_?published|(?:first_?)?published(?:_?at|_?date|_?on)?|publish_?date|publication_?date|created_?at|date_?created)\\?"\s*:\s*\\?"` +
	`((?:19|20)\d\d-\d\d-\d\d[^"\\]{0,30})`)

// scriptDate is the first date of publication in the data of scripts; zero: none.
func scriptDate(scripts []string) time.Time {
	for _, s := range scripts {
		if m := scriptDates.FindStringSubmatch(s); m != nil {
			return parseDate(m[1])
		}
	}
	return time.Time{}
}

// lastDate is a date where nothing tells which is the article's: the first that stands almost alone in a line or begins one,
// else the first of a change. Right below the headline the names of elements don't count: they deceive.
func lastDate(lines []shownLine, title, lang string) time.Time {
	at, changed := headlineAt(lines, title), time.Time{}
	for i, l := range lines {
		below := at >= 0 && i > at && i <= at+headBelow
		if len(l.text) > maxHeading || l.beside() && !(below && l.named) {
			continue
		}
		if days := daysOf(l.text, lang, fewLetters); len(days) > 0 {
			return days[0]
		}
		for _, d := range datesIn(l.text, lang) {
			switch {
			case !d.newer && letters(l.text[:d.start]) == "":
				return d.day
			case d.newer && changed.IsZero():
				changed = d.day
			}
		}
	}
	return changed
}
