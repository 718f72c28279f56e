package reserve

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// Years of Article 7: “储备库有效期3年”, “顺延累计不超过3年”.
const (
	ValidYears  = 3
	ExtendYears = 3
)

// ValidUntil is the last day on which an entry may be scheduled: three years
// after it entered; from 29 February it is 28 February.
func ValidUntil(entered calendar.Date) calendar.Date { return entered.AddYears(ValidYears) }

// Entry is what stands in the reserve library.
type Entry struct {
	MatterID     string        `json:"matter"`
	Jurisdiction string        `json:"jurisdiction"`
	UnitID       string        `json:"unit_id"`
	ParentUnitID string        `json:"parent_unit_id,omitempty"`
	ProjectID    string        `json:"project"`
	Name         string        `json:"name"`
	BuildKind    string        `json:"build_kind"`
	Periodic     bool          `json:"periodic"`
	Changed      bool          `json:"changed"` // content or funds: no automatic extension
	Priority     string        `json:"priority"`
	Place        int64         `json:"place"`
	Year         int64         `json:"year"`
	Amount       money.Fen     `json:"amount"`
	EnteredOn    calendar.Date `json:"entered_on"`
	ValidUntil   calendar.Date `json:"valid_until"`
	Extended     int64         `json:"extended"`
	State        string        `json:"state"` // valid, planned, expired, left
	EndedOn      calendar.Date `json:"ended_on,omitempty"`
}

// ClockFacts are what the rules of the clock judge.
type ClockFacts struct {
	On         calendar.Date `json:"on"`
	EnteredOn  calendar.Date `json:"entered_on"`
	ValidUntil calendar.Date `json:"valid_until"`
	Periodic   bool          `json:"periodic"`
	Changed    bool          `json:"changed"`
	Extended   int64         `json:"extended"`
}

type clockExample = measures.Example[ClockFacts]

func clockEx(kind measures.ExampleKind, want measures.Outcome, name, why string, f ClockFacts) clockExample {
	return clockExample{Name: name, Kind: kind, Facts: f, Want: want, Why: why}
}

var mayExtend = measures.Rule[ClockFacts]{
	ID: "A07.3-extend", Clause: "A07.3", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "周期项目自动顺延，累计不超过 3 年", Quote: "有效期自动顺延,顺延累计不超过3年",
	Judge: func(f ClockFacts, _ measures.Values) measures.Verdict {
		switch {
		case !f.Periodic:
			return measures.Failed("", "不是周期实施的项目，不顺延")
		case f.Changed:
			return measures.Failed("", "服务内容或资金需求有变化，不顺延")
		case f.Extended >= ExtendYears:
			return measures.Failed("", "已顺延 %d 年，累计不超过 %d 年", f.Extended, ExtendYears)
		}
		return measures.Passed("第 %d 次顺延一年", f.Extended+1)
	},
	Examples: []clockExample{
		clockEx(measures.ExamplePass, measures.Pass, "周期运维第一次到期", "未变化，未顺延过", ClockFacts{Periodic: true}),
		clockEx(measures.ExampleFail, measures.Fail, "新建项目到期", "不是周期项目", ClockFacts{}),
		clockEx(measures.ExampleFail, measures.Fail, "资金有变化", "“服务内容和资金需求不变的”", ClockFacts{Periodic: true, Changed: true}),
		clockEx(measures.ExampleBoundary, measures.Pass, "已顺延两年", "再顺延一年正好三年", ClockFacts{Periodic: true, Extended: 2}),
		clockEx(measures.ExampleBoundary, measures.Fail, "已顺延三年", "再顺延就超过三年", ClockFacts{Periodic: true, Extended: 3}),
	},
}

var stillValid = measures.Rule[ClockFacts]{
	ID: "A07.2-valid", Clause: "A07.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "在储备有效期内", Quote: "储备库有效期3年",
	Judge: func(f ClockFacts, _ measures.Values) measures.Verdict {
		if f.On > f.ValidUntil {
			return measures.Failed("", "%s 入库，有效期到 %s，已经到期", f.EnteredOn, f.ValidUntil)
		}
		return measures.Passed("有效期到 %s", f.ValidUntil)
	},
	Examples: []clockExample{
		clockEx(measures.ExamplePass, measures.Pass, "入库一年", "三年内", ClockFacts{On: "2027-09-20", EnteredOn: "2026-09-20", ValidUntil: "2029-09-20"}),
		clockEx(measures.ExampleFail, measures.Fail, "入库四年", "超过三年", ClockFacts{On: "2030-09-20", EnteredOn: "2026-09-20", ValidUntil: "2029-09-20"}),
		clockEx(measures.ExampleBoundary, measures.Pass, "第三年的当天", "2026-09-20 加三年是 2029-09-20", ClockFacts{On: "2029-09-20", EnteredOn: "2026-09-20", ValidUntil: ValidUntil("2026-09-20")}),
		clockEx(measures.ExampleBoundary, measures.Fail, "第三年的次日", "过了有效期", ClockFacts{On: "2029-09-21", EnteredOn: "2026-09-20", ValidUntil: ValidUntil("2026-09-20")}),
		clockEx(measures.ExampleBoundary, measures.Pass, "2 月 29 日入库", "三年后没有 2 月 29 日，到 2 月 28 日", ClockFacts{On: "2031-02-28", EnteredOn: "2028-02-29", ValidUntil: ValidUntil("2028-02-29")}),
		clockEx(measures.ExampleBoundary, measures.Fail, "2 月 29 日入库，三年后 3 月 1 日", "过了 2 月 28 日", ClockFacts{On: "2031-03-01", EnteredOn: "2028-02-29", ValidUntil: ValidUntil("2028-02-29")}),
	},
}

// Facts of the entry on a day, for the rules of the clock.
func (e Entry) Facts(on calendar.Date) ClockFacts {
	return ClockFacts{On: on, EnteredOn: e.EnteredOn, ValidUntil: e.ValidUntil, Periodic: e.Periodic, Changed: e.Changed, Extended: e.Extended}
}

// Schedulable reports whether the entry may be taken into an annual plan on a day.
func (e Entry) Schedulable(on calendar.Date) bool {
	return e.State == "valid" && stillValid.Judge(e.asOf(on).Facts(on), nil).Outcome == measures.Pass
}

func (e Entry) extendable(on calendar.Date) bool {
	return mayExtend.Judge(e.Facts(on), nil).Outcome == measures.Pass
}

// next is the entry one extension later, counted from the day it entered, so
// that 29 February does not drift.
func (e Entry) next() Entry {
	e.Extended++
	e.ValidUntil = e.EnteredOn.AddYears(ValidYears + int(e.Extended))
	return e
}

// asOf is the entry with the extensions it has by then, whether or not the
// clock came by: rules judge dates, not jobs.
func (e Entry) asOf(on calendar.Date) Entry {
	for e.ValidUntil < on && e.extendable(on) {
		e = e.next()
	}
	return e
}

const entryColumns = `r.matter_id, r.jurisdiction, r.unit_id, r.parent_unit_id, r.project_id, r.name, r.build_kind, r.periodic, r.changed, r.priority, r.place, r.year, r.amount,
	r.entered_on, r.valid_until, r.extended, r.state, r.ended_on`

func scanEntry(s db.Scanner) (Entry, error) {
	var e Entry
	var periodic, changed int64
	err := s.Scan(&e.MatterID, &e.Jurisdiction, &e.UnitID, &e.ParentUnitID, &e.ProjectID, &e.Name, &e.BuildKind, &periodic, &changed, &e.Priority, &e.Place, &e.Year, &e.Amount,
		&e.EnteredOn, &e.ValidUntil, &e.Extended, &e.State, &e.EndedOn)
	e.Periodic, e.Changed = periodic == 1, changed == 1
	return e, err
}

// EntryOf reads the entry of a case; db.ErrNone when it never entered the reserve.
func EntryOf(ctx context.Context, q db.Querier, matterID string) (Entry, error) {
	return db.One(ctx, q, scanEntry, `SELECT `+entryColumns+` FROM reserve_entry r WHERE r.matter_id = $1`, matterID)
}

// Filter narrows the reserve library; zero values do not narrow.
type Filter struct {
	State string
	Year  int64
	Until calendar.Date // valid no longer than this day
}

// Library lists the entries an actor may see, those that end first leading.
func Library(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Entry, error) {
	var args db.Args
	where := actor.SeesProject("r", &args)
	switch f.State {
	case "":
	case "valid", "planned", "expired", "left":
		where += " AND r.state = " + args.Add(f.State)
	default:
		return nil, problem.Field("state", "储备库没有这种状态：%s", f.State)
	}
	if f.Year != 0 {
		where += " AND r.year = " + args.Add(f.Year)
	}
	if f.Until != "" {
		where += " AND r.valid_until <= " + args.Add(string(f.Until))
	}
	return db.All(ctx, q, scanEntry, `SELECT `+entryColumns+` FROM reserve_entry r WHERE `+where+` ORDER BY r.valid_until, r.sort_key, r.matter_id LIMIT 500`, args.List()...)
}
