package reserve

import (
	"context"

	"zhengcheng/internal/db"
)

// CostLine is a line of the estimate with its id, by which it is known later on.
type CostLine struct {
	ID string
	Cost
}

// CostsOf lists the estimate lines of the scheme with which a project last
// entered the reserve; none for a project that never did.
func CostsOf(ctx context.Context, q db.Querier, projectID string) ([]CostLine, error) {
	return db.All(ctx, q, func(s db.Scanner) (CostLine, error) {
		var l CostLine
		err := s.Scan(&l.ID, &l.Name, &l.Category, &l.Unit, &l.Quantity, &l.Price, &l.Amount, &l.Spec)
		return l, err
	}, `SELECT l.id, l.name, l.category, l.unit, l.quantity, l.price, l.amount, l.spec FROM estimate_line l
		WHERE l.matter_id = (SELECT e.matter_id FROM reserve_entry e WHERE e.project_id = $1 ORDER BY e.entered_on DESC, e.matter_id DESC LIMIT 1) ORDER BY l.seq, l.id`, projectID)
}
