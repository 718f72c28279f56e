// Package calendar knows days, periods, working days and the one clock. Days
// are Asia/Shanghai days; China keeps no daylight saving time.
package calendar

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"
)

// Shanghai is the zone of every day in the program.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

// Date is a day as YYYY-MM-DD; "" is no day. Dates compare as strings.
type Date string

// Of is the day of an instant in Shanghai.
func Of(t time.Time) Date { return Date(t.In(Shanghai).Format(time.DateOnly)) }

// New makes a day; an impossible one, such as 31 June, is an error in Chinese.
func New(year, month, day int) (Date, error) {
	switch {
	case year < 1900 || year > 2200:
		return "", fmt.Errorf("年份 %d 不对", year)
	case month < 1 || month > 12:
		return "", fmt.Errorf("没有 %d 月", month)
	case day < 1 || day > lastDay(year, month):
		return "", fmt.Errorf("%d 年 %d 月没有 %d 日", year, month, day)
	}
	return Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day)), nil
}

func lastDay(year, month int) int { return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, Shanghai).Day() }

// LastDay is the last day of a month.
func LastDay(year, month int) Date {
	return Date(fmt.Sprintf("%04d-%02d-%02d", year, month, lastDay(year, month)))
}

var dayForm = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$`)

// ParseDate reads 2026-06-30, 2026/6/30, 2026.6.30 and 2026年6月30日, with
// full-width digits too.
func ParseDate(s string) (Date, error) {
	m := dayForm.FindStringSubmatch(tidy(s))
	if m == nil {
		return "", fmt.Errorf("日期应写成 2026-06-30 的样子")
	}
	return New(atoi(m[1]), atoi(m[2]), atoi(m[3]))
}

func tidy(s string) string { return strings.TrimSpace(width.Narrow.String(s)) }

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // digits by the pattern
	return n
}

// Valid reports whether d is a possible day.
func (d Date) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// Time is midnight at the start of the day; the zero time for no day.
func (d Date) Time() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Shanghai)
	if err != nil {
		return time.Time{}
	}
	return t
}

// EndOfDay is the last millisecond of the day.
func (d Date) EndOfDay() time.Time { return d.Time().AddDate(0, 0, 1).Add(-time.Millisecond) }

// Year of the day.
func (d Date) Year() int { return d.Time().Year() }

// Month of the day, 1 to 12.
func (d Date) Month() int { return int(d.Time().Month()) }

// Day of the month.
func (d Date) Day() int { return d.Time().Day() }

// AddDays moves by days.
func (d Date) AddDays(n int) Date { return Of(d.Time().AddDate(0, 0, n)) }

// AddMonths moves by months; a day the month lacks becomes its last day.
func (d Date) AddMonths(n int) Date {
	t := d.Time()
	first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, Shanghai).AddDate(0, n, 0)
	day := min(t.Day(), lastDay(first.Year(), int(first.Month())))
	return Of(time.Date(first.Year(), first.Month(), day, 0, 0, 0, 0, Shanghai))
}

// AddYears moves by years; 29 February becomes 28 February.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// Before reports whether d lies before o.
func (d Date) Before(o Date) bool { return d < o }

// After reports whether d lies after o.
func (d Date) After(o Date) bool { return d > o }

// DaysUntil counts the days from d to o, negative when o lies before d.
func (d Date) DaysUntil(o Date) int { return int(o.Time().Sub(d.Time()).Hours() / 24) }

// Weekday is 周一 to 周日.
func (d Date) Weekday() string {
	return [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}[d.Time().Weekday()]
}

// Short is month and day, 06-30.
func (d Date) Short() string {
	if len(d) != 10 {
		return string(d)
	}
	return string(d[5:])
}

// Chinese is 2026年6月30日, as on papers.
func (d Date) Chinese() string { return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day()) }
