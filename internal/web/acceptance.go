package web

import (
	"slices"

	"github.com/a-h/templ"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/web/page"
)

// acceptancePanels show what an acceptance is held by and the checklist as it is
// computed now.
func (w *Web) acceptancePanels(q *request, c *matter.Case, v *page.CaseView) error {
	items, err := conformity.Compute(q.ctx(), w.Engine.DB, c)
	if err != nil {
		return err
	}
	gates, err := conformity.Gates(q.ctx(), w.Engine.DB, c)
	if err != nil {
		return err
	}
	if c.State != conformity.Filed {
		v.Extras = append(v.Extras, page.Gates(*v, gates))
	}
	v.Extras = append(v.Extras, page.Checklist(*v, items))
	return nil
}

// acceptanceCard is how far the acceptance of a project has come, nil where nothing
// has begun and nothing can.
func (w *Web) acceptanceCard(q *request, v page.ProjectView) (templ.Component, error) {
	a := page.AcceptanceView{}
	var err error
	if a.Archive, err = archive.Of(q.ctx(), w.Engine.DB, v.Project.ID); err != nil {
		return nil, err
	}
	if a.Meetings, err = conformity.Meetings(q.ctx(), w.Engine.DB, v.Project.ID); err != nil {
		return nil, err
	}
	for _, r := range v.Rows {
		if r.Procedure == conformity.Key {
			a.Cases = append(a.Cases, r)
		}
	}
	begins := slices.ContainsFunc(v.Offered, func(p *matter.Procedure) bool { return p.Key == conformity.Key })
	if len(a.Archive)+len(a.Meetings)+len(a.Cases) == 0 && !begins {
		return nil, nil
	}
	return page.AcceptanceCard(v, a), nil
}
