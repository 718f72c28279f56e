package contract

import (
	"context"
	"slices"
	"strings"

	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
)

// breaches are the marks of what went beyond what held it. What is only late, or
// written down imperfectly, is marked and goes on.
var breaches = append([]string{bought.ID, winner.ID, aboveAward.ID, supplementary.ID, unfiled.ID, overpaid.ID, aboveBudgets.ID, aboveContract.ID, paidMore.ID}, procurement.Breaches...)

var everyMark = slices.Concat(procurement.Marks, Marks)

// MarkLabel are the words for a mark on a procurement, contract, payment or settlement.
func MarkLabel(id string) string { return form.Label(everyMark, id) }

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

// Marked is a procurement, contract or payment on record that carries a mark.
type Marked struct {
	MatterID  string        `json:"matter_id"`
	Procedure string        `json:"procedure"`
	Title     string        `json:"title"`
	Number    string        `json:"number"`
	ProjectID string        `json:"project_id"`
	Project   string        `json:"project"`
	UnitID    string        `json:"unit_id"`
	On        calendar.Date `json:"on"` // recorded
	Marks     []string      `json:"marks"`
	Breach    bool          `json:"breach"` // it holds up the next grant
}

// ListMarked pages through the marked records that an actor may see, newest first, at
// most 101: what the bureau looks at when it proposes a rectification (Article 32).
func ListMarked(ctx context.Context, q db.Querier, actor identity.Actor, unitID, after string) ([]Marked, error) {
	var args db.Args
	j := args.Add(actor.Jurisdiction)
	more := ""
	if after != "" {
		more = " AND id < " + args.Add(after)
	}
	from := `SELECT id, project_id, recorded_on, marks FROM procurement WHERE jurisdiction = ` + j + ` AND marks <> ''` + more +
		` UNION ALL SELECT id, project_id, recorded_on, marks || ' ' || closed_marks FROM contract WHERE jurisdiction = ` + j + ` AND (marks <> '' OR closed_marks <> '')` + more +
		` UNION ALL SELECT id, project_id, recorded_on, marks FROM payment WHERE jurisdiction = ` + j + ` AND marks <> ''` + more
	where := actor.SeesProject("p", &args)
	if unitID != "" {
		where += " AND p.unit_id = " + args.Add(unitID)
	}
	return db.All(ctx, q, func(s db.Scanner) (Marked, error) {
		var m Marked
		var marks string
		err := s.Scan(&m.MatterID, &m.Procedure, &m.Title, &m.Number, &m.ProjectID, &m.Project, &m.UnitID, &m.On, &marks)
		m.Marks = strings.Fields(marks)
		m.Breach = slices.ContainsFunc(m.Marks, func(id string) bool { return slices.Contains(breaches, id) || id == aboveBudget.ID })
		return m, err
	}, `SELECT r.id, m.procedure, m.title, m.number, p.id, p.name, p.unit_id, r.recorded_on, r.marks FROM (`+from+`) r JOIN matter m ON m.id = r.id JOIN project p ON p.id = r.project_id
		WHERE `+where+` ORDER BY r.id DESC LIMIT 101`, args.List()...)
}
