package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// UnitView is a unit as the API shows it.
type UnitView struct {
	ID       string            `json:"id"`
	Rev      int64             `json:"rev"`
	Active   bool              `json:"active"`
	Values   map[string]string `json:"values"`
	Warnings []string          `json:"warnings,omitempty"`
}

func (d *Door) unitView(u identity.Unit) UnitView {
	in := u.Input(d.Engine.Units.Name(u.ParentID))
	return UnitView{ID: u.ID, Rev: u.Rev, Active: u.Active, Values: values(identity.UnitForm, &in), Warnings: u.Doubts()}
}

// PersonView is a person as the API shows them; the login is for administrators.
type PersonView struct {
	ID     string            `json:"id"`
	Rev    int64             `json:"rev"`
	Active bool              `json:"active"`
	Values map[string]string `json:"values"`
	Roles  []string          `json:"roles"`
	Locked bool              `json:"locked,omitempty"`
}

func (d *Door) personView(actor identity.Actor, p identity.Person) PersonView {
	in := p.Input(d.Engine.Units.Name(p.UnitID))
	if !actor.Administrator() && actor.ID != p.ID {
		in.Login = ""
	}
	v := PersonView{ID: p.ID, Rev: p.Rev, Active: p.Active, Values: values(identity.PersonForm, &in), Roles: p.Roles}
	v.Locked = p.LockedUntil > time.Now().UnixMilli()
	if v.Roles == nil {
		v.Roles = []string{}
	}
	return v
}

// Amendment is what an administrator changes, and why.
type Amendment struct {
	Rev     int64             `json:"rev,omitempty"` // the revision they saw; 0 does not check
	Values  map[string]string `json:"values,omitempty"`
	Reason  string            `json:"reason"`
	Confirm bool              `json:"confirm,omitempty"` // the warning is known
}

type changing struct {
	ByID
	Body Amendment
}

func (d *Door) administration(a huma.API) {
	admin := d.Engine.Administration()
	huma.Register(a, op("units", http.MethodGet, "/units", "单位"), func(ctx context.Context, in *struct {
		Closed bool `query:"closed"`
	}) (*body[[]UnitView], error) {
		all, err := admin.UnitsOf(ctx, actorOf(ctx), !in.Closed)
		out := []UnitView{}
		for _, u := range all {
			out = append(out, d.unitView(u))
		}
		return answer(out, err)
	})
	huma.Register(a, op("get-unit", http.MethodGet, "/units/{id}", "一个单位"), func(ctx context.Context, in *ByID) (*body[UnitView], error) {
		u, err := admin.Unit(ctx, actorOf(ctx), in.ID)
		return answer(d.unitView(u), err)
	})
	huma.Register(a, op("add-unit", http.MethodPost, "/units", "新增单位"), func(ctx context.Context, in *struct{ Body Amendment }) (*body[UnitView], error) {
		u, err := admin.SaveUnit(ctx, actorOf(ctx), "", 0, in.Body.Values, in.Body.Reason)
		return answer(d.unitView(u), err)
	})
	huma.Register(a, op("edit-unit", http.MethodPatch, "/units/{id}", "修改单位"), func(ctx context.Context, in *changing) (*body[UnitView], error) {
		u, err := admin.SaveUnit(ctx, actorOf(ctx), in.ID, in.Body.Rev, in.Body.Values, in.Body.Reason)
		return answer(d.unitView(u), err)
	})
	huma.Register(a, op("close-unit", http.MethodPost, "/units/{id}/close", "停用单位"), func(ctx context.Context, in *changing) (*struct{}, error) {
		return nil, refuse(admin.CloseUnit(ctx, actorOf(ctx), in.ID, in.Body.Rev, in.Body.Reason))
	})
	huma.Register(a, op("reopen-unit", http.MethodPost, "/units/{id}/reopen", "恢复单位"), func(ctx context.Context, in *changing) (*struct{}, error) {
		return nil, refuse(admin.ReopenUnit(ctx, actorOf(ctx), in.ID, in.Body.Rev, in.Body.Reason))
	})
	d.people(a, admin)
	d.settings(a)
	huma.Register(a, op("log", http.MethodGet, "/log", "管理日志"), func(ctx context.Context, in *struct {
		Kind    string `query:"kind"`
		Do      string `query:"do"`
		Subject string `query:"subject"`
		Before  string `query:"before"`
		Limit   int64  `query:"limit"`
	}) (*body[[]identity.LogEntry], error) {
		return answer(identity.Log(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), identity.LogFilter{Kind: in.Kind, Do: in.Do, Subject: in.Subject, Before: in.Before, Limit: in.Limit}))
	})
}

func (d *Door) people(a huma.API, admin identity.Administration) {
	huma.Register(a, op("people", http.MethodGet, "/people", "人员"), func(ctx context.Context, in *struct {
		Text  string `query:"q"`
		Unit  string `query:"unit" doc:"单位标识"`
		Role  string `query:"role"`
		Left  bool   `query:"left"`
		Limit int64  `query:"limit"`
	}) (*body[[]PersonView], error) {
		actor := actorOf(ctx)
		all, err := identity.FindPeople(ctx, d.Engine.DB.Reader(ctx), actor.Jurisdiction, identity.PeopleFilter{Text: in.Text, UnitID: in.Unit, Role: in.Role, Left: in.Left && actor.Administrator(), Limit: in.Limit})
		out := []PersonView{}
		for _, p := range all {
			out = append(out, d.personView(actor, p))
		}
		return answer(out, err)
	})
	huma.Register(a, op("get-person", http.MethodGet, "/people/{id}", "一名人员"), func(ctx context.Context, in *ByID) (*body[PersonView], error) {
		p, err := admin.Person(ctx, actorOf(ctx), in.ID)
		return answer(d.personView(actorOf(ctx), p), err)
	})
	huma.Register(a, op("add-person", http.MethodPost, "/people", "新增人员"), func(ctx context.Context, in *struct{ Body Amendment }) (*body[PersonView], error) {
		p, err := admin.SavePerson(ctx, actorOf(ctx), "", 0, in.Body.Values, in.Body.Reason, in.Body.Confirm)
		return answer(d.personView(actorOf(ctx), p), err)
	})
	huma.Register(a, op("edit-person", http.MethodPatch, "/people/{id}", "修改人员"), func(ctx context.Context, in *changing) (*body[PersonView], error) {
		p, err := admin.SavePerson(ctx, actorOf(ctx), in.ID, in.Body.Rev, in.Body.Values, in.Body.Reason, in.Body.Confirm)
		return answer(d.personView(actorOf(ctx), p), err)
	})
	type given struct {
		Password string `json:"password"`
	}
	huma.Register(a, op("give-password", http.MethodPost, "/people/{id}/password", "设置初始密码"), func(ctx context.Context, in *struct {
		ByID
		Body struct {
			Password string `json:"password,omitempty" doc:"空由系统生成"`
			Reason   string `json:"reason"`
		}
	}) (*body[given], error) {
		password, err := admin.GivePassword(ctx, actorOf(ctx), in.ID, in.Body.Password, in.Body.Reason)
		return answer(given{password}, err)
	})
	huma.Register(a, op("person-leaves", http.MethodPost, "/people/{id}/leave", "办理离岗"), func(ctx context.Context, in *changing) (*body[matter.Left], error) {
		return answer(d.Engine.Leave(ctx, actorOf(ctx), in.ID, in.Body.Rev, in.Body.Reason, in.Body.Confirm))
	})
	huma.Register(a, op("person-returns", http.MethodPost, "/people/{id}/back", "恢复在岗"), func(ctx context.Context, in *changing) (*struct{}, error) {
		return nil, refuse(admin.Return(ctx, actorOf(ctx), in.ID, in.Body.Rev, in.Body.Reason))
	})
	huma.Register(a, op("change-roles", http.MethodPost, "/people/{id}/roles", "授予或取消角色"), func(ctx context.Context, in *struct {
		ByID
		Body struct {
			Do      string `json:"do" enum:"grant,take"`
			Role    string `json:"role"`
			Reason  string `json:"reason"`
			Confirm bool   `json:"confirm,omitempty"`
		}
	}) (*struct{}, error) {
		switch b := in.Body; b.Do {
		case "grant":
			return nil, refuse(admin.Grant(ctx, actorOf(ctx), in.ID, b.Role, b.Reason))
		case "take":
			return nil, refuse(admin.Take(ctx, actorOf(ctx), in.ID, b.Role, b.Reason, b.Confirm))
		}
		return nil, refuse(problem.Field("do", "请写 grant（授予）或 take（取消）"))
	})
	huma.Register(a, op("unlock-person", http.MethodPost, "/people/{id}/unlock", "解除锁定"), func(ctx context.Context, in *changing) (*struct{}, error) {
		return nil, refuse(admin.Unlock(ctx, actorOf(ctx), in.ID, in.Body.Reason))
	})
	huma.Register(a, op("sessions", http.MethodGet, "/people/{id}/sessions", "登录会话"), func(ctx context.Context, in *ByID) (*body[[]identity.Session], error) {
		return answer(admin.Sessions(ctx, actorOf(ctx), in.ID))
	})
	huma.Register(a, op("end-sessions", http.MethodPost, "/people/{id}/sessions/end", "结束会话"), func(ctx context.Context, in *struct {
		ByID
		Body struct {
			Session string `json:"session,omitempty" doc:"空为全部"`
		}
	}) (*struct{}, error) {
		return nil, refuse(admin.EndSessions(ctx, actorOf(ctx), in.ID, in.Body.Session))
	})
	huma.Register(a, op("account", http.MethodGet, "/account", "我的账号"), func(ctx context.Context, _ *struct{}) (*body[PersonView], error) {
		p, err := admin.Person(ctx, actorOf(ctx), actorOf(ctx).ID)
		return answer(d.personView(actorOf(ctx), p), err)
	})
	huma.Register(a, op("own-password", http.MethodPost, "/account/password", "修改密码"), func(ctx context.Context, in *struct {
		Body struct {
			Old      string `json:"old"`
			Password string `json:"password"`
		}
	}) (*struct{}, error) {
		return nil, refuse(admin.ChangePassword(ctx, actorOf(ctx), in.Body.Old, in.Body.Password, in.Body.Password, "", time.Now()))
	})
}

func (d *Door) settings(a huma.API) {
	huma.Register(a, op("parameters", http.MethodGet, "/parameters", "参数设定"), func(ctx context.Context, _ *struct{}) (*body[[]ParameterView], error) {
		set, err := d.Engine.Settings(ctx, actorOf(ctx).Jurisdiction, d.parameterKeys()...)
		if err != nil {
			return nil, refuse(err)
		}
		now, err := d.Engine.Parameters(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx).Jurisdiction, d.Engine.Clock.Today())
		out := []ParameterView{}
		for _, p := range d.Book.Params {
			v := ParameterView{Key: p.Key, Title: p.Title, Default: p.Default, Value: p.Text(now)}
			for _, s := range set {
				if s.Key == p.Key {
					v.Set = append(v.Set, s)
				}
			}
			out = append(out, v)
		}
		return answer(out, err)
	})
	huma.Register(a, op("set-parameter", http.MethodPost, "/parameters", "设定参数"), func(ctx context.Context, in *struct {
		Body struct {
			Key    string        `json:"key"`
			Value  string        `json:"value"`
			From   calendar.Date `json:"from"`
			Reason string        `json:"reason"`
		}
	}) (*struct{}, error) {
		from, err := calendar.ParseDate(string(in.Body.From))
		if err != nil {
			return nil, refuse(problem.Field("from", "%v", err))
		}
		return nil, refuse(d.Engine.SetParameter(ctx, actorOf(ctx), d.Book.Params, in.Body.Key, in.Body.Value, from, in.Body.Reason))
	})
	huma.Register(a, op("obligations", http.MethodGet, "/obligations", "应报单位"), func(ctx context.Context, in *struct {
		Year int64 `query:"year" required:"true"`
	}) (*body[[]unitplan.Obligation], error) {
		if a := actorOf(ctx); a.Office != identity.BigData || a.Administrator() {
			return nil, refuse(problem.New(problem.Forbidden, "应报单位由大数据主管部门查看和设定"))
		}
		return answer(unitplan.Obligations(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx).Jurisdiction, in.Year))
	})
	huma.Register(a, op("set-obligation", http.MethodPost, "/obligations", "设定应报单位"), func(ctx context.Context, in *struct {
		Body struct {
			Unit    string `json:"unit" doc:"单位标识"`
			Year    int64  `json:"year"`
			Obliged bool   `json:"obliged"`
			Reason  string `json:"reason"`
		}
	}) (*struct{}, error) {
		return nil, refuse(unitplan.Oblige(ctx, d.Engine, actorOf(ctx), in.Body.Unit, in.Body.Year, in.Body.Obliged, in.Body.Reason))
	})
	huma.Register(a, op("published-totals", http.MethodGet, "/published-totals", "县区汇总"), func(ctx context.Context, _ *struct{}) (*body[[]registry.Published], error) {
		return answer(registry.PublishedTotals(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx)))
	})
	huma.Register(a, op("publish-totals", http.MethodPost, "/published-totals", "公布本辖区汇总"), func(ctx context.Context, in *struct {
		Body struct {
			Year int64  `json:"year"`
			Note string `json:"note,omitempty"`
		}
	}) (*body[registry.Published], error) {
		return answer(registry.Publish(ctx, d.Engine.DB, d.Engine.Clock, actorOf(ctx), in.Body.Year, in.Body.Note))
	})
}

// ParameterView is a parameter with its value today and all that was set.
type ParameterView struct {
	Key     string           `json:"key"`
	Title   string           `json:"title"`
	Default string           `json:"default"`
	Value   string           `json:"value"`
	Set     []matter.Setting `json:"set,omitempty"`
}

func (d *Door) parameterKeys() []string {
	var out []string
	for _, p := range d.Book.Params {
		out = append(out, p.Key)
	}
	return out
}
