package contract

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/registry"
)

// Check adds up the contracts and payments on record and names every chain whose
// entries say otherwise. Payments of before the Measures stand in the registration of
// existing projects and in no payment.
func Check(ctx context.Context, q db.Querier) ([]string, error) {
	contracts, err := registry.Differences(ctx, q, "合同", `SELECT x.at, CAST(SUM(x.kept) AS BIGINT), CAST(SUM(x.real) AS BIGINT) FROM (
		SELECT p.code || ' ' || e.period AS at, e.amount AS kept, 0 AS real FROM money_entry e JOIN project p ON p.id = e.project_id WHERE e.kind = 'contracted'
		UNION ALL SELECT p.code || ' ' || k.period, 0, CASE WHEN k.closed_as = '' THEN k.amount ELSE k.settled END FROM contract k JOIN project p ON p.id = k.project_id) x
		GROUP BY x.at HAVING SUM(x.kept) <> SUM(x.real) ORDER BY x.at`)
	if err != nil {
		return nil, err
	}
	payments, err := registry.Differences(ctx, q, "支付", `SELECT x.at, CAST(SUM(x.kept) AS BIGINT), CAST(SUM(x.real) AS BIGINT) FROM (
		SELECT p.code || ' ' || e.period AS at, e.amount AS kept, 0 AS real FROM money_entry e JOIN project p ON p.id = e.project_id JOIN matter m ON m.id = e.matter_id WHERE e.kind = 'paid' AND m.procedure = 'payment'
		UNION ALL SELECT p.code || ' ' || y.period, 0, y.amount FROM payment y JOIN project p ON p.id = y.project_id) x
		GROUP BY x.at HAVING SUM(x.kept) <> SUM(x.real) ORDER BY x.at`)
	return append(contracts, payments...), err
}
