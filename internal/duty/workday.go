package duty

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
)

// Workdays reads the kept calendar of working days, for dates that a parameter
// counts in them.
func Workdays(ctx context.Context, q db.Querier) (calendar.Workdays, error) {
	rows, err := db.All(ctx, q, func(s db.Scanner) (calendar.DayRow, error) {
		var r calendar.DayRow
		var work int64
		err := s.Scan(&r.Date, &work, &r.Note)
		r.Work = work == 1
		return r, err
	}, `SELECT date, work, note FROM workday ORDER BY date`)
	if err != nil {
		return calendar.Workdays{}, err
	}
	return calendar.NewWorkdays(rows)
}
