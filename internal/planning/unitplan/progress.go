package unitplan

import (
	"context"
	"strconv"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// Season is how far the filing of a plan year has come in a jurisdiction.
type Season struct {
	Year                      int64
	Owed, Signed, Filed, Late int64 // units: that owe a plan, have signed one, whose plan is on file, late
	Nil, Projects, Checking   int64
	Money                     money.Fen // this year's money of all filed projects
	Due                       calendar.Date
}

// Overdue reports whether plans are missing past their date.
func (s Season) Overdue(today calendar.Date) bool { return s.Signed < s.Owed && s.Due < today }

// Progress counts the season in two queries.
func Progress(ctx context.Context, q db.Querier, jurisdiction string, year int64) (Season, error) {
	s, err := db.One(ctx, q, func(r db.Scanner) (Season, error) {
		var s Season
		err := r.Scan(&s.Owed, &s.Signed, &s.Late, &s.Due)
		return s, err
	}, `SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN satisfied_on <> '' THEN 1 ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN satisfied_on > due THEN 1 ELSE 0 END), 0) AS BIGINT), COALESCE(MAX(due), '') FROM duty WHERE jurisdiction = $1 AND kind = $2 AND period = $3`,
		jurisdiction, Duty.Key, strconv.FormatInt(year, 10))
	if err != nil {
		return s, err
	}
	s.Year = year
	type rest struct {
		filed, empty, projects, checking int64
		money                            money.Fen
	}
	r, err := db.One(ctx, q, func(sc db.Scanner) (rest, error) {
		var r rest
		err := sc.Scan(&r.filed, &r.empty, &r.projects, &r.checking, &r.money)
		return r, err
	}, `SELECT CAST(COALESCE(SUM(CASE WHEN state = 'filed' THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN state = 'filed' AND items = 0 THEN 1 ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN state = 'filed' THEN items ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN state = 'checking' THEN 1 ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN state = 'filed' THEN amount ELSE 0 END), 0) AS BIGINT) FROM matter WHERE jurisdiction = $1 AND procedure = $2 AND year = $3`,
		jurisdiction, Key, year)
	s.Filed, s.Nil, s.Projects, s.Checking, s.Money = r.filed, r.empty, r.projects, r.checking, r.money
	return s, err
}

// UnitStatus is one unit's plan as the bureau sees the season.
type UnitStatus struct {
	Duty duty.Duty
	Plan *matter.Row // nil: nothing handed in
}

// Overview lists every unit that owes a plan with what has become of it.
func Overview(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64) ([]UnitStatus, error) {
	duties, err := duty.OfKind(ctx, e.DB.Reader(ctx), actor.Jurisdiction, Duty.Key, strconv.FormatInt(year, 10))
	if err != nil {
		return nil, err
	}
	plans, err := e.List(ctx, actor, matter.Filter{Procedure: Key, Year: year, Limit: 500})
	if err != nil {
		return nil, err
	}
	byUnit := map[string]*matter.Row{}
	for i := range plans {
		byUnit[plans[i].UnitID] = &plans[i]
	}
	out := make([]UnitStatus, 0, len(duties))
	for _, d := range duties {
		out = append(out, UnitStatus{Duty: d, Plan: byUnit[d.UnitID]})
	}
	return out, nil
}

// Remind reminds all units that have not filed yet, in one act, and returns the
// case that holds its call list.
func Remind(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64, text, idem string) (matter.Result, error) {
	if strings.TrimSpace(text) == "" {
		return matter.Result{}, problem.Field("text", "请写明催办内容")
	}
	var done matter.Result
	err := e.DB.Batch(ctx, func(ctx context.Context) error {
		calls, err := Calls(ctx, e, actor, year)
		if err != nil {
			return err
		}
		if len(calls) == 0 {
			return problem.New(problem.Conflict, "%d 年度部门项目计划都已报送，没有需要催办的单位", year)
		}
		var lines []map[string]string
		for _, c := range calls {
			lines = append(lines, map[string]string{"unit": c.Unit, "unit_id": c.UnitID, "contact": c.Contact, "phone": c.Phone, "due": string(c.Due), "late_days": strconv.Itoa(c.LateDays)})
		}
		opened, err := e.Open(ctx, actor, matter.OpenRequest{Procedure: ReminderKey, Year: year, Form: map[string]string{"text": text}, Lines: lines, Idem: idem})
		if err != nil {
			return err
		}
		again := matter.Request{Matter: opened.Matter, Action: "remind"}
		if idem != "" {
			again.Idem = idem + ":send"
		}
		done, err = e.Act(ctx, actor, again)
		return err
	})
	return done, err
}

// CopyLast opens this year's draft with the items of the unit's last filed plan;
// periods move on by a year and amounts stay to be checked.
func CopyLast(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64) (matter.Result, error) {
	rows, err := e.List(ctx, actor, matter.Filter{Procedure: Key, Year: year - 1, UnitID: actor.UnitID, State: Filed, Limit: 1})
	if err != nil {
		return matter.Result{}, err
	}
	if len(rows) == 0 {
		return matter.Result{}, problem.New(problem.NotFound, "没有本单位 %d 年度已备案的计划可以复制", year-1)
	}
	last, err := e.Load(ctx, actor, rows[0].ID)
	if err != nil {
		return matter.Result{}, err
	}
	var lines []map[string]string
	for _, ln := range last.Lines {
		i := *matter.BodyOf[Item](ln)
		i.Start, i.End = nextYear(i.Start), nextYear(i.End)
		m := map[string]string{}
		for _, f := range itemForm.Fields() {
			m[f.Key] = f.Input(&i)
		}
		lines = append(lines, m)
	}
	form := map[string]string{}
	for _, f := range planForm.Fields() {
		if f.Key != "doc_no" {
			form[f.Key] = f.Input(last.Form)
		}
	}
	return e.Open(ctx, actor, matter.OpenRequest{Procedure: Key, Year: year, Form: form, Lines: lines})
}

func nextYear(d calendar.Date) calendar.Date {
	if d == "" {
		return ""
	}
	return d.AddYears(1)
}
