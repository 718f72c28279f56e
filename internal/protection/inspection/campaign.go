package inspection

import (
	"context"
	"fmt"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
)

// Key names the procedure of inspections in URLs and the record.
const Key = "security-inspection"

// States of an inspection.
const (
	Running  matter.State = "running"
	Closing  matter.State = "closing"
	Reported matter.State = "reported"
)

// Finish is the act that hands the results in.
const Finish matter.Action = "finish"

// Campaign is an inspection as it is planned, and what it came to.
type Campaign struct {
	Year                    int64
	Title, Targets, Content string
	Begin, End              calendar.Date
	Summary                 string
}

var campaignForm = form.For[Campaign](
	form.Section{Key: "campaign", Title: "方案", Clauses: []string{"A27.1"}, Fields: []form.Field{
		form.IntField("for_year", "哪一年的检查", func(c *Campaign) *int64 { return &c.Year }, form.Required, form.Max(2100)),
		form.TextField("title", "检查名称", func(c *Campaign) *string { return &c.Title }, form.Required),
		form.DateField("begin_on", "开始日期", func(c *Campaign) *calendar.Date { return &c.Begin }, form.Required),
		form.DateField("end_on", "结束日期", func(c *Campaign) *calendar.Date { return &c.End }, form.Required),
		form.LongField("targets", "检查对象", func(c *Campaign) *string { return &c.Targets }, form.Max(1000), form.Required),
		form.LongField("content", "检查内容和方式", func(c *Campaign) *string { return &c.Content }, form.Max(5000), form.Required),
	}},
	form.Section{Key: "result", Title: "总体情况", Clauses: []string{"A27.1"}, Fields: []form.Field{
		form.LongField("summary", "总体情况", func(c *Campaign) *string { return &c.Summary }, form.Max(5000), form.Help("检查结束后填写；通报全市单位可见，不写漏洞细节和涉密内容")),
	}},
)

// Result is what was found in one unit.
type Result struct {
	Unit              string
	On                calendar.Date
	Findings, Serious int64
	Demand            string
	MendBy            calendar.Date
}

var results = &matter.Lines{Table: "inspection_line", Title: "单位", Max: 300, Form: form.For[Result](form.Section{Key: "result", Title: "检查情况", Clauses: []string{"A27.1"}, Fields: []form.Field{
	form.TextField("unit_name", "单位", func(r *Result) *string { return &r.Unit }, form.Max(100), form.Required, form.Column, form.Help("单位全称或者简称")),
	form.DateField("checked_on", "检查日期", func(r *Result) *calendar.Date { return &r.On }, form.Required, form.Column),
	form.IntField("findings", "问题数", func(r *Result) *int64 { return &r.Findings }, form.Max(100000), form.Column),
	form.IntField("serious", "其中严重", func(r *Result) *int64 { return &r.Serious }, form.Max(100000), form.Column),
	form.LongField("demand", "整改要求", func(r *Result) *string { return &r.Demand }, form.Max(1000), form.Column),
	form.DateField("mend_by", "整改期限", func(r *Result) *calendar.Date { return &r.MendBy }, form.Column),
}})}

// Due is until when the inspection of a year is to be held.
var Due = measures.Param{Key: "protection.inspection_due", Title: "每年安全检查的截止日", Kind: measures.KindMonthDay, Default: "12-31", Clause: "A27.1", Basis: measures.Reading,
	Note: "第二十七条只说“定期开展安全检查”，按每年至少一次"}

// Duty is the bureau's.
var Duty = duty.Kind{Key: Key, Clause: "A27.1", Title: "组织 %s 年度安全检查", Short: "年度安全检查", Act: "组织检查", Consequence: "没有定期开展检查的，计入年度评估"}

// Inspecting is the procedure of inspections.
func Inspecting(units *identity.Directory) *matter.Procedure {
	planned := matter.JudgeBy(gatherPlan, PlanRules()...)
	found := matter.JudgeBy(gatherResults(units), ResultRules()...)
	held, back := matter.LineMove{To: matter.LineHeld}, matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "安全检查", Clauses: []string{"A27.1", "A05.2", "A05.5", "A05.6"},
		States: append(jointStates("安全检查方案"),
			matter.StateDef{State: Running, Title: "检查中", Mark: matter.MarkDoing, Holder: identity.OwnerClerk, Task: "登记检查情况", Edit: true, Stage: "检查"},
			matter.StateDef{State: Closing, Title: "待签发通报", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发检查通报", Stage: "通报"},
			matter.StateDef{State: Reported, Title: "已通报", Mark: matter.MarkDone, Final: true, Public: true, Stage: "已通报"}),
		Flow: append(joint(planned),
			matter.Step{From: "signing", Do: matter.SignOff, Title: "签发方案", Says: "签发后开始检查，逐个单位登记情况。", To: Running, By: identity.OwnerHead, Judge: planned},
			matter.Step{From: Running, Do: Finish, Title: "提交通报", Says: "检查结束后提交，由负责人签发。", To: Closing, By: identity.OwnerClerk, Judge: found, Submit: true, Lines: held},
			matter.Step{From: Closing, Do: matter.SignOff, Title: "签发通报", Says: "签发后全市单位可见；要整改的按监督检查的程序提出。", To: Reported, By: identity.OwnerHead, Judge: found, Effect: report},
			matter.Step{From: Closing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: Running, By: identity.OwnerHead, Reason: true, Lines: back},
			matter.Step{From: Closing, Do: matter.Withdraw, Title: "撤回", Says: "撤回继续登记。", To: Running, By: identity.OwnerClerk, Lines: back}),
		Form: campaignForm, Lines: results, Start: identity.BigDataClerk, Params: append([]measures.Param{Due}, protection.Params...), Duties: []duty.Kind{Duty},
		Needs: []matter.Need{{Kind: "scheme", Label: "检查方案", Clause: "A27.1"}, {Kind: "report", Label: "检查报告", Clause: "A27.1"}},
		Prepare: func(_ context.Context, _ db.Querier, c *matter.Case) ([]matter.Line, error) {
			x := matter.FormOf[Campaign](c)
			x.Year, c.Year = int64(c.Today.Year()), int64(c.Today.Year())
			return nil, nil
		},
		Name: func(c *matter.Case) string {
			x := matter.FormOf[Campaign](c)
			if hanzi.Given(x.Title) {
				return x.Title
			}
			return fmt.Sprintf("%d 年度安全检查", x.Year)
		},
		Tick: func(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
			return tick(ctx, e, units, jurisdiction, today)
		},
	}
}

// report fulfils the duty of the year, on the day of the last unit that was looked at.
func report(ctx context.Context, d *matter.Doing) error {
	x, last := matter.FormOf[Campaign](d.Case), calendar.Date("")
	for _, ln := range d.Case.LinesOf("") {
		last = max(last, matter.BodyOf[Result](ln).On)
	}
	if err := owe(ctx, d.Tx, d.Case.Jurisdiction, d.Case.UnitID, x.Year, d.Case.Values, d.Case.Now.UnixMilli()); err != nil {
		return err
	}
	return duty.Satisfy(ctx, d.Tx, d.Case.UnitID, Key, strconv.FormatInt(x.Year, 10), last, d.EventID)
}

func owe(ctx context.Context, tx *db.Tx, jurisdiction, unitID string, year int64, v measures.Values, at int64) error {
	period := strconv.FormatInt(year, 10)
	_, err := duty.Open(ctx, tx, duty.Duty{Jurisdiction: jurisdiction, UnitID: unitID, Kind: Key, Clause: Duty.Clause, Title: fmt.Sprintf(Duty.Title, period), Period: period, Due: protection.InYear(Due, year, v)}, at)
	return err
}

// tick opens the bureau's duty of each year since the first and counts the reminders.
func tick(ctx context.Context, e *matter.Engine, units *identity.Directory, jurisdiction string, today calendar.Date) error {
	bureau, ok := units.ByOffice(jurisdiction, identity.BigData)
	if !ok {
		return nil
	}
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		v, err := e.Parameters(ctx, tx, jurisdiction, today)
		if err != nil {
			return err
		}
		at := e.Clock.Now().UnixMilli()
		for year := int64(protection.FirstDay.Date(v).Year()); protection.InYear(Due, year, v) <= today.AddDays(protection.RemindFirst.Int(v)); year++ {
			if err := owe(ctx, tx, jurisdiction, bureau.ID, year, v, at); err != nil {
				return err
			}
		}
		return protection.Remind(ctx, tx, jurisdiction, Key, today, v, at)
	})
}
