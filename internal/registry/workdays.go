package registry

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
)

// Workdays is the calendar of the State Council as it has been entered.
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
