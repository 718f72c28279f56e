package reserve

import (
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/registry"
)

// Scheme is the implementation scheme of a project with what the bureau
// concluded about it.
type Scheme struct {
	Name, BuildKind, Priority          string
	Place                              int64 // order within the unit, 1 first
	Start, End                         calendar.Date
	Periodic, Key, Assess              bool // Assess: a government investment project that needs a decision assessment
	CompiledBy, Authors                string
	FeasibleOn                         calendar.Date
	Feasible                           string
	NoPlan                             string // why there is no filed plan item
	Version, VersionOM, Sheet          int64  // of the outline for its kind, and of the scoring sheet
	Level, Cipher, CipherNone, Trusted string
	Deploy                             string
	Funds                              registry.Funds
	Result, Leader, Opinion            string
	Reviewed                           money.Fen
	texts                              [15]string
}

// Levels of 等级保护.
var levels = []form.Option{{ID: "1", Label: "第一级"}, {ID: "2", Label: "第二级"}, {ID: "3", Label: "第三级"}, {ID: "4", Label: "第四级"}, {ID: "none", Label: "不定级（服务类）"}}

// Deployments of a system.
var Deployments = []form.Option{{ID: "gov_cloud", Label: "政务云"}, {ID: "own_room", Label: "自建机房"}, {ID: "colocation", Label: "托管"}, {ID: "mixed", Label: "混合"}, {ID: "none", Label: "不涉及（服务类）"}}

// keys of the chapters, in the order of the first outline; each has one text.
var chapterKeys = []string{"overview", "duty", "present", "necessity", "demand", "design", "sharing", "build", "safety", "operation", "organise", "invest", "effect", "risk", "benefit"}

// Text is the text of a chapter by its key, nil for an unknown one.
func (s *Scheme) Text(key string) *string {
	if i := slices.Index(chapterKeys, key); i >= 0 {
		return &s.texts[i]
	}
	return nil
}

func chapterFields() []form.Field {
	var out []form.Field
	for i, key := range chapterKeys {
		for _, c := range first[0].Chapters {
			if c.Key == key {
				out = append(out, form.LongField("c_"+key, c.Title, func(s *Scheme) *string { return &s.texts[i] }, form.Max(20000), form.Help(c.Guidance), form.Cite("A07.1")))
			}
		}
	}
	return out
}

var schemeForm = form.For[Scheme](
	form.Section{Key: "basic", Title: "一、基本信息", Clauses: []string{"A07.1"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(s *Scheme) *string { return &s.Name }, form.Max(100), form.Required),
		form.ChoiceField("build_kind", "建设性质", registry.BuildKinds, func(s *Scheme) *string { return &s.BuildKind }, form.Required),
		form.ChoiceField("priority", "轻重缓急", registry.Priorities, func(s *Scheme) *string { return &s.Priority }, form.Cite("A07.1")),
		form.IntField("place", "本单位内排序", func(s *Scheme) *int64 { return &s.Place }, form.Max(200), form.Help("1 为最先"), form.Cite("A07.1")),
		form.DateField("start_on", "拟开始", func(s *Scheme) *calendar.Date { return &s.Start }),
		form.DateField("end_on", "拟完成", func(s *Scheme) *calendar.Date { return &s.End }),
		form.CheckField("periodic", "需要周期实施，服务内容和资金需求不变", func(s *Scheme) *bool { return &s.Periodic }, form.Help("运维、等保测评等"), form.Cite("A07.3")),
		form.CheckField("key_project", "重点项目", func(s *Scheme) *bool { return &s.Key }),
		form.CheckField("assess", "需要决策评估审核的政府投资项目", func(s *Scheme) *bool { return &s.Assess }, form.Help("由市发展改革委统筹，列入年度计划时注明"), form.Cite("A05.4")),
		form.LongField("no_plan", "没有列入部门项目计划的理由", func(s *Scheme) *string { return &s.NoPlan }, form.Max(500), form.Help("已有备案的计划项目不填")),
	}},
	form.Section{Key: "feasible", Title: "二、可行性论证", Clauses: []string{"A07.1"}, Fields: []form.Field{
		form.DateField("feasible_on", "论证完成日期", func(s *Scheme) *calendar.Date { return &s.FeasibleOn }),
		form.TextField("compiled_by", "方案编制单位", func(s *Scheme) *string { return &s.CompiledBy }, form.Max(100), form.Help("自行编制的填本单位；抽取专家时据此回避")),
		form.TextField("authors", "主要编制人员", func(s *Scheme) *string { return &s.Authors }, form.Max(200), form.Help("姓名之间用顿号分开；抽取专家时据此回避")),
		form.LongField("feasible", "论证结论", func(s *Scheme) *string { return &s.Feasible }, form.Max(2000)),
	}},
	form.Section{Key: "scheme", Title: "三、实施方案", Clauses: []string{"A07.1"}, Fields: append([]form.Field{
		form.IntField("outline", "建设类提纲版本", func(s *Scheme) *int64 { return &s.Version }, form.ReadOnly),
		form.IntField("outline_om", "运维类提纲版本", func(s *Scheme) *int64 { return &s.VersionOM }, form.ReadOnly),
		form.IntField("sheet", "评分表版本", func(s *Scheme) *int64 { return &s.Sheet }, form.ReadOnly),
	}, chapterFields()...)},
	form.Section{Key: "safety", Title: "四、安全和密码", Clauses: []string{"A29.2", "A29.3"}, Fields: []form.Field{
		form.ChoiceField("deploy", "部署方式", Deployments, func(s *Scheme) *string { return &s.Deploy }),
		form.ChoiceField("level", "拟定等级保护级别", levels, func(s *Scheme) *string { return &s.Level }, form.Cite("A28.2")),
		form.LongField("cipher", "密码应用方案", func(s *Scheme) *string { return &s.Cipher }, form.Max(5000), form.Cite("A29.2")),
		form.LongField("cipher_none", "密码应用不适用的理由", func(s *Scheme) *string { return &s.CipherNone }, form.Max(1000), form.Cite("A29.2")),
		form.LongField("trusted", "政府采购需求标准和关键部件安全可靠测评等级要求", func(s *Scheme) *string { return &s.Trusted }, form.Max(3000), form.Help("新建系统填写；只写标准和等级，不写品牌型号"), form.Cite("A29.3")),
	}},
	form.Section{Key: "money", Title: "五、资金来源（万元）", Clauses: []string{"A07.1"}, Fields: registry.FundFields("A07.1", func(s *Scheme) *registry.Funds { return &s.Funds })},
	form.Section{Key: "conclusion", Title: "六、评审结论", Clauses: []string{"A08.1", "A08.2"}, Fields: []form.Field{
		form.ChoiceField("result", "结论", review.Results, func(s *Scheme) *string { return &s.Result }, form.ReadOnly),
		form.MoneyField("reviewed", "审定金额", func(s *Scheme) *money.Fen { return &s.Reviewed }, form.ReadOnly),
		form.TextField("leader", "专家组组长", func(s *Scheme) *string { return &s.Leader }, form.ReadOnly),
		form.LongField("opinion", "专家组意见", func(s *Scheme) *string { return &s.Opinion }, form.ReadOnly),
	}},
)

// SchemeForm is the declaration of the scheme, for papers and pages.
func SchemeForm() form.Spec { return schemeForm }

// Categories of the estimate.
var Categories = []form.Option{{ID: "dev", Label: "应用软件开发费"}, {ID: "software", Label: "成品软件购置费"}, {ID: "hardware", Label: "硬件设备购置费"}, {ID: "lease", Label: "云资源、网络、线路租赁费"},
	{ID: "data", Label: "数据资源建设费"}, {ID: "integration", Label: "系统集成费"}, {ID: "security", Label: "安全与密码建设费"}, {ID: "adapt", Label: "信创适配费"}, {ID: "consult", Label: "标准规范、咨询设计费"},
	{ID: "supervise", Label: "监理费"}, {ID: "mlps_eval", Label: "等级保护测评费"}, {ID: "crypto_eval", Label: "密码应用评估费"}, {ID: "test", Label: "软件测试费"}, {ID: "audit", Label: "审计费"}, {ID: "train", Label: "培训费"},
	{ID: "misc", Label: "招标代理、评审等其他费用"}, {ID: "contingency", Label: "预备费"}, {ID: "om", Label: "运行维护费"}}

// Cost is one line of the estimate (概算).
type Cost struct {
	Name, Category, Spec, Unit, Basis string
	Quantity                          int64
	Price, Amount                     money.Fen
}

var costs = &matter.Lines{Table: "estimate_line", Title: "概算项", Max: 300, Form: form.For[Cost](form.Section{Key: "cost", Title: "概算项", Clauses: []string{"A12.1"}, Fields: []form.Field{
	form.TextField("name", "名称", func(c *Cost) *string { return &c.Name }, form.Max(100), form.Required),
	form.ChoiceField("category", "费用类别", Categories, func(c *Cost) *string { return &c.Category }, form.Required),
	form.TextField("unit", "单位", func(c *Cost) *string { return &c.Unit }, form.Max(20)),
	form.IntField("quantity", "数量", func(c *Cost) *int64 { return &c.Quantity }),
	form.MoneyField("price", "单价", func(c *Cost) *money.Fen { return &c.Price }),
	form.MoneyField("amount", "金额", func(c *Cost) *money.Fen { return &c.Amount }, form.Required),
	form.LongField("spec", "规格、主要技术要求", func(c *Cost) *string { return &c.Spec }, form.Max(1000), form.Help("不写品牌型号")),
	form.TextField("basis", "测算依据", func(c *Cost) *string { return &c.Basis }, form.Max(200), form.Help("询价、历史合同或收费标准")),
}})}

// Point is one point of the review with the unit's answer.
type Point struct{ Point, Answer, Place string }

var points = &matter.Lines{Key: "point", Table: "review_point", Title: "评审意见", Max: 100, Fixed: true, Form: form.For[Point](form.Section{Key: "point", Title: "逐条答复", Clauses: []string{"A08.1"}, Fields: []form.Field{
	form.TextField("point", "意见", func(p *Point) *string { return &p.Point }, form.Max(1000), form.ReadOnly),
	form.LongField("answer", "答复", func(p *Point) *string { return &p.Answer }, form.Max(2000)),
	form.TextField("place", "在方案中的位置", func(p *Point) *string { return &p.Place }, form.Max(100)),
}})}

// total is the sum of the estimate lines.
func total(c *matter.Case) money.Fen {
	var sum money.Fen
	for _, ln := range c.LinesOf("") {
		sum += matter.BodyOf[Cost](ln).Amount
	}
	return sum
}
