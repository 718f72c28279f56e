package reserve

import (
	"strconv"
	"strings"

	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/review"
)

// Key names the procedure in URLs, numbers and the record.
const Key = "reserve"

// States of an application and, later, of the entry it became.
const (
	Signing    matter.State = "signing"
	Consent    matter.State = "consent"
	Receiving  matter.State = "receiving"
	Panel      matter.State = "panel"
	Summing    matter.State = "summing"
	Concluding matter.State = "concluding"
	Revising   matter.State = "revising"
	Resigning  matter.State = "resigning"
	Confirming matter.State = "confirming"
	Reserved   matter.State = "reserved"
	Planned    matter.State = "planned"
	Expired    matter.State = "expired"
	Left       matter.State = "left"
	Rejected   matter.State = "rejected"
)

// Acts beyond the common ones.
const (
	Convene  matter.Action = "convene"
	Conclude matter.Action = "conclude"
	gathered matter.Action = "gathered"
	Dissolve matter.Action = "dissolve"
	Confirm  matter.Action = "confirm"
	Leave    matter.Action = "leave"
	Remove   matter.Action = "remove"
	Changed  matter.Action = "declare-change"
	Extend   matter.Action = "extend"
	Expire   matter.Action = "expire"
	Schedule matter.Action = "schedule"
	Revive   matter.Action = "revive"
)

// Duty is the yearly obligation to complete the reserve in September.
var Duty = duty.Kind{Key: Key, Clause: "A07.4", Title: "完成 %s 年度项目储备", Short: "项目储备", Statutory: true, Act: "去申报",
	Consequence: "没有入库的项目不能列入年度计划（第9条）"}

var (
	submitted = matter.JudgeBy(gather, Rules()...)
	corrected = matter.JudgeBy(gather, AnswerRules()...)
	called    = matter.JudgeBy(callFacts, review.CallRules()...)
	ended     = matter.JudgeBy(endFacts, review.EndRules()...)
	extending = matter.JudgeBy(clockFacts, mayExtend)
	planning  = matter.JudgeBy(standingFacts, stillValid)
)

// Application is the procedure.
func Application() *matter.Procedure {
	held, returned := matter.LineMove{To: matter.LineHeld}, matter.LineMove{To: matter.LineReturned}
	return &matter.Procedure{
		Key: Key, Title: "项目储备", Clauses: []string{"A05.1", "A05.2", "A05.6", "A07.0", "A07.1", "A07.2", "A07.3", "A07.4", "A08.1", "A08.2", "A29.2", "A29.3"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "编制方案并申报储备", Clause: "A07.1", Edit: true, Stage: "编制申报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发储备申报", Clause: "A07.1", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意申报", Clause: "A07.1", Stage: "主管部门"},
			{State: Receiving, Title: "待受理", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "受理并组织评审", Clause: "A08.1", Stage: "受理", Due: matter.Within(ReceiveDays)},
			{State: Panel, Title: "评审中", Mark: matter.MarkDoing, Task: "评审打分", Clause: "A08.1", Stage: "专家评审",
				Seats: review.Panel(review.Subject{Scheme: schemeOf, Sheet: sheetOf, Cuts: costs.Table, Concluded: concludedOn, Next: gathered})},
			{State: Summing, Title: "待形成意见", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "形成评审意见", Clause: "A08.1", Stage: "评审意见", Due: matter.Within(ConcludeDays)},
			{State: Concluding, Title: "待签发结论", Mark: matter.MarkDoing, Holder: identity.BigDataHead, Task: "签发评审结论", Clause: "A08.1", Stage: "结论", Due: matter.Within(ConcludeDays)},
			{State: Revising, Title: "修改中", Mark: matter.MarkWarn, Holder: identity.OwnerClerk, Task: "逐条答复并修改方案", Clause: "A08.1", Edit: true, Stage: "修改答复", Due: matter.Within(ReviseDays)},
			{State: Resigning, Title: "待签发修改", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发修改后的方案", Clause: "A08.1"},
			{State: Confirming, Title: "待确认修改", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "确认修改", Clause: "A08.1", Due: matter.Within(ReceiveDays)},
			{State: Reserved, Title: "已入库", Mark: matter.MarkDone, Stage: "入库"},
			{State: Planned, Title: "已列入年度计划", Mark: matter.MarkDone, Stage: "列入年度计划"},
			{State: Expired, Title: "已到期", Mark: matter.MarkStop, Final: true},
			{State: Left, Title: "已出库", Mark: matter.MarkStop, Final: true},
			{State: Rejected, Title: "未通过评审", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: submitted, Submit: true, Lines: held},
			{From: Signing, Do: matter.SignOff, Title: "签发申报", Says: "签发后报市大数据发展管理局；二级单位先经主管部门同意。", To: Receiving, Or: []matter.State{Consent}, Route: viaParent, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: returned},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: Consent, Do: matter.Consent, Title: "同意申报", Says: "同意后报市大数据发展管理局。", To: Receiving, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改。", To: matter.Draft, By: identity.ParentHead, Reason: true, Lines: returned},
			{From: Receiving, Do: Convene, Title: "受理并组织评审", Says: "系统随机抽取专家并记录种子，专家之间互不知晓。", To: Panel, By: identity.BigDataClerk, Input: &review.ConveningForm, Judge: called,
				Suggest: func(c *matter.Case) map[string]string {
					return map[string]string{"mode": review.ByExperts, "size": strconv.FormatInt(review.Least(total(c), c.Values), 10), "due": string(c.Today.AddDays(10))}
				}},
			{From: Receiving, Do: matter.Return, Title: "退回补正", Says: "材料不齐的退回，内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Lines: returned, Danger: true},
			{From: Receiving, Do: matter.Withdraw, Title: "撤回申报", Says: "受理前可以撤回修改。", To: matter.Draft, By: identity.OwnerHead, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: Panel, Do: gathered, Title: "意见收齐", To: Summing, By: identity.Itself},
			{From: Panel, Do: Dissolve, Title: "重新组织评审", Says: "本轮席位作废，重新抽取。", To: Receiving, By: identity.BigDataClerk, Reason: true, Danger: true},
			{From: Summing, Do: Conclude, Title: "拟定评审结论", Says: "送负责人签发；签发前申报单位看不到。", To: Concluding, By: identity.BigDataClerk, Input: &review.ConclusionForm, Judge: ended,
				Suggest: func(c *matter.Case) map[string]string {
					return map[string]string{"result": review.Pass, "reviewed": total(c).WanExact()}
				}},
			{From: Summing, Do: Dissolve, Title: "重新组织评审", Says: "另行抽取专家再评。", To: Receiving, By: identity.BigDataClerk, Reason: true, Danger: true},
			{From: Concluding, Do: matter.SignOff, Title: "签发结论", Says: "通过的入库；修改后通过的由单位逐条答复；不通过的办结。", To: Reserved, Or: []matter.State{Revising, Rejected}, By: identity.BigDataHead,
				Ready: adopt, Route: byResult, Effect: concluded},
			{From: Concluding, Do: matter.Return, Title: "退回重拟", Says: "退回经办人重新拟定结论。", To: Summing, By: identity.BigDataHead, Reason: true},
			{From: Revising, Do: matter.Submit, Title: "提交修改", Says: "送本单位负责人签发。", To: Resigning, By: identity.OwnerClerk, Judge: corrected, Submit: true, Lines: held},
			{From: Resigning, Do: matter.SignOff, Title: "签发修改", Says: "报市大数据发展管理局确认。", To: Confirming, By: identity.OwnerHead},
			{From: Resigning, Do: matter.Return, Title: "退回经办人", Says: "退回继续修改。", To: Revising, By: identity.OwnerHead, Reason: true, Lines: returned},
			{From: Confirming, Do: Confirm, Title: "确认修改并入库", Says: "各条意见已落实，项目进入储备库。", To: Reserved, By: identity.BigDataClerk, Effect: admit},
			{From: Confirming, Do: matter.Return, Title: "退回再改", Says: "没有落实的退回继续修改。", To: Revising, By: identity.BigDataClerk, Reason: true, Lines: returned, Danger: true},
			{From: Reserved, Do: Leave, Title: "申请出库", Says: "不再实施的项目退出储备库，记录保留。", To: Left, By: identity.OwnerHead, Reason: true, Danger: true, Effect: leave},
			{From: Reserved, Do: Remove, Title: "移出储备库", Says: "移出后不能列入年度计划，记录保留。", To: Left, By: identity.BigDataHead, Reason: true, Danger: true, Effect: leave},
			{From: Reserved, Do: Changed, Title: "声明内容或资金有变化", Says: "声明后到期不再自动顺延。", To: Reserved, By: identity.OwnerHead, Reason: true, Effect: changed},
			{From: Reserved, Do: Extend, Title: "自动顺延一年", To: Reserved, By: identity.Itself, Judge: extending, Effect: extend},
			{From: Reserved, Do: Expire, Title: "有效期届满", To: Expired, By: identity.Itself, Effect: expire},
			{From: Reserved, Do: Schedule, Title: "列入年度计划", To: Planned, Or: []matter.State{Reserved}, By: identity.Itself, Judge: planning, Route: afterPlan, Effect: scheduled},
			{From: Planned, Do: Revive, Title: "退回储备库", To: Reserved, By: identity.Itself, Effect: revive},
		},
		Form: schemeForm, Sections: sections, Lines: costs, Also: []*matter.Lines{points}, Params: append(append([]measures.Param{}, Params...), review.Params...),
		Needs: []matter.Need{{Kind: "feasibility", Label: "可行性论证报告", Clause: "A07.1"}, {Kind: "scheme", Label: "盖章的实施方案", Clause: "A07.1"}, {Kind: "quotation", Label: "询价材料", Clause: "A07.1"}},
		Start: identity.OwnerClerk, Prepare: prepare, Duties: []duty.Kind{Duty, Expiry},
		Name: func(c *matter.Case) string {
			if name := strings.TrimSpace(matter.FormOf[Scheme](c).Name); name != "" {
				return name + " 储备申报"
			}
			return "项目储备申报"
		},
		Sum:  func(c *matter.Case) int64 { return int64(total(c)) },
		Tick: tick,
	}
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Receiving
}

func schemeOf(c *matter.Case) review.Scheme {
	s := matter.FormOf[Scheme](c)
	return review.Scheme{UnitID: c.UnitID, ParentUnitID: c.ParentUnitID, CompiledBy: strings.TrimSpace(s.CompiledBy), Authors: s.Authors}
}

// concludedOn reports whether a head has signed a conclusion: until then neither
// the unit nor the experts learn of the panel.
func concludedOn(c *matter.Case) bool { return matter.FormOf[Scheme](c).Result != "" }

// sheetOf is the version of the scoring sheet a case keeps; the first cases did
// not note it.
func sheetOf(c *matter.Case) int64 { return max(1, matter.FormOf[Scheme](c).Sheet) }

// byResult follows the conclusion that was proposed and that adopt has taken in.
func byResult(c *matter.Case) matter.State {
	switch matter.FormOf[Scheme](c).Result {
	case review.Revise:
		return Revising
	case review.Reject:
		return Rejected
	}
	return Reserved
}

// afterPlan leaves a periodic entry in the reserve: it may be scheduled in each year while valid.
func afterPlan(c *matter.Case) matter.State {
	if matter.FormOf[Scheme](c).Periodic {
		return Reserved
	}
	return Planned
}
