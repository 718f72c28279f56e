package web

import (
	"errors"
	"net"
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
	v := page.SignInView{Next: q.r.URL.Query().Get("next"), Demo: w.Engine.Clock.Demo()}
	if _, err := q.r.Cookie(w.sessions.Cookie.Name); err == nil && q.r.URL.Query().Has("next") {
		v.Error = "登录已经失效：30 分钟没有操作，或已在别处结束。请重新登录"
	}
	return q.page(page.SignIn(v))
}

func (w *Web) signIn(q *request) error {
	login, password, next := q.r.FormValue("login"), q.r.FormValue("password"), q.r.FormValue("next")
	a, err := w.admin().SignIn(q.ctx(), login, password, time.Now())
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
	w.sessions.Put(q.ctx(), identity.PlaceKey, placeOf(q.r))
	identity.Touch(q.ctx(), w.sessions, time.Now())
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
		next = "/"
	}
	return q.seeOther(next)
}

// placeOf says where a request comes from, as its owner would recognise it.
func placeOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	agent := r.UserAgent()
	for _, known := range [][2]string{{"Edg/", "Edge"}, {"QIHU", "360"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome 内核"}, {"Safari/", "Safari"}} {
		if strings.Contains(agent, known[0]) {
			return host + " · " + known[1]
		}
	}
	return host
}

func (w *Web) signOut(q *request) error {
	if err := w.sessions.Destroy(q.ctx()); err != nil {
		return err
	}
	return q.seeOther("/signin")
}

// account is a person's own account; while they must change their password it is
// the only page they can use.
func (w *Web) account(q *request) error { return w.accountPage(q, page.Trial{}, http.StatusOK) }

func (w *Web) accountPage(q *request, t page.Trial, status int) error {
	v := page.AccountView{Unit: q.actor.UnitName, Current: w.cookie(q), Trial: t}
	var err error
	if v.Person, err = w.admin().Person(q.ctx(), q.actor, q.actor.ID); err != nil {
		return err
	}
	if v.Sessions, err = w.admin().Sessions(q.ctx(), q.actor, q.actor.ID); err != nil {
		return err
	}
	if v.Tokens, err = w.admin().Tokens(q.ctx(), q.actor, time.Now()); err != nil {
		return err
	}
	return q.render(status, page.Account(w.shell(q, "我的账号", "account"), v))
}

// cookie is the hash of the session of this request, "" without one.
func (w *Web) cookie(q *request) string {
	c, err := q.r.Cookie(w.sessions.Cookie.Name)
	if err != nil {
		return ""
	}
	return identity.Cookie(c.Value)
}

func (w *Web) changePassword(q *request) error {
	err := w.admin().ChangePassword(q.ctx(), q.actor, q.r.FormValue("old"), q.r.FormValue("password"), q.r.FormValue("again"), w.cookie(q), time.Now())
	t, status, err := q.refused("own", err)
	if err != nil {
		return err
	}
	if t.Error == "" {
		t.Done = "密码已修改，其他会话已结束。"
	}
	return w.accountPage(q, t, status)
}

func (w *Web) endOwnSession(q *request) error {
	token := q.r.FormValue("session")
	if token == "" {
		return problem.Field("session", "请选择要结束的会话")
	}
	if token == w.cookie(q) {
		return w.signOut(q)
	}
	t, status, err := q.refused("sessions", w.admin().EndSessions(q.ctx(), q.actor, q.actor.ID, token))
	if err != nil {
		return err
	}
	if t.Error == "" {
		t.Done = "会话已结束。"
	}
	return w.accountPage(q, t, status)
}

// issueToken gives a program leave to speak to the API for its person. The token
// is shown once, on the page that answers.
func (w *Web) issueToken(q *request) error {
	token, err := w.admin().IssueToken(q.ctx(), q.actor, q.r.FormValue("label"), q.int("days"), time.Now())
	t, status, err := q.refused("token", err)
	if err != nil {
		return err
	}
	if t.Error == "" {
		t.Done = "访问令牌：" + token + " 。只显示这一次，请现在复制保存。"
	}
	return w.accountPage(q, t, status)
}

func (w *Web) revokeToken(q *request) error {
	t, status, err := q.refused("token", w.admin().RevokeToken(q.ctx(), q.actor, q.r.FormValue("token")))
	if err != nil {
		return err
	}
	if t.Error == "" {
		t.Done = "访问令牌已撤销，用它的程序不能再访问。"
	}
	return w.accountPage(q, t, status)
}

// demoPeople lets a person of the demo become anybody, in any jurisdiction.
func (w *Web) demoPeople(q *request) error {
	v := page.PeopleView{Switch: true, Filter: identity.PeopleFilter{Text: q.r.URL.Query().Get("q"), Role: q.r.URL.Query().Get("role"), Limit: 500}}
	for _, j := range w.Units.Jurisdictions() {
		all, err := identity.FindPeople(q.ctx(), w.Engine.DB, j.ID, v.Filter)
		if err != nil {
			return err
		}
		place := ""
		if !j.Own {
			place = j.Name
		}
		for _, p := range all {
			v.People = append(v.People, page.PersonRow{Person: p, Unit: w.Units.Name(p.UnitID), Place: place})
		}
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
