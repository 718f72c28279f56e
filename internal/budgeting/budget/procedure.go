package budget

import (
	"context"
	"fmt"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/registry"
)

// Keys of the two procedures in URLs and the record.
const (
	Key            = "budget"
	ArrangementKey = "budget-arrangement"
)

// States beyond the draft.
const (
	Signing    matter.State = "signing"
	Consent    matter.State = "consent"
	Checking   matter.State = "checking"
	Filed      matter.State = "filed"
	Proposal   matter.State = "proposed"
	Confirming matter.State = "confirming"
	Approved   matter.State = "approved"
)

// Refresh takes up what has been declared since.
const Refresh matter.Action = "refresh"

// Declaring is what units do.
func Declaring() *matter.Procedure {
	back := matter.LineMove{To: matter.LineReturned, Selected: true}
	return &matter.Procedure{
		Key: Key, Title: "预算申报", Clauses: []string{"A12.1", "A12.3", "A05.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写预算申报", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发预算申报", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意预算申报", Stage: "主管部门"},
			{State: Checking, Title: "待市财政局受理", Mark: matter.MarkDoing, Holder: identity.FinanceClerk, Task: "受理预算申报", Stage: "财政受理"},
			{State: Filed, Title: "已受理", Mark: matter.MarkDone, Final: true, Stage: "已受理"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gatherDeclared, DeclaredRules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}, Effect: named},
			{From: Signing, Do: matter.SignOff, Title: "签发申报", Says: "签发后由市财政局受理；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent}, Route: viaParent, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: Consent, Do: matter.Consent, Title: "同意申报", Says: "同意后由市财政局受理。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: Checking, Do: matter.Acknowledge, Title: "受理", Says: "受理不是批准：市级财政资金等安排建议和批准；其他来源有文件的，计入项目预算。", To: Filed, By: identity.FinanceClerk,
				Judge: matter.JudgeBy(gatherDeclared, OtherRules()...), Lines: matter.LineMove{To: matter.LineAccepted}, Effect: takeOthers},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "整份或者只把选中的项退回，其余不能再改。", To: matter.Draft, By: identity.FinanceClerk, Reason: true, Lines: back},
		},
		Form: declarationForm, Lines: lines, Start: identity.OwnerClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			if c.Year == 0 {
				c.Year = int64(c.Today.Year()) + 1
			}
			return prefill(ctx, q, c)
		},
		Name: func(c *matter.Case) string { return fmt.Sprintf("%s %d 年预算申报", c.Unit.ShortName, c.Year) },
		Sum: func(c *matter.Case) (sum int64) {
			for _, ln := range c.LinesOf("") {
				sum += int64(matter.BodyOf[Line](ln).Funds.Total())
			}
			return sum
		},
	}
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Checking
}

// named writes beside each code the name the register has.
func named(ctx context.Context, d *matter.Doing) error {
	at, err := byCode(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	for _, ln := range d.Case.LinesOf("") {
		l := matter.BodyOf[Line](ln)
		if k, ok := at[l.Code]; ok && l.Name != k.Name {
			l.Name = k.Name
			if err := d.KeepLine(ctx, ln); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeOthers books the money that is not the city's and has its document.
func takeOthers(ctx context.Context, d *matter.Doing) error {
	at, err := byCode(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	f, err := gatherDeclared(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	for _, l := range f.Lines {
		k, ok := at[l.Code]
		if !ok || l.Others == 0 || !l.Document {
			continue
		}
		if err := registry.Book(ctx, d, registry.Booking{Project: k.ID, Period: registry.Period(k.BuildKind, d.Case.Year), Kind: registry.Budget, Amount: l.Others, Year: d.Case.Year,
			Title: d.Case.Title + "（其他来源）"}); err != nil {
			return err
		}
		d.Mark(k.ID, measures.Checks(others), Declared{On: f.On, Year: f.Year, Lines: []LineFacts{l}})
	}
	return nil
}

// Arranging is what the finance bureau does.
func Arranging(units *identity.Directory) *matter.Procedure {
	draft := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: ArrangementKey, Title: "预算安排", Clauses: []string{"A12.2", "A05.3", "A17.0"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "拟定建议", Mark: matter.MarkDoing, Holder: identity.OwnerClerk, Task: "提出预算安排建议", Edit: true, Stage: "拟定建议"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发预算安排建议", Stage: "签发"},
			{State: Proposal, Title: "已提出建议，待批准", Mark: matter.MarkDoing, Holder: identity.OwnerClerk, Task: "登记预算批复", Attach: true, Stage: "按程序报批"},
			{State: Confirming, Title: "待复核批复", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "复核预算批复"},
			{State: Approved, Title: "预算已确定", Mark: matter.MarkDone, Final: true, Stage: "预算确定"},
		},
		Flow: append([]matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本局负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gatherProposed, ProposedRules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: matter.Draft, Do: Refresh, Title: "更新申报", Says: "把新受理的申报加进来，已填的不动。", To: matter.Draft, By: identity.OwnerClerk, Effect: refresh(units)},
			{From: Signing, Do: matter.SignOff, Title: "签发安排建议", Says: "签发后按程序报批，批准后登记批复。", To: Proposal, By: identity.OwnerHead,
				Judge: matter.JudgeBy(gatherProposed, ProposedRules()...)},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: draft},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: draft},
		}, decision.Steps(decision.Course{Waiting: Proposal, Checking: Confirming, Approved: Approved, Draft: matter.Draft, SentBy: matter.SignOff, Back: draft,
			Items: proposed, Clerk: identity.OwnerClerk, Head: identity.OwnerHead, Paper: "预算批复"}, fix, decision.Rule("A12.2-approval", "A12.2", "按程序报批后确定次年预算"))...),
		Form: arrangementForm, Lines: items, Start: identity.FinanceClerk, Params: []measures.Param{ReviewFrom},
		Needs: []matter.Need{{Kind: ReviewPaper, Label: "预算评审结论", Clause: "A05.3"}, {Kind: decision.Kind, Label: "预算批复", Clause: "A12.2"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			if c.Year == 0 {
				c.Year = int64(c.Today.Year()) + 1
			}
			list, err := waiting(ctx, q, c, units.Name)
			var out []matter.Line
			for _, i := range list {
				out = append(out, matter.Line{Of: items, Body: i})
			}
			return out, err
		},
		Name: func(c *matter.Case) string { return fmt.Sprintf("%d 年预算安排", c.Year) },
		Sum: func(c *matter.Case) (sum int64) {
			for _, ln := range c.LinesOf("") {
				if i := matter.BodyOf[Item](ln); !i.Struck {
					sum += int64(i.Proposed)
				}
			}
			return sum
		},
	}
}

// proposed are the items that are decided on.
func proposed(c *matter.Case) []matter.Line {
	var out []matter.Line
	for _, ln := range c.LinesOf("") {
		if matter.BodyOf[Item](ln).Proposed > 0 {
			out = append(out, ln)
		}
	}
	return out
}

func refresh(units *identity.Directory) func(ctx context.Context, d *matter.Doing) error {
	return func(ctx context.Context, d *matter.Doing) error {
		list, err := waiting(ctx, d.Tx, d.Case, units.Name)
		if err != nil {
			return err
		}
		for _, i := range list {
			if _, err := d.PutLine(ctx, items, i); err != nil {
				return err
			}
		}
		return nil
	}
}

// fix makes the approved items the budgets of their projects.
func fix(ctx context.Context, d *matter.Doing, got *decision.Decision) error {
	struck, err := decision.NotApproved(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	kinds, err := kindsOf(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	a := matter.FormOf[Arrangement](d.Case)
	a.ApprovedNumber, a.ApprovedOn, a.OK = got.Number, got.Date, 0
	for _, ln := range d.Case.LinesOf("") {
		i := matter.BodyOf[Item](ln)
		if struck[ln.ID] || i.Proposed == 0 { // can be proposed again
			i.Struck = true
			if err := d.KeepLine(ctx, ln); err != nil {
				return err
			}
			continue
		}
		a.OK += i.Proposed
		if err := registry.Grant(ctx, d, registry.Booking{Project: i.ProjectID, Period: registry.Period(kinds[i.ProjectID], d.Case.Year), Amount: i.Proposed, Year: d.Case.Year,
			Title: i.Name + "（" + form.Label(municipal, i.Source) + "，" + got.Number + "）"}); err != nil {
			return err
		}
		if err := d.Tx.Later(ctx, `UPDATE budget_line SET arranged = arranged + $1 WHERE id = $2`, int64(i.Proposed), i.LineID); err != nil {
			return err
		}
	}
	return d.KeepForm(ctx)
}

func kindsOf(ctx context.Context, q db.Querier, c *matter.Case) (map[string]string, error) {
	out := map[string]string{}
	return out, db.Together(ctx, q, db.Each(func(s db.Scanner) error {
		var id, kind string
		err := s.Scan(&id, &kind)
		out[id] = kind
		return err
	}, `SELECT p.id, p.build_kind FROM project p WHERE p.id IN (SELECT a.project_id FROM arrangement_line a WHERE a.matter_id = $1)`, c.ID))
}
