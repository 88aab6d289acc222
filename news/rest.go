package news

import "time"

// Rest are the hours of the day and the days of the week, in UTC, at which a publisher asks not to be read. The zero value
// asks for nothing.
type Rest uint32

// The bits of a Rest: an hour each from 0 on, then a day each from Sunday on.
const (
	allHours Rest = 1<<24 - 1
	allDays  Rest = 1<<31 - 1 - allHours
)

// WithHour adds an hour from 0 to 23.
func (r Rest) WithHour(hour int) Rest { return r | 1<<hour&allHours }

// WithDay adds a day.
func (r Rest) WithDay(day time.Weekday) Rest { return r | 1<<(24+day)&allDays }

// Next is the first instant from t on at which the publisher may be asked. One that allows none is not believed.
func (r Rest) Next(t time.Time) time.Time {
	if r&allHours == allHours || r&allDays == allDays {
		return t
	}
	for u := t.UTC(); ; u = u.Truncate(time.Hour).Add(time.Hour) {
		if !r.holds(u) {
			if u.Equal(t) {
				return t
			}
			return u
		}
	}
}

func (r Rest) holds(u time.Time) bool {
	return r&(1<<u.Hour()) != 0 || r&(1<<(24+int(u.Weekday()))) != 0
}
