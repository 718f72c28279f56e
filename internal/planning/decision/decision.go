// Package decision is the decision of the municipal government as it is recorded
// (市政府批复): it is taken on paper between offices; the bureau's clerk records its
// number, date and scan, and a second person confirms the record. An approval
// takes effect when it is confirmed; a refusal sends the case back.
package decision

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// Results of a decision.
const (
	Approve  = "approve"
	SendBack = "return"
)

// Results are the words for them.
var Results = []form.Option{{ID: Approve, Label: "批准"}, {ID: SendBack, Label: "退回"}}

// Decision is what is recorded of the paper.
type Decision struct {
	Number, Result, Note string
	Date                 calendar.Date
}

// Form declares it.
var Form = form.For[Decision](form.Section{Key: "decision", Title: "批复", Fields: []form.Field{
	form.TextField("number", "批复文号", func(d *Decision) *string { return &d.Number }, form.Max(60), form.Required, form.Help("没有文号的，填会议纪要期号或批办单号")),
	form.DateField("date", "批复日期", func(d *Decision) *calendar.Date { return &d.Date }, form.Required),
	form.ChoiceField("result", "批复结果", Results, func(d *Decision) *string { return &d.Result }, form.Required),
	form.LongField("note", "批复要点", func(d *Decision) *string { return &d.Note }, form.Max(2000), form.Help("退回的写明退回的意见，申报单位据此修改")),
}})

// Kind of the document that carries the scan.
const Kind = "decision"

// Acts of a recorded decision.
const (
	Record  matter.Action = "record"
	Confirm matter.Action = "confirm"
)

// Facts are what the rule of a decision judges.
type Facts struct {
	On     calendar.Date `json:"on"`
	SentOn calendar.Date `json:"sent_on"` // the day the papers went up
	Number bool          `json:"number"`
	Date   calendar.Date `json:"date"`
	Scan   bool          `json:"scan"` // attached since the papers went up
	Back   bool          `json:"back,omitempty"`
	Note   bool          `json:"note,omitempty"`
	Items  int           `json:"items,omitempty"`  // decided on one by one
	Struck int           `json:"struck,omitempty"` // of them, named as not approved
}

// Rule holds a decision to its paper: number, date, scan. The quoted words of
// the Measures say that the government decides.
func Rule(id, clause, quote string) measures.Rule[Facts] {
	good := Facts{On: "2026-11-20", SentOn: "2026-11-02", Number: true, Date: "2026-11-18", Scan: true}
	with := func(change func(*Facts)) Facts {
		f := good
		change(&f)
		return f
	}
	ex := func(kind measures.ExampleKind, want measures.Outcome, name, why string, f Facts) measures.Example[Facts] {
		return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
	}
	return measures.Rule[Facts]{
		ID: id, Clause: clause, Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true, Title: "审批有据", Quote: quote,
		Judge: judge,
		Examples: []measures.Example[Facts]{
			ex(measures.ExamplePass, measures.Pass, "文号、日期、扫描件齐", "报批后批复", good),
			ex(measures.ExampleFail, measures.Fail, "没有扫描件", "批复无凭据", with(func(f *Facts) { f.Scan = false })),
			ex(measures.ExampleFail, measures.Fail, "没有文号", "批复无从查证", with(func(f *Facts) { f.Number = false })),
			ex(measures.ExamplePass, measures.Pass, "退回并写明意见", "单位据此修改", with(func(f *Facts) { f.Back, f.Note = true, true })),
			ex(measures.ExampleFail, measures.Fail, "退回没有意见", "不知改什么", with(func(f *Facts) { f.Back = true })),
			ex(measures.ExampleBoundary, measures.Pass, "日期是今天", "已经批复", with(func(f *Facts) { f.Date = "2026-11-20" })),
			ex(measures.ExampleBoundary, measures.Pass, "报批当天批复", "不早于报批", with(func(f *Facts) { f.Date = "2026-11-02" })),
			ex(measures.ExampleBoundary, measures.Fail, "报批前一天", "先报后批", with(func(f *Facts) { f.Date = "2026-11-01" })),
			ex(measures.ExampleBoundary, measures.Fail, "日期是明天", "还没有批复", with(func(f *Facts) { f.Date = "2026-11-21" })),
		},
	}
}

func judge(f Facts, _ measures.Values) measures.Verdict {
	var ps []measures.Problem
	fail := func(at, format string, args ...any) {
		ps = append(ps, measures.Problem{Anchor: at, Message: fmt.Sprintf(format, args...)})
	}
	if !f.Number {
		fail("input/number", "请填写批复文号")
	}
	switch {
	case f.Date == "":
		fail("input/date", "请填写批复日期")
	case f.Date > f.On:
		fail("input/date", "批复日期 %s 还没有到", f.Date)
	case f.Date < f.SentOn:
		fail("input/date", "批复日期 %s 早于报批的 %s", f.Date, f.SentOn)
	}
	if !f.Scan {
		fail("file/"+Kind, "请先上传批复的扫描件")
	}
	if f.Back && !f.Note {
		fail("input/note", "退回的，请写明退回的意见")
	}
	return measures.FailedWith(ps...)
}

// Course names the states of a procedure that a decision moves between, and the
// act by which the papers went up.
type Course struct {
	Waiting, Checking, Approved, Draft matter.State
	SentBy                             matter.Action
	SentOn                             func(*matter.Case) calendar.Date // the date on those papers; nil: the day of the act
	Items                              func(*matter.Case) []matter.Line // lines decided on one by one; nil: the case as a whole
	Back                               matter.LineMove                  // what becomes of the lines when it is sent back
	Clerk, Head                        identity.Party                   // who records and who confirms; zero: the bureau's
	Paper                              string                           // what the decision is called; "": 市政府批复
}

// Steps are the steps of a recorded decision: recording, confirming by a second
// person, returning the record. effect runs when an approval is confirmed.
func Steps(c Course, effect func(ctx context.Context, d *matter.Doing, got *Decision) error, rules ...measures.Rule[Facts]) []matter.Step {
	if c.Clerk.Side == "" {
		c.Clerk, c.Head, c.Paper = identity.BigDataClerk, identity.BigDataHead, "市政府批复"
	}
	return []matter.Step{
		{From: c.Waiting, Do: Record, Title: "登记" + c.Paper, Says: "先上传批复扫描件。登记后由另一人复核才生效。", To: c.Checking, By: c.Clerk, Input: &Form,
			Judge: matter.JudgeBy(gather(c), rules...), Effect: keepScan, Suggest: func(*matter.Case) map[string]string { return map[string]string{"result": Approve} }},
		{From: c.Checking, Do: Confirm, Title: "复核批复", Says: "复核后生效，不能再改。", To: c.Approved, Or: []matter.State{c.Draft}, By: c.Head, Ready: second, Route: func(k *matter.Case) matter.State {
			if k.Input.(*Decision).Result == SendBack {
				return c.Draft
			}
			return c.Approved
		}, Effect: func(ctx context.Context, d *matter.Doing) error {
			got := d.Case.Input.(*Decision)
			if got.Result == Approve {
				return effect(ctx, d, got)
			}
			for _, g := range d.Case.Procedure.Groups() {
				if c.Back.To == "" {
					break
				}
				if err := d.MoveLines(ctx, g, c.Back.To, got.Note); err != nil {
					return err
				}
			}
			return nil
		}},
		{From: c.Checking, Do: matter.Return, Title: "退回登记", Says: "登记有误的退回重新登记。", To: c.Waiting, By: c.Head, Reason: true},
	}
}

func gather(course Course) func(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	return func(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
		f := Facts{On: c.Today}
		if d, ok := c.Input.(*Decision); ok {
			f.Number, f.Date = hanzi.Given(d.Number), d.Date
			f.Back, f.Note = d.Result == SendBack, strings.TrimSpace(d.Note) != ""
		}
		if course.Items != nil {
			for _, ln := range course.Items(c) {
				f.Items++
				if slices.Contains(c.Picked, ln.ID) {
					f.Struck++
				}
			}
		}
		sent, err := matter.LastAct(ctx, q, c, course.SentBy)
		if db.None(err) {
			return f, nil
		}
		if err != nil {
			return f, err
		}
		f.SentOn = calendar.Of(matter.Time(sent.At))
		if course.SentOn != nil {
			f.SentOn = course.SentOn(c)
		}
		for _, file := range c.Files {
			// a scan of an earlier round, when it was sent back, is not of this decision
			f.Scan = f.Scan || file.Kind == Kind && file.UploadedAt >= sent.At
		}
		return f, nil
	}
}

// keepScan binds the scan to the record of the decision: what is confirmed is this paper.
func keepScan(_ context.Context, d *matter.Doing) error {
	for _, f := range d.Case.Files {
		if f.Kind == Kind {
			d.Note("scan:"+f.ID, []byte(f.Digest))
		}
	}
	return nil
}

// second refuses the person who recorded the decision, and reads what they recorded.
func second(ctx context.Context, d *matter.Doing) error {
	last, err := matter.LastAct(ctx, d.Tx, d.Case, Record)
	if err != nil {
		return err
	}
	if last.ActorID == d.Actor.ID {
		return problem.New(problem.Forbidden, "批复由您登记，须由另一人复核")
	}
	got, _, err := matter.LastInput[Decision](ctx, d.Tx, d.Case, Record)
	if err != nil {
		return err
	}
	d.Case.Input = got
	if got.Result == SendBack {
		d.Act.Reason = got.Note // so that the unit reads in the history why
	}
	return nil
}

// NotApproved are the lines that the newest record names as not approved.
func NotApproved(ctx context.Context, q db.Querier, c *matter.Case) (map[string]bool, error) {
	last, err := matter.LastAct(ctx, q, c, Record)
	out := map[string]bool{}
	for _, id := range last.Selected {
		out[id] = true
	}
	return out, err
}
