package annualplan

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/registry"
)

// Plan is the head of an annual plan.
type Plan struct {
	Limit   money.Fen // control figure of municipal fiscal money, 0: none set
	Upper   money.Fen // central and provincial money that is certain, 0: not known
	Remarks string
}

var planForm = form.For[Plan](form.Section{Key: "plan", Title: "编制说明", Clauses: []string{"A09.1"}, Fields: []form.Field{
	form.MoneyField("limit", "市财政资金控制数", func(p *Plan) *money.Fen { return &p.Limit }, form.Help("市财政局提出的控制数；没有的不填")),
	form.MoneyField("upper", "中央、省级已明确资金", func(p *Plan) *money.Fen { return &p.Upper }, form.Help("已下达或者已有明确批复的；不知道的不填")),
	form.LongField("remarks", "编制说明", func(p *Plan) *string { return &p.Remarks }, form.Max(3000)),
}})

// Sources of an item.
const (
	FromReserve  = "reserve"
	FromContinue = "continue"
)

var sources = []form.Option{{ID: FromReserve, Label: "储备库"}, {ID: FromContinue, Label: "续建"}}

// Entry is one item of an annual plan.
type Entry struct {
	Name                                 string
	Included                             bool
	Year, City, Central, Provincial, Own money.Fen // this year's money and its sources
	Content, Remark                      string
	Unit, UnitID, ProjectID, ReserveID   string
	Source, BuildKind, Priority, Level   string
	Code, Class, Deploy                  string
	Basis                                string
	Start, End                           calendar.Date
	Estimate                             money.Fen // reviewed
	Prior                                money.Fen // arranged in earlier years
	EnteredOn, ValidUntil                calendar.Date
	Conclusion                           string
	Assess                               bool // needs a decision assessment, as its unit says
	Struck                               bool
}

// Funds is the sum of the sources.
func (e *Entry) Funds() money.Fen { return e.City + e.Central + e.Provincial + e.Own }

// Upper is central and provincial money.
func (e *Entry) Upper() money.Fen { return e.Central + e.Provincial }

var entries = &matter.Lines{Table: "plan_entry", Title: "项目", Max: 2000, Fixed: true, Form: form.For[Entry](
	form.Section{Key: "plan", Title: "列入和资金", Clauses: []string{"A09.1"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(e *Entry) *string { return &e.Name }, form.ReadOnly),
		form.CheckField("included", "列入", func(e *Entry) *bool { return &e.Included }),
		form.MoneyField("year_amount", "本年度计划资金", func(e *Entry) *money.Fen { return &e.Year }),
		form.MoneyField("fund_city", "市级财政", func(e *Entry) *money.Fen { return &e.City }),
		form.MoneyField("fund_central", "中央", func(e *Entry) *money.Fen { return &e.Central }),
		form.MoneyField("fund_provincial", "省级", func(e *Entry) *money.Fen { return &e.Provincial }),
		form.MoneyField("fund_own", "自有", func(e *Entry) *money.Fen { return &e.Own }),
		form.LongField("content", "主要建设内容", func(e *Entry) *string { return &e.Content }, form.Max(300)),
		form.TextField("remark", "备注", func(e *Entry) *string { return &e.Remark }),
	}},
	form.Section{Key: "known", Title: "项目情况", Fields: []form.Field{
		form.TextField("unit", "建设单位", func(e *Entry) *string { return &e.Unit }, form.ReadOnly),
		form.TextField("unit_id", "单位标识", func(e *Entry) *string { return &e.UnitID }, form.ReadOnly),
		form.TextField("project_id", "项目标识", func(e *Entry) *string { return &e.ProjectID }, form.ReadOnly),
		form.TextField("reserve_id", "储备案卷", func(e *Entry) *string { return &e.ReserveID }, form.ReadOnly),
		form.ChoiceField("source", "来源", sources, func(e *Entry) *string { return &e.Source }, form.ReadOnly),
		form.ChoiceField("build_kind", "建设性质", registry.BuildKinds, func(e *Entry) *string { return &e.BuildKind }, form.ReadOnly),
		form.TextField("code", "项目编号", func(e *Entry) *string { return &e.Code }, form.ReadOnly),
		form.ChoiceField("class", "项目类别", registry.SystemClasses, func(e *Entry) *string { return &e.Class }, form.ReadOnly),
		form.ChoiceField("deploy", "部署方式", reserve.Deployments, func(e *Entry) *string { return &e.Deploy }, form.ReadOnly),
		form.ChoiceField("priority", "轻重缓急", registry.Priorities, func(e *Entry) *string { return &e.Priority }, form.ReadOnly),
		form.TextField("level", "等保级别", func(e *Entry) *string { return &e.Level }, form.ReadOnly),
		form.TextField("basis", "建设依据", func(e *Entry) *string { return &e.Basis }, form.Max(300), form.ReadOnly),
		form.DateField("start_on", "建设起", func(e *Entry) *calendar.Date { return &e.Start }, form.ReadOnly),
		form.DateField("end_on", "建设止", func(e *Entry) *calendar.Date { return &e.End }, form.ReadOnly),
		form.MoneyField("estimate", "审定概算", func(e *Entry) *money.Fen { return &e.Estimate }, form.ReadOnly),
		form.MoneyField("prior", "以前年度已安排", func(e *Entry) *money.Fen { return &e.Prior }, form.ReadOnly),
		form.DateField("entered_on", "入库日期", func(e *Entry) *calendar.Date { return &e.EnteredOn }, form.ReadOnly),
		form.DateField("valid_until", "储备有效期至", func(e *Entry) *calendar.Date { return &e.ValidUntil }, form.ReadOnly),
		form.ChoiceField("conclusion", "评审结论", review.Results, func(e *Entry) *string { return &e.Conclusion }, form.ReadOnly),
		form.CheckField("assess", "须决策评估审核", func(e *Entry) *bool { return &e.Assess }, form.Cite("A05.4"), form.ReadOnly),
		form.CheckField("struck", "市政府未批准", func(e *Entry) *bool { return &e.Struck }, form.ReadOnly),
	}},
)}

// Sums are money by source over the included items.
type Sums struct {
	Items                                          int
	Estimate, Year, City, Central, Provincial, Own money.Fen
}

func (s *Sums) add(e *Entry) {
	s.Items++
	s.Estimate += e.Estimate
	s.Year += e.Year
	s.City += e.City
	s.Central += e.Central
	s.Provincial += e.Provincial
	s.Own += e.Own
}

// Upper is central and provincial money.
func (s Sums) Upper() money.Fen { return s.Central + s.Provincial }

// Group is a part of the plan with its sums.
type Group struct {
	Key, Title string
	Sums
}

// Totals sum the included items of a plan: all, by kind and by unit.
type Totals struct {
	All    Sums
	ByKind []Group
	ByUnit []Group
}

// Count sums a plan as its lines stand; items the government did not approve are left out.
func Count(lines []matter.Line) Totals {
	var t Totals
	at := map[string]*Group{}
	var order []string
	for _, ln := range lines {
		e := matter.BodyOf[Entry](ln)
		if !e.Included || e.Struck {
			continue
		}
		t.All.add(e)
		for _, g := range []Group{{Key: "kind/" + e.BuildKind, Title: form.Label(registry.BuildKinds, e.BuildKind)}, {Key: "unit/" + e.UnitID, Title: e.Unit}} {
			if at[g.Key] == nil {
				at[g.Key] = &g
				order = append(order, g.Key)
			}
			at[g.Key].add(e)
		}
	}
	for _, k := range registry.BuildKinds {
		if g := at["kind/"+k.ID]; g != nil {
			t.ByKind = append(t.ByKind, *g)
		}
	}
	for _, key := range order {
		if key[:5] == "unit/" {
			t.ByUnit = append(t.ByUnit, *at[key])
		}
	}
	return t
}
