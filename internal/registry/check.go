package registry

import (
	"context"
	"fmt"

	"zhengcheng/internal/db"
	"zhengcheng/internal/money"
)

// Differences names the rows of a query for what, what is kept and what it comes to
// by its records, in fen; the query gives only those that differ.
func Differences(ctx context.Context, q db.Querier, what, query string) ([]string, error) {
	return db.All(ctx, q, func(s db.Scanner) (string, error) {
		var at string
		var kept, real money.Fen
		err := s.Scan(&at, &kept, &real)
		return fmt.Sprintf("%s %s: 记的是 %s，按记录合计是 %s", what, at, kept.WanExact(), real.WanExact()), err
	}, query)
}
