package supplement

import (
	"context"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs, numbers and the record, and the origin of its projects.
const Key = registry.Supplemented

// States of an application beyond the draft.
const (
	Signing    matter.State = "signing"
	Consent    matter.State = "consent"
	Checking   matter.State = "checking"
	ToGov      matter.State = "to-government"
	AtGov      matter.State = "at-government"
	Confirming matter.State = "confirming"
	Approved   matter.State = "approved"
	Refused    matter.State = "refused"
)

// Acts beyond the common ones.
const (
	agreed   matter.Action = "agreed"
	sendBack matter.Action = "send-back"
	refuse   matter.Action = "refuse"
	Report   matter.Action = "report"
)

// Applying is the procedure.
func Applying() *matter.Procedure {
	return &matter.Procedure{
		Key: Key, Title: "增补计划", Clauses: []string{"A05.1", "A05.3", "A11.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写并申请增补", Clause: "A11.1", Edit: true, Stage: "申请"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发增补申请", Clause: "A11.1", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意增补申请", Clause: "A11.1", Stage: "主管部门"},
			{State: Checking, Title: "审核中", Mark: matter.MarkDoing, Task: "审核增补申请", Clause: "A11.1", Seats: jointChecking(), Stage: "两家审核"},
			{State: ToGov, Title: "待联合报批", Mark: matter.MarkDoing, Holder: identity.BigDataHead, Task: "联合报市政府审批", Clause: "A11.1", Stage: "报批"},
			{State: AtGov, Title: "待市政府审批", Mark: matter.MarkWait, Holder: identity.BigDataClerk, Task: "登记市政府批复", Clause: "A11.1", Attach: true, Stage: "市政府审批"},
			{State: Confirming, Title: "待复核批复", Mark: matter.MarkDoing, Holder: identity.BigDataHead, Task: "复核市政府批复", Clause: "A11.1"},
			{State: Approved, Title: "已批准增补", Mark: matter.MarkDone, Final: true, Stage: "已批准"},
			{State: Refused, Title: "不予增补", Mark: matter.MarkStop, Final: true},
		},
		Flow: append([]matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Effect: anew},
			{From: Signing, Do: matter.SignOff, Title: "签发申请", Says: "签发后由市大数据发展管理局会同市财政局审核；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent}, Route: viaParent, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk},
			{From: Consent, Do: matter.Consent, Title: "同意申请", Says: "同意后由市大数据发展管理局会同市财政局审核。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true},
			{From: Checking, Do: agreed, Title: "两家同意", To: ToGov, By: identity.Itself, Effect: settle},
			{From: Checking, Do: sendBack, Title: "退回修改", To: matter.Draft, By: identity.Itself},
			{From: Checking, Do: refuse, Title: "不予增补", To: Refused, By: identity.Itself},
			{From: ToGov, Do: Report, Title: "联合报市政府审批", Says: "与市财政局联合请示市政府，之后等待批复。", To: AtGov, By: identity.BigDataHead, Input: &requestForm,
				Judge: matter.JudgeBy(gatherReport, ReportRules()...), Suggest: suggest, Effect: reported},
			// without it a case that may no longer be reported would have no way out
			{From: ToGov, Do: matter.Return, Title: "退回单位", Says: "情况有变、不能报批的退回单位；再提交须重新审核。", To: matter.Draft, By: identity.BigDataHead, Reason: true, Danger: true},
		}, decision.Steps(decision.Course{Waiting: AtGov, Checking: Confirming, Approved: Approved, Draft: matter.Draft, SentBy: Report, SentOn: requestedOn}, approve, decided)...),
		Form:  applicationForm,
		Needs: []matter.Need{{Kind: "basis", Label: "依据文件", Clause: "A11.1"}, {Kind: decision.Kind, Label: "市政府批复", Clause: "A11.1"}},
		Start: identity.OwnerClerk,
		Prepare: func(_ context.Context, _ db.Querier, c *matter.Case) ([]matter.Line, error) {
			if c.Year == 0 {
				c.Year = int64(c.Today.Year())
			}
			matter.FormOf[Application](c).BuildKind = registry.New
			return nil, nil
		},
		Name: func(c *matter.Case) string {
			if name := strings.TrimSpace(matter.FormOf[Application](c).Name); name != "" {
				return name + " 增补申请"
			}
			return "增补申请"
		},
		Sum: func(c *matter.Case) int64 {
			a := matter.FormOf[Application](c)
			if a.Approved > 0 {
				return int64(a.Approved)
			}
			return int64(a.Estimate)
		},
	}
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Checking
}

// suggest begins the request with the most that may be reported.
func suggest(c *matter.Case) map[string]string {
	return map[string]string{"amount": matter.FormOf[Application](c).Checked.WanExact(), "date": string(c.Today)}
}

// requestedOn is the date of the request on paper: it may be recorded days later.
func requestedOn(c *matter.Case) calendar.Date { return matter.FormOf[Application](c).RequestedOn }
