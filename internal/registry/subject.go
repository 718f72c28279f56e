package registry

import (
	"context"
	"slices"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// Subject is the project a case is about.
func Subject(ctx context.Context, q db.Querier, c *matter.Case) (Project, error) {
	return Load(ctx, q, identity.System(c.Jurisdiction), c.SubjectID)
}

// OwnSubject is the project that a unit's own case is about: another unit's is
// not there, and one in none of the stages is refused with what is done about it;
// nil stages are every one.
func OwnSubject(ctx context.Context, q db.Querier, c *matter.Case, stages []string) (Project, error) {
	p, err := Subject(ctx, q, c)
	if err != nil {
		return p, err
	}
	if p.UnitID != c.UnitID {
		return p, problem.Missing("这个项目")
	}
	return p, p.in(c, stages)
}

// SubjectIn is the project that an office's case is about, in one of the stages.
func SubjectIn(ctx context.Context, q db.Querier, c *matter.Case, stages []string) (Project, error) {
	p, err := Subject(ctx, q, c)
	if err != nil {
		return p, err
	}
	return p, p.in(c, stages)
}

// in refuses a project in none of the stages in which the case is handled.
func (p Project) in(c *matter.Case, stages []string) error {
	if stages != nil && !slices.Contains(stages, string(p.Stage)) {
		var names []string
		for _, s := range stages {
			names = append(names, form.Label(Stages, s))
		}
		return problem.New(problem.Conflict, "项目“%s”现在是“%s”；%s在项目“%s”时办理", p.Name, form.Label(Stages, string(p.Stage)), c.Procedure.Title, strings.Join(names, "、"))
	}
	return nil
}

// Under are the stages of a project that was approved and has not been accepted.
var Under = []string{string(Approved), string(Building)}

// Unaccepted are the stages in which a project that was approved may have a final
// account and an archive, although it rests or was ended and passes no acceptance.
var Unaccepted = append(slices.Clone(Under), string(Suspended), string(Terminated))
