package adjustment

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/registry"
)

// Check adds up the lines of every adjustment that counts and names those whose kept
// figures say otherwise: the limit of Article 17 is held against them. What was moved
// is the larger of what grew and what shrank, or both together, as the jurisdiction
// reads it.
func Check(ctx context.Context, q db.Querier) ([]string, error) {
	const lines = `SELECT a.matter_id AS id, m.title AS title, a.increase AS increase, a.decrease AS decrease, a.moved AS moved,
		COALESCE(SUM(CASE WHEN n.after_amount > n.before_amount THEN n.after_amount - n.before_amount ELSE 0 END), 0) AS grew,
		COALESCE(SUM(CASE WHEN n.after_amount < n.before_amount THEN n.before_amount - n.after_amount ELSE 0 END), 0) AS shrank
		FROM adjustment a JOIN matter m ON m.id = a.matter_id LEFT JOIN adjustment_line n ON n.matter_id = a.matter_id GROUP BY a.matter_id, m.title, a.increase, a.decrease, a.moved`
	var out []string
	for _, c := range []struct{ what, kept, real, differ string }{
		{"项目调整调增", "x.increase", "x.grew", "x.increase <> x.grew"},
		{"项目调整调减", "x.decrease", "x.shrank", "x.decrease <> x.shrank"},
		{"项目调整数额", "x.moved", "CASE WHEN x.grew > x.shrank THEN x.grew ELSE x.shrank END", "x.moved <> CASE WHEN x.grew > x.shrank THEN x.grew ELSE x.shrank END AND x.moved <> x.grew + x.shrank"},
	} {
		found, err := registry.Differences(ctx, q, c.what, `SELECT x.title, CAST(`+c.kept+` AS BIGINT), CAST(`+c.real+` AS BIGINT) FROM (`+lines+`) x WHERE `+c.differ+` ORDER BY x.id`)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}
