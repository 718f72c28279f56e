package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Shanghai is the zone of every day in the program.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

// Date is a day as YYYY-MM-DD; "" is no day. Dates sort as strings.
//
// Methods that make a Date from one that is not Valid return "", and so do
// those whose result leaves the years 1 to 9999.
type Date string

// Of is the day of an instant in Shanghai.
func Of(t time.Time) Date { return fromTime(t.In(Shanghai)) }

func fromTime(t time.Time) Date {
	if y := t.Year(); y < 1 || y > 9999 {
		return ""
	}
	return Date(t.Format(time.DateOnly))
}

// New makes a day of the years 1900 to 2200; an impossible one, such as
// 31 June, is an error in Chinese.
func New(year, month, day int) (Date, error) {
	switch {
	case year < 1900 || year > 2200:
		return "", fmt.Errorf("年份 %d 不对", year)
	case month < 1 || month > 12:
		return "", fmt.Errorf("没有 %d 月", month)
	case day < 1 || day > daysIn(year, month):
		if month == 2 && day == 29 {
			return "", fmt.Errorf("%d 年 2 月没有 29 日", year)
		}
		return "", fmt.Errorf("%d 月没有 %d 日", month, day)
	}
	return Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day)), nil
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// LastDay is the last day of a month, 1 to 12.
func LastDay(year, month int) Date {
	return fromTime(time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, Shanghai))
}

func (d Date) parse() (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Shanghai)
	return t, err == nil && t.Year() > 0
}

// Valid reports whether d is a day; "" is not.
func (d Date) Valid() bool {
	_, ok := d.parse()
	return ok
}

// Time is midnight at the start of the day in Shanghai, or the zero time.
func (d Date) Time() time.Time {
	t, ok := d.parse()
	if !ok {
		return time.Time{}
	}
	return t
}

// EndOfDay is 23:59:59.999 in Shanghai, or the zero time.
func (d Date) EndOfDay() time.Time {
	t, ok := d.parse()
	if !ok {
		return time.Time{}
	}
	return t.AddDate(0, 0, 1).Add(-time.Millisecond)
}

// Year is the year, or 0.
func (d Date) Year() int { year, _, _ := d.split(); return year }

// Month is the month, 1 to 12, or 0.
func (d Date) Month() int { _, month, _ := d.split(); return month }

// Day is the day of the month, or 0.
func (d Date) Day() int { _, _, day := d.split(); return day }

func (d Date) split() (year, month, day int) {
	t, ok := d.parse()
	if !ok {
		return 0, 0, 0
	}
	return t.Year(), int(t.Month()), t.Day()
}

// AddDays moves by n days, back if n is negative.
func (d Date) AddDays(n int) Date {
	t, ok := d.parse()
	if !ok {
		return ""
	}
	return fromTime(t.AddDate(0, 0, n))
}

// AddMonths moves by n months; a day the month lacks becomes its last day.
func (d Date) AddMonths(n int) Date {
	t, ok := d.parse()
	if !ok {
		return ""
	}
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, Shanghai)
	day := min(t.Day(), daysIn(first.Year(), int(first.Month())))
	return fromTime(first.AddDate(0, 0, day-1))
}

// AddYears moves by n years; 29 February becomes 28 February in a plain year.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// Before reports whether d lies before o. No day lies before or after another,
// so that a missing deadline is never a missed one.
func (d Date) Before(o Date) bool { return d != "" && o != "" && d < o }

// After reports whether d lies after o; see Before for no day.
func (d Date) After(o Date) bool { return o.Before(d) }

// Compare orders days for sorting, no day first.
func (d Date) Compare(o Date) int { return cmp.Compare(d, o) }

// DaysUntil counts the days from d to o, negative when o lies before d, and 0
// when either is no day.
func (d Date) DaysUntil(o Date) int {
	from, ok := d.parse()
	to, ok2 := o.parse()
	if !ok || !ok2 {
		return 0
	}
	return int((to.Unix() - from.Unix()) / (24 * 60 * 60))
}

// Weekday is 周一 to 周日, or "".
func (d Date) Weekday() string {
	t, ok := d.parse()
	if !ok {
		return ""
	}
	return [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}[t.Weekday()]
}

// Short is month and day, "06-30", or "".
func (d Date) Short() string {
	if !d.Valid() {
		return ""
	}
	return string(d[len("2006-"):])
}

// Chinese is "2026年6月30日", as on papers, or "".
func (d Date) Chinese() string {
	year, month, day := d.split()
	if year == 0 {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", year, month, day)
}
