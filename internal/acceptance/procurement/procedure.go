package procurement

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "procurement"

// States of a record beyond the draft.
const (
	Signing  matter.State = "signing"
	Consent  matter.State = "consent"
	Checking matter.State = "checking"
	Recorded matter.State = "recorded"
)

// SignDays is how long the law gives to sign a contract after the award notice.
var SignDays = measures.Param{Key: "contract.sign-days", Title: "中标通知书发出后签订合同的时间", Unit: "天", Kind: measures.KindDays, Default: "30",
	Clause: "A19.1", Basis: measures.Other, Note: "《中华人民共和国政府采购法》第四十六条"}

// FileDays is how long a unit has to file a signed contract; the Measures say only
// “签订合同后”.
var FileDays = measures.Param{Key: "contract.file-days", Title: "合同签订后报备案的时间", Unit: "个工作日", Kind: measures.KindDays, Default: "15",
	Clause: "A19.1", Basis: measures.Reading, Note: "第十九条没有规定时间；按工作日历计算，没有节假日安排的年份按周一至周五"}

// ContractDuty is owed once an award is recorded; filing the contract fulfils it.
var ContractDuty = duty.Kind{Key: "contract-filing", Clause: "A19.1", Title: "%s合同备案", Short: "合同备案", Consequence: "逾期未备案的标记，计入年度评估", Act: "备案合同"}

// FilingDue is the last day to file a contract signed on a day.
func FilingDue(w calendar.Workdays, signed calendar.Date, v measures.Values) calendar.Date {
	due, _ := w.AddWorkdays(signed, FileDays.Int(v))
	return due
}

// Recording is the procedure.
func Recording(units *identity.Directory) *matter.Procedure {
	return &matter.Procedure{
		Key: Key, Title: "采购登记", Clauses: []string{"A18.1", "A18.2"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写采购登记", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意登记", Stage: "主管部门"},
			{State: Checking, Title: "待备案", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "备案采购登记", Stage: "市大数据局备案"},
			{State: Recorded, Title: "已备案", Mark: matter.MarkDone, Final: true, Stage: "已备案"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true},
			{From: Signing, Do: matter.SignOff, Title: "签发登记", Says: "签发后报市大数据发展管理局备案；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent}, Route: ViaParent(Checking, Consent), By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回后经办人修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk},
			{From: Consent, Do: matter.Consent, Title: "同意登记", Says: "同意后报市大数据发展管理局备案。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true},
			{From: Checking, Do: matter.Acknowledge, Title: "予以备案", Says: "备案是收到并记录，不是审批；有中标供应商的，单位随后报合同备案。", To: Recorded, By: identity.BigDataClerk, Effect: enter,
				Issue: receipt},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "只因材料不全、填写有误退回；已填内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Danger: true},
			{From: Checking, Do: matter.Withdraw, Title: "撤回登记", Says: "备案前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead},
		},
		Form: procurementForm, Params: []measures.Param{SignDays, FileDays},
		Needs: []matter.Need{{Kind: "award", Label: "中标（成交）通知书", Clause: "A19.1"}, {Kind: "tender", Label: "采购文件", Clause: "A18.2"}},
		About: matter.Subject{Kind: matter.AboutProject}, Start: identity.OwnerClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			p, err := registry.OwnSubject(ctx, q, c, nil)
			if err != nil {
				return nil, err
			}
			x := matter.FormOf[Procurement](c)
			x.Name, x.Code, x.Unit, x.BudgetYear, c.Year = p.Name, p.Code, units.Name(p.UnitID), int64(c.Today.Year()), p.Year
			return nil, nil
		},
		Name: func(c *matter.Case) string {
			x := matter.FormOf[Procurement](c)
			return strings.TrimSpace(x.Name+" "+x.Item) + " 采购登记"
		},
		Sum: func(c *matter.Case) int64 {
			x := matter.FormOf[Procurement](c)
			if x.Award > 0 {
				return int64(x.Award)
			}
			return int64(x.Budget)
		},
	}
}

// receipt is what the bureau issues for a procurement on record.
var receipt = &matter.Series{Key: "procurement", Word: "采备", Title: "采购登记备案回执",
	Says: func(c *matter.Case) (string, string) {
		x := matter.FormOf[Procurement](c)
		figures := "采购失败、终止"
		if x.Result == Awarded {
			figures = fmt.Sprintf("中标（成交）供应商%s，金额 %s 万元（人民币%s）", x.Supplier, x.Award.WanExact(), x.Award.Upper())
		}
		return fmt.Sprintf("“%s”（%s）%s采购登记", x.Name, x.Code, x.Item), figures
	},
	Note: "备案表示情况已经收到存案，不代表对采购方式、预算或采购结果的审批。签订合同后，按《六盘水市市级政务信息系统建设管理办法》第十九条报合同备案。"}

// ViaParent lets the case of a second-level unit pass through its parent department.
func ViaParent(checking, consent matter.State) func(*matter.Case) matter.State {
	return func(c *matter.Case) matter.State {
		if c.ParentUnitID != "" {
			return consent
		}
		return checking
	}
}
