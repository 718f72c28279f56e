package supplement

import (
	"context"

	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// anew clears what an earlier round came to: a case that is handed in again is
// checked again.
func anew(ctx context.Context, d *matter.Doing) error {
	a := matter.FormOf[Application](d.Case)
	a.Checked, a.RequestNumber, a.RequestedOn = 0, "", ""
	return d.KeepForm(ctx)
}

// settle keeps the lower of the checked amounts, which a report may not exceed.
func settle(ctx context.Context, d *matter.Doing) error {
	checks, err := checksOf(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	matter.FormOf[Application](d.Case).Checked = lowest(checks)
	return d.KeepForm(ctx)
}

func lowest(checks []CheckFacts) money.Fen {
	var low money.Fen
	for i, k := range checks {
		if i == 0 || k.Amount < low {
			low = k.Amount
		}
	}
	return low
}

func reported(ctx context.Context, d *matter.Doing) error {
	a, r := matter.FormOf[Application](d.Case), d.Input.(*Request)
	a.RequestNumber, a.RequestedOn = r.Number, r.Date
	return d.KeepForm(ctx)
}

// approve enters the project into the plan of the year. It needs no reserve
// entry, and the checked amount becomes the approved amount [reading].
func approve(ctx context.Context, d *matter.Doing, got *decision.Decision) error {
	c, a := d.Case, matter.FormOf[Application](d.Case)
	r, ok, err := matter.LastInput[Request](ctx, d.Tx, c, Report)
	if err != nil {
		return err
	}
	if !ok {
		return problem.New(problem.Conflict, "这份申请还没有联合报批")
	}
	a.DecisionNumber, a.DecidedOn, a.Approved = got.Number, got.Date, r.Amount
	p, err := registry.Enter(ctx, d, registry.Project{Name: a.Name, Year: c.Year, BuildKind: a.BuildKind, Class: a.SystemClass, Stage: registry.Approved, Origin: Key,
		Goal: a.Goal, Estimate: a.Estimate, Reviewed: r.Amount, Planned: r.Amount})
	if err != nil {
		return err
	}
	if err := registry.SetCeiling(ctx, d, p, c.Year, r.Amount); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}
