package estimate

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/reserve"
)

// Standing is an approved estimate that was put in force.
type Standing struct {
	MatterID   string        `json:"matter"`
	Period     string        `json:"period,omitempty"`
	Issuer     string        `json:"issuer"`
	Number     string        `json:"number"`
	ApprovedOn calendar.Date `json:"approved_on"`
	Amount     money.Fen     `json:"amount"`
	Replaced   money.Fen     `json:"replaced"` // the ceiling before it
	Budgets    money.Fen     `json:"budgets"`  // arranged by then
}

// Below reports whether budgets were already above the estimate when it came.
func (s Standing) Below() bool { return s.Budgets > s.Amount }

func scanStanding(s db.Scanner) (Standing, error) {
	var t Standing
	err := s.Scan(&t.MatterID, &t.Period, &t.Issuer, &t.Number, &t.ApprovedOn, &t.Amount, &t.Replaced, &t.Budgets)
	return t, err
}

const standingColumns = `matter_id, period, issuer, number, approved_on, amount, replaced, budgets`

// StandingOf is the approval in force on a chain; false when there is none.
func StandingOf(ctx context.Context, q db.Querier, projectID, period string) (Standing, bool, error) {
	s, err := db.One(ctx, q, scanStanding, `SELECT `+standingColumns+` FROM estimate_approval WHERE project_id = $1 AND period = $2 ORDER BY recorded_at DESC, matter_id DESC LIMIT 1`, projectID, period)
	if db.None(err) {
		return s, false, nil
	}
	return s, err == nil, err
}

// Of lists what was approved for a project, the newest first.
func Of(ctx context.Context, q db.Querier, projectID string) ([]Standing, error) {
	return db.All(ctx, q, scanStanding, `SELECT `+standingColumns+` FROM estimate_approval WHERE project_id = $1 ORDER BY recorded_at DESC, matter_id DESC LIMIT 100`, projectID)
}

// Lines are the lines of the approval in force, or of the scheme in the reserve
// while there is none; an existing project may have neither.
func Lines(ctx context.Context, q db.Querier, projectID, period string) ([]reserve.CostLine, error) {
	s, is, err := StandingOf(ctx, q, projectID, period)
	if err != nil {
		return nil, err
	}
	if !is {
		return reserve.CostsOf(ctx, q, projectID)
	}
	return db.All(ctx, q, func(s db.Scanner) (reserve.CostLine, error) {
		var l reserve.CostLine
		err := s.Scan(&l.ID, &l.Name, &l.Category, &l.Unit, &l.Quantity, &l.Price, &l.Amount, &l.Spec)
		return l, err
	}, `SELECT id, name, category, unit, quantity, price, amount, spec FROM approved_line WHERE matter_id = $1 ORDER BY seq, id`, s.MatterID)
}
