package web

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/web/page"
)

func (w *Web) unitList(q *request) error {
	all, err := identity.Units(q.ctx(), w.Engine.DB, q.actor.Jurisdiction)
	if err != nil {
		return err
	}
	return q.page(page.Units(w.shell(q, "单位", "units"), page.UnitsView{Units: all, UnitOf: w.Units.Name}))
}

func (w *Web) peopleList(q *request) error {
	all, err := identity.People(q.ctx(), w.Engine.DB, q.actor.Jurisdiction)
	if err != nil {
		return err
	}
	v := page.PeopleView{}
	for _, p := range all {
		v.People = append(v.People, page.PersonRow{Person: p, Unit: w.Units.Name(p.UnitID)})
	}
	return q.page(page.People(w.shell(q, "人员", "people"), v))
}

func (w *Web) parameterList(q *request) error {
	v := page.ParametersView{Book: w.Book, May: q.actor.Office == identity.BigData && q.actor.Is(identity.Head), Today: w.Engine.Clock.Today()}
	var err error
	if v.Values, err = w.Engine.Parameters(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, v.Today); err != nil {
		return err
	}
	return q.page(page.Parameters(w.shell(q, "参数", "parameters"), v))
}

// setParameter gives a parameter a value from a day on.
func (w *Web) setParameter(q *request) error {
	from, err := calendar.ParseDate(q.r.FormValue("from"))
	if err != nil {
		return err
	}
	if err := w.Engine.SetParameter(q.ctx(), q.actor, w.Book.Params, q.r.FormValue("key"), q.r.FormValue("value"), from, q.r.FormValue("reason")); err != nil {
		return err
	}
	return q.seeOther("/parameters")
}
