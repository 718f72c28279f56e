package registry

import (
	"context"
	"strings"

	"zhengcheng/internal/matter"
)

// Enter adds the project that an act brings into the register. The case says
// whose it is; the code is the next, without gaps, of unit, year and kind, headed
// by the jurisdiction, so that no two are alike.
func Enter(ctx context.Context, d *matter.Doing, p Project) (Project, error) {
	c := d.Case
	n, err := d.NextCode(ctx, "project:"+c.Unit.Code+":"+p.BuildKind, p.Year)
	if err != nil {
		return p, err
	}
	p.Jurisdiction, p.UnitID, p.ParentUnitID, p.OwnBuild, p.MatterID = c.Jurisdiction, c.UnitID, c.ParentUnitID, c.OwnBuild, c.ID
	p.Code = codeOf(strings.ToUpper(c.Jurisdiction), p.Year, c.Unit.Code, p.BuildKind, n)
	return Add(ctx, d.Tx, p, c.Now.UnixMilli())
}
