package web

import (
	"errors"
	"maps"
	"net/http"
	"strings"
	"time"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/web/page"
)

func (w *Web) admin() identity.Administration { return w.Engine.Administration() }

// refused turns a refusal into what the page of the form shows again: what was
// typed, and what is wrong, at the field where it can be.
func (q *request) refused(form string, err error) (page.Trial, int, error) {
	t := page.Trial{Form: form, Values: map[string]string{}, Bad: map[string]string{}}
	if err == nil {
		return page.Trial{}, http.StatusOK, nil
	}
	kind := problem.KindOf(err)
	if kind == problem.Internal || kind == problem.NotFound {
		return t, 0, err
	}
	for k, v := range q.r.PostForm {
		if len(v) > 0 && !strings.Contains(k, "password") {
			t.Values[strings.TrimPrefix(k, "f.")] = v[len(v)-1]
		}
	}
	var p *problem.Error
	if errors.As(err, &p) {
		maps.Copy(t.Bad, p.Fields)
	}
	t.Error = problem.Message(err)
	return t, statusOf[kind], nil
}

func (w *Web) unitList(q *request) error {
	v := page.UnitsView{Text: strings.TrimSpace(q.r.URL.Query().Get("q")), Closed: q.r.URL.Query().Get("closed") != "", Keep: q.actor.Is(identity.SysAdmin), UnitOf: w.Units.Name}
	all, err := w.admin().UnitsOf(q.ctx(), q.actor, !v.Closed)
	if err != nil {
		return err
	}
	for _, u := range all {
		if v.Text == "" || u.Matches(v.Text) {
			v.Units = append(v.Units, u)
		}
	}
	if v.People, err = w.admin().Headcount(q.ctx(), q.actor); err != nil {
		return err
	}
	return q.page(page.Units(w.shell(q, "单位", "units"), v))
}

func (w *Web) newUnit(q *request) error { return w.unitPage(q, "", page.Trial{}, http.StatusOK) }

func (w *Web) unit(q *request) error {
	return w.unitPage(q, q.r.PathValue("id"), page.Trial{}, http.StatusOK)
}

func (w *Web) unitPage(q *request, id string, t page.Trial, status int) error {
	v := page.UnitView{Keep: q.actor.Is(identity.SysAdmin), Trial: t, Units: w.Units.Of(q.actor.Jurisdiction)}
	title := "新增单位"
	if id != "" {
		var err error
		if v.Unit, err = w.admin().Unit(q.ctx(), q.actor, id); err != nil {
			return err
		}
		title = v.Unit.ShortName
		v.Input = v.Unit.Input(w.Units.Name(v.Unit.ParentID))
		if v.People, err = identity.FindPeople(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, identity.PeopleFilter{UnitID: id}); err != nil {
			return err
		}
		for _, u := range v.Units {
			if u.ParentID == id {
				v.Children = append(v.Children, u)
			}
		}
	}
	return q.render(status, page.Unit(w.shell(q, title, "units"), v))
}

// again shows the page of a unit with what was refused, or goes to it.
func (w *Web) unitAgain(q *request, form, id, to string, err error) error {
	if err == nil {
		return q.seeOther(to)
	}
	t, status, err := q.refused(form, err)
	if err != nil {
		return err
	}
	return w.unitPage(q, id, t, status)
}

func (w *Web) saveUnit(q *request) error {
	in, err := q.prefixed("f.")
	if err != nil {
		return err
	}
	id := q.r.PathValue("id")
	u, err := w.admin().SaveUnit(q.ctx(), q.actor, id, q.int("rev"), in, q.r.FormValue("reason"))
	return w.unitAgain(q, "edit", id, "/units/"+u.ID, err)
}

func (w *Web) closeUnit(q *request) error {
	id := q.r.PathValue("id")
	err := w.admin().CloseUnit(q.ctx(), q.actor, id, q.int("rev"), q.r.FormValue("reason"))
	return w.unitAgain(q, "close", id, "/units/"+id, err)
}

func (w *Web) reopenUnit(q *request) error {
	id := q.r.PathValue("id")
	err := w.admin().ReopenUnit(q.ctx(), q.actor, id, q.int("rev"), q.r.FormValue("reason"))
	return w.unitAgain(q, "reopen", id, "/units/"+id, err)
}

func (w *Web) peopleList(q *request) error {
	f := identity.PeopleFilter{Text: q.r.URL.Query().Get("q"), UnitID: q.r.URL.Query().Get("unit"), Role: q.r.URL.Query().Get("role"), Limit: 501}
	v := page.PeopleView{Units: w.Units.Of(q.actor.Jurisdiction), Admin: q.actor.Administrator(), Keep: q.actor.Is(identity.SysAdmin), Now: time.Now().UnixMilli()}
	f.Left = v.Admin && q.r.URL.Query().Get("left") != ""
	all, err := identity.FindPeople(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, f)
	if err != nil {
		return err
	}
	v.Filter, v.More = f, len(all) > 500
	for _, p := range all[:min(500, len(all))] {
		v.People = append(v.People, page.PersonRow{Person: p, Unit: w.Units.Name(p.UnitID)})
	}
	return q.page(page.People(w.shell(q, "人员", "people"), v))
}

func (w *Web) newPerson(q *request) error {
	return w.personPage(q, "", page.Trial{}, http.StatusOK)
}

func (w *Web) person(q *request) error {
	return w.personPage(q, q.r.PathValue("id"), page.Trial{}, http.StatusOK)
}

func (w *Web) personPage(q *request, id string, t page.Trial, status int) error {
	v := page.PersonView{Sys: q.actor.Is(identity.SysAdmin), Sec: q.actor.Is(identity.SecAdmin), Own: q.actor.ID == id, Units: w.Units.Of(q.actor.Jurisdiction), Trial: t, Now: time.Now().UnixMilli()}
	title := "新增人员"
	if id != "" {
		var err error
		if v.Person, err = w.admin().Person(q.ctx(), q.actor, id); err != nil {
			return err
		}
		v.Unit, title = w.Units.Name(v.Person.UnitID), v.Person.Name
		v.Input = v.Person.Input(v.Unit)
		if v.Lacks, err = w.admin().Lacks(q.ctx(), v.Person); err != nil {
			return err
		}
		if v.Sys {
			if v.Sessions, err = w.admin().Sessions(q.ctx(), q.actor, id); err != nil {
				return err
			}
		}
	}
	return q.render(status, page.Person(w.shell(q, title, "people"), v))
}

// personAgain shows the page of a person with what was refused or done.
func (w *Web) personAgain(q *request, form, done string, err error) error {
	t, status, err := q.refused(form, err)
	if err != nil {
		return err
	}
	t.Done = done
	if t.Error != "" {
		t.Done = ""
	}
	return w.personPage(q, q.r.PathValue("id"), t, status)
}

func (w *Web) savePerson(q *request) error {
	in, err := q.prefixed("f.")
	if err != nil {
		return err
	}
	p, err := w.admin().SavePerson(q.ctx(), q.actor, q.r.PathValue("id"), q.int("rev"), in, q.r.FormValue("reason"), q.r.FormValue("confirm") != "")
	if err == nil {
		return q.seeOther("/people/" + p.ID)
	}
	return w.personAgain(q, "edit", "", err)
}

func (w *Web) givePassword(q *request) error {
	password, err := w.admin().GivePassword(q.ctx(), q.actor, q.r.PathValue("id"), q.r.FormValue("password"), q.r.FormValue("reason"))
	return w.personAgain(q, "password", "初始密码："+password+"。只显示这一次，请当面或用其他渠道告知本人；登录后须修改。", err)
}

func (w *Web) leave(q *request) error {
	left, err := w.Engine.Leave(q.ctx(), q.actor, q.r.PathValue("id"), q.int("rev"), q.r.FormValue("reason"), q.r.FormValue("confirm") != "")
	return w.personAgain(q, "leave", "已办理离岗："+left.Says()+"。", err)
}

func (w *Web) bringBack(q *request) error {
	err := w.admin().Return(q.ctx(), q.actor, q.r.PathValue("id"), q.int("rev"), q.r.FormValue("reason"))
	return w.personAgain(q, "back", "已恢复在岗。", err)
}

func (w *Web) changeRoles(q *request) error {
	id, role, reason := q.r.PathValue("id"), q.r.FormValue("role"), q.r.FormValue("reason")
	var err error
	done := "已授予" + identity.RoleTitles[role] + "。"
	switch q.r.FormValue("do") {
	case "grant":
		err = w.admin().Grant(q.ctx(), q.actor, id, role, reason)
	case "take":
		done = "已取消" + identity.RoleTitles[role] + "。"
		err = w.admin().Take(q.ctx(), q.actor, id, role, reason, q.r.FormValue("confirm") != "")
	default:
		err = problem.Field("role", "请选择授予还是取消")
	}
	return w.personAgain(q, "roles", done, err)
}

func (w *Web) unlock(q *request) error {
	err := w.admin().Unlock(q.ctx(), q.actor, q.r.PathValue("id"), q.r.FormValue("reason"))
	return w.personAgain(q, "unlock", "已解除锁定。", err)
}

func (w *Web) endSession(q *request) error {
	err := w.admin().EndSessions(q.ctx(), q.actor, q.r.PathValue("id"), q.r.FormValue("session"))
	return w.personAgain(q, "sessions", "会话已结束。", err)
}

// roles answers whether every post and every administrator's chair is taken.
func (w *Web) roles(q *request) error {
	all, err := identity.FindPeople(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, identity.PeopleFilter{Limit: 5000})
	if err != nil {
		return err
	}
	v := page.RolesView{Sec: q.actor.Is(identity.SecAdmin), Now: time.Now().UnixMilli()}
	held := map[string]bool{}
	for _, p := range all {
		row := page.PersonRow{Person: p, Unit: w.Units.Name(p.UnitID)}
		for _, r := range p.Roles {
			held[p.UnitID+"/"+r] = true
			switch r {
			case identity.Clerk:
				v.Clerks++
			case identity.Head:
				v.Heads++
			case identity.Expert:
				v.Experts++
			case identity.Auditor:
				v.Auditors = append(v.Auditors, row)
			default:
				v.Admins = append(v.Admins, row)
			}
		}
		if len(p.Roles) == 0 {
			v.Idle++
		}
		if p.LockedUntil > v.Now {
			v.Locked = append(v.Locked, row)
		}
	}
	for _, u := range w.Units.Of(q.actor.Jurisdiction) {
		if !held[u.ID+"/"+identity.Head] {
			v.NoHead = append(v.NoHead, u)
		}
		if !held[u.ID+"/"+identity.Clerk] {
			v.NoClerk = append(v.NoClerk, u)
		}
	}
	return q.page(page.Roles(w.shell(q, "角色", "roles"), v))
}

// log is what the administrators have done, for the audit administrator.
func (w *Web) log(q *request) error {
	f := identity.LogFilter{Before: q.r.URL.Query().Get("before"), Limit: 101}
	if kind, do, ok := strings.Cut(q.r.URL.Query().Get("do"), "/"); ok {
		f.Kind, f.Do = kind, do
	}
	rows, err := identity.Log(q.ctx(), w.Engine.DB, q.actor, f)
	if err != nil {
		return err
	}
	v := page.LogView{Rows: rows, Filter: f, UnitOf: w.Units.Name}
	if len(rows) > 100 {
		v.Rows, v.Next = rows[:100], rows[99].Event
	}
	return q.page(page.Log(w.shell(q, "管理日志", "log"), v))
}
