package calendar

import (
	"errors"
	"regexp"
	"strings"
)

// ErrPeriod says that a period cannot be read.
var ErrPeriod = errors.New("时间应写成 2027年3月-2027年12月 的样子")

var (
	wholeYear = regexp.MustCompile(`^(\d{4})年?(全年)?$`)
	sameYear  = regexp.MustCompile(`^(\d{4})年?[./]?(\d{1,2})月?[-~](\d{1,2})月$`)
	monthForm = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})月?$`)
	dash      = strings.NewReplacer("—", "~", "–", "~", "－", "~", "～", "~", "至", "~", "到", "~", " ", "")
)

// ParsePeriod reads the spellings people use for a period: 2027年3月-2027年12月,
// 2027.1—2027.12, 2027年全年, 2027/4/1-2028/3/31, 2027年3-12月. A month alone
// begins on its first and ends on its last day.
func ParsePeriod(s string) (start, end Date, err error) {
	s = dash.Replace(tidy(s))
	if m := wholeYear.FindStringSubmatch(s); m != nil {
		return Date(m[1] + "-01-01"), Date(m[1] + "-12-31"), nil
	}
	if m := sameYear.FindStringSubmatch(s); m != nil {
		return span(m[1]+"."+m[2], m[1]+"."+m[3])
	}
	if a, b, ok := strings.Cut(s, "~"); ok {
		return span(a, b)
	}
	// a plain hyphen may also stand inside the days: try each one
	for i, r := range s {
		if r != '-' {
			continue
		}
		if start, end, err := span(s[:i], s[i+1:]); err == nil || !errors.Is(err, ErrPeriod) {
			return start, end, err
		}
	}
	return "", "", ErrPeriod
}

func span(a, b string) (Date, Date, error) {
	start, ok := edge(a, false)
	end, ok2 := edge(b, true)
	if !ok || !ok2 {
		return "", "", ErrPeriod
	}
	if end < start {
		return "", "", errors.New("结束时间早于开始时间")
	}
	return start, end, nil
}

func edge(s string, last bool) (Date, bool) {
	if m := monthForm.FindStringSubmatch(s); m != nil {
		year, month := atoi(m[1]), atoi(m[2])
		if month < 1 || month > 12 {
			return "", false
		}
		if last {
			return LastDay(year, month), true
		}
		d, err := New(year, month, 1)
		return d, err == nil
	}
	d, err := ParseDate(s)
	return d, err == nil
}
