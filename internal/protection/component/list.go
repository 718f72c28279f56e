package component

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
)

// ListKey names the procedure of the list in URLs and the record.
const ListKey = "secure-list"

// Other is the kind of a part that is not graded.
const Other = "other"

// Kinds of parts.
var Kinds = []form.Option{{ID: "cpu", Label: "中央处理器"}, {ID: "os", Label: "操作系统"}, {ID: "db_central", Label: "集中式数据库"}, {ID: "db_distributed", Label: "分布式数据库"}, {ID: "ai_chip", Label: "人工智能芯片"}, {ID: Other, Label: "其他"}}

// Grades of 安全可靠测评.
var Grades = []form.Option{{ID: "1", Label: "Ⅰ级"}, {ID: "2", Label: "Ⅱ级"}}

// ValidMonths is how long a result holds that does not say so itself.
var ValidMonths = measures.Param{Key: "component.valid-months", Title: "安全可靠测评结果没有写明有效期时的有效期", Unit: "个月", Kind: measures.KindInt, Default: "36", Clause: "A29.3", Basis: measures.Practice,
	Note: "通行为三年，以公告为准"}

// List is the head of an import.
type List struct {
	AsOf           calendar.Date
	Source, Remark string
}

var listForm = form.For[List](form.Section{Key: "list", Title: "清单", Clauses: []string{"A29.3"}, Fields: []form.Field{
	form.DateField("as_of", "清单截止日期", func(l *List) *calendar.Date { return &l.AsOf }, form.Required, form.Help("整理到哪一天的公告；每次导入是完整的一版，签发后代替上一版")),
	form.LongField("source", "来源", func(l *List) *string { return &l.Source }, form.Max(500), form.Required, form.Help("哪些公告、在哪里公布")),
	form.LongField("remark", "说明", func(l *List) *string { return &l.Remark }, form.Max(1000)),
}})

// Product is one result as announced.
type Product struct {
	Kind, Vendor, Product, Version, Grade, Notice, Normal string
	NoticeOn, Until                                       calendar.Date
}

// MostProducts is how many products one version of the list holds.
const MostProducts = 2000

var products = &matter.Lines{Table: "secure_product", Title: "产品", Max: MostProducts, Form: form.For[Product](form.Section{Key: "product", Title: "产品", Clauses: []string{"A29.3"}, Fields: []form.Field{
	form.ChoiceField("kind", "种类", Kinds, func(p *Product) *string { return &p.Kind }, form.Required, form.Column),
	form.TextField("vendor", "单位名称", func(p *Product) *string { return &p.Vendor }, form.Max(100), form.Required, form.Column),
	form.TextField("product", "产品名称", func(p *Product) *string { return &p.Product }, form.Max(100), form.Required, form.Column),
	form.TextField("version", "型号版本", func(p *Product) *string { return &p.Version }, form.Max(100), form.Column),
	form.ChoiceField("grade", "等级", Grades, func(p *Product) *string { return &p.Grade }, form.Required, form.Column),
	form.TextField("notice_no", "公告号", func(p *Product) *string { return &p.Notice }, form.Max(60), form.Required, form.Column),
	form.DateField("notice_on", "公告日期", func(p *Product) *calendar.Date { return &p.NoticeOn }, form.Required, form.Column),
	form.DateField("valid_until", "有效期至", func(p *Product) *calendar.Date { return &p.Until }, form.Column),
}}),
	Derive:  func(v any) { p := v.(*Product); p.Normal = normal(p.Product, p.Version) },
	Derived: []form.Field{form.TextField("normal_name", "规范名称", func(p *Product) *string { return &p.Normal })},
}

// normal is what a part and a product of the list are compared by.
func normal(product, version string) string { return hanzi.NormalName(product + " " + version) }

// Published is the list that stands.
type Published struct {
	MatterID string
	AsOf     calendar.Date
	Products int64
}

// Newest is the list of a jurisdiction that stands; the zero value while none was published.
func Newest(ctx context.Context, q db.Querier, jurisdiction string) (Published, error) {
	p, err := db.One(ctx, q, func(s db.Scanner) (Published, error) {
		var p Published
		err := s.Scan(&p.MatterID, &p.AsOf, &p.Products)
		return p, err
	}, `SELECT matter_id, as_of, products FROM secure_list WHERE jurisdiction = $1 ORDER BY published_at DESC, matter_id DESC LIMIT 1`, jurisdiction)
	if db.None(err) {
		return Published{}, nil
	}
	return p, err
}

// Publishing is the procedure of the list.
func Publishing() *matter.Procedure {
	judge := matter.JudgeBy(gatherList, ListRules()...)
	back := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: ListKey, Title: "安全可靠测评产品清单", Clauses: []string{"A29.3", "A05.2"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "导入产品清单", Edit: true, Stage: "导入"},
			{State: "signing", Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发产品清单", Stage: "签发"},
			{State: "published", Title: "已发布", Mark: matter.MarkDone, Final: true, Public: true, Stage: "发布"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送签", Says: "送负责人签发，签发前可以撤回。", To: "signing", By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: "signing", Do: matter.SignOff, Title: "签发清单", Says: "签发后代替上一版，关键部件按这一版核对。", To: "published", By: identity.OwnerHead, Judge: judge, Effect: publish},
			{From: "signing", Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: "signing", Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
		},
		Form: listForm, Lines: products, Start: identity.BigDataClerk, Params: []measures.Param{ValidMonths},
		Needs: []matter.Need{{Kind: "notice", Label: "公告", Clause: "A29.3"}},
		Prepare: func(_ context.Context, _ db.Querier, c *matter.Case) ([]matter.Line, error) {
			c.Year = int64(c.Today.Year())
			return nil, nil
		},
		Name: func(c *matter.Case) string {
			if on := matter.FormOf[List](c).AsOf; on != "" {
				return "安全可靠测评产品清单（" + string(on) + "）"
			}
			return "安全可靠测评产品清单"
		},
	}
}

func publish(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	return d.Tx.Later(ctx, `INSERT INTO secure_list (matter_id, jurisdiction, as_of, products, published_at) VALUES ($1,$2,$3,$4,$5)`,
		c.ID, c.Jurisdiction, string(matter.FormOf[List](c).AsOf), int64(len(c.LinesOf(""))), c.Now.UnixMilli())
}

// ListFacts are what the rules of an import judge.
type ListFacts struct {
	On       calendar.Date `json:"on"`
	AsOf     calendar.Date `json:"as_of"`
	Before   calendar.Date `json:"before,omitempty"` // of the list that stands
	Products int           `json:"products"`
	Wrong    []WrongFact   `json:"wrong,omitempty"`
	Secret   string        `json:"secret,omitempty"`
}

// WrongFact is a row that cannot stand.
type WrongFact struct {
	Seq  int64  `json:"seq"`
	At   string `json:"at"`
	Says string `json:"says"`
}

func gatherList(ctx context.Context, q db.Querier, c *matter.Case) (ListFacts, error) {
	l := matter.FormOf[List](c)
	f := ListFacts{On: c.Today, AsOf: l.AsOf, Secret: measures.SecretField(listForm, l)}
	first := map[string]int64{}
	for _, ln := range c.LinesOf("") {
		p := matter.BodyOf[Product](ln)
		f.Products++
		wrong := func(at, says string) { f.Wrong = append(f.Wrong, WrongFact{ln.Seq, at, says}) }
		key := p.Kind + "/" + normal(p.Product, p.Version) + "/" + p.Notice
		switch {
		case first[key] > 0:
			wrong("product", "与前面的一行重复")
		case p.NoticeOn > l.AsOf:
			wrong("notice_on", "公告日期晚于清单截止日期")
		case p.Until != "" && p.Until < p.NoticeOn:
			wrong("valid_until", "有效期早于公告日期")
		case normal(p.Product, "") == "":
			wrong("product", "没有写明产品名称")
		}
		first[key] = ln.Seq
		if f.Secret == "" {
			f.Secret = measures.SecretField(products.Form, p)
		}
	}
	before, err := Newest(ctx, q, c.Jurisdiction)
	f.Before = before.AsOf
	return f, err
}

// ListRules are asked when a list is handed in and when it is signed.
func ListRules() []measures.Rule[ListFacts] {
	return []measures.Rule[ListFacts]{listed, listNewer, listSecret}
}

func listEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*ListFacts)) measures.Example[ListFacts] {
	f := ListFacts{On: "2026-10-08", AsOf: "2026-09-30", Before: "2026-03-31", Products: 2}
	change(&f)
	return measures.Example[ListFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var listed = measures.Rule[ListFacts]{
	ID: "A29.3-list", Clause: "A29.3", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "清单逐行可用", Source: "清单用来核对关键部件，行内对不上、重复的不能用",
	Judge: func(f ListFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.AsOf > f.On {
			ps = append(ps, measures.Problem{Anchor: "form/as_of", Message: "清单截止日期晚于今天"})
		}
		if f.Products == 0 {
			ps = append(ps, measures.Problem{Anchor: "lines", Message: "清单是空的，请导入产品"})
		}
		for _, w := range f.Wrong {
			ps = append(ps, measures.Problem{Anchor: protection.LineAt(w.Seq, w.At), Message: rowSays(w.Seq, w.Says)})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[ListFacts]{listEx(measures.ExamplePass, measures.Pass, "两个产品，没有问题", "可以核对", func(*ListFacts) {}),
		listEx(measures.ExampleFail, measures.Fail, "空的清单", "无从核对", func(f *ListFacts) { f.Products = 0 }),
		listEx(measures.ExampleFail, measures.Fail, "有一行重复", "不知以哪一行为准", func(f *ListFacts) { f.Wrong = []WrongFact{{2, "product", "与前面的一行重复"}} }),
		listEx(measures.ExampleBoundary, measures.Pass, "截止今天", "等于今天", func(f *ListFacts) { f.AsOf = "2026-10-08" }),
		listEx(measures.ExampleBoundary, measures.Fail, "截止明天", "还没有公布", func(f *ListFacts) { f.AsOf = "2026-10-09" })},
}

var listNewer = measures.Rule[ListFacts]{
	ID: "A29.3-newer", Clause: "A29.3", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Boundary: true, Title: "不旧于现行的一版", Source: "后签发的代替先签发的，导入更旧的须说明理由",
	Judge: func(f ListFacts, _ measures.Values) measures.Verdict {
		if f.AsOf < f.Before {
			return measures.Failed("form/as_of", "现行清单截止 %s，这一版更旧", f.Before)
		}
		return measures.Passed("不旧于现行的一版")
	},
	Examples: []measures.Example[ListFacts]{listEx(measures.ExamplePass, measures.Pass, "比现行的新半年", "更新", func(*ListFacts) {}),
		listEx(measures.ExamplePass, measures.Pass, "第一版", "没有现行的", func(f *ListFacts) { f.Before = "" }),
		listEx(measures.ExampleFail, measures.Fail, "比现行的旧一个月", "可能导错", func(f *ListFacts) { f.Before = "2026-10-07"; f.AsOf = "2026-09-07" }),
		listEx(measures.ExampleBoundary, measures.Pass, "同一天", "更正内容", func(f *ListFacts) { f.Before = "2026-09-30" }),
		listEx(measures.ExampleBoundary, measures.Fail, "旧一天", "更旧", func(f *ListFacts) { f.Before = "2026-10-01" })},
}

var listSecret = measures.Rule[ListFacts]{
	ID: "A30.1-secure-list", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: protection.SecretQuote,
	Judge: func(f ListFacts, _ measures.Values) measures.Verdict { return protection.NoSecret(f.Secret) },
	Examples: []measures.Example[ListFacts]{listEx(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", func(*ListFacts) {}),
		listEx(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *ListFacts) { f.Secret = "说明" })},
}
