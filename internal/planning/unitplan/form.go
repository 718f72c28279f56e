package unitplan

import (
	"context"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/capability"
	"zhengcheng/internal/registry"
)

// Plan is the head of a unit plan.
type Plan struct {
	Leader, LeaderPhone, Contact, ContactPhone string
	DocNo                                      string
	Nil                                        bool // 本年度无项目
	NilReason                                  string
	Retire, Add                                int64 // systems to be retired or merged, and to be added
	IncreaseReason                             string
}

// Item is one project of a unit plan.
type Item struct {
	Name, Normal, BuildKind, Class, SystemClass                 string
	BasisLevel, BasisIssuer, BasisTitle, BasisNumber, BasisMore string
	Goal, Content, Functions, Data, Security, Operation         string
	Estimate, YearAmount                                        money.Fen
	Funds                                                       registry.Funds
	FundText                                                    string
	Start, End                                                  calendar.Date
	ReuseList, Reuse, Replaces, Priority, Remark                string
	ProjectID                                                   string
}

var planForm = form.For[Plan](
	form.Section{Key: "unit", Title: "一、申报单位", Fields: []form.Field{
		form.TextField("leader", "负责人", func(p *Plan) *string { return &p.Leader }, form.Max(30), form.Required),
		form.TextField("leader_phone", "负责人电话", func(p *Plan) *string { return &p.LeaderPhone }, form.Max(30)),
		form.TextField("contact", "联系人", func(p *Plan) *string { return &p.Contact }, form.Max(30), form.Required),
		form.TextField("contact_phone", "联系电话", func(p *Plan) *string { return &p.ContactPhone }, form.Max(30), form.Required),
		form.TextField("doc_no", "公文号", func(p *Plan) *string { return &p.DocNo }, form.Max(60), form.Help("报送公文的发文字号，如 六盘水水函〔2026〕18号")),
	}},
	form.Section{Key: "systems", Title: "二、系统数量变化", Clauses: []string{"A06.1"}, Fields: []form.Field{
		form.IntField("retire", "拟停用、整合系统数", func(p *Plan) *int64 { return &p.Retire }, form.Max(500)),
		form.IntField("add", "拟新增系统数", func(p *Plan) *int64 { return &p.Add }, form.Max(500)),
		form.LongField("increase_reason", "净增原因", func(p *Plan) *string { return &p.IncreaseReason }, form.Max(500), form.Help("系统数量净增时填写")),
	}},
	form.Section{Key: "nil", Title: "三、无项目说明", Clauses: []string{"A06.0"}, Fields: []form.Field{
		form.CheckField("nil", "本年度无项目", func(p *Plan) *bool { return &p.Nil }, form.Help("没有项目也须报送，勾选后不填项目")),
		form.LongField("nil_reason", "说明", func(p *Plan) *string { return &p.NilReason }, form.Max(500)),
	}},
)

var itemForm = form.For[Item](
	form.Section{Key: "basic", Title: "基本信息", Clauses: []string{"A03.1", "A03.2"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(i *Item) *string { return &i.Name }, form.Max(100), form.Required),
		form.ChoiceField("build_kind", "建设性质", registry.BuildKinds, func(i *Item) *string { return &i.BuildKind }, form.Required, form.Cite("A03.1")),
		form.ChoiceField("system_class", "系统类别", registry.SystemClasses, func(i *Item) *string { return &i.SystemClass }, form.Cite("A03.2"), form.Help("按《政务信息系统定义和范围》选择")),
		form.TextField("class", "归类理由", func(i *Item) *string { return &i.Class }),
		form.ChoiceField("priority", "轻重缓急", registry.Priorities, func(i *Item) *string { return &i.Priority }),
		form.DateField("start_on", "拟开始", func(i *Item) *calendar.Date { return &i.Start }),
		form.DateField("end_on", "拟完成", func(i *Item) *calendar.Date { return &i.End }),
	}},
	form.Section{Key: "basis", Title: "编制依据", Clauses: []string{"A06.2"}, Fields: []form.Field{
		form.ChoiceField("basis_level", "依据级别", registry.BasisLevels, func(i *Item) *string { return &i.BasisLevel }),
		form.TextField("basis_issuer", "发文机关", func(i *Item) *string { return &i.BasisIssuer }),
		form.TextField("basis_title", "文件名称", func(i *Item) *string { return &i.BasisTitle }),
		form.TextField("basis_number", "文号", func(i *Item) *string { return &i.BasisNumber }, form.Max(60), form.Help("法律、规划等没有文号的，填条款或章节")),
		form.LongField("basis_more", "其他依据和摘录", func(i *Item) *string { return &i.BasisMore }, form.Max(2000)),
	}},
	form.Section{Key: "sections", Title: "项目需求", Clauses: []string{"A06.2"}, Fields: []form.Field{
		form.LongField("goal", "总体目标", func(i *Item) *string { return &i.Goal }, form.Max(3000)),
		form.LongField("content", "建设内容", func(i *Item) *string { return &i.Content }),
		form.LongField("functions", "功能应用", func(i *Item) *string { return &i.Functions }),
		form.LongField("data_resources", "数据资源", func(i *Item) *string { return &i.Data }, form.Max(3000)),
		form.LongField("security", "安全保障", func(i *Item) *string { return &i.Security }, form.Max(3000)),
		form.LongField("operation", "运维服务", func(i *Item) *string { return &i.Operation }, form.Max(3000)),
	}},
	form.Section{Key: "money", Title: "经费来源（万元）", Clauses: []string{"A06.2"}, Fields: slices.Concat([]form.Field{
		form.MoneyField("estimate", "估算总投资", func(i *Item) *money.Fen { return &i.Estimate }),
		form.MoneyField("year_amount", "年度资金需求", func(i *Item) *money.Fen { return &i.YearAmount }),
	}, registry.FundFields("A06.2", func(i *Item) *registry.Funds { return &i.Funds }), []form.Field{
		form.TextField("fund_text", "原表所写来源", func(i *Item) *string { return &i.FundText }, form.Max(100), form.Help("导入时原样保留，请把金额分到上面各来源")),
	})},
	form.Section{Key: "reuse", Title: "集约共享", Clauses: []string{"A04.1", "A05.2"}, Fields: []form.Field{
		form.ManyField("reuse_list", "拟复用的共性能力", capability.Key, func(i *Item) *string { return &i.ReuseList }, form.Cite("A05.2"), form.Help("先复用、后建设：从市大数据局的共性能力清单中选")),
		form.LongField("reuse", "共性能力复用", func(i *Item) *string { return &i.Reuse }, form.Max(1000), form.Help("复用方式，清单以外的能力；不涉及的写明理由")),
		form.LongField("replaces", "关联或替代的现有系统", func(i *Item) *string { return &i.Replaces }, form.Max(1000)),
		form.LongField("remark", "备注", func(i *Item) *string { return &i.Remark }, form.Max(1000)),
	}},
)

var items = &matter.Lines{
	Table: "plan_item", Title: "项目", Max: 200, Form: itemForm,
	Derive: func(v any) { i := v.(*Item); i.Normal = hanzi.NormalName(i.Name) },
	Derived: []form.Field{
		form.TextField("normal_name", "规范名称", func(i *Item) *string { return &i.Normal }),
		form.TextField("project_id", "项目", func(i *Item) *string { return &i.ProjectID }),
	},
}

// ItemForm is the declaration of one project of a plan, for import and printing.
func ItemForm() form.Spec { return itemForm }

// ItemOf is the item of a filed plan that became a project, nil when there is none.
func ItemOf(ctx context.Context, q db.Querier, matterID, projectID string) (*matter.Line, error) {
	return items.Where(ctx, q, matterID, "project_id", projectID)
}
