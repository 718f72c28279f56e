package web

import (
	"encoding/csv"
	"fmt"
	"path"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/web/page"
)

func (w *Web) planYear(q *request) int64 {
	if y := q.int("year"); y > 2000 && y < 2100 {
		return y
	}
	return int64(w.Engine.Clock.Today().Year()) + 1
}

// plans is the season of one year: a unit's own plan, and for the bureau every unit.
func (w *Web) plans(q *request) error {
	v := page.PlansView{Year: w.planYear(q), Today: w.Engine.Clock.Today(), Bureau: q.actor.OverseesAll(), Clerk: q.actor.Is(identity.Clerk),
		UnitOf: w.Units.Name, StateOf: w.stateOf, Show: q.r.URL.Query().Get("show"), Idem: matter.NewID()}
	var err error
	if v.Mine, err = w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: unitplan.Key, Year: v.Year, UnitID: q.actor.UnitID, Limit: 5}); err != nil {
		return err
	}
	if !v.Bureau && !v.Clerk {
		if v.Mine, err = w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: unitplan.Key, Year: v.Year}); err != nil {
			return err
		}
		v.Clerk = true
	}
	if v.Bureau {
		if v.Units, err = unitplan.Overview(q.ctx(), w.Engine, q.actor, v.Year); err != nil {
			return err
		}
		if v.Season, err = unitplan.Progress(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, v.Year); err != nil {
			return err
		}
	}
	return q.page(page.Plans(w.shell(q, fmt.Sprintf("%d 年度部门项目计划", v.Year), "plans"), v))
}

func (w *Web) remind(q *request) error {
	year := w.planYear(q)
	res, err := unitplan.Remind(q.ctx(), w.Engine, q.actor, year, q.r.FormValue("text"), q.r.FormValue("idem"))
	if err != nil {
		return err
	}
	return q.seeOther("/matters/" + res.Matter)
}

// callList exports who is still to file, with names and telephone numbers.
func (w *Web) callList(q *request) error {
	year := w.planYear(q)
	calls, err := unitplan.Calls(q.ctx(), w.Engine, q.actor, year)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%d年度部门项目计划未报单位电话名单", year)
	if path.Ext(q.r.URL.Path) == ".xlsx" {
		raw, err := unitplan.CallSheet(year, w.Engine.Clock.Today(), calls)
		if err != nil {
			return err
		}
		attachmentName(q, name+".xlsx")
		q.w.Header().Set("Content-Type", xlsxType)
		_, err = q.w.Write(raw)
		return err
	}
	attachmentName(q, name+".csv")
	q.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	if _, err := q.w.Write([]byte("\ufeff")); err != nil {
		return err
	}
	return csv.NewWriter(q.w).WriteAll(unitplan.CallTable(calls))
}

func (w *Web) copyPlan(q *request) error {
	if !q.actor.Is(identity.Clerk) {
		return problem.New(problem.Forbidden, "部门项目计划由经办人填报")
	}
	return q.goTo(unitplan.CopyLast(q.ctx(), w.Engine, q.actor, w.planYear(q)))
}
