package feed

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/itlightning/dateparse"
)

// firstYear is the earliest year believed: feeds were invented in 1997, archives go back further, and what lies before
// is a zero of some clock.
const firstYear = 1980

// lastYear is the latest year believed: what lies beyond is a slip or a sentinel.
const lastYear = 2199

// maxDate bounds the text of a date.
const maxDate = 80

var (
	zoneComment = regexp.MustCompile(`\[[A-Za-z]+/[A-Za-z_/]+\]$|\([^)]*\)$`)
	utcOffset   = regexp.MustCompile(`(?:(?:GMT|UTC) ?)?([+-])(\d{1,2}):?(\d{2})?$`)
	asianDate   = regexp.MustCompile(`(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]`)
	slashed     = regexp.MustCompile(`^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}`)
	clockTime   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:[:.h]| ?h ?)(\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m\b)?`)
)

// wildDate is the date that a text tells, or else the one that the library made of it. dayFirst: 2/3 is the second of March.
func wildDate(parsed *time.Time, s string, dayFirst bool) time.Time {
	if len(s) > maxDate {
		s = ""
	}
	rest, loc := zoned(strings.TrimSpace(s))
	var t time.Time
	switch {
	case loc == nil && parsed != nil && !(dayFirst && slashed.MatchString(rest)):
		t = *parsed
	case rest != "":
		if loc == nil {
			loc = time.UTC
		}
		if t = namedDate(rest, loc); t.IsZero() {
			t = basicDate(rest)
		}
		if t.IsZero() {
			t, _ = dateparse.ParseIn(asianDate.ReplaceAllString(rest, "$1-$2-$3"), loc,
				dateparse.PreferMonthFirst(!dayFirst), dateparse.RetryAmbiguousDateWithSwap(true))
		}
	}
	if t.Year() < firstYear || t.Year() > lastYear {
		return time.Time{}
	}
	return t.UTC()
}

// zoned splits a date into what comes before its zone and the zone; nil where it names none that is known.
func zoned(s string) (string, *time.Location) {
	s = strings.TrimSpace(zoneComment.ReplaceAllString(s, ""))
	cut := strings.LastIndexByte(s, ' ')
	if hours, ok := zoneHours[strings.ToUpper(s[cut+1:])]; ok && cut > 0 {
		return s[:cut], time.FixedZone("", int(hours*3600))
	}
	if cut > 0 && strings.Contains(s[cut:], "/") && s[cut+1] >= 'A' {
		if loc, err := time.LoadLocation(s[cut+1:]); err == nil {
			return s[:cut], loc
		}
	}
	m := utcOffset.FindStringSubmatchIndex(s)
	if m == nil || !strings.Contains(s[:m[0]], ":") { // without a time before it, it is the rest of a date
		return s, nil
	}
	hours, _ := strconv.Atoi(s[m[4]:m[5]])
	minutes := 0
	if m[6] >= 0 {
		minutes, _ = strconv.Atoi(s[m[6]:m[7]])
	}
	offset := hours*3600 + minutes*60
	if s[m[2]] == '-' {
		offset = -offset
	}
	return strings.TrimSpace(s[:m[0]]), time.FixedZone("", offset)
}

// zoneHours are the abbreviations of zones that mean one thing in the dates of feeds: those of RFC 822, section 5, and
// those that are written where no other zone of the name has many newspapers.
var zoneHours = map[string]float64{
	"GMT": 0, "UT": 0, "UTC": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "SAST": 2,
	"EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "EAT": 3, "PKT": 5, "IST": 5.5, "NPT": 5.75, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8,
	"PHT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
	"NST": -3.5, "BRT": -3, "ART": -3, "ADT": -3, "AST": -4, "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7,
	"PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10,
}

// basicDate reads the form without hyphens of ISO 8601.
func basicDate(s string) time.Time {
	t, err := time.Parse("20060102T150405Z0700", s)
	if err != nil {
		t, _ = time.Parse("20060102T150405", s)
	}
	return t
}

// namedDate reads a date whose month is a word in one of many languages; the zero time where it is none.
func namedDate(s string, loc *time.Location) time.Time {
	hour, minute, second, s := clock(s)
	month, numbers := time.Month(0), []int{}
	last := "" // word
	for _, word := range dateWords(s) {
		if n, err := strconv.Atoi(strings.TrimRight(word, ordinals)); err == nil {
			numbers = append(numbers, n)
		} else if m := months[strings.ToLower(word)]; m != 0 && (month == 0 || isNumber(last)) {
			month = m // that behind a number wins: in Spanish "mar" is a Tuesday, too
		}
		if !dateParticles[strings.ToLower(word)] {
			last = word
		}
	}
	if month == 0 || len(numbers) != 2 {
		return time.Time{}
	}
	day, year := numbers[0], numbers[1]
	if day > 31 {
		day, year = year, day
	}
	if year < 100 {
		year += 2000
	}
	t := time.Date(year, month, day, hour, minute, second, 0, loc)
	if hour > 24 || minute > 59 || hour < 24 && t.Day() != day {
		return time.Time{}
	}
	return t
}

// ordinals are the letters of the endings of ordinal numbers: 1st, 2nd, 3rd, 4th, 1er, 2ème, 1º.
const ordinals = "stndrheèmº"

// clock takes the time of day out of a date.
func clock(s string) (hour, minute, second int, rest string) {
	m := clockTime.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, 0, s
	}
	hour, _ = strconv.Atoi(m[1])
	minute, _ = strconv.Atoi(m[2])
	second, _ = strconv.Atoi(m[3])
	switch half := strings.ToLower(m[4]); {
	case strings.HasPrefix(half, "p") && hour < 12:
		hour += 12
	case strings.HasPrefix(half, "a") && hour == 12:
		hour = 0
	}
	return hour, minute, second, strings.Replace(s, m[0], " ", 1)
}

// dateWords are the words and numbers of a date.
func dateWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != 'º'
	})
}

// dateParticles are the words that may stand between a day and its month.
var dateParticles = map[string]bool{"de": true, "del": true, "of": true, "d": true, "di": true}

func isNumber(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// months are the names and abbreviations of months. Words that two languages give different months are left out.
var months = monthNames(
	"jan january januar jän jänner janv janvier enero ene gennaio gen janeiro januari janúar stycznia sty ledna января янв січня ocak oca január ianuarie tammikuuta gener ιανουαρίου ιαν يناير जनवरी",
	"feb february februar februari feber févr fév février febrero febbraio fevereiro fev lutego lut února февраля фев лютого şubat şub február februarie helmikuuta febrer φεβρουαρίου φεβ فبراير फरवरी फ़रवरी",
	"mar march märz mär mrz mars marzo março mart mrt maart marts marca března марта мар березня március martie maaliskuuta març μαρτίου μαρ مارس मार्च",
	"apr april avril avr abr abril aprile aprili kwietnia kwi dubna апреля апр квітня nisan nis április aprilie huhtikuuta απριλίου απρ أبريل ابريل अप्रैल",
	"may mai mayo maggio mag maio mei maj maja května мая май травня mayıs május toukokuuta maig μαΐου μάιος مايو मई",
	"jun june juni juin junio giugno giu junho czerwca cze června июня июн червня haziran haz június iunie kesäkuuta juny ιουνίου ιουν يونيو जून",
	"jul july juli juil juillet julio luglio lug julho lipca lip července июля июл липня temmuz tem július iulie heinäkuuta juliol ιουλίου ιουλ يوليو जुलाई",
	"aug august août aou agosto ago augustus agustus augusti sierpnia sie августа авг серпня ağustos ağu augusztus elokuuta agost αυγούστου αυγ أغسطس اغسطس अगस्त",
	"sep sept september septembre septiembre settembre set setembro września wrz září сентября сен сент вересня eylül eyl szeptember septembrie syyskuuta setembre σεπτεμβρίου σεπ سبتمبر सितंबर सितम्बर",
	"oct october oktober okt octobre octubre ottobre ott outubro out października paź října октября окт жовтня ekim eki október octombrie lokakuuta οκτωβρίου οκτ أكتوبر اكتوبر अक्टूबर अक्तूबर",
	"nov november novembre noviembre novembro listopada lis listopadu ноября ноя нояб листопада kasım kas noiembrie marraskuuta νοεμβρίου νοε نوفمبر नवंबर नवम्बर",
	"dec december dezember dez décembre déc diciembre dic dicembre dezembro desember desembre grudnia gru prosince декабря дек грудня aralık ara decembrie joulukuuta δεκεμβρίου δεκ ديسمبر दिसंबर दिसम्बर",
)

func monthNames(lists ...string) map[string]time.Month {
	out := map[string]time.Month{}
	for i, list := range lists {
		for name := range strings.FieldsSeq(list) {
			out[name] = time.Month(i + 1)
		}
	}
	return out
}
