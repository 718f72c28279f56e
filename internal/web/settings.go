package web

import (
	"net/http"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

func bureauHead(a identity.Actor) bool {
	return a.Office == identity.BigData && a.Is(identity.Head)
}

func (w *Web) parameterList(q *request) error {
	return w.parameterPage(q, page.Trial{}, http.StatusOK)
}

func (w *Web) parameterPage(q *request, t page.Trial, status int) error {
	v := page.ParametersView{Book: w.Book, May: bureauHead(q.actor), Today: w.Engine.Clock.Today(), Key: q.r.URL.Query().Get("key"), Trial: t}
	var err error
	if v.Values, err = w.Engine.Parameters(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, v.Today); err != nil {
		return err
	}
	var keys []string
	for _, p := range w.Book.Params {
		keys = append(keys, p.Key)
	}
	if v.Set, err = w.Engine.Settings(q.ctx(), q.actor.Jurisdiction, keys...); err != nil {
		return err
	}
	return q.render(status, page.Parameters(w.shell(q, "参数", "parameters"), v))
}

// setParameter gives a parameter a value from a day on.
func (w *Web) setParameter(q *request) error {
	from, err := calendar.ParseDate(q.r.FormValue("from"))
	if err != nil {
		err = problem.Field("from", "%v", err)
	} else {
		err = w.Engine.SetParameter(q.ctx(), q.actor, w.Book.Params, q.r.FormValue("key"), typed(q.r.FormValue("value")), from, q.r.FormValue("reason"))
	}
	if err == nil {
		return q.seeOther("/parameters#p-" + q.r.FormValue("key"))
	}
	t, status, err := q.refused("set", err)
	if err != nil {
		return err
	}
	return w.parameterPage(q, t, status)
}

// typed turns what people write for a yes or no into the value that is kept.
func typed(value string) string {
	switch value = strings.TrimSpace(value); value {
	case "是":
		return "yes"
	case "否":
		return "no"
	}
	return value
}

// obliged is which units owe a plan for a year, and why.
func (w *Web) obliged(q *request) error { return w.obligedPage(q, page.Trial{}, http.StatusOK) }

func (w *Web) obligedPage(q *request, t page.Trial, status int) error {
	v := page.ObligedView{Year: w.planYear(q), Show: q.r.URL.Query().Get("show"), Unit: q.r.URL.Query().Get("unit"), May: bureauHead(q.actor), Trial: t}
	var err error
	if v.Rows, err = unitplan.Obligations(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, v.Year); err != nil {
		return err
	}
	if v.Past, err = identity.Settings(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, identity.OfYear); err != nil {
		return err
	}
	return q.render(status, page.Obliged(w.shell(q, "应报单位", "plans"), v))
}

func (w *Web) setObliged(q *request) error {
	unit := q.r.FormValue("unit")
	err := error(problem.Field("unit", "请选择单位"))
	if unit != "" {
		err = unitplan.Oblige(q.ctx(), w.Engine, q.actor, unit, q.int("year"), q.r.FormValue("obliged") == "1", q.r.FormValue("reason"))
	}
	if err == nil {
		return q.seeOther("/plans/obliged?show=set&year=" + q.r.FormValue("year"))
	}
	t, status, err := q.refused("set", err)
	if err != nil {
		return err
	}
	return w.obligedPage(q, t, status)
}

// districts is what the jurisdictions have published; a county publishes its own.
func (w *Web) districts(q *request) error { return w.districtsPage(q, page.Trial{}, http.StatusOK) }

func (w *Web) districtsPage(q *request, t page.Trial, status int) error {
	own := w.Units.Jurisdiction(q.actor.Jurisdiction).Own
	v := page.DistrictsView{City: own, May: bureauHead(q.actor) && !own, Trial: t}
	var err error
	if v.Rows, err = registry.PublishedTotals(q.ctx(), w.Engine.DB, q.actor); err != nil {
		return err
	}
	if v.May {
		next := int64(w.Engine.Clock.Today().Year()) + 1
		for _, year := range []int64{next, next - 1} {
			now, err := registry.YearTotals(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, year)
			if err != nil {
				return err
			}
			v.Now = append(v.Now, now)
		}
	}
	return q.render(status, page.Districts(w.shell(q, "县区汇总", "districts"), v))
}

func (w *Web) publishTotals(q *request) error {
	_, err := registry.Publish(q.ctx(), w.Engine.DB, w.Engine.Clock, q.actor, q.int("year"), q.r.FormValue("note"))
	if err == nil {
		return q.seeOther("/districts")
	}
	t, status, err := q.refused("publish", err)
	if err != nil {
		return err
	}
	return w.districtsPage(q, t, status)
}
