package page

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// monthNames are the months as dates have them, nominative, genitive and abbreviated, in the languages that Herald reads.
var monthNames = monthTable(
	"january januar jänner janvier enero gennaio janeiro januari stycznia января січня ocak tammikuuta ledna janeiro jan janv ene gen sty янв січ tammi يناير ianuarie január januára ιανουαρίου जनवरी януари gener",
	"february februar feber février fevrier febrero febbraio fevereiro februari lutego февраля лютого şubat helmikuuta února feb févr fév febr fev lut фев лют helmi فبراير شباط februarie február februára φεβρουαρίου फरवरी फ़रवरी февруари febrer",
	"march märz mars marzo março maart marca марта березня mart maaliskuuta března mar mär mrz mrt мар бер maalis مارس آذار martie március marts μαρτίου मार्च март març maret",
	"april avril abril aprile kwietnia апреля квітня nisan huhtikuuta dubna apr avr abr kwi апр кві huhti أبريل ابريل نيسان aprilie április apríla απριλίου अप्रैल",
	"may mai mayo maggio maio mei maja мая травня mayıs toukokuuta května maj mag тра touko مايو أيار május mája μαΐου μαίου मई май maig",
	"june juni juin junio giugno junho czerwca июня червня haziran kesäkuuta června jun giu cze июн чер kesä يونيو يونيه حزيران iunie június júna ιουνίου जून юни juny",
	"july juli juillet julio luglio julho lipca июля липня temmuz heinäkuuta července jul juil lug lip июл лип heinä يوليو يوليه تموز iulie július júla ιουλίου जुलाई юли juliol",
	"august août aout agosto augustus sierpnia августа серпня ağustos elokuuta srpna augusti aug ago sie авг сер elo أغسطس اغسطس augusztus augusta αυγούστου अगस्त agost agustus",
	"september septembre septiembre setiembre settembre setembro września сентября вересня eylül syyskuuta září sep sept set wrz сен вер syys سبتمبر أيلول septembrie szeptember septembra σεπτεμβρίου सितंबर सितम्बर септември setembre",
	"october oktober octobre octubre ottobre outubro października октября жовтня ekim lokakuuta října oct okt ott out paź окт жов loka أكتوبر اكتوبر octombrie október októbra οκτωβρίου अक्टूबर अक्तूबर октомври",
	"november novembre noviembre novembro listopada ноября листопада kasım marraskuuta nov lis ноя лис marras نوفمبر noiembrie novembra νοεμβρίου नवंबर नवम्बर ноември",
	"december dezember décembre decembre diciembre dicembre dezembro grudnia декабря грудня aralık joulukuuta prosince dec dez déc dic gru дек гру joulu ديسمبر decembrie decembra δεκεμβρίου दिसंबर दिसम्बर декември desembre desember",
)

func monthTable(months ...string) map[string]time.Month {
	t := map[string]time.Month{}
	for i, names := range months {
		for name := range strings.FieldsSeq(names) {
			t[name] = time.Month(i + 1)
		}
	}
	return t
}

var (
	writtenDate = regexp.MustCompile(`(?i)` +
		`(?P<y1>(?:19|20)\d\d)(?:[-/]|\.\s?)(?P<m1>\d{1,2})(?:[-/]|\.\s?)(?P<d1>\d{1,2})|` +
		`(?P<d2>\d{1,2})\.\s?(?P<m2>\d{1,2})\.\s?(?P<y2>(?:(?:19|20)\d\d|\d\d))(?:\D|$)|` +
		`(?P<d3>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s/-]+(?:de\s+|of\s+)?(?P<n3>\p{L}[\p{L}\p{M}]{1,11})\.?,?[\s/-]+(?:de\s+|del\s+)?(?P<y3>(?:19|20)\d\d)|` +
		`(?P<n4>\p{L}[\p{L}\p{M}]{1,11})\.?\s+(?P<d4>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y4>(?:19|20)\d\d)|` +
		`(?P<y5>(?:19|20)\d\d)\s?[年년]\s?(?P<m5>\d{1,2})\s?[月월]\s?(?P<d5>\d{1,2})\s?[日일]|` +
		`(?P<d6>\d{1,2})/(?P<m6>\d{1,2})/(?P<y6>(?:19|20)\d\d)|` +
		`(?P<y7>(?:19|20)\d\d)\.?\s+(?P<n7>\p{L}[\p{L}\p{M}]{1,11})\.?\s+(?P<d7>\d{1,2})(?:\D|$)|` +
		`(?P<d8>\d{1,2})\s+tháng\s+(?P<m8>\d{1,2})(?:,|\s+năm)?\s+(?P<y8>(?:19|20)\d\d)|` +
		`(?P<d9>\d{1,2})\s?\|\s?(?P<m9>\d{1,2})\s?\|\s?(?P<y9>(?:19|20)\d\d)`)
	// newer is a word before a date of a later change.
	newer = regexp.MustCompile(`(?i)(?:last |zuletzt )?(?:updat|aktualis|geändert|modifi|revised|edited|mis à jour|mise à jour|actualiza|aggiornat|atualiza|bijgewerkt|zaktualizowan|обновл|оновл|güncelle|päivitetty|oppdater|uppdater|更新)`)
	// issued is a word before the date of publication.
	issued = regexp.MustCompile(`(?i)\b(?:publi|posted|veröffentlicht|erschienen|erstellt|gepostet|geplaatst|opublikowan|yayın)|(?:опубликован|опубліковано)`)
)

// dateIn is the first date written in a line that is not one of a later change; zero: none.
func dateIn(line, lang string) time.Time {
	for _, d := range datesIn(line, lang) {
		if !d.newer {
			return d.day
		}
	}
	return time.Time{}
}

// lineDate is a date written in a line.
type lineDate struct {
	day        time.Time
	start, end int  // in the line
	newer      bool // called one of a later change
}

// datesIn are the dates written in a line. lang may name a country, as in "en-us"; of a date in figures whose day and month
// can't be told apart it tells which comes first; where that is unknown, such a date is none.
func datesIn(line, lang string) (out []lineDate) {
	if !strings.Contains(line, "20") && !strings.Contains(line, "19") && strings.Count(line, ".") < 2 { // spares most lines the search
		return nil
	}
	from := 0
	for _, m := range writtenDate.FindAllStringSubmatchIndex(line, 4) {
		d := lineDate{dateOf(line, m, lang), m[0], m[1], newer.MatchString(line[from:m[0]])}
		if from = m[1]; !d.day.IsZero() {
			out = append(out, d)
		}
	}
	return out
}

var (
	// orderUnknown are the languages in which countries disagree whether dates in figures begin with the day or the month.
	orderUnknown = wordSet("en")
	// monthLeads are those of such a country in which they may begin with the month.
	monthLeads = wordSet("en-us", "en-ca")
)

// dateTag is a language, with the country of the declared tag where dates in figures depend on it.
func dateTag(lang, declared string) string {
	tag := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(declared)), "_", "-")
	if orderUnknown[lang] && strings.HasPrefix(tag, lang+"-") {
		return tag
	}
	return lang
}

// dateOf makes a date of a match's groups, named for year, month or its name, and day.
func dateOf(line string, m []int, lang string) time.Time {
	var year, month, day int
	ambiguous := false
	for i, name := range writtenDate.SubexpNames() {
		if name == "" || m[2*i] < 0 {
			continue
		}
		s := line[m[2*i]:m[2*i+1]]
		n, _ := strconv.Atoi(s)
		switch name[0] {
		case 'y':
			year = n
		case 'm':
			month = n
		case 'd':
			day = n
		case 'n':
			month = int(monthNames[strings.ToLower(s)])
		}
		ambiguous = ambiguous || name == "m6" && (orderUnknown[lang] || monthLeads[lang])
	}
	if ambiguous && orderUnknown[lang] && month <= 12 && day <= 12 && month != day {
		return time.Time{}
	}
	if ambiguous && (month > 12 || !orderUnknown[lang] && day <= 12) {
		month, day = day, month
	}
	if year < 100 {
		year += 2000
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month {
		return time.Time{}
	}
	return sane(t)
}
