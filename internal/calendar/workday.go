package calendar

import (
	"fmt"
	"time"
)

// DayRow is one day of the State Council's yearly notice that differs from the
// plain week: a holiday, or a weekend day that is worked (调休).
type DayRow struct {
	Date Date
	Work bool
	Note string
}

// Workdays tells working days: Monday to Friday, unless a row says otherwise.
// The zero value knows no rows. It does not change and may be shared.
type Workdays struct {
	rows  map[Date]bool
	years map[int]bool
}

// NewWorkdays makes a calendar of rows, which may span several years. A row
// without a valid day and two rows for one day are errors, in Chinese.
func NewWorkdays(rows []DayRow) (Workdays, error) {
	w := Workdays{rows: make(map[Date]bool, len(rows)), years: map[int]bool{}}
	for _, r := range rows {
		if !r.Date.Valid() {
			return Workdays{}, fmt.Errorf("节假日安排中的日期 %q 不对", string(r.Date))
		}
		if _, twice := w.rows[r.Date]; twice {
			return Workdays{}, fmt.Errorf("节假日安排中 %s 出现了两次", r.Date.Chinese())
		}
		w.rows[r.Date] = r.Work
		w.years[r.Date.Year()] = true
	}
	return w, nil
}

// Knows reports whether the year has any row. If not, its holidays are unknown
// and counting takes them for plain weekdays.
func (w Workdays) Knows(year int) bool { return w.years[year] }

// IsWorkday reports whether offices work on d; never on no day.
func (w Workdays) IsWorkday(d Date) bool {
	if work, ok := w.rows[d]; ok {
		return work
	}
	t, ok := d.parse()
	return ok && t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// AddWorkdays returns the nth working day after d, or before it if n is
// negative; d itself is not counted, and n = 0 returns d. complete is false if
// a counted day lies in a year without rows, so that the caller can warn
// 缺 2027 年节假日安排. If d is no day, the result is "" and false.
func (w Workdays) AddWorkdays(d Date, n int) (to Date, complete bool) {
	if !d.Valid() {
		return "", false
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	complete = true
	for n > 0 {
		if d = d.AddDays(step); d == "" {
			return "", false
		}
		complete = complete && w.Knows(d.Year())
		if w.IsWorkday(d) {
			n--
		}
	}
	return d, complete
}

// Between counts the working days after from up to and including to, so that
// it undoes AddWorkdays; when to lies before from, it counts those from to up
// to but not including from, as a negative number. complete is as in
// AddWorkdays; no day counts 0 and false.
func (w Workdays) Between(from, to Date) (n int, complete bool) {
	if !from.Valid() || !to.Valid() {
		return 0, false
	}
	step := 1
	if to < from {
		step = -1
	}
	complete = true
	for d := from; d != to; {
		d = d.AddDays(step)
		complete = complete && w.Knows(d.Year())
		if w.IsWorkday(d) {
			n += step
		}
	}
	return n, complete
}

// Default2026 is the State Council's arrangement of holidays in 2026. Verify it
// against the notice before use; later years are entered when published.
func Default2026() []DayRow {
	var rows []DayRow
	for _, h := range []struct {
		first Date
		days  int
		note  string
		work  []Date
	}{
		{"2026-01-01", 3, "元旦", []Date{"2026-01-04"}},
		{"2026-02-15", 9, "春节", []Date{"2026-02-14", "2026-02-28"}},
		{"2026-04-04", 3, "清明节", nil},
		{"2026-05-01", 5, "劳动节", []Date{"2026-05-09"}},
		{"2026-06-19", 3, "端午节", nil},
		{"2026-09-25", 3, "中秋节", nil},
		{"2026-10-01", 7, "国庆节", []Date{"2026-09-20", "2026-10-10"}},
	} {
		for i := range h.days {
			rows = append(rows, DayRow{Date: h.first.AddDays(i), Note: h.note})
		}
		for _, d := range h.work {
			rows = append(rows, DayRow{Date: d, Work: true, Note: h.note + "调休上班"})
		}
	}
	return rows
}
