package sharing

import (
	"context"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// States of a request beyond the draft.
const (
	Signing   matter.State = "signing"
	Answering matter.State = "answering"
	Deciding  matter.State = "deciding"
	Agreed    matter.State = "agreed"
	Delivered matter.State = "delivered"
	Using     matter.State = "using"
	Declined  matter.State = "declined"
	Ended     matter.State = "ended"
)

// Acts of a request.
const (
	Consent matter.Action = "grant"
	Refuse  matter.Action = "refuse"
	Deliver matter.Action = "deliver"
	Record  matter.Action = "use"
	Finish  matter.Action = "end"
	Stop    matter.Action = "stop"
)

const ordinance = "《贵州省政府数据共享开放条例》"

// AnswerDays are counted from the day a request reaches the providing unit.
var AnswerDays = measures.Param{Key: "sharing.answer_days", Title: "有条件共享的申请应在多少个工作日内答复", Unit: "个工作日", Kind: measures.KindDays, Default: "10", Clause: "A24.1", Basis: measures.Other,
	Note: ordinance + "；按工作日历计算，没有节假日安排的年份按周一至周五"}

// Duty is owed by the providing unit from the day a request reaches it.
var Duty = duty.Kind{Key: "sharing-answer", Clause: "A24.1", Title: "答复共享申请：%s", Short: "答复共享申请", Act: "答复", Consequence: "逾期答复的要说明原因，记入申请和年度评估的数据部分"}

// Asking is the procedure.
func Asking(units *identity.Directory) *matter.Procedure {
	today := func(c *matter.Case) map[string]string { return map[string]string{"on_date": string(c.Today)} }
	due := func(c *matter.Case) calendar.Date { return matter.FormOf[Request](c).Due }
	end := matter.JudgeBy(gatherDay, dated)
	return &matter.Procedure{
		Key: Key, Title: "数据共享申请", Clauses: []string{"A24.1", "A22.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写共享申请", Edit: true, Stage: "申请"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发共享申请", Stage: "本单位签发", Off: atOnce},
			{State: Answering, Title: "待答复", Mark: matter.MarkDoing, Holder: identity.ProvideClerk, Task: "答复共享申请", Due: due, Stage: "提供方答复", Off: atOnce},
			{State: Deciding, Title: "待签发答复", Mark: matter.MarkDoing, Holder: identity.ProvideHead, Task: "签发答复", Due: due, Stage: "提供方签发", Off: atOnce},
			{State: Agreed, Title: "已同意，待提供", Mark: matter.MarkDoing, Holder: identity.ProvideClerk, Task: "提供数据", Stage: "已同意"},
			{State: Delivered, Title: "已提供，未使用", Mark: matter.MarkWarn, Holder: identity.OwnerClerk, Task: "登记使用情况", Stage: "已提供"},
			{State: Using, Title: "使用中", Mark: matter.MarkDone, Stage: "使用中"},
			{State: Declined, Title: "不予共享", Mark: matter.MarkStop, Final: true},
			{State: Ended, Title: "已停止", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提出申请", Says: "无条件共享的，按目录即为同意，直接由提供方提供；有条件共享的，先由本单位负责人签发。", To: Signing, Or: []matter.State{Agreed}, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Ready: refreshed, Route: byCatalogue, Effect: atCatalogue},
			{From: Signing, Do: matter.SignOff, Title: "签发申请", Says: "送资源提供方，在规定的工作日内答复。", To: Answering, By: identity.OwnerHead, Ready: clock, Effect: arrive},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk},
			{From: Answering, Do: Consent, Title: "拟同意", Says: "送本单位负责人签发答复。", To: Deciding, By: identity.ProvideClerk, Input: &grantForm, Judge: matter.JudgeBy(gatherGrant, plain), Effect: propose},
			{From: Answering, Do: Refuse, Title: "拟不予共享", Says: "写明理由和依据，送本单位负责人签发答复。", To: Deciding, By: identity.ProvideClerk, Input: &refusalForm, Judge: matter.JudgeBy(gatherRefusal, grounded), Effect: propose},
			{From: Answering, Do: matter.Withdraw, Title: "撤回申请", Says: "答复前可以撤回修改；再次送出后重新计算答复期限。", To: matter.Draft, By: identity.OwnerClerk, Effect: takeBack},
			{From: Deciding, Do: matter.SignOff, Title: "签发答复", Says: "答复送申请单位，同意的由经办人提供数据。", To: Agreed, Or: []matter.State{Declined}, Route: asProposed, By: identity.ProvideHead,
				Judge: matter.JudgeBy(gatherAnswer, inTime), Effect: answer},
			{From: Deciding, Do: matter.Return, Title: "退回经办人", Says: "退回重拟答复，期限不变。", To: Answering, By: identity.ProvideHead, Reason: true},
			{From: Agreed, Do: Deliver, Title: "登记提供", Says: "申请单位可以使用；没有登记使用情况以前，列为“已提供，未使用”。", To: Delivered, By: identity.ProvideClerk, Input: &deliveryForm, Suggest: today,
				Judge: end, Effect: deliver},
			{From: Agreed, Do: Finish, Title: "不再需要", Says: "结束这份申请，记录保留。", To: Ended, By: identity.OwnerClerk, Input: &endForm, Suggest: today, Judge: end, Effect: finish, Danger: true},
			{From: Delivered, Do: Record, Title: "登记使用", Says: "记下用在什么业务里。", To: Using, By: identity.OwnerClerk, Input: &useForm, Suggest: today, Judge: end, Effect: use},
			{From: Using, Do: Record, Title: "登记使用", Says: "再次登记，最近使用的日期随之更新。", To: Using, By: identity.OwnerClerk, Input: &useForm, Suggest: today, Judge: end, Effect: use},
			{From: Delivered, Do: Finish, Title: "停止使用", Says: "不再使用，提供方随后关闭服务。", To: Ended, By: identity.OwnerClerk, Input: &endForm, Suggest: today, Judge: end, Effect: finish, Danger: true},
			{From: Using, Do: Finish, Title: "停止使用", Says: "不再使用，提供方随后关闭服务。", To: Ended, By: identity.OwnerClerk, Input: &endForm, Suggest: today, Judge: end, Effect: finish, Danger: true},
			{From: Delivered, Do: Stop, Title: "停止提供", Says: "如期限已满、目录已撤销、用于其他目的；写明理由，申请单位可以查看。", To: Ended, By: identity.ProvideHead, Reason: true, Input: &endForm, Suggest: today, Judge: end, Effect: finish, Danger: true},
			{From: Using, Do: Stop, Title: "停止提供", Says: "如期限已满、目录已撤销、用于其他目的；写明理由，申请单位可以查看。", To: Ended, By: identity.ProvideHead, Reason: true, Input: &endForm, Suggest: today, Judge: end, Effect: finish, Danger: true},
		},
		Form: requestForm, Params: []measures.Param{AnswerDays}, Duties: []duty.Kind{Duty},
		Sections: func(_ context.Context, _ db.Querier, c *matter.Case) ([]form.Section, error) {
			if c.State == matter.Draft || c.State == Signing {
				return requestForm.Sections[:2], nil
			}
			return requestForm.Sections, nil
		},
		Needs: []matter.Need{{Kind: "duty", Label: "履职依据", Clause: "A24.1"}},
		About: matter.Subject{Kind: matter.AboutResource, Stages: []string{string(catalogue.Shelved)}, Others: true}, Start: identity.OwnerClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			r, err := catalogue.OthersSubject(ctx, q, c)
			if err != nil {
				return nil, err
			}
			if v := askable(Facts{Type: r.ShareType, State: r.State, Basis: r.ShareBasis}); v != "" {
				return nil, problem.New(problem.Conflict, "%s", v)
			}
			x := matter.FormOf[Request](c)
			x.Resource, x.Code, x.Provider, x.Way, x.From, c.Year = r.Name, r.Code, units.Name(r.UnitID), r.Way, c.Today, int64(c.Today.Year())
			x.ShareType, x.Condition = r.ShareType, r.ShareCondition
			return nil, nil
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Request](c).Resource + " 共享申请" },
	}
}

// atOnce reports whether the catalogue itself answers.
func atOnce(c *matter.Case) bool {
	return matter.FormOf[Request](c).ShareType == catalogue.Unconditional
}

// byCatalogue sends on what is shared without condition: nobody decides it again.
func byCatalogue(c *matter.Case) matter.State {
	if atOnce(c) {
		return Agreed
	}
	return Signing
}

func asProposed(c *matter.Case) matter.State {
	if matter.FormOf[Request](c).Answer == Refused {
		return Declined
	}
	return Agreed
}

// Open are the states in which a request waits for its answer.
var Open = []matter.State{Answering, Deciding}

// Waits reports whether a request in the state waits for its answer.
func Waits(s matter.State) bool { return slices.Contains(Open, s) }
