package catalogue

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// Subject is the published resource a case is about.
func Subject(ctx context.Context, q db.Querier, c *matter.Case) (Resource, error) {
	return Load(ctx, q, identity.System(c.Jurisdiction), c.SubjectID)
}

// OwnSubject is the resource that a case of its own unit is about: another unit's
// is not there to be disposed of.
func OwnSubject(ctx context.Context, q db.Querier, c *matter.Case) (Resource, error) {
	r, err := Subject(ctx, q, c)
	if err == nil && r.UnitID != c.UnitID {
		err = problem.Missing("本单位的这条目录")
	}
	return r, err
}

// OthersSubject is the resource that a case of another unit is about, which is
// addressed to the unit that provides it.
func OthersSubject(ctx context.Context, q db.Querier, c *matter.Case) (Resource, error) {
	r, err := Subject(ctx, q, c)
	if err == nil && r.UnitID == c.UnitID {
		err = problem.New(problem.Conflict, "“%s”是本单位的资源，%s由其他单位提出", r.Name, c.Procedure.Title)
	}
	c.ProviderID = r.UnitID
	return r, err
}
