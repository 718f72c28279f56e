package contract

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// Key names the filing in URLs and the record.
const Key = "contract"

// States of a filing beyond the draft.
const (
	Signing  matter.State = "signing"
	Consent  matter.State = "consent"
	Checking matter.State = "checking"
	Filed    matter.State = "filed"
)

// Scan is the kind of document that carries the signed contract.
const Scan = "contract"

// Filing is the procedure.
func Filing(units *identity.Directory) *matter.Procedure {
	returned := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "合同备案", Clauses: []string{"A19.1", "A18.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写合同备案", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意备案", Stage: "主管部门"},
			{State: Checking, Title: "待备案", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "备案合同", Stage: "市大数据局备案"},
			{State: Filed, Title: "已备案", Mark: matter.MarkDone, Final: true, Stage: "已备案"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Signing, Do: matter.SignOff, Title: "签发备案", Says: "签发后报市大数据发展管理局备案；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent},
				Route: procurement.ViaParent(Checking, Consent), By: identity.OwnerHead, Effect: handedIn},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回后经办人修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: returned},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: returned},
			{From: Consent, Do: matter.Consent, Title: "同意备案", Says: "同意后报市大数据发展管理局备案。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true, Lines: returned, Effect: takenBack},
			{From: Checking, Do: matter.Acknowledge, Title: "予以备案", Says: "备案是收到并记录，不是审批；合同金额记入资金链，已批准的项目转为建设中。", To: Filed, By: identity.BigDataClerk,
				Lines: matter.LineMove{To: matter.LineAccepted}, Effect: enter, Issue: receipt},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "只因材料不全、填写有误退回；内容如实的应予备案，超出的已经标记。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Danger: true, Lines: returned, Effect: takenBack},
			{From: Checking, Do: matter.Withdraw, Title: "撤回备案", Says: "备案前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead, Lines: returned, Effect: takenBack},
		},
		Form: contractForm, Sections: matter.Choosing(contractForm, offerings), Lines: nodes, Params: []measures.Param{SupplementPercent}, Duties: []duty.Kind{procurement.ContractDuty},
		Needs: []matter.Need{{Kind: Scan, Label: "合同扫描件", Clause: "A19.1"}},
		About: matter.Subject{Kind: matter.AboutProject}, Start: identity.OwnerClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			return nil, prepare(ctx, q, units, c)
		},
		Name: func(c *matter.Case) string {
			x := matter.FormOf[Contract](c)
			if title := strings.TrimSpace(x.Title); title != "" {
				return title + " 合同备案"
			}
			return x.Name + " 合同备案"
		},
		Sum: func(c *matter.Case) int64 { return int64(matter.FormOf[Contract](c).Amount) },
	}
}

// receipt is what the bureau issues for a contract on file.
var receipt = &matter.Series{Key: "contract", Word: "合备", Title: "合同备案回执",
	Says: func(c *matter.Case) (string, string) {
		x := matter.FormOf[Contract](c)
		return fmt.Sprintf("“%s”（%s）的合同《%s》（编号 %s）", x.Name, x.Code, x.Title, x.Number),
			fmt.Sprintf("供应商%s，%s签订，金额 %s 万元（人民币%s）", x.Supplier, x.Signed.Chinese(), x.Amount.WanExact(), x.Amount.Upper())
	},
	Note: "备案表示合同已经收到存案，不代表对合同内容的审批。项目须按审核通过的实施方案实施，完成后按《六盘水市市级政务信息系统建设管理办法》第二十条申请验收符合性审查。"}

// prepare takes over the project, and the one award that has no contract yet.
func prepare(ctx context.Context, q db.Querier, units *identity.Directory, c *matter.Case) error {
	p, err := registry.OwnSubject(ctx, q, c, nil)
	if err != nil {
		return err
	}
	x := matter.FormOf[Contract](c)
	x.Name, x.Code, x.Unit, x.Buyer, c.Year = p.Name, p.Code, units.Name(p.UnitID), units.Name(p.UnitID), p.Year
	x.BudgetYear = int64(c.Today.Year())
	done, err := Of(ctx, q, p.ID)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for _, k := range done {
		has[k.ProcurementID] = true
	}
	all, err := procurement.Of(ctx, q, p.ID)
	if err != nil {
		return err
	}
	var open []procurement.Record
	for _, b := range all {
		if b.Result == procurement.Awarded && !has[b.ID] {
			open = append(open, b)
		}
	}
	if len(open) == 1 {
		b := open[0]
		x.Procurement, x.Supplier, x.USCC, x.Amount, x.BudgetYear = b.Number, b.Supplier, b.USCC, b.Award, b.BudgetYear
	}
	return nil
}
