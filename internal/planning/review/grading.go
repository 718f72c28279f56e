package review

import (
	"context"
	"fmt"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// SheetKey names the procedure that publishes a scoring sheet.
const SheetKey = "review-sheet"

// Revision is the form of that procedure.
type Revision struct {
	From calendar.Date
	Why  string
	Base int64 // the version it was drafted from
}

var sheetForm = form.For[Revision](form.Section{Key: "sheet", Title: "评分表", Clauses: []string{"A08.1"}, Fields: []form.Field{
	form.DateField("from_on", "启用日期", func(r *Revision) *calendar.Date { return &r.From }, form.Required, form.Help("自这一天起新开的申报使用")),
	form.LongField("why", "修订说明", func(r *Revision) *string { return &r.Why }, form.Max(500), form.Required),
	form.IntField("base", "修订自第几版", func(r *Revision) *int64 { return &r.Base }, form.ReadOnly),
}})

type sheetRow struct {
	Title, Head, Guidance, Key string
	Max, Place                 int64
	Veto                       bool
}

var sheetLines = &matter.Lines{Table: "sheet_line", Title: "评分项", Max: 16, Fixed: true, Form: form.For[sheetRow](form.Section{Key: "mark", Title: "评分项", Fields: []form.Field{
	form.TextField("title", "评分内容", func(r *sheetRow) *string { return &r.Title }, form.Max(60), form.Required),
	form.TextField("head", "评审方面", func(r *sheetRow) *string { return &r.Head }, form.ReadOnly),
	form.IntField("most", "最高分", func(r *sheetRow) *int64 { return &r.Max }, form.Max(100), form.Help("0 分为不评这一项；各项合计 100 分")),
	form.CheckField("veto", "否决项", func(r *sheetRow) *bool { return &r.Veto }, form.Help("不给分的不能通过")),
	form.IntField("place", "次序", func(r *sheetRow) *int64 { return &r.Place }, form.Max(99), form.Required),
	form.LongField("guidance", "评分说明", func(r *sheetRow) *string { return &r.Guidance }, form.Max(200)),
	form.TextField("key", "标识", func(r *sheetRow) *string { return &r.Key }, form.ReadOnly),
}})}

// SheetFacts are what the rules of a new sheet judge.
type SheetFacts struct {
	On    calendar.Date `json:"on"`
	From  calendar.Date `json:"from"`
	Marks []MarkFacts   `json:"marks"`
}

// MarkFacts are the facts of one item.
type MarkFacts struct {
	Seq   int64  `json:"seq"`
	Head  string `json:"head"`
	Title string `json:"title"`
	Max   int64  `json:"max"`
	Veto  bool   `json:"veto,omitempty"`
}

func sheetFacts(_ context.Context, _ db.Querier, c *matter.Case) (SheetFacts, error) {
	f := SheetFacts{On: c.Today, From: matter.FormOf[Revision](c).From, Marks: []MarkFacts{}}
	for _, ln := range c.Lines {
		r := matter.BodyOf[sheetRow](ln)
		f.Marks = append(f.Marks, MarkFacts{ln.Seq, r.Head, r.Title, r.Max, r.Veto})
	}
	return f, nil
}

// Grading publishes a new version of the scoring sheet: titles, guidance,
// maxima, vetoes and order may change; the items themselves stay, because marks
// are kept by them.
func Grading() *matter.Procedure {
	return &matter.Procedure{
		Key: SheetKey, Title: "评分表", Clauses: []string{"A08.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "修订评分表", Edit: true, Stage: "修订"},
			{State: "signing", Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发评分表", Stage: "签发"},
			{State: "issued", Title: "已发布", Mark: matter.MarkDone, Final: true, Public: true, Stage: "已发布"},
			{State: "dropped", Title: "已作废", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送签", Says: "送负责人签发。", To: "signing", By: identity.OwnerClerk, Judge: matter.JudgeBy(sheetFacts, SheetRules()...), Submit: true,
				Lines: matter.LineMove{To: matter.LineHeld}},
			{From: matter.Draft, Do: "drop", Title: "作废", Says: "不再修订，记录保留。", To: "dropped", By: identity.OwnerClerk, Danger: true},
			{From: "signing", Do: matter.SignOff, Title: "发布", Says: "自启用日期起新开的申报使用新评分表，已开的不变。", To: "issued", By: identity.OwnerHead, Effect: publishSheet},
			{From: "signing", Do: matter.Return, Title: "退回", Says: "退回修改。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: matter.LineMove{To: matter.LineDraft}},
		},
		Form: sheetForm, Lines: sheetLines, Start: identity.BigDataClerk,
		Name: func(c *matter.Case) string {
			return fmt.Sprintf("项目评审评分表（第 %d 版）", matter.FormOf[Revision](c).Base+1)
		},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			last, err := lastSheet(ctx, q, c.Jurisdiction)
			if err != nil {
				return nil, err
			}
			sheet, err := SheetAt(ctx, q, c.Jurisdiction, c.Today, last)
			if err != nil {
				return nil, err
			}
			r := matter.FormOf[Revision](c)
			r.From, r.Base = c.Today, last
			var out []matter.Line
			for i, m := range sheet.Marks {
				out = append(out, matter.Line{Of: sheetLines, Body: &sheetRow{Title: m.Title, Head: m.Head, Guidance: m.Guidance, Key: m.Key, Max: int64(m.Max), Place: int64(i + 1), Veto: m.Veto}})
			}
			return out, nil
		},
	}
}

func lastSheet(ctx context.Context, q db.Querier, jurisdiction string) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT COALESCE(MAX(version), 1) FROM sheet_mark WHERE jurisdiction = $1`, jurisdiction)
}

// publishSheet writes the new version. A draft that another version has
// overtaken is refused: it would silently take back what that one changed.
func publishSheet(ctx context.Context, d *matter.Doing) error {
	c, r := d.Case, matter.FormOf[Revision](d.Case)
	last, err := lastSheet(ctx, d.Tx, c.Jurisdiction)
	if err != nil {
		return err
	}
	if last != r.Base {
		return problem.New(problem.Conflict, "这份修订从第 %d 版起草，其后已发布第 %d 版；请退回作废，按新版重新修订", r.Base, last)
	}
	from := max(r.From, c.Today) // a past day would change what running cases were told
	for _, ln := range c.Lines {
		b := matter.BodyOf[sheetRow](ln)
		if err := d.Tx.Later(ctx, `INSERT INTO sheet_mark (jurisdiction, version, key, seq, title, guidance, most, veto, from_date) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
			c.Jurisdiction, last+1, b.Key, Order(b.Place, ln.Seq), b.Title, b.Guidance, b.Max, db.Flag(b.Veto), string(from)); err != nil {
			return err
		}
	}
	return nil
}

// Order sorts rows of a versioned list by the place a person gave them: who is
// moved up comes before the row that stood there, who is moved down after it.
// seq is where the row stood.
func Order(place, seq int64) int64 {
	moved := int64(1)
	switch {
	case place < seq:
		moved = 0
	case place > seq:
		moved = 2
	}
	return (place*3+moved)*100 + seq
}

// SheetRules are asked when a new sheet is handed in.
func SheetRules() []measures.Rule[SheetFacts] {
	return []measures.Rule[SheetFacts]{sheetSum, sheetHeads, sheetVeto, sheetFrom}
}

type sheetExample = measures.Example[SheetFacts]

// sheet makes the facts of a sheet with the three heads of Article 8.
func sheet(policy, need, able int64) SheetFacts {
	return SheetFacts{On: "2026-09-20", From: "2026-10-01", Marks: []MarkFacts{{1, "政策符合性", "依据充分", policy, false}, {2, "必要性", "需求明确", need, false}, {3, "可行性", "方案可行", able, false}}}
}

var sheetSum = measures.Rule[SheetFacts]{
	ID: "A08.1-sheet", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "评分表按百分制，各项最高分合计 100 分", Title: "最高分合计 100 分",
	Judge: func(f SheetFacts, _ measures.Values) measures.Verdict {
		var sum int64
		for _, m := range f.Marks {
			sum += m.Max
		}
		if sum != 100 {
			return measures.Failed("lines", "各项最高分合计 %d 分，应为 100 分", sum)
		}
		return measures.Passed("合计 100 分")
	},
	Examples: []sheetExample{
		{Name: "四十、三十、三十", Kind: measures.ExamplePass, Facts: sheet(40, 30, 30), Want: measures.Pass, Why: "合计 100 分"},
		{Name: "都没有分", Kind: measures.ExampleFail, Facts: sheet(0, 0, 0), Want: measures.Fail, Why: "合计 0 分"},
		{Name: "合计 99 分", Kind: measures.ExampleBoundary, Facts: sheet(39, 30, 30), Want: measures.Fail, Why: "少一分"},
		{Name: "合计 100 分", Kind: measures.ExampleBoundary, Facts: sheet(100, 0, 0), Want: measures.Pass, Why: "正好"},
		{Name: "合计 101 分", Kind: measures.ExampleBoundary, Facts: sheet(41, 30, 30), Want: measures.Fail, Why: "多一分"},
	},
}

var sheetHeads = measures.Rule[SheetFacts]{
	ID: "A08.1-heads", Clause: "A08.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "评政策符合性、必要性、可行性", Quote: "对项目实施方案的政策符合性、必要性、可行性等进行综合评审",
	Judge: func(f SheetFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, head := range []string{"政策符合性", "必要性", "可行性"} {
			if !slices.ContainsFunc(f.Marks, func(m MarkFacts) bool { return m.Head == head && m.Max > 0 }) {
				ps = append(ps, measures.Problem{Anchor: "lines", Message: "“" + head + "”没有一项给分，这一方面就不评了"})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []sheetExample{
		{Name: "三个方面都有分", Kind: measures.ExamplePass, Facts: sheet(40, 30, 30), Want: measures.Pass, Why: "条文所列三个方面都评"},
		{Name: "可行性没有分", Kind: measures.ExampleFail, Facts: sheet(50, 50, 0), Want: measures.Fail, Why: "条文要求评可行性"},
		{Name: "必要性只有 1 分", Kind: measures.ExampleBoundary, Facts: sheet(69, 1, 30), Want: measures.Pass, Why: "条文不定权重"},
		{Name: "必要性 0 分", Kind: measures.ExampleBoundary, Facts: sheet(70, 0, 30), Want: measures.Fail, Why: "0 分为不评"},
	},
}

var sheetVeto = measures.Rule[SheetFacts]{
	ID: "A08.1-veto", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "否决项应能得分，否则谁也通不过", Title: "否决项有分可得",
	Judge: func(f SheetFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, m := range f.Marks {
			if m.Veto && m.Max == 0 {
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/most", m.Seq), Message: fmt.Sprintf("第 %d 项“%s”是否决项，最高分却是 0 分", m.Seq, m.Title)})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []sheetExample{
		{Name: "没有否决项", Kind: measures.ExamplePass, Facts: sheet(40, 30, 30), Want: measures.Pass, Why: "不要求有否决项"},
		{Name: "否决项没有分", Kind: measures.ExampleFail, Facts: SheetFacts{Marks: []MarkFacts{{1, "集约共享", "共享分析", 0, true}}}, Want: measures.Fail, Why: "不给分的不能通过，而它给不了分"},
		{Name: "否决项 1 分", Kind: measures.ExampleBoundary, Facts: SheetFacts{Marks: []MarkFacts{{1, "集约共享", "共享分析", 1, true}}}, Want: measures.Pass, Why: "有分可得"},
	},
}

var sheetFrom = measures.Rule[SheetFacts]{
	ID: "A08.1-from", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "新评分表不追溯已经开始的申报", Title: "启用日期不早于今天",
	Judge: func(f SheetFacts, _ measures.Values) measures.Verdict {
		if f.From < f.On {
			return measures.Failed("form/from_on", "启用日期 %s 已经过去，请填今天或以后", f.From)
		}
		return measures.Passed("自 %s 起启用", f.From)
	},
	Examples: []sheetExample{
		{Name: "下月启用", Kind: measures.ExamplePass, Facts: SheetFacts{On: "2026-09-20", From: "2026-10-01"}, Want: measures.Pass, Why: "在今天以后"},
		{Name: "去年启用", Kind: measures.ExampleFail, Facts: SheetFacts{On: "2026-09-20", From: "2025-12-01"}, Want: measures.Fail, Why: "会改变已开的申报所依据的"},
		{Name: "今天启用", Kind: measures.ExampleBoundary, Facts: SheetFacts{On: "2026-09-20", From: "2026-09-20"}, Want: measures.Pass, Why: "不早于今天"},
		{Name: "昨天启用", Kind: measures.ExampleBoundary, Facts: SheetFacts{On: "2026-09-20", From: "2026-09-19"}, Want: measures.Fail, Why: "早于今天"},
	},
}
