package contract

import (
	"context"

	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
)

// Contract is a contract as the unit files it. Procurement and Original are
// receipt numbers, so that a case reads the same for ever.
type Contract struct {
	Name, Code, Unit               string // of the project
	Procurement                    string
	Number, Title, Kind            string
	Buyer, Supplier, USCC          string
	Signed, Begin, End             calendar.Date
	Amount                         money.Fen
	Warranty, BudgetYear           int64
	Supplementary                  bool
	Original, Supplement, Property string
}

// supervision is the kind of contract by which the building is supervised (监理).
const supervision = "supervise"

// Kinds of contracts.
var Kinds = []form.Option{{ID: "build", Label: "建设"}, {ID: supervision, Label: "监理"}, {ID: "assess", Label: "测评"}, {ID: "om", Label: "运维"}, {ID: "cloud", Label: "云"},
	{ID: "consult", Label: "咨询"}, {ID: "audit", Label: "审计"}}

var contractForm = form.For[Contract](
	form.Section{Key: "project", Title: "一、项目和采购", Clauses: []string{"A18.1"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(x *Contract) *string { return &x.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(x *Contract) *string { return &x.Code }, form.ReadOnly),
		form.TextField("unit", "建设单位", func(x *Contract) *string { return &x.Unit }, form.ReadOnly),
		form.TextField("procurement", "对应的采购登记", func(x *Contract) *string { return &x.Procurement }, form.Max(60), form.Help("采购登记的备案号；没有的提交时说明理由")),
	}},
	form.Section{Key: "contract", Title: "二、合同", Clauses: []string{"A19.1"}, Fields: []form.Field{
		form.TextField("contract_number", "合同编号", func(x *Contract) *string { return &x.Number }, form.Max(60), form.Required),
		form.TextField("title", "合同名称", func(x *Contract) *string { return &x.Title }, form.Max(100), form.Required),
		form.ChoiceField("kind", "合同类型", Kinds, func(x *Contract) *string { return &x.Kind }, form.Required),
		form.IntField("budget_year", "资金所属年度", func(x *Contract) *int64 { return &x.BudgetYear }, form.Max(2100), form.Required),
		form.TextField("buyer", "甲方", func(x *Contract) *string { return &x.Buyer }, form.Max(100), form.Required),
		form.TextField("supplier", "乙方（供应商）", func(x *Contract) *string { return &x.Supplier }, form.Max(100), form.Required),
		form.TextField("uscc", "供应商统一社会信用代码", func(x *Contract) *string { return &x.USCC }, form.Max(18), form.Help("18 位")),
		form.MoneyField("amount", "合同金额", func(x *Contract) *money.Fen { return &x.Amount }, form.Required),
		form.DateField("signed_on", "签订日期", func(x *Contract) *calendar.Date { return &x.Signed }, form.Required),
		form.DateField("begin_on", "履行开始", func(x *Contract) *calendar.Date { return &x.Begin }),
		form.DateField("end_on", "履行结束", func(x *Contract) *calendar.Date { return &x.End }),
		form.IntField("warranty", "质保期（月）", func(x *Contract) *int64 { return &x.Warranty }, form.Max(240)),
		form.LongField("property", "知识产权、数据归属和源代码交付", func(x *Contract) *string { return &x.Property }, form.Max(1000), form.Help("摘录合同约定")),
	}},
	form.Section{Key: "supplement", Title: "三、补充合同", Clauses: []string{"A19.1"}, Fields: []form.Field{
		form.CheckField("supplementary", "这是补充合同", func(x *Contract) *bool { return &x.Supplementary }),
		form.TextField("original", "所补充的原合同", func(x *Contract) *string { return &x.Original }, form.Max(60), form.Help("原合同的备案号")),
		form.LongField("supplement", "补充的内容和原因", func(x *Contract) *string { return &x.Supplement }, form.Max(1000)),
	}},
)

// Node is one line of the payment schedule.
type Node struct {
	Node    string        `json:"node"`
	Percent int64         `json:"percent"`
	Amount  money.Fen     `json:"amount"`
	Due     calendar.Date `json:"due_on"`
}

var nodes = &matter.Lines{Table: "contract_node", Title: "付款节点", Max: 60, Form: form.For[Node](form.Section{Key: "node", Title: "付款节点", Clauses: []string{"A19.1"}, Fields: []form.Field{
	form.TextField("node", "节点", func(n *Node) *string { return &n.Node }, form.Max(60), form.Required, form.Help("如 合同签订、初步验收、最终验收、质保期满")),
	form.IntField("percent", "比例（%）", func(n *Node) *int64 { return &n.Percent }, form.Max(100)),
	form.MoneyField("amount", "金额", func(n *Node) *money.Fen { return &n.Amount }, form.Required),
	form.DateField("due_on", "约定日期", func(n *Node) *calendar.Date { return &n.Due }),
}})}

func offerings(ctx context.Context, q db.Querier, c *matter.Case) (map[string][]form.Option, error) {
	bought, err := procurement.Of(ctx, q, c.SubjectID)
	if err != nil {
		return nil, err
	}
	signed, err := Of(ctx, q, c.SubjectID)
	if err != nil {
		return nil, err
	}
	out := map[string][]form.Option{}
	for _, b := range bought {
		if b.Result == procurement.Awarded {
			out["procurement"] = append(out["procurement"], form.Option{ID: b.Number, Label: b.Number + " " + b.Item + "，" + b.Supplier + "，" + b.Award.WanExact() + " 万元"})
		}
	}
	for _, k := range signed {
		if !k.Supplementary {
			out["original"] = append(out["original"], form.Option{ID: k.Receipt, Label: k.Label()})
		}
	}
	return out, nil
}
