package web

import (
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// search finds projects by their words.
func (w *Web) search(q *request) error {
	text := q.r.URL.Query().Get("q")
	found, err := registry.Search(q.ctx(), w.Engine.DB, q.actor, text, 100)
	if err != nil {
		return err
	}
	return q.page(page.Search(w.shell(q, "搜索", ""), page.SearchView{Query: text, Projects: found, UnitOf: w.Units.Name}))
}

func (w *Web) projects(q *request) error {
	f := registry.Filter{Year: q.int("year"), UnitID: q.r.URL.Query().Get("unit"), Stage: registry.Stage(q.r.URL.Query().Get("stage")), BuildKind: q.r.URL.Query().Get("kind"),
		After: q.r.URL.Query().Get("after"), Limit: 101}
	rows, err := registry.Projects(q.ctx(), w.Engine.DB, q.actor, f)
	if err != nil {
		return err
	}
	total, err := registry.Total(q.ctx(), w.Engine.DB, q.actor, f)
	if err != nil {
		return err
	}
	v := page.ProjectsView{Filter: f, Rows: rows, Total: total, Units: w.Units.Of(q.actor.Jurisdiction), UnitOf: w.Units.Name}
	if len(rows) > 100 {
		v.Rows, v.Next = rows[:100], rows[99].ID
	}
	return q.page(page.Projects(w.shell(q, "项目总库", "projects"), v))
}

func (w *Web) project(q *request) error {
	p, err := registry.Load(q.ctx(), w.Engine.DB, q.actor, q.r.PathValue("id"))
	if err != nil {
		return err
	}
	v := page.ProjectView{Project: p, Unit: w.Units.Name(p.UnitID)}
	if p.MatterID != "" {
		c, err := w.Engine.Load(q.ctx(), q.actor, p.MatterID)
		if err != nil {
			return err
		}
		v.Case = c
		if v.History, err = w.Engine.History(q.ctx(), q.actor, c); err != nil {
			return err
		}
		for _, ln := range c.Lines {
			if i, ok := ln.Body.(*unitplan.Item); ok && i.ProjectID == p.ID {
				v.Line = &ln
			}
		}
	}
	v.UnitOf = w.Units.Name
	return q.page(page.Project(w.shell(q, p.Name, "projects"), v))
}

func (w *Web) systems(q *request) error {
	unit := q.actor.UnitID
	if q.actor.OverseesAll() {
		unit = q.r.URL.Query().Get("unit")
	}
	all, err := registry.Systems(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, unit)
	if err != nil {
		return err
	}
	return q.page(page.Systems(w.shell(q, "系统台账", "systems"), page.SystemsView{Systems: all, UnitOf: w.Units.Name}))
}
