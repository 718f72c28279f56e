package adjustment

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "adjustment"

// States of an adjustment beyond the draft.
const (
	Signing    matter.State = "signing"
	Consent    matter.State = "consent"
	Checking   matter.State = "checking"
	Filed      matter.State = "filed"
	Reviewing  matter.State = "reviewing"
	ToGov      matter.State = "to-government"
	AtGov      matter.State = "at-government"
	Confirming matter.State = "confirming"
	Approved   matter.State = "approved"
	Refused    matter.State = "refused"
)

// Acts beyond the common ones, and what an office may say.
const (
	Refresh  matter.Action = "refresh"
	agreed   matter.Action = "agreed"
	sendBack matter.Action = "send-back"
	refuse   matter.Action = "refuse"
	Report   matter.Action = "report"

	Agree  = "agree"
	Back   = "return"
	Reject = "refuse"
)

// Adjusting is the procedure.
func Adjusting() *matter.Procedure {
	anew := matter.JudgeBy(gather, TrackRules()...)
	held, back := matter.LineMove{To: matter.LineHeld}, matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "项目调整", Clauses: []string{"A17.1", "A17.2", "A17.3"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写项目调整", Edit: true, Stage: "填写"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发项目调整", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意项目调整", Stage: "主管部门"},
			{State: Checking, Title: "待备案", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "确认调整备案", Stage: "备案", Off: inReview},
			{State: Filed, Title: "已备案", Mark: matter.MarkDone, Final: true, Stage: "已备案", Off: inReview},
			{State: Reviewing, Title: "评审中", Mark: matter.MarkDoing, Task: "评审项目调整", Clause: "A17.2", Seats: jointReview(), Stage: "两家评审", Off: onFile},
			{State: ToGov, Title: "待联合报批", Mark: matter.MarkDoing, Holder: identity.BigDataHead, Task: "联合报市政府审批", Clause: "A17.2", Stage: "报批", Off: unraised},
			{State: AtGov, Title: "待市政府审批", Mark: matter.MarkWait, Holder: identity.BigDataClerk, Task: "登记市政府批复", Clause: "A17.2", Attach: true, Stage: "市政府审批", Off: unraised},
			{State: Confirming, Title: "待复核批复", Mark: matter.MarkDoing, Holder: identity.BigDataHead, Task: "复核市政府批复", Clause: "A17.2"},
			{State: Approved, Title: "已同意调整", Mark: matter.MarkDone, Final: true, Stage: "已同意", Off: onFile},
			{State: Refused, Title: "不予调整", Mark: matter.MarkStop, Final: true},
		},
		Flow: append([]matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "按填写的数字和回答算出办理方式，送本单位负责人签发。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Effect: compute, Lines: held},
			{From: matter.Draft, Do: Refresh, Title: "按现行概算更新", Says: "概算在起草以后有变动的，按现行概算重列调整前的金额和内容；您改过的调整后数字保留。", To: matter.Draft, By: identity.OwnerClerk, Effect: refresh},
			{From: Signing, Do: matter.SignOff, Title: "签发调整", Says: "备案的，签发后单位即可调整，同时报市大数据发展管理局备案；评审的，报两家评审。二级单位先经主管部门同意。", To: Checking,
				Or: []matter.State{Consent, Reviewing}, Route: afterSigning, By: identity.OwnerHead, Judge: matter.JudgeBy(gather, SigningRules()...), Effect: signed},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: Consent, Do: matter.Consent, Title: "同意调整", Says: "同意后报市大数据发展管理局备案，或者报两家评审。", To: Checking, Or: []matter.State{Reviewing}, Route: byTrack, By: identity.ParentHead, Judge: anew},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true, Lines: back, Effect: uncount},
			{From: Checking, Do: matter.Acknowledge, Title: "确认备案", Says: "备案不是审批：材料齐全即予备案，发给回执。", To: Filed, By: identity.BigDataClerk, Judge: anew,
				Lines: matter.LineMove{To: matter.LineAccepted}, Issue: receipt},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "材料不齐、办理方式不对的退回，内容全部保留；退回期间不计入累计。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Danger: true, Lines: back, Effect: uncount},
			{From: Checking, Do: matter.Withdraw, Title: "撤回备案", Says: "备案前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead, Lines: back, Effect: uncount},
			{From: Reviewing, Do: agreed, Title: "两家同意", To: Approved, Or: []matter.State{ToGov}, Route: byMoney, By: identity.Itself, Effect: reviewed},
			{From: Reviewing, Do: sendBack, Title: "退回修改", To: matter.Draft, By: identity.Itself, Lines: back},
			{From: Reviewing, Do: refuse, Title: "不予调整", To: Refused, By: identity.Itself},
			{From: ToGov, Do: Report, Title: "联合报市政府审批", Says: "追加投资确有需要的，与市财政局联合请示市政府，之后等待批复。", To: AtGov, By: identity.BigDataHead, Input: &requestForm,
				Judge: matter.JudgeBy(gatherReport, ReportRules()...), Effect: reported, Suggest: func(c *matter.Case) map[string]string { return map[string]string{"date": string(c.Today)} }},
			{From: ToGov, Do: matter.Return, Title: "退回单位", Says: "情况有变、不能报批的退回单位；再提交须重新评审。", To: matter.Draft, By: identity.BigDataHead, Reason: true, Danger: true, Lines: back},
		}, decision.Steps(decision.Course{Waiting: AtGov, Checking: Confirming, Approved: Approved, Draft: matter.Draft, SentBy: Report, SentOn: requestedOn, Back: back}, raise, decided)...),
		Form: adjustmentForm, Lines: rows, Params: []measures.Param{Percent, Cumulative, Larger, Strict, FileDays},
		Needs: []matter.Need{{Kind: "minutes", Label: "集体决策会议纪要", Clause: "A17.1"}, {Kind: "basis", Label: "依据文件", Clause: "A17.1"}, {Kind: decision.Kind, Label: "市政府批复", Clause: "A17.2"}},
		About: matter.Subject{Kind: matter.AboutProject, Stages: registry.Under}, Start: identity.OwnerClerk, Prepare: prepare,
		Name: func(c *matter.Case) string { return matter.FormOf[Adjustment](c).Name + " 项目调整" },
		Sum:  func(c *matter.Case) int64 { return int64(matter.FormOf[Adjustment](c).Moved) },
	}
}

// receipt is what the bureau issues for an adjustment on file.
var receipt = &matter.Series{Key: "adjustment", Word: "调备", Title: "项目调整备案回执",
	Says: func(c *matter.Case) (string, string) {
		x := matter.FormOf[Adjustment](c)
		return fmt.Sprintf("“%s”（%s）项目调整", x.Name, x.Code), fmt.Sprintf("资金调整 %s 万元（人民币%s）", x.Moved.WanExact(), x.Moved.Upper())
	},
	Note: "备案表示材料已经收到存案，不代表对调整内容的审批。超过概算总投资10%或涉及追加投资的，按《六盘水市市级政务信息系统建设管理办法》第十七条报评审。"}

// inReview, onFile and unraised say which part of the flow a case does not pass.
func inReview(c *matter.Case) bool { return byTrack(c) == Reviewing }
func onFile(c *matter.Case) bool   { return byTrack(c) == Checking }
func unraised(c *matter.Case) bool { return onFile(c) || byMoney(c) == Approved }

func byTrack(c *matter.Case) matter.State {
	if matter.FormOf[Adjustment](c).Track == Review {
		return Reviewing
	}
	return Checking
}

func afterSigning(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return byTrack(c)
}

func byMoney(c *matter.Case) matter.State {
	if matter.FormOf[Adjustment](c).Added > 0 {
		return ToGov
	}
	return Approved
}

// requestedOn is the date of the request on paper.
func requestedOn(c *matter.Case) calendar.Date { return matter.FormOf[Adjustment](c).RequestedOn }
