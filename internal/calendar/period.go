package calendar

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Refusals of text that cannot be read at all. A readable but impossible day
// has an error of its own, such as 6 月没有 31 日.
var (
	ErrDate   = errors.New("日期应写成 2026-06-30 的样子")
	ErrPeriod = errors.New("时间应写成 2027年3月-2027年12月 的样子")
	ErrOrder  = errors.New("结束时间早于开始时间")
)

// dayForms: one separator throughout, or 年月日.
var dayForms = []*regexp.Regexp{
	regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`),
	regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})$`),
	regexp.MustCompile(`^(\d{4})\.(\d{1,2})\.(\d{1,2})$`),
	regexp.MustCompile(`^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?$`),
}

// ParseDate reads 2026-06-30, 2026/6/30, 2026.6.30 and 2026年6月30日, with
// full-width digits too. Years run from 1900 to 2200.
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(width.Narrow.String(s))
	for _, form := range dayForms {
		if m := form.FindStringSubmatch(s); m != nil {
			return New(number(m[1]), number(m[2]), number(m[3]))
		}
	}
	return "", ErrDate
}

// number reads digits a pattern has matched: at most four, or none for 0.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// point is one end of a period as written; month or day 0 means not written.
type point struct{ year, month, day int }

var (
	// pointForms: year, month, day; each form may stop after the year or month.
	pointForms = []*regexp.Regexp{
		regexp.MustCompile(`^(\d{4})年?$`),
		regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|/(\d{1,2})(?:/(\d{1,2}))?|\.(\d{1,2})(?:\.(\d{1,2}))?)$`),
		regexp.MustCompile(`^(\d{4})年(\d{1,2})(?:月(?:(\d{1,2})日?)?)?$`),
	}
	// endForm is an end that takes its year from the start: 12, 12月, 12月31日.
	endForm = regexp.MustCompile(`^(\d{1,2})(?:月?|[月./](\d{1,2})日?)$`)

	periodMarks = strings.NewReplacer(
		"—", "~", "–", "~", "~", "~", "∼", "~", "〜", "~", "至", "~", "到", "~",
		"自", "", "起", "", "止", "", "全年", "", "年度", "年")
	tildes = regexp.MustCompile(`~+`)
)

// ParsePeriod reads the spellings people use for a period:
// 2027年3月-2027年12月, 2027.1—2027.12, 2027年全年, 2027/4/1-2028/3/31,
// 2027年3-12月, 2027-03 至 2027-12, 2027年. A year or month alone starts on its
// first and ends on its last day; a single day is no period.
//
// The error is ErrPeriod, ErrOrder, or says which day does not exist.
func ParsePeriod(s string) (start, end Date, err error) {
	s = strings.Join(strings.Fields(width.Narrow.String(s)), "")
	s = tildes.ReplaceAllString(periodMarks.Replace(s), "~")
	if p, ok := readPoint(s); ok {
		if p.day != 0 {
			return "", "", fmt.Errorf("只有一个日期：%w", ErrPeriod)
		}
		return span(p, p)
	}
	if a, b, ok := strings.Cut(s, "~"); ok {
		if from, to, ok := readEnds(a, b); ok {
			return span(from, to)
		}
		return "", "", ErrPeriod
	}
	// A plain hyphen may also stand inside the days; at most one place splits
	// the text into two readable ends, since the first has its own year.
	for i, r := range s {
		if r != '-' {
			continue
		}
		if from, to, ok := readEnds(s[:i], s[i+1:]); ok {
			return span(from, to)
		}
	}
	return "", "", ErrPeriod
}

func readPoint(s string) (point, bool) {
	for _, form := range pointForms {
		m := form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		p := point{year: number(m[1])}
		for i := 2; i < len(m); i += 2 {
			p.month = max(p.month, number(m[i]))
			if i+1 < len(m) {
				p.day = max(p.day, number(m[i+1]))
			}
		}
		return p, !zero(m[2:])
	}
	return point{}, false
}

// zero reports a month or day written as 0 or 00.
func zero(parts []string) bool {
	for _, p := range parts {
		if p == "0" || p == "00" {
			return true
		}
	}
	return false
}

func readEnds(a, b string) (from, to point, ok bool) {
	if from, ok = readPoint(a); !ok {
		return point{}, point{}, false
	}
	if to, ok = readPoint(b); ok {
		return from, to, true
	}
	m := endForm.FindStringSubmatch(b)
	if m == nil || from.month == 0 || zero(m[1:]) {
		return point{}, point{}, false
	}
	return from, point{from.year, number(m[1]), number(m[2])}, true
}

func span(from, to point) (start, end Date, err error) {
	if start, err = New(from.year, max(from.month, 1), max(from.day, 1)); err != nil {
		return "", "", err
	}
	if to.month == 0 {
		to.month = 12
	}
	if to.day == 0 && to.month <= 12 {
		to.day = daysIn(to.year, to.month)
	}
	if end, err = New(to.year, to.month, to.day); err != nil {
		return "", "", err
	}
	if end < start {
		return "", "", ErrOrder
	}
	return start, end, nil
}
