package web

import (
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// desk answers: what must I do, by when, under which clause, and what if I don't.
func (w *Web) desk(q *request) error {
	today := w.Engine.Clock.Today()
	v := page.DeskView{Today: today, Year: int64(today.Year()) + 1, Actor: q.actor}
	var err error
	tasks, err := w.Engine.Inbox(q.ctx(), q.actor, 50)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		p, _ := w.Engine.Procedure(t.Procedure)
		v.Tasks = append(v.Tasks, page.TaskRow{Task: t, Unit: w.Units.Name(t.UnitID), Procedure: p})
	}
	if v.Duties, err = duty.OfUnit(q.ctx(), w.Engine.DB, q.actor); err != nil {
		return err
	}
	if v.Mine, err = w.Engine.List(q.ctx(), q.actor, matter.Filter{Limit: 8}); err != nil {
		return err
	}
	v.UnitOf, v.ProcedureOf, v.StateOf = w.Units.Name, w.procedureTitle, w.stateOf
	if q.actor.Office == identity.BigData {
		if v.Season, err = unitplan.Progress(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, v.Year); err != nil {
			return err
		}
	}
	if v.Receipts, err = w.Engine.Receipts(q.ctx(), q.actor, 5); err != nil {
		return err
	}
	if v.Systems, err = registry.LiveCount(q.ctx(), w.Engine.DB, q.actor.UnitID); err != nil {
		return err
	}
	if v.Notices, err = w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: unitplan.NoticeKey, State: unitplan.Issued, Limit: 3}); err != nil {
		return err
	}
	return q.page(page.Desk(w.shell(q, "工作台", "desk"), v))
}

func (w *Web) procedureTitle(key string) string {
	if p, ok := w.Engine.Procedure(key); ok {
		return p.Title
	}
	return key
}

func (w *Web) stateOf(r matter.Row) matter.StateDef {
	p, ok := w.Engine.Procedure(r.Procedure)
	if !ok {
		return matter.StateDef{Title: string(r.State)}
	}
	return p.StateDef(r.State)
}

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
