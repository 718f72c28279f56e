package annualplan

import (
	"context"
	"fmt"
	"strconv"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs, numbers and the record.
const Key = "annual-plan"

// States of an annual plan beyond the draft.
const (
	Joint    matter.State = "joint"
	Agreed   matter.State = "agreed"
	AtGov    matter.State = "at-government"
	Checking matter.State = "checking"
	Approved matter.State = "approved"
)

// Acts beyond the common ones.
const (
	Refresh   matter.Action = "refresh"
	allAgreed matter.Action = "agreed"
	reopen    matter.Action = "reopen"
	Recall    matter.Action = "recall"
	Report    matter.Action = "report"
)

// Papers are the submission papers that go up to the government.
type Papers struct{ Number string }

var papersForm = form.For[Papers](form.Section{Key: "papers", Title: "报批", Clauses: []string{"A10.1"}, Fields: []form.Field{
	form.TextField("number", "请示文号", func(p *Papers) *string { return &p.Number }, form.Max(60), form.Required),
}})

// Compiling is the procedure.
func Compiling(units *identity.Directory) *matter.Procedure {
	draft := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "年度计划", Clauses: []string{"A05.2", "A05.4", "A05.5", "A09.1", "A10.1", "A10.2"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "编制中", Mark: matter.MarkDoing, Holder: identity.OwnerClerk, Task: "编制年度计划", Clause: "A09.1", Edit: true, Stage: "编制"},
			{State: Joint, Title: "联合审查中", Mark: matter.MarkDoing, Task: "联合审查年度计划", Clause: "A10.1", Seats: jointReview(units), Stage: "三部门联审"},
			{State: Agreed, Title: "联审通过", Mark: matter.MarkDoing, Holder: identity.BigDataHead, Task: "报市政府审批", Clause: "A10.1", Stage: "报批"},
			{State: AtGov, Title: "待市政府审批", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "登记市政府批复", Clause: "A10.1", Attach: true, Stage: "市政府审批"},
			{State: Checking, Title: "待复核批复", Mark: matter.MarkDoing, Holder: identity.BigDataHead, Task: "复核市政府批复", Clause: "A10.1"},
			{State: Approved, Title: "已批准", Mark: matter.MarkDone, Final: true, Public: true, Stage: "已批准"},
		},
		Flow: append([]matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "冻结送三家联审", Says: "冻结后这一版不能再改；三家对同一版都同意才能报市政府。", To: Joint, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: matter.Draft, Do: Refresh, Title: "更新可列项目", Says: "把新入库的项目加进来，已填的不动。", To: matter.Draft, By: identity.OwnerClerk, Effect: refresh(units)},
			{From: Joint, Do: allAgreed, Title: "三家同意", To: Agreed, By: identity.Itself},
			{From: Joint, Do: reopen, Title: "退回重编", To: matter.Draft, By: identity.Itself, Lines: draft},
			{From: Joint, Do: Recall, Title: "收回重编", Says: "本轮意见作废，改后重新送审；没有改动的项目意见保留。", To: matter.Draft, By: identity.BigDataHead, Reason: true, Lines: draft, Danger: true},
			{From: Agreed, Do: Recall, Title: "收回重编", Says: "报市政府前收回修改，改动的项目须三家重新确认。", To: matter.Draft, By: identity.BigDataHead, Reason: true, Lines: draft, Danger: true},
			{From: Agreed, Do: Report, Title: "报市政府审批", Says: "报批后等待市政府批复。", To: AtGov, By: identity.BigDataHead, Input: &papersForm, Judge: matter.JudgeBy(jointFacts(units), ReportRules()...)},
		}, decision.Steps(decision.Course{Waiting: AtGov, Checking: Checking, Approved: Approved, Draft: matter.Draft, SentBy: Report, Back: draft, Items: included},
			approved, decision.Rule("A10.1-decision", "A10.1", "报市政府审批"), someApproved)...),
		Form: planForm, Lines: entries,
		Needs: []matter.Need{{Kind: "request", Label: "报批请示（盖章）", Clause: "A10.1"}, {Kind: "decision", Label: "市政府批复", Clause: "A10.1"}},
		Start: identity.BigDataClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			if c.Year == 0 {
				c.Year = int64(c.Today.Year()) + 1
			}
			list, err := available(ctx, q, units, c)
			if err != nil {
				return nil, err
			}
			var out []matter.Line
			for _, e := range list {
				e.Included = e.Source == FromReserve
				out = append(out, matter.Line{Of: entries, Body: e})
			}
			return out, nil
		},
		Name: func(c *matter.Case) string { return fmt.Sprintf("%d 年度计划", c.Year) },
		Once: func(c *matter.Case) string { return strconv.FormatInt(c.Year, 10) },
		Sum:  func(c *matter.Case) int64 { return int64(Count(c.Lines).All.Year) },
	}
}

// refresh adds what has become available since the draft was opened.
func refresh(units *identity.Directory) func(ctx context.Context, d *matter.Doing) error {
	return func(ctx context.Context, d *matter.Doing) error {
		have := map[string]bool{}
		for _, ln := range d.Case.Lines {
			have[matter.BodyOf[Entry](ln).ProjectID] = true
		}
		list, err := available(ctx, d.Tx, units, d.Case)
		if err != nil {
			return err
		}
		for _, e := range list {
			if have[e.ProjectID] {
				continue
			}
			if _, err := d.PutLine(ctx, entries, e); err != nil {
				return err
			}
		}
		return nil
	}
}

func approved(ctx context.Context, d *matter.Doing, _ *decision.Decision) error {
	struck, err := decision.NotApproved(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	return approve(ctx, d, struck)
}

// approve carries an approved plan into the projects and the reserve. Items the
// government struck stay in the reserve.
func approve(ctx context.Context, d *matter.Doing, struck map[string]bool) error {
	for _, ln := range d.Case.Lines {
		e := matter.BodyOf[Entry](ln)
		if !e.Included {
			continue
		}
		if struck[ln.ID] {
			e.Struck = true
			if err := d.KeepLine(ctx, ln); err != nil {
				return err
			}
			continue
		}
		if err := registry.Plan(ctx, d, e.ProjectID, d.Case.Year, e.Year); err != nil {
			return err
		}
		if e.ReserveID == "" {
			continue
		}
		if _, err := d.Follow(ctx, e.ReserveID, reserve.Schedule, d.Case.Title); err != nil {
			return err
		}
	}
	return d.KeepForm(ctx)
}
