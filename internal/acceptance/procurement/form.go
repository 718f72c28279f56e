package procurement

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/money"
)

// Procurement is a procurement as the unit records it.
type Procurement struct {
	Name, Code, Unit            string // of the project
	Item, Plan, Method, Agency  string
	BudgetYear                  int64
	Source, Mixed, Parting      string
	Budget, Ceiling, Award      money.Fen
	Announced, Opened, NoticeOn calendar.Date
	Result, Supplier, USCC      string
}

// method is a method of procurement with the day it came into being.
type method struct {
	id, label string
	from      calendar.Date
	source    string // the rules that brought it
}

// OwnMethod is what does not follow the government procurement law.
const OwnMethod = "own"

var methods = []method{
	{"open_tender", "公开招标", "2003-01-01", "《中华人民共和国政府采购法》"}, {"invited_tender", "邀请招标", "2003-01-01", "《中华人民共和国政府采购法》"},
	{"negotiation", "竞争性谈判", "2003-01-01", "《中华人民共和国政府采购法》"}, {"consultation", "竞争性磋商", "2014-12-31", "《政府采购竞争性磋商采购方式管理暂行办法》（财库〔2014〕214号）"},
	{"inquiry", "询价", "2003-01-01", "《中华人民共和国政府采购法》"}, {"single_source", "单一来源", "2003-01-01", "《中华人民共和国政府采购法》"},
	{"framework", "框架协议", "2022-03-01", "《政府采购框架协议采购方式管理暂行办法》（财政部令第110号）"}, {"innovation", "合作创新采购", "2024-06-01", "《政府采购合作创新采购方式管理暂行办法》（财库〔2024〕13号）"},
	{"mall", "限额以下、电子卖场", "2003-01-01", "《中华人民共和国政府采购法》"}, {OwnMethod, "自行采购（不适用政府采购法）", "2003-01-01", ""},
}

func methodOf(id string) method {
	for _, m := range methods {
		if m.id == id {
			return m
		}
	}
	return method{id: id, label: id}
}

// Methods are the choices of 采购方式.
var Methods = func() []form.Option {
	var out []form.Option
	for _, m := range methods {
		out = append(out, form.Option{ID: m.id, Label: m.label})
	}
	return out
}()

// Sources are the choices of 资金来源, by the keys of a project's funds.
var Sources = []form.Option{{ID: "general", Label: "一般公共预算"}, {ID: "gov", Label: "政府性基金"}, {ID: "soe", Label: "国有资本经营预算"}, {ID: "central", Label: "中央资金"},
	{ID: "provincial", Label: "省级资金"}, {ID: "bond", Label: "专项债、特别国债"}, {ID: "own", Label: "单位自有资金"}, {ID: "other", Label: "其他"}}

// fiscal reports whether a source is fiscal money (财政资金).
func fiscal(source string) bool { return source != "own" && source != "other" }

// How money that is not fiscal goes with fiscal money.
const (
	AllFiscal = "none"
	Parted    = "parted"
	Joint     = "joint"
	NoFiscal  = "no_fiscal"
)

var mixes = []form.Option{{ID: AllFiscal, Label: "全部为财政资金"}, {ID: Parted, Label: "含非财政资金，能与财政资金分割采购"}, {ID: Joint, Label: "含非财政资金，无法与财政资金分割采购"}, {ID: NoFiscal, Label: "全部为非财政资金"}}

// What a procurement came to.
const (
	Awarded = "awarded"
	Failed  = "failed"
)

var results = []form.Option{{ID: Awarded, Label: "中标（成交）"}, {ID: Failed, Label: "采购失败、终止"}}

var procurementForm = form.For[Procurement](
	form.Section{Key: "project", Title: "一、项目", Fields: []form.Field{
		form.TextField("name", "项目名称", func(p *Procurement) *string { return &p.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(p *Procurement) *string { return &p.Code }, form.ReadOnly),
		form.TextField("unit", "采购单位", func(p *Procurement) *string { return &p.Unit }, form.ReadOnly),
	}},
	form.Section{Key: "procurement", Title: "二、采购", Clauses: []string{"A18.2"}, Fields: []form.Field{
		form.TextField("item", "采购内容", func(p *Procurement) *string { return &p.Item }, form.Max(100), form.Required, form.Help("如 系统开发、监理服务、等保测评")),
		form.TextField("plan_number", "采购计划编号", func(p *Procurement) *string { return &p.Plan }, form.Max(60), form.Required, form.Help("没有的写明原因，如 限额以下未编计划")),
		form.ChoiceField("method", "采购方式", Methods, func(p *Procurement) *string { return &p.Method }, form.Required),
		form.TextField("agency", "代理机构", func(p *Procurement) *string { return &p.Agency }, form.Max(100), form.Help("自行组织的不填")),
		form.DateField("announced_on", "公告（邀请）日期", func(p *Procurement) *calendar.Date { return &p.Announced }),
		form.DateField("opened_on", "开标（谈判、磋商）日期", func(p *Procurement) *calendar.Date { return &p.Opened }),
	}},
	form.Section{Key: "budget", Title: "三、预算", Clauses: []string{"A18.1"}, Fields: []form.Field{
		form.IntField("budget_year", "列入哪一年度的部门预算", func(p *Procurement) *int64 { return &p.BudgetYear }, form.Max(2100), form.Required),
		form.ChoiceField("source", "资金来源", Sources, func(p *Procurement) *string { return &p.Source }, form.Required),
		form.MoneyField("budget", "采购预算金额", func(p *Procurement) *money.Fen { return &p.Budget }, form.Required),
		form.MoneyField("price_limit", "最高限价", func(p *Procurement) *money.Fen { return &p.Ceiling }, form.Help("没有设定的不填")),
		form.ChoiceField("mixed", "非财政资金", mixes, func(p *Procurement) *string { return &p.Mixed }, form.Required, form.Cite("A18.2")),
		form.LongField("parting", "能否分割采购的理由", func(p *Procurement) *string { return &p.Parting }, form.Max(1000), form.Help("含非财政资金的填写"), form.Cite("A18.2")),
	}},
	form.Section{Key: "award", Title: "四、采购结果", Clauses: []string{"A18.2", "A19.1"}, Fields: []form.Field{
		form.ChoiceField("result", "结果", results, func(p *Procurement) *string { return &p.Result }, form.Required),
		form.TextField("supplier", "中标（成交）供应商", func(p *Procurement) *string { return &p.Supplier }, form.Max(100)),
		form.TextField("uscc", "统一社会信用代码", func(p *Procurement) *string { return &p.USCC }, form.Max(18), form.Help("18 位")),
		form.MoneyField("award", "中标（成交）金额", func(p *Procurement) *money.Fen { return &p.Award }),
		form.DateField("notice_on", "中标（成交）通知书日期", func(p *Procurement) *calendar.Date { return &p.NoticeOn }),
	}},
)
