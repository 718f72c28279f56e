package upward

import (
	"context"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// Key names the procedure in URLs and the record.
const Key = "upward"

// States of an application beyond the draft.
const (
	Signing  matter.State = "signing"
	Consent  matter.State = "consent"
	Checking matter.State = "checking"
	Leaving  matter.State = "leaving"
	Sent     matter.State = "sent"
	Won      matter.State = "granted"
	Lost     matter.State = "refused"
)

// Acts beyond the common ones.
const (
	Propose matter.Action = "propose"
	Record  matter.Action = "record"
)

// Applying is the procedure.
func Applying() *matter.Procedure {
	return &matter.Procedure{
		Key: Key, Title: "向上申报", Clauses: []string{"A05.2", "A12.3"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写向上申报", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发向上申报", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意申报", Stage: "主管部门"},
			{State: Checking, Title: "待统筹", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "统筹并拟上报", Stage: "市大数据局统筹"},
			{State: Leaving, Title: "待签发上报", Mark: matter.MarkDoing, Holder: identity.BigDataHead, Task: "签发上报", Stage: "上报"},
			{State: Sent, Title: "已上报", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "登记申报结果", Attach: true, Stage: "待结果"},
			{State: Won, Title: "已获批", Mark: matter.MarkDone, Final: true, Stage: "结果"},
			{State: Lost, Title: "未获批", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(gather, Rules()...), Submit: true},
			{From: Signing, Do: matter.SignOff, Title: "签发申报", Says: "签发后由市大数据发展管理局统筹上报；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent}, Route: viaParent, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk},
			{From: Consent, Do: matter.Consent, Title: "同意申报", Says: "同意后由市大数据发展管理局统筹上报。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true},
			{From: Checking, Do: Propose, Title: "拟上报", Says: "填上报文件，送负责人签发。", To: Leaving, By: identity.BigDataClerk, Input: &reportForm, Judge: matter.JudgeBy(reportFacts, reported),
				Suggest: func(c *matter.Case) map[string]string { return map[string]string{"date": string(c.Today)} }},
			{From: Checking, Do: matter.Return, Title: "退回单位", Says: "不宜上报或者材料不齐的退回，内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Danger: true},
			{From: Checking, Do: matter.Withdraw, Title: "撤回申报", Says: "上报前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead},
			{From: Leaving, Do: matter.SignOff, Title: "签发上报", Says: "签发后记入向上申报台账，等待上级结果。", To: Sent, By: identity.BigDataHead, Effect: sent},
			{From: Leaving, Do: matter.Return, Title: "退回重拟", Says: "退回经办人重新拟办。", To: Checking, By: identity.BigDataHead, Reason: true},
			{From: Sent, Do: Record, Title: "登记结果", Says: "按上级文件如实登记。", To: Won, Or: []matter.State{Lost}, By: identity.BigDataClerk, Input: &answerForm,
				Judge: matter.JudgeBy(answerFacts, AnswerRules()...), Suggest: suggest, Route: byResult, Effect: recorded},
		},
		Form: applicationForm, Start: identity.OwnerClerk,
		Needs: []matter.Need{{Kind: "notice", Label: "申报通知", Clause: "A05.2"}, {Kind: "report", Label: "上报文件", Clause: "A05.2"}, {Kind: "answer", Label: "上级批复", Clause: "A05.2"}},
		Name: func(c *matter.Case) string {
			if name := strings.TrimSpace(matter.FormOf[Application](c).Name); name != "" {
				return name + " 向上申报"
			}
			return "向上申报"
		},
		Sum: func(c *matter.Case) int64 { return int64(matter.FormOf[Application](c).Applied) },
	}
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Checking
}

func byResult(c *matter.Case) matter.State {
	if c.Input.(*Answer).Result == Refused {
		return Lost
	}
	return Won
}

func suggest(c *matter.Case) map[string]string {
	return map[string]string{"date": string(c.Today), "result": Granted, "granted": matter.FormOf[Application](c).Applied.WanExact()}
}

func gather(_ context.Context, _ db.Querier, c *matter.Case) (Facts, error) {
	a := matter.FormOf[Application](c)
	return Facts{Basis: hanzi.Given(a.Title) && hanzi.Given(a.Number), Total: a.Total, Applied: a.Applied, Secret: measures.SecretField(applicationForm, a)}, nil
}

func reportFacts(_ context.Context, _ db.Querier, c *matter.Case) (DatedFacts, error) {
	f := DatedFacts{On: c.Today}
	if r, ok := c.Input.(*Report); ok {
		f.Date = r.Date
	}
	return f, nil
}

func answerFacts(ctx context.Context, q db.Querier, c *matter.Case) (AnswerFacts, error) {
	f := AnswerFacts{DatedFacts: DatedFacts{On: c.Today}, Applied: matter.FormOf[Application](c).Applied}
	if a, ok := c.Input.(*Answer); ok {
		f.Date, f.Result, f.Granted = a.Date, a.Result, a.Granted
	}
	r, ok, err := matter.LastInput[Report](ctx, q, c, Propose)
	if ok {
		f.After = r.Date
	}
	return f, err
}
