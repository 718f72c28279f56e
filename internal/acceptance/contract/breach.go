package contract

import (
	"context"
	"slices"
	"strings"

	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/db"
	"zhengcheng/internal/measures"
)

// breaches are the marks of what went beyond what held it. What is only late, or
// written down imperfectly, is marked and goes on.
var breaches = append([]string{bought.ID, winner.ID, aboveAward.ID, supplementary.ID, unfiled.ID, overpaid.ID, aboveBudgets.ID, aboveContract.ID, paidMore.ID}, procurement.Breaches...)

var words = measures.Words(slices.Concat(measures.Checks(procurement.Rules()...), measures.Checks(Rules()...), measures.Checks(PaymentRules()...), measures.Checks(SettlementRules()...))...)

// MarkLabel are the words for a mark on a procurement, contract, payment or settlement.
func MarkLabel(id string) string { return words[id] }

// HoldsUp reports whether a mark holds up the next grant until it is said what becomes
// of it, or as long as the sums of the chain do.
func HoldsUp(id string) bool { return slices.Contains(breaches, id) || id == aboveBudget.ID }

// Breach is a record that went beyond what held it.
type Breach struct {
	MatterID string   `json:"matter_id"`
	Title    string   `json:"title"`
	Marks    []string `json:"marks"`
}

// Says are the words for its marks.
func (b Breach) Says() string {
	var out []string
	for _, m := range b.Marks {
		out = append(out, MarkLabel(m))
	}
	return strings.Join(out, "、")
}

// Breaches lists the records of a project and period that are marked for going beyond
// what held them, in the order they were begun: they stand, are explained, and hold
// up the next grant until it is said what becomes of them.
func Breaches(ctx context.Context, q db.Querier, projectID, period string) ([]Breach, error) {
	all, err := db.All(ctx, q, func(s db.Scanner) (Breach, error) {
		var b Breach
		var marks string
		err := s.Scan(&b.MatterID, &b.Title, &marks)
		for _, m := range strings.Fields(marks) {
			if slices.Contains(breaches, m) {
				b.Marks = append(b.Marks, m)
			}
		}
		return b, err
	}, `SELECT r.id, m.title, r.marks FROM (SELECT id, marks FROM procurement WHERE project_id = $1 AND period = $2
		UNION ALL SELECT id, marks || ' ' || closed_marks FROM contract WHERE project_id = $1 AND period = $2
		UNION ALL SELECT id, marks FROM payment WHERE project_id = $1 AND period = $2) r JOIN matter m ON m.id = r.id WHERE r.marks NOT IN ('', ' ') ORDER BY r.id LIMIT 500`, projectID, period)
	return slices.DeleteFunc(all, func(b Breach) bool { return len(b.Marks) == 0 }), err
}
