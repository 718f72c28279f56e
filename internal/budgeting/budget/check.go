package budget

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/registry"
)

// Check adds up the municipal money on the lines of all declarations and names every
// project and year whose arrangements say otherwise.
func Check(ctx context.Context, q db.Querier) ([]string, error) {
	return registry.Differences(ctx, q, "预算安排", `SELECT x.at, CAST(SUM(x.kept) AS BIGINT), CAST(SUM(x.real) AS BIGINT) FROM (
		SELECT n.code || ' ' || CAST(m.year AS TEXT) AS at, n.arranged AS kept, 0 AS real FROM budget_line n JOIN matter m ON m.id = n.matter_id WHERE n.arranged <> 0
		UNION ALL SELECT p.code || ' ' || CAST(e.year AS TEXT), 0, e.amount FROM money_entry e JOIN project p ON p.id = e.project_id JOIN matter m ON m.id = e.matter_id WHERE e.kind = 'budget' AND m.procedure = 'budget-arrangement') x
		GROUP BY x.at HAVING SUM(x.kept) <> SUM(x.real) ORDER BY x.at`)
}
