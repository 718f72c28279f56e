package conformity

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/progress"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "conformity"

// States of an acceptance beyond the draft.
const (
	Signing    matter.State = "signing"
	Consent    matter.State = "consent"
	Checking   matter.State = "checking"
	Mending    matter.State = "mending"
	Passing    matter.State = "passing"
	Organising matter.State = "organising"
	Settling   matter.State = "settling"
	Accepting  matter.State = "accepting"
	Filing     matter.State = "filing"
	Completing matter.State = "completing"
	Filed      matter.State = "filed"
)

// Acts beyond the common ones.
const (
	Complete matter.Action = "complete"
	Ask      matter.Action = "supplement"
	Propose  matter.Action = "propose"
	Pass     matter.Action = "pass"
	Record   matter.Action = "record"
	Settle   matter.Action = "settle"
)

// Kinds of documents of the acceptance itself.
const (
	Report       = "report"
	Experts      = "experts"
	MendReport   = "mend-report"
	FinalAccount = "final-account"
)

// The days that the text leaves open.
var (
	FileDays  = measures.Param{Key: "conformity.file-days", Title: "验收会议后多少天内报备验收材料", Unit: "天", Kind: measures.KindDays, Default: "20", Clause: "A20.4", Basis: measures.Reading, Note: "第二十条没有规定天数"}
	CheckDays = measures.Param{Key: "conformity.check-days", Title: "符合性审查的时间", Unit: "天", Kind: measures.KindDays, Default: "15", Clause: "A20.2", Basis: measures.Practice, Note: "《办法》未定时间"}
	TrialDays = measures.Param{Key: "conformity.trial-days", Title: "建设类项目试运行最少天数", Unit: "天", Kind: measures.KindDays, Default: "90", Clause: "A20.2", Basis: measures.Reading, Note: "《办法》未定试运行时间，按通行做法三个月"}
)

// FileDuty begins with an acceptance as passed (Article 20).
var FileDuty = duty.Kind{Key: "acceptance-filing", Clause: "A20.4", Title: "报备项目 %s 的验收材料", Short: "验收备案", Consequence: "逾期报备计入年度评估", Act: "报备验收材料"}

// Applying is the procedure.
func Applying() *matter.Procedure {
	held, back := matter.LineMove{To: matter.LineHeld}, matter.LineMove{To: matter.LineDraft}
	submit := matter.JudgeBy(gather, ApplicationRules()...)
	completed := matter.JudgeBy(completionFacts, past, told)
	states := []matter.StateDef{
		{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写验收申请", Edit: true, Stage: "申请"},
		{State: Signing, Title: "待签发申请", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发验收申请", Stage: "单位签发"},
		{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意验收申请", Stage: "主管部门"},
		{State: Checking, Title: "符合性审查", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "审查验收申请", Clause: "A20.2", Due: matter.Within(CheckDays), Stage: "符合性审查"},
		{State: Mending, Title: "待补正", Mark: matter.MarkWarn, Holder: identity.OwnerClerk, Task: "补正验收材料", Clause: "A20.2", Edit: true, Due: mendBy, Stage: "补正"},
		{State: Passing, Title: "待签发审查意见", Mark: matter.MarkDoing, Holder: identity.BigDataHead, Task: "签发审查意见", Clause: "A20.2"},
		{State: Organising, Title: "待组织验收", Mark: matter.MarkDoing, Holder: identity.OwnerClerk, Task: "组织验收并登记", Clause: "A20.3", Attach: true, Stage: "组织验收"},
		{State: Settling, Title: "待签发决算", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发决算登记", Clause: "A17.0"},
		{State: Accepting, Title: "待签发验收结论", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发验收结论", Clause: "A20.3"},
		{State: Filing, Title: "待验收备案", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "备案验收材料", Clause: "A20.4", Stage: "验收备案"},
		{State: Completing, Title: "验收材料待补", Mark: matter.MarkWarn, Holder: identity.OwnerHead, Task: "补齐验收材料后重新报备", Clause: "A20.4", Attach: true, Stage: "补材料"},
		{State: Filed, Title: "已验收备案", Mark: matter.MarkDone, Final: true, Stage: "已备案"},
	}
	flow := []matter.Step{
		{From: matter.Draft, Do: Complete, Title: "登记完工", Says: "登记试运行结束或者合同履行完毕的日期，验收期限从这一天起算。", To: matter.Draft, By: identity.OwnerClerk, Input: &completionForm, Judge: completed, Effect: complete},
		{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: submit, Submit: true, Lines: held, Effect: handedIn},
		{From: Signing, Do: matter.SignOff, Title: "签发申请", Says: "签发后由市大数据发展管理局进行验收符合性审查；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent}, Route: viaParent, By: identity.OwnerHead},
		{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
		{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
		{From: Consent, Do: matter.Consent, Title: "同意申请", Says: "同意后由市大数据发展管理局审查。", To: Checking, By: identity.ParentHead},
		{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true, Lines: back},
		{From: Checking, Do: Propose, Title: "提出通过审查", Says: "逐项核过清单后提出，由负责人签发。", To: Passing, By: identity.BigDataClerk, Judge: matter.JudgeBy(gather, CheckRules()...)},
		{From: Checking, Do: Ask, Title: "要求补正", Says: "勾选清单里要补正的材料，写明要求和期限；没有勾选的是整份。", To: Mending, By: identity.BigDataClerk, Input: &supplementForm, Reason: true, Danger: true,
			Judge: matter.JudgeBy(completionFacts, ahead), Suggest: inTwoWeeks, Lines: matter.LineMove{To: matter.LineReturned, Selected: true}},
		{From: Checking, Do: matter.Withdraw, Title: "撤回申请", Says: "审查通过前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead, Lines: back},
		{From: Mending, Do: matter.Submit, Title: "补正后提交", Says: "送本单位负责人签发后重新审查。", To: Signing, By: identity.OwnerClerk, Judge: submit, Submit: true, Lines: held, Effect: mended},
		{From: Passing, Do: Pass, Title: "签发通过审查", Says: "通过后单位按程序组织验收；超出的合同须写明怎样处理。", To: Organising, By: identity.BigDataHead, Judge: matter.JudgeBy(gather, CheckRules()...), Effect: passed,
			Lines: matter.LineMove{To: matter.LineAccepted}, Issue: &matter.Series{Key: "conformity", Word: "验审", Title: "验收符合性审查意见"}},
		{From: Passing, Do: matter.Return, Title: "退回审查", Says: "退回经办人重新审查。", To: Checking, By: identity.BigDataHead, Reason: true},
		{From: Organising, Do: Record, Title: "登记验收会议", Says: "登记后送负责人签发。不合格的也如实登记，整改后再组织验收。", To: Accepting, By: identity.OwnerClerk, Input: &meetingForm,
			Judge: matter.JudgeBy(meetingFacts, MeetingRules()...), Effect: recorded, Suggest: knownAccount},
		{From: matter.Draft, Do: Record, Title: "登记验收会议", Says: "通过审查以前已经举行的验收如实登记，签发后回到草稿；无论结论如何，仍须申请审查。", To: Accepting, By: identity.OwnerClerk, Input: &meetingForm,
			Judge: matter.JudgeBy(meetingFacts, MeetingRules()...), Effect: recorded, Suggest: knownAccount},
		{From: Organising, Do: Settle, Title: "登记决算", Says: "决算是事实，超过预算也如实登记；验收合格以决算不超过预算为前提。", To: Settling, By: identity.OwnerClerk, Input: &accountForm,
			Judge: matter.JudgeBy(accountFacts, AccountRules()...)},
		{From: matter.Draft, Do: Settle, Title: "登记决算", Says: "申请验收以前已经作出的决算如实登记，签发后回到草稿。", To: Settling, By: identity.OwnerClerk, Input: &accountForm,
			Judge: matter.JudgeBy(accountFacts, AccountRules()...)},
		{From: Settling, Do: matter.SignOff, Title: "签发决算", Says: "签发后记入资金链。", To: Organising, Or: []matter.State{matter.Draft}, Route: whereItWas, By: identity.OwnerHead, Effect: settled},
		{From: Settling, Do: matter.Return, Title: "退回经办人", Says: "退回重新登记。", To: Organising, Or: []matter.State{matter.Draft}, Route: whereItWas, By: identity.OwnerHead, Reason: true},
		{From: Accepting, Do: matter.SignOff, Title: "签发验收结论", Says: "合格的报市大数据发展管理局备案；不合格的、审查通过以前举行的记录在案。", To: Filing, Or: []matter.State{Organising, matter.Draft}, Route: byResult, By: identity.OwnerHead,
			Judge: matter.JudgeBy(meetingFacts, SigningRules()...), Effect: accepted},
		{From: Accepting, Do: matter.Return, Title: "退回经办人", Says: "退回重新登记。", To: Organising, Or: []matter.State{matter.Draft}, Route: whereItWas, By: identity.OwnerHead, Reason: true, Effect: unrecorded},
		{From: Accepting, Do: matter.Withdraw, Title: "撤回", Says: "撤回重新登记。", To: Organising, Or: []matter.State{matter.Draft}, Route: whereItWas, By: identity.OwnerClerk, Effect: unrecorded},
		{From: Filing, Do: matter.Acknowledge, Title: "予以备案", Says: "备案是收到并记录，不是审批；建设类项目转为运行，建成系统登入系统台账。", To: Filed, By: identity.BigDataClerk, Effect: filed,
			Issue: &matter.Series{Key: "acceptance", Word: "验备", Title: "验收备案回执"}},
		{From: Filing, Do: matter.Return, Title: "退回补材料", Says: "只因材料不全退回；验收结论不变。", To: Completing, By: identity.BigDataClerk, Reason: true, Danger: true, Effect: unfiled},
		{From: Completing, Do: matter.Submit, Title: "重新报备", Says: "材料补齐后重新报备。", To: Filing, By: identity.OwnerHead, Judge: matter.JudgeBy(meetingFacts, report), Effect: refiled},
	}
	return &matter.Procedure{
		Key: Key, Title: "项目验收", Clauses: []string{"A20.2", "A20.1", "A20.3", "A20.4", "A21.1", "A17.0"}, States: states, Flow: flow, Form: applicationForm, Lines: comparisons, Also: []*matter.Lines{checklist},
		Needs: papers(), Params: []measures.Param{progress.AcceptDays, FileDays, CheckDays, TrialDays}, Duties: []duty.Kind{progress.AcceptDuty, FileDuty},
		About: matter.Subject{Kind: matter.AboutProject, Stages: registry.Unaccepted}, Start: identity.OwnerClerk, Prepare: prepare,
		Name: func(c *matter.Case) string {
			a := matter.FormOf[Application](c)
			if period(c) != "" {
				return fmt.Sprintf("%s %s 年度验收申请", a.Name, period(c))
			}
			return a.Name + " 验收申请"
		},
		Once: func(c *matter.Case) string { return c.SubjectID + "/" + period(c) },
		Sum:  func(c *matter.Case) int64 { return int64(matter.FormOf[Application](c).Settled) },
	}
}

// papers are the documents that the newest checklist asks for, and those of the acceptance itself.
func papers() []matter.Need {
	var out []matter.Need
	list := lists[len(lists)-1]
	for _, m := range list.Materials {
		out = append(out, matter.Need{Kind: m.Key, Label: m.Title, Clause: "A20.2"})
	}
	return append(out, matter.Need{Kind: FinalAccount, Label: "决算文件", Clause: "A17.0"}, matter.Need{Kind: Report, Label: "验收报告", Clause: "A20.4"},
		matter.Need{Kind: Experts, Label: "验收专家意见", Clause: "A20.4"}, matter.Need{Kind: MendReport, Label: "整改报告", Clause: "A20.4"})
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Checking
}

func byResult(c *matter.Case) matter.State {
	if matter.FormOf[Application](c).lets() {
		return Filing
	}
	return whereItWas(c)
}

// whereItWas is the state in which a final account or a meeting was recorded: they are
// facts, and wait for no check.
func whereItWas(c *matter.Case) matter.State {
	if matter.FormOf[Application](c).PassedOn == "" {
		return matter.Draft
	}
	return Organising
}

func mendBy(c *matter.Case) calendar.Date {
	if in, ok := c.Input.(*Supplement); ok {
		return in.Due
	}
	return ""
}

func inTwoWeeks(c *matter.Case) map[string]string {
	return map[string]string{"due": string(c.Today.AddDays(14))}
}

func knownAccount(c *matter.Case) map[string]string {
	out := map[string]string{"date": string(c.Today), "organiser": c.Unit.Name}
	if s := matter.FormOf[Application](c).Settled; s > 0 {
		out["settled"] = s.WanExact()
	}
	return out
}
