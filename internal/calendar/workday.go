package calendar

import "time"

// DayRow is one row of the State Council calendar: a day off or a day worked
// that differs from the plain week.
type DayRow struct {
	Date Date
	Work bool
	Note string
}

// Workdays counts working days by the plain week and the rows that differ.
type Workdays struct {
	rows  map[Date]bool
	years map[int]bool
}

// NewWorkdays makes a calendar of rows.
func NewWorkdays(rows []DayRow) Workdays {
	w := Workdays{rows: map[Date]bool{}, years: map[int]bool{}}
	for _, r := range rows {
		w.rows[r.Date] = r.Work
		w.years[r.Date.Year()] = true
	}
	return w
}

// IsWorkday reports whether offices work on the day.
func (w Workdays) IsWorkday(d Date) bool {
	if work, ok := w.rows[d]; ok {
		return work
	}
	day := d.Time().Weekday()
	return day != time.Saturday && day != time.Sunday
}

// Add moves d on by n working days. known is false when a year on the way has
// no rows at all, so that its holidays are not taken for plain weekdays unseen.
func (w Workdays) Add(d Date, n int) (to Date, known bool) {
	known = true
	for n > 0 {
		d = d.AddDays(1)
		known = known && w.years[d.Year()]
		if w.IsWorkday(d) {
			n--
		}
	}
	return d, known
}

// Default2026 are the rows of 2026 as published in November 2025 [to be verified by the city].
func Default2026() []DayRow {
	var out []DayRow
	span := func(from Date, days int, note string) {
		for i := range days {
			out = append(out, DayRow{Date: from.AddDays(i), Note: note})
		}
	}
	span("2026-01-01", 3, "元旦")
	span("2026-02-15", 9, "春节")
	span("2026-04-04", 3, "清明节")
	span("2026-05-01", 5, "劳动节")
	span("2026-06-19", 3, "端午节")
	span("2026-09-25", 3, "中秋节")
	span("2026-10-01", 7, "国庆节")
	for _, d := range []Date{"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"} {
		out = append(out, DayRow{Date: d, Work: true, Note: "调休上班"})
	}
	return out
}
