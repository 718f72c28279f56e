// Package season is how far the planning of a year has come, over all
// procedures of Chapter 2: what the bureau's desk shows as a funnel and what it
// is warned of. It changes nothing.
package season

import (
	"context"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/unitplan"
)

// Part is a number of projects with their money, in fen.
type Part struct {
	Projects int64
	Money    money.Fen
}

func (p *Part) add(n int64, fen money.Fen) {
	p.Projects += n
	p.Money += fen
}

// Funnel is the way of a year's projects from the plans to the approved annual plan.
type Funnel struct {
	Plans     unitplan.Season
	Applied   Part // schemes that have left their unit
	Reviewing Part // of them, not concluded yet
	Reviewed  Part // concluded, whatever the result
	Rejected  Part
	Reserved  Part      // entered the reserve, reviewed amount
	Before    money.Fen // what was applied for them
	Scheduled Part      // in the annual plan that is compiled or under way
	Approved  Part
}

// Cut is how much the reviews took off what entered the reserve, in tenths of a per cent.
func (f Funnel) Cut() int64 {
	if f.Before == 0 {
		return 0
	}
	return int64((f.Before - f.Reserved.Money) * 1000 / f.Before)
}

// Of counts the season of a plan year in five queries.
func Of(ctx context.Context, q db.Querier, jurisdiction string, year int64) (Funnel, error) {
	var f Funnel
	var err error
	if f.Plans, err = unitplan.Progress(ctx, q, jurisdiction, year); err != nil {
		return f, err
	}
	if err := f.schemes(ctx, q, jurisdiction, year); err != nil {
		return f, err
	}
	f.Reserved, err = db.One(ctx, q, scanPart, `SELECT COUNT(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM reserve_entry WHERE jurisdiction = $1 AND year = $2`, jurisdiction, year)
	if err != nil {
		return f, err
	}
	return f, f.plan(ctx, q, jurisdiction, year)
}

func scanPart(s db.Scanner) (Part, error) {
	var p Part
	err := s.Scan(&p.Projects, &p.Money)
	return p, err
}

func (f *Funnel) schemes(ctx context.Context, q db.Querier, jurisdiction string, year int64) error {
	type row struct {
		state matter.State
		part  Part
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.state, &r.part.Projects, &r.part.Money)
		return r, err
	}, `SELECT state, COUNT(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM matter WHERE jurisdiction = $1 AND procedure = $2 AND year = $3 AND submitted_at > 0 GROUP BY state ORDER BY state`,
		jurisdiction, reserve.Key, year)
	for _, r := range rows {
		f.Applied.add(r.part.Projects, r.part.Money)
		switch r.state {
		case matter.Draft, reserve.Signing, reserve.Consent, reserve.Receiving, reserve.Panel, reserve.Summing, reserve.Concluding:
			f.Reviewing.add(r.part.Projects, r.part.Money)
			continue
		case reserve.Rejected:
			f.Rejected.add(r.part.Projects, r.part.Money)
		case reserve.Reserved, reserve.Planned, reserve.Expired, reserve.Left:
			f.Before += r.part.Money
		}
		f.Reviewed.add(r.part.Projects, r.part.Money)
	}
	return err
}

func (f *Funnel) plan(ctx context.Context, q db.Querier, jurisdiction string, year int64) error {
	type row struct {
		state matter.State
		part  Part
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.state, &r.part.Projects, &r.part.Money)
		return r, err
	}, `SELECT m.state, COUNT(*), CAST(COALESCE(SUM(e.year_amount), 0) AS BIGINT) FROM matter m JOIN plan_entry e ON e.matter_id = m.id AND e.included = 1 AND e.struck = 0
		WHERE m.jurisdiction = $1 AND m.procedure = $2 AND m.key = $3 GROUP BY m.state ORDER BY m.state`, jurisdiction, annualplan.Key, strconv.FormatInt(year, 10))
	for _, r := range rows {
		f.Scheduled = r.part
		if r.state == annualplan.Approved {
			f.Approved = r.part
		}
	}
	return err
}

// Warning is something the bureau should look at before it is late.
type Warning struct {
	Title, Note, Href string
	Unit              string // what is counted: 家, 份, 个
	Count             int64
	Since             calendar.Date // the earliest date that is near or past
}

// Warnings are what an overseer of a jurisdiction is warned of today: units that
// owe, opinions that are due, entries that expire. Four queries.
func Warnings(ctx context.Context, q db.Querier, actor identity.Actor, units *identity.Directory, year int64, today calendar.Date) ([]Warning, error) {
	period := strconv.FormatInt(year, 10)
	var out []Warning
	take := func(w Warning, err error) error {
		if err == nil && w.Count > 0 {
			out = append(out, w)
		}
		return err
	}
	for _, k := range []struct{ kind, title, href string }{
		{unitplan.Duty.Key, "部门计划未报", "/plans?year=" + period + "&show=missing"}, {reserve.Duty.Key, "次年度储备没有完成", "/projects?year=" + period + "&stage=filed"},
	} {
		w, err := owing(ctx, q, actor.Jurisdiction, k.kind, period, units)
		w.Title, w.Href, w.Unit = k.title, k.href, "家"
		if err := take(w, err); err != nil {
			return nil, err
		}
	}
	w, err := earliest(ctx, q, `SELECT COUNT(*), COALESCE(MIN(s.due), '') FROM seat s CROSS JOIN matter m
		WHERE m.id = s.matter_id AND m.jurisdiction = $1 AND m.procedure = $2 AND m.state = s.state AND s.status = 'open' AND s.due <> '' AND s.due <= $3`, actor.Jurisdiction, reserve.Key, string(today.AddDays(2)))
	w.Title, w.Note, w.Href, w.Unit = "评审意见将到期未交", "专家或被征求意见的单位", "/review", "份"
	if err := take(w, err); err != nil {
		return nil, err
	}
	w, err = earliest(ctx, q, `SELECT COUNT(*), COALESCE(MIN(valid_until), '') FROM reserve_entry WHERE jurisdiction = $1 AND state = 'valid' AND valid_until <= $2`,
		actor.Jurisdiction, string(today.AddDays(90)))
	w.Title, w.Note, w.Href, w.Unit = "储备 90 天内到期", "周期性且没有变化的到期自动顺延", "/reserve?show=soon", "个"
	return out, take(w, err)
}

func earliest(ctx context.Context, q db.Querier, text string, args ...any) (Warning, error) {
	return db.One(ctx, q, func(s db.Scanner) (Warning, error) {
		var w Warning
		err := s.Scan(&w.Count, &w.Since)
		return w, err
	}, text, args...)
}

// owing names the units that have not fulfilled a duty, three of them.
func owing(ctx context.Context, q db.Querier, jurisdiction, kind, period string, units *identity.Directory) (Warning, error) {
	var w Warning
	open, err := duty.OpenOfKind(ctx, q, jurisdiction, kind, period)
	reminded := int64(0)
	for i, d := range open {
		w.Count++
		reminded = max(reminded, d.Reminded)
		if w.Since == "" || d.Due < w.Since {
			w.Since = d.Due
		}
		if i < 3 {
			if i > 0 {
				w.Note += "、"
			}
			w.Note += units.Name(d.UnitID)
		}
	}
	if len(open) > 3 {
		w.Note += "等"
	}
	if reminded > 0 {
		w.Note += " · 已催办 " + strconv.FormatInt(reminded, 10) + " 次"
	}
	return w, err
}
