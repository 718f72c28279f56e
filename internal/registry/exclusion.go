package registry

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
)

// Exclusion says that the bureau holds a project to be no government
// information system (Article 3), and why.
type Exclusion struct {
	ProjectID, MatterID string
	Clause, Reason      string // the clause of the standard or of the Measures it cites
	On                  calendar.Date
}

// Exclude marks a project as out of class.
func Exclude(ctx context.Context, tx *db.Tx, jurisdiction string, x Exclusion) error {
	return tx.Later(ctx, `INSERT INTO out_of_class (project_id, jurisdiction, matter_id, clause, reason, declared_on) VALUES ($1,$2,$3,$4,$5,$6)`,
		x.ProjectID, jurisdiction, x.MatterID, x.Clause, x.Reason, string(x.On))
}

// Include takes the mark away again.
func Include(ctx context.Context, tx *db.Tx, projectID string) error {
	return tx.Later(ctx, `DELETE FROM out_of_class WHERE project_id = $1`, projectID)
}

const exclusionColumns = `x.project_id, x.matter_id, x.clause, x.reason, x.declared_on`

func scanExclusion(s db.Scanner) (Exclusion, error) {
	var x Exclusion
	err := s.Scan(&x.ProjectID, &x.MatterID, &x.Clause, &x.Reason, &x.On)
	return x, err
}

// Excluded finds which of the projects are out of class, in one query.
func Excluded(ctx context.Context, q db.Querier, projects ...string) (map[string]Exclusion, error) {
	out := map[string]Exclusion{}
	if len(projects) == 0 {
		return out, nil
	}
	var args db.Args
	rows, err := db.All(ctx, q, scanExclusion, `SELECT `+exclusionColumns+` FROM out_of_class x WHERE x.project_id IN `+args.In(projects...)+` ORDER BY x.project_id`, args.List()...)
	for _, x := range rows {
		out[x.ProjectID] = x
	}
	return out, err
}

// ExcludedNamed is the declaration about a project of the unit that has this
// name, however it is spelled; empty when none stands. What is applied for
// without its project is known by its name only.
func ExcludedNamed(ctx context.Context, q db.Querier, unitID, name string) (Exclusion, error) {
	x, err := db.One(ctx, q, scanExclusion, `SELECT `+exclusionColumns+` FROM out_of_class x JOIN project p ON p.id = x.project_id
		WHERE p.unit_id = $1 AND p.normal_name = $2 ORDER BY x.project_id LIMIT 1`, unitID, hanzi.NormalName(name))
	if db.None(err) {
		err = nil
	}
	return x, err
}
