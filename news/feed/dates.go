package feed

import (
	"regexp"
	"strings"
	"time"

	"github.com/itlightning/dateparse"
)

// firstYear is the earliest year believed: feeds were invented in 1997, archives go back further, and what lies before
// is a zero of some clock.
const firstYear = 1980

// maxDate bounds the text of a date.
const maxDate = 80

// dateNoise is what stands in dates and means nothing: names of days, "at" and "o'clock" in several languages.
var dateNoise = regexp.MustCompile(`(?i)^(?:\p{L}+,|\p{L}{2,3}\.,|de|del|d[ea]s?|à|um|le|at|uhr|kl\.?|г\.|в|o)$`)

// wildDate is the date that the library parsed or, where it could not, what can be made of the text.
func wildDate(parsed *time.Time, s string) time.Time {
	if parsed != nil && parsed.Year() >= firstYear {
		return parsed.UTC()
	}
	if parsed != nil || s == "" || len(s) > maxDate {
		return time.Time{}
	}
	t, err := dateparse.ParseAny(inEnglish(s))
	if err != nil || t.Year() < firstYear {
		return time.Time{}
	}
	return t.UTC()
}

// inEnglish replaces month names by English ones and drops what is noise.
func inEnglish(s string) string {
	var out []string
	for _, word := range strings.Fields(s) {
		if m := months[strings.ToLower(strings.Trim(word, ".,"))]; m != "" {
			out = append(out, m)
			continue
		}
		if !dateNoise.MatchString(word) {
			out = append(out, strings.TrimRight(word, ".,"))
		}
	}
	return strings.Join(out, " ")
}

// months maps names and abbreviations of months to English. Words that two languages give different months are left out.
var months = monthNames(
	"jan january januar jän jänner janvier janv enero ene gennaio gen janeiro januari stycznia sty января янв січня ocak",
	"feb february februar februari février févr fév febrero febbraio fevereiro fev lutego lut февраля фев лютого şubat",
	"mar march märz mär mars marzo março maart mrt marca марта мар березня mart",
	"apr april avril avr abril abr aprile kwietnia kwi апреля апр квітня nisan",
	"may mai mayo maggio mag maio mei maja мая май травня mayıs",
	"jun june juni juin junio giugno giu junho czerwca cze июня июн червня haziran",
	"jul july juli juillet juil julio luglio lug julho lipca lip июля июл липня temmuz",
	"aug august août agosto ago augustus sierpnia sie августа авг серпня ağustos",
	"sep sept september septembre septiembre settembre set setembro września wrz сентября сен сент вересня eylül",
	"oct october oktober okt octobre octubre ottobre ott outubro out października paź октября окт жовтня ekim",
	"nov november novembre noviembre novembro listopada lis ноября ноя нояб kasım",
	"dec december dezember dez décembre déc diciembre dic dicembre dezembro grudnia gru декабря дек грудня aralık",
)

func monthNames(lists ...string) map[string]string {
	out := map[string]string{}
	for i, list := range lists {
		for name := range strings.FieldsSeq(list) {
			out[name] = time.Month(i + 1).String()[:3]
		}
	}
	return out
}
