package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/web/page"
)

func (w *Web) signInPage(q *request) error {
	return q.page(page.SignIn(page.SignInView{Next: q.r.URL.Query().Get("next"), Demo: w.Engine.Clock.Demo()}))
}

func (w *Web) signIn(q *request) error {
	login, password, next := q.r.FormValue("login"), q.r.FormValue("password"), q.r.FormValue("next")
	a, err := identity.SignIn(q.ctx(), w.Engine.DB, login, password, time.Now())
	var p *problem.Error
	if errors.As(err, &p) && p.Kind != problem.Internal {
		return q.render(http.StatusUnprocessableEntity, page.SignIn(page.SignInView{Next: next, Login: login, Error: p.Msg, Demo: w.Engine.Clock.Demo()}))
	}
	if err != nil {
		return err
	}
	return w.enter(q, a.ID, next)
}

func (w *Web) enter(q *request, person, next string) error {
	if err := w.sessions.RenewToken(q.ctx()); err != nil {
		return err
	}
	w.sessions.Put(q.ctx(), identity.PersonKey, person)
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
		next = "/"
	}
	return q.seeOther(next)
}

func (w *Web) signOut(q *request) error {
	if err := w.sessions.Destroy(q.ctx()); err != nil {
		return err
	}
	return q.seeOther("/signin")
}

func (w *Web) demoPeople(q *request) error {
	all, err := identity.People(q.ctx(), w.Engine.DB, "lps")
	if err != nil {
		return err
	}
	v := page.PeopleView{Switch: true}
	for _, p := range all {
		v.People = append(v.People, page.PersonRow{Person: p, Unit: w.Units.Name(p.UnitID)})
	}
	return q.page(page.People(w.shell(q, "切换身份", "demo"), v))
}

func (w *Web) demoSwitch(q *request) error {
	a, err := identity.ActorByID(q.ctx(), w.Engine.DB, q.r.FormValue("person"))
	if db.None(err) {
		return problem.Missing("这个人")
	}
	if err != nil {
		return err
	}
	return w.enter(q, a.ID, "/")
}

// demoClock moves the demo's clock forward to a later day.
func (w *Web) demoClock(q *request) error {
	d, err := calendar.ParseDate(q.r.FormValue("day"))
	if err != nil {
		return problem.Field("day", "%v", err)
	}
	now := w.Engine.Clock.Now()
	to := d.Time().Add(9 * time.Hour)
	if !to.After(now) {
		return problem.Field("day", "演示时钟只能向后拨")
	}
	w.Engine.Clock.Set(to)
	if err := w.Advance(q.ctx()); err != nil {
		return err
	}
	return q.seeOther("/")
}
