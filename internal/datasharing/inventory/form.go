// Package inventory keeps the register of systems true from year to year (系统年度确认):
// once a year each unit says of each of its systems that it still stands and how much
// it was used; what was little used is pointed out with its figures; and the number
// of systems of a unit is held against the years before (“只减不增”, Article 6). The
// Measures order no such confirmation: it is practice.
package inventory

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record, and the duty it fulfils.
const Key = "inventory"

// States of a confirmation beyond the draft.
const (
	Signing  matter.State = "signing"
	Checking matter.State = "checking"
	Kept     matter.State = "kept"
)

// Acts of a confirmation.
const (
	Refill  matter.Action = "refill"
	Correct matter.Action = "correct"
)

// When a confirmation is due, and since when.
var (
	DueDay = measures.Param{Key: "inventory.confirm_day", Title: "系统年度确认的截止日（次年）", Kind: measures.KindMonthDay, Default: "03-31", Clause: "A06.1", Basis: measures.Practice,
		Note: "《办法》没有规定年度确认；与绩效自评同时"}
	FirstYear = measures.Param{Key: "inventory.first_year", Title: "从哪一年度起确认系统使用情况", Kind: measures.KindInt, Default: "2026", Clause: "A06.1", Basis: measures.Practice,
		Note: "《办法》自 2025 年 12 月 1 日起施行，2026 年是第一个完整年度"}
	Remind = measures.Param{Key: "inventory.remind_days", Title: "系统年度确认到期提醒：提前", Unit: "天", Kind: measures.KindDays, Default: "30", Clause: "A06.1", Basis: measures.Practice, Note: "到期前提醒一次，到期再提醒一次"}
)

// Duty is what every unit with systems owes once a year.
var Duty = duty.Kind{Key: Key, Clause: "A06.1", Title: "确认 %s 年度系统台账和使用情况", Short: "系统年度确认", Act: "去确认",
	Consequence: "逾期未确认的系统列为闲置核查对象，并计入年度评估。"}

// Confirmation is the head of a year's confirmation.
type Confirmation struct{ Unit, Contact, Phone, Remark string }

var confirmationForm = form.For[Confirmation](form.Section{Key: "unit", Title: "确认单位", Clauses: []string{"A06.1"}, Fields: []form.Field{
	form.TextField("unit", "单位", func(c *Confirmation) *string { return &c.Unit }, form.ReadOnly),
	form.TextField("contact", "联系人", func(c *Confirmation) *string { return &c.Contact }, form.Max(30), form.Required),
	form.TextField("phone", "联系电话", func(c *Confirmation) *string { return &c.Phone }, form.Max(30), form.Required),
	form.LongField("remark", "说明", func(c *Confirmation) *string { return &c.Remark }, form.Max(1000), form.Help("台账内容有变化的，另办系统登记；不再使用的，办理系统停用")),
}})

// Used is a system of a confirmation and how much it was used in the year.
type Used struct {
	Name, SystemID, State, Remark              string
	Users, Active, Daily, CPU, Memory, Storage int64
}

func (u Used) use(year int64) registry.Use {
	return registry.Use{Year: year, Users: u.Users, MonthlyActive: u.Active, DailyCases: u.Daily, CPU: u.CPU, Memory: u.Memory, Storage: u.Storage}
}

var states = registry.SystemStates[:len(registry.InUse)]

var systems = &matter.Lines{
	Table: "system_use", Title: "系统", Max: 500, Fixed: true, Derive: func(any) {},
	Derived: []form.Field{form.TextField("system_id", "系统", func(u *Used) *string { return &u.SystemID })},
	Form: form.For[Used](form.Section{Key: "use", Title: "使用情况", Clauses: []string{"A06.1"}, Fields: []form.Field{
		form.TextField("name", "系统名称", func(u *Used) *string { return &u.Name }, form.ReadOnly),
		form.ChoiceField("system_state", "状态", states, func(u *Used) *string { return &u.State }, form.Required, form.Column),
		form.IntField("users", "用户数", func(u *Used) *int64 { return &u.Users }, form.Max(100_000_000), form.Column),
		form.IntField("monthly_active", "月活跃用户", func(u *Used) *int64 { return &u.Active }, form.Max(100_000_000), form.Column, form.Help("全年平均，每月至少登录一次的人数")),
		form.IntField("daily_cases", "日均业务量", func(u *Used) *int64 { return &u.Daily }, form.Max(100_000_000), form.Column),
		form.IntField("cpu_rate", "CPU %", func(u *Used) *int64 { return &u.CPU }, form.Max(100), form.Column, form.Cumulative, form.Help("全年平均利用率；不在云上的可以不填")),
		form.IntField("memory_rate", "内存 %", func(u *Used) *int64 { return &u.Memory }, form.Max(100), form.Column, form.Cumulative),
		form.IntField("storage_rate", "存储 %", func(u *Used) *int64 { return &u.Storage }, form.Max(100), form.Column, form.Cumulative),
		form.TextField("remark", "说明", func(u *Used) *string { return &u.Remark }, form.Column),
	}})}

// Confirming is the procedure.
func Confirming() *matter.Procedure {
	open := matter.LineMove{To: matter.LineDraft}
	judge := matter.JudgeBy(gather, Rules()...)
	return &matter.Procedure{
		Key: Key, Title: "系统年度确认", Clauses: []string{"A06.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "逐个确认系统", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发年度确认", Stage: "单位签发"},
			{State: Checking, Title: "待收存", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "收存年度确认", Stage: "市大数据局收存"},
			{State: Kept, Title: "已确认", Mark: matter.MarkDone, Stage: "已确认"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: matter.Draft, Do: Refill, Title: "按台账补列", Says: "把之后登记的系统补进来，已填的不变。", To: matter.Draft, By: identity.OwnerClerk, Effect: refill},
			{From: Signing, Do: matter.SignOff, Title: "签发确认", Says: "签发后由市大数据发展管理局收存，使用情况记入台账。", To: Checking, By: identity.OwnerHead, Effect: fulfil},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: open},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: open},
			{From: Checking, Do: matter.Acknowledge, Title: "收存", Says: "收存不是审批：所报状态和使用情况记入系统台账。", To: Kept, By: identity.BigDataClerk, Lines: matter.LineMove{To: matter.LineAccepted}, Effect: keep},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "退回单位补正，内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Lines: open, Effect: reopen},
			{From: Checking, Do: matter.Withdraw, Title: "撤回", Says: "收存前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead, Lines: open, Effect: reopen},
			{From: Kept, Do: Correct, Title: "更正", Says: "所报有误的，转为草稿更正，再次签发和收存；收存以前台账不变。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: open},
		},
		Form: confirmationForm, Lines: systems, Start: identity.OwnerClerk, Params: append([]measures.Param{DueDay, FirstYear, Remind}, IdleParams...), Duties: []duty.Kind{Duty}, Tick: tick,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			last := int64(c.Today.Year() - 1)
			if c.Year == 0 {
				c.Year = last
			}
			if first := int64(FirstYear.Int(c.Values)); c.Year < first || c.Year > last {
				if last < first {
					return nil, problem.New(problem.Conflict, "年度确认从 %d 年度起，%d 年 1 月 1 日以后办理", first, first+1)
				}
				return nil, problem.Field("year", "可以确认的是 %d 到 %d 年度", first, last)
			}
			u := matter.FormOf[Confirmation](c)
			u.Unit, u.Phone = c.Unit.Name, c.Unit.Phone
			rows, err := stood(ctx, q, c.UnitID, c.Year)
			var out []matter.Line
			for _, y := range rows {
				out = append(out, matter.Line{Of: systems, Body: &y})
			}
			if err == nil && out == nil {
				err = problem.New(problem.Conflict, "%d 年底以前登记的系统里没有在用的，没有要确认的", c.Year)
			}
			return out, err
		},
		Once: func(c *matter.Case) string { return fmt.Sprintf("%s/%d", c.UnitID, c.Year) },
		Name: func(c *matter.Case) string { return fmt.Sprintf("%s %d 年度系统确认", c.Unit.ShortName, c.Year) },
	}
}

// standing are the systems y in use that were there in a year: entered before its
// end, or launched before it.
func standing(args *db.Args, year int64) string {
	return "y.state <> 'retired' AND (y.added_at < " + args.Add(opened(year)) + " OR y.launched_on <> '' AND y.launched_on <= " + args.Add(fmt.Sprintf("%04d-12-31", year)) + ")"
}

// stood are the systems that a unit confirms for a year, as a confirmation begins
// with them; the figures are asked anew.
func stood(ctx context.Context, q db.Querier, unitID string, year int64) ([]Used, error) {
	var args db.Args
	return db.All(ctx, q, func(s db.Scanner) (Used, error) {
		var u Used
		err := s.Scan(&u.SystemID, &u.Name, &u.State)
		return u, err
	}, `SELECT y.id, y.name, y.state FROM info_system y WHERE y.unit_id = `+args.Add(unitID)+` AND `+standing(&args, year)+` ORDER BY y.sort_key, y.id`, args.List()...)
}

// refill adds the systems that were registered since the list was drawn up.
func refill(ctx context.Context, d *matter.Doing) error {
	missing, err := unlisted(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	if len(missing) == 0 {
		return problem.New(problem.Conflict, "台账里的系统都已列出，没有要补的")
	}
	for _, y := range missing {
		if _, err := d.PutLine(ctx, systems, &y); err != nil {
			return err
		}
	}
	return nil
}

// unlisted are the systems of the unit in use that the case does not list.
func unlisted(ctx context.Context, q db.Querier, c *matter.Case) ([]Used, error) {
	rows, err := stood(ctx, q, c.UnitID, c.Year)
	listed := map[string]bool{}
	for _, ln := range c.LinesOf("") {
		listed[matter.BodyOf[Used](ln).SystemID] = true
	}
	return slices.DeleteFunc(rows, func(u Used) bool { return listed[u.SystemID] }), err
}

func period(year int64) string { return strconv.FormatInt(year, 10) }

// fulfil is when the unit has confirmed; a correction of what was kept changes nothing.
func fulfil(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	if was, err := kept(ctx, d); was || err != nil {
		return err
	}
	if err := duty.Satisfy(ctx, d.Tx, c.UnitID, Key, period(c.Year), c.Today, d.EventID); err != nil {
		return err
	}
	return d.SetLate(ctx, int64(max(0, due(c.Year, c.Values).DaysUntil(c.Today))))
}

func reopen(ctx context.Context, d *matter.Doing) error {
	if was, err := kept(ctx, d); was || err != nil {
		return err
	}
	return duty.Reopen(ctx, d.Tx, d.Case.UnitID, Key, period(d.Case.Year))
}

// kept reports whether the confirmation was on file before.
func kept(ctx context.Context, d *matter.Doing) (bool, error) {
	_, err := matter.LastAct(ctx, d.Tx, d.Case, matter.Acknowledge)
	if db.None(err) {
		return false, nil
	}
	return err == nil, err
}

// keep brings the register up to date with what the unit confirmed.
func keep(ctx context.Context, d *matter.Doing) error {
	for _, ln := range d.Case.LinesOf("") {
		u := matter.BodyOf[Used](ln)
		if err := registry.Confirm(ctx, d.Tx, u.SystemID, u.State, u.use(d.Case.Year)); err != nil {
			return err
		}
	}
	return nil
}

// due is when the confirmation of a year is due: in the next one.
func due(year int64, v measures.Values) calendar.Date {
	month, day := DueDay.MonthDay(v)
	return calendar.Date(fmt.Sprintf("%04d-%02d-%02d", year+1, month, day))
}

// tick asks from 1 January every unit that has systems in use for its confirmation of
// the year that ended, and counts the reminders. A unit whose systems are all gone
// owes nothing more.
func tick(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		v, err := e.Parameters(ctx, tx, jurisdiction, today)
		if err != nil {
			return err
		}
		last, at := int64(today.Year()-1), e.Clock.Now().UnixMilli()
		for year := max(int64(FirstYear.Int(v)), last-9); year <= last; year++ {
			if err := ask(ctx, tx, jurisdiction, year, due(year, v), at); err != nil {
				return err
			}
		}
		if err := duty.RemindedBefore(ctx, tx, jurisdiction, Key, "", today.AddDays(Remind.Int(v)), 1, at); err != nil {
			return err
		}
		if err := duty.RemindedBefore(ctx, tx, jurisdiction, Key, "", today, 2, at); err != nil {
			return err
		}
		return tx.Later(ctx, `DELETE FROM duty WHERE jurisdiction = $1 AND kind = $2 AND satisfied_on = '' AND NOT EXISTS (SELECT 1 FROM info_system y WHERE y.unit_id = duty.unit_id AND y.state <> 'retired')`, jurisdiction, Key)
	})
}

// ask opens the duty of every unit that confirms a year and was not asked yet.
func ask(ctx context.Context, tx *db.Tx, jurisdiction string, year int64, on calendar.Date, at int64) error {
	var args db.Args
	units, err := db.Column[string](ctx, tx, `SELECT DISTINCT y.unit_id FROM info_system y WHERE y.jurisdiction = `+args.Add(jurisdiction)+` AND `+standing(&args, year)+`
		AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.unit_id = y.unit_id AND d.kind = '`+Key+`' AND d.period = `+args.Add(period(year))+`) ORDER BY y.unit_id`, args.List()...)
	if err != nil {
		return err
	}
	for _, u := range units {
		if _, err := duty.Open(ctx, tx, duty.Duty{Jurisdiction: jurisdiction, UnitID: u, Kind: Key, Clause: Duty.Clause, Title: fmt.Sprintf(Duty.Title, period(year)), Period: period(year), Due: on}, at); err != nil {
			return err
		}
	}
	return nil
}

// opened is the moment after the year: what entered the register later was not used in it.
func opened(year int64) int64 {
	return calendar.Date(fmt.Sprintf("%04d-12-31", year)).EndOfDay().UnixMilli() + 1
}
