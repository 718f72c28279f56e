package component

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/registry"
)

const (
	from    calendar.Date = "2025-12-01"
	rectify string        = "A32.4"
)

// Facts are what the rules judge.
type Facts struct {
	On        calendar.Date `json:"on"`
	CheckedOn calendar.Date `json:"checked_on,omitempty"`
	New       bool          `json:"new,omitempty"` // 新建
	Reason    bool          `json:"reason,omitempty"`
	Standards bool          `json:"standards,omitempty"`
	List      calendar.Date `json:"list,omitempty"` // of the list that stands, "" while there is none
	Parts     []PartFacts   `json:"parts,omitempty"`
	Secret    string        `json:"secret,omitempty"`
}

// PartFacts are a part and the product of the list it is held against.
type PartFacts struct {
	Seq    int64        `json:"seq"`
	Name   string       `json:"name"`
	Key    bool         `json:"key,omitempty"` // of a kind that is graded
	Grade  string       `json:"grade,omitempty"`
	Notice string       `json:"notice,omitempty"`
	Listed *ListedFacts `json:"listed,omitempty"`
}

// ListedFacts are a product as the list has it.
type ListedFacts struct {
	Grade  string        `json:"grade"`
	Notice string        `json:"notice"`
	From   calendar.Date `json:"from"`
	Until  calendar.Date `json:"until,omitempty"` // "" where the list does not say
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	d := matter.FormOf[Declaration](c)
	f := Facts{On: c.Today, CheckedOn: d.On, New: d.Kind == registry.New, Reason: hanzi.Given(d.Reason), Standards: hanzi.Given(d.Standards), Secret: measures.SecretField(declarationForm, d)}
	var rows []numbered
	for _, ln := range c.LinesOf("") {
		p := matter.BodyOf[Part](ln)
		rows = append(rows, numbered{ln.Seq, *p})
		if f.Secret == "" {
			f.Secret = measures.SecretField(parts.Form, p)
		}
	}
	return f, f.hold(ctx, q, c.Jurisdiction, rows)
}

// hold holds parts against the list that stands: of several results for a product the
// one of the announcement that was named, or else the last.
func (f *Facts) hold(ctx context.Context, q db.Querier, jurisdiction string, rows []numbered) error {
	list, err := Newest(ctx, q, jurisdiction)
	if err != nil {
		return err
	}
	f.List = list.AsOf
	known := map[string][]ListedFacts{}
	if list.MatterID != "" && len(rows) > 0 {
		var names []string
		for _, r := range rows {
			names = append(names, normal(r.Product, r.Version))
		}
		var args db.Args
		if _, err := db.All(ctx, q, func(s db.Scanner) (struct{}, error) {
			var kind, name string
			var l ListedFacts
			err := s.Scan(&kind, &name, &l.Grade, &l.Notice, &l.From, &l.Until)
			known[kind+"/"+name] = append(known[kind+"/"+name], l)
			return struct{}{}, err
		}, `SELECT kind, normal_name, grade, notice_no, notice_on, valid_until FROM secure_product WHERE matter_id = `+args.Add(list.MatterID)+` AND normal_name IN `+args.In(names...)+
			` ORDER BY notice_on, seq`, args.List()...); err != nil {
			return err
		}
	}
	for _, r := range rows {
		p := PartFacts{Seq: r.seq, Name: form.Label(Kinds, r.Kind) + "“" + r.Product + "”", Key: r.Kind != Other, Grade: r.Grade, Notice: r.Notice}
		for _, l := range known[r.Kind+"/"+normal(r.Product, r.Version)] {
			if p.Listed == nil || p.Listed.Notice != r.Notice {
				p.Listed = &l
			}
		}
		f.Parts = append(f.Parts, p)
	}
	return nil
}

// lacks is what is missing of the grade of a part, "" when nothing is.
func (p PartFacts) lacks() string {
	switch {
	case !p.Key:
		return ""
	case p.Grade == "":
		return p.Name + "没有安全可靠测评等级"
	case p.Notice == "":
		return p.Name + "没有公告号"
	}
	return ""
}

// until is the last day a result holds.
func (l ListedFacts) until(v measures.Values) calendar.Date {
	if l.Until != "" {
		return l.Until
	}
	return l.From.AddMonths(ValidMonths.Int(v))
}

// differs is how a part with a grade differs from the list on the day it was taken
// over, "" when it does not.
func (p PartFacts) differs(on calendar.Date, v measures.Values) string {
	switch l := p.Listed; {
	case !p.Key || p.lacks() != "":
		return ""
	case l == nil:
		return p.Name + "不在清单里"
	case l.Grade != p.Grade:
		return fmt.Sprintf("%s的等级与清单不同，清单是%s", p.Name, form.Label(Grades, l.Grade))
	case hanzi.NormalName(l.Notice) != hanzi.NormalName(p.Notice):
		return fmt.Sprintf("%s的公告号与清单不同，清单是%s", p.Name, l.Notice)
	case on != "" && on < l.From:
		return fmt.Sprintf("%s的结果 %s 公告，部件 %s 验收时还没有", p.Name, l.From, on)
	case on > l.until(v):
		return fmt.Sprintf("%s的结果有效期至 %s，部件 %s 验收时已过", p.Name, l.until(v), on)
	}
	return ""
}

// short is what is wrong with the parts of a new system, part by part.
func (f Facts) short(v measures.Values) []string {
	if !f.New {
		return nil
	}
	var out []string
	for _, p := range f.Parts {
		if s := p.lacks(); s != "" {
			out = append(out, s)
		} else if s := p.differs(f.CheckedOn, v); s != "" && f.List != "" {
			out = append(out, s)
		}
	}
	if len(f.Parts) > 0 && !f.Standards {
		out = append(out, "没有写明执行的政府采购需求标准")
	}
	return out
}

func rowSays(seq int64, says string) string { return fmt.Sprintf("第 %d 行：%s", seq, says) }

// Rules are asked when a case is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{shown, graded, standards, checked, secret}
}

// a new system with one database, taken over on 2026-08-20, list as of 2026-06-30
func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-10-08", CheckedOn: "2026-08-20", New: true, Standards: true, List: "2026-06-30",
		Parts: []PartFacts{{Seq: 1, Name: "集中式数据库“甲”", Key: true, Grade: "1", Notice: "2024年第1号", Listed: &ListedFacts{"1", "2024年第1号", "2024-05-20", ""}}}}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

func none(f *Facts) { f.Parts, f.Reason, f.Standards, f.CheckedOn = nil, true, false, "" }

func part(change func(*PartFacts)) func(*Facts) { return func(f *Facts) { change(&f.Parts[0]) } }

var shown = measures.Rule[Facts]{
	ID: "A29.3-shown", Clause: "A29.3", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "部件写得出来，或者写明没有的理由", Source: "登记供验收审查和监督检查核对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case len(f.Parts) == 0 && !f.Reason:
			return measures.Failed("lines", "请列出部件，或者写明没有关键部件的理由")
		case len(f.Parts) > 0 && f.Reason:
			return measures.Failed("form/none", "已列出部件，请删去没有关键部件的理由")
		case len(f.Parts) > 0 && (f.CheckedOn == "" || f.CheckedOn > f.On):
			return measures.Failed("form/checked_on", "请填写部件验收日期，不晚于今天")
		}
		return measures.Passed("%d 种部件", len(f.Parts))
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "一种数据库", "可以核对", same),
		ex(measures.ExamplePass, measures.Pass, "没有部件，有理由", "不适用", none),
		ex(measures.ExampleFail, measures.Fail, "没有部件，没有理由", "无从核对", func(f *Facts) { none(f); f.Reason = false }),
		ex(measures.ExampleFail, measures.Fail, "有部件，又说没有", "自相矛盾", func(f *Facts) { f.Reason = true }),
		ex(measures.ExampleFail, measures.Fail, "没有验收日期", "不知在哪一天有效", func(f *Facts) { f.CheckedOn = "" }),
		ex(measures.ExampleBoundary, measures.Pass, "今天验收", "等于今天", func(f *Facts) { f.CheckedOn = "2026-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天验收", "还没有发生", func(f *Facts) { f.CheckedOn = "2026-10-09" })},
}

var graded = measures.Rule[Facts]{
	ID: "A29.3-graded", Clause: "A29.3", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Title: "新建系统的关键部件有安全可靠测评等级", Quote: "新建政务信息系统应严格执行政府采购需求标准和关键部件安全可靠测评等级要求",
	Mark: measures.Mark{Word: "部件没有等级", Rectify: rectify},
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.New || len(f.Parts) == 0 {
			return measures.NotApplicable("不是新建系统，或者没有关键部件")
		}
		var ps []measures.Problem
		for _, p := range f.Parts {
			if says := p.lacks(); says != "" {
				ps = append(ps, measures.Problem{Anchor: protection.LineAt(p.Seq, "grade"), Message: says})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "数据库有等级和公告号", "执行了要求", same),
		ex(measures.ExamplePass, measures.Pass, "“其他”种类没有等级", "不在测评的种类里", part(func(p *PartFacts) { p.Key, p.Grade, p.Notice = false, "", "" })),
		ex(measures.ExamplePass, measures.NotApplies, "扩建项目", "“新建政务信息系统”", func(f *Facts) { f.New = false; f.Parts[0].Grade = "" }),
		ex(measures.ExampleFail, measures.Fail, "数据库没有等级", "“关键部件安全可靠测评等级要求”", part(func(p *PartFacts) { p.Grade = "" })),
		ex(measures.ExampleFail, measures.Fail, "数据库没有公告号", "等级无从核对", part(func(p *PartFacts) { p.Notice = "" }))},
}

var standards = measures.Rule[Facts]{
	ID: "A29.3-standards", Clause: "A29.3", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Title: "新建系统执行政府采购需求标准", Quote: "新建政务信息系统应严格执行政府采购需求标准和关键部件安全可靠测评等级要求",
	Mark: measures.Mark{Word: "没有写明需求标准", Rectify: rectify},
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case !f.New || len(f.Parts) == 0:
			return measures.NotApplicable("不是新建系统，或者没有关键部件")
		case !f.Standards:
			return measures.Failed("form/standards", "没有写明执行的政府采购需求标准")
		}
		return measures.Passed("已写明")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "写明标准", "执行了要求", same),
		ex(measures.ExamplePass, measures.NotApplies, "没有关键部件", "没有采购", none),
		ex(measures.ExampleFail, measures.Fail, "没有写明", "“严格执行政府采购需求标准”", func(f *Facts) { f.Standards = false })},
}

var checked = measures.Rule[Facts]{
	ID: "A29.3-checked", Clause: "A29.3", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Boundary: true, Title: "部件与测评结果清单相符", Source: "安全可靠测评结果公告（中国信息安全测评中心、国家保密科技测评中心）",
	Params: []measures.Param{ValidMonths}, Mark: measures.Mark{Word: "部件与清单不符", Rectify: rectify},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		switch {
		case !f.New || len(f.Parts) == 0:
			return measures.NotApplicable("不是新建系统，或者没有关键部件")
		case f.List == "":
			return measures.NotApplicable("清单尚未导入，按申报记录（未核对清单）")
		}
		var ps []measures.Problem
		for _, p := range f.Parts {
			if says := p.differs(f.CheckedOn, v); says != "" {
				ps = append(ps, measures.Problem{Anchor: protection.LineAt(p.Seq, "grade"), Message: says})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "等级、公告号相同，在有效期内", "2024-05-20 起三年", same),
		ex(measures.ExamplePass, measures.NotApplies, "还没有清单", "按申报记录", func(f *Facts) { f.List, f.Parts[0].Listed = "", nil }),
		ex(measures.ExampleFail, measures.Fail, "不在清单里", "没有测评结果", part(func(p *PartFacts) { p.Listed = nil })),
		ex(measures.ExampleFail, measures.Fail, "申报Ⅰ级，清单Ⅱ级", "等级不同", part(func(p *PartFacts) { p.Listed.Grade = "2" })),
		ex(measures.ExampleFail, measures.Fail, "公告号不同", "不是这一次的结果", part(func(p *PartFacts) { p.Notice = "2024年第2号" })),
		ex(measures.ExampleBoundary, measures.Pass, "有效期最后一天验收", "2024-05-20 起 36 个月到 2027-05-20", func(f *Facts) { f.On, f.CheckedOn = "2027-06-01", "2027-05-20" }),
		ex(measures.ExampleBoundary, measures.Fail, "有效期过后一天验收", "2027-05-21", func(f *Facts) { f.On, f.CheckedOn = "2027-06-01", "2027-05-21" }),
		ex(measures.ExampleBoundary, measures.Pass, "清单写明有效期，最后一天", "以公告为准", part(func(p *PartFacts) { p.Listed.Until = "2026-08-20" })),
		ex(measures.ExampleBoundary, measures.Fail, "清单写明有效期，过后一天", "8 月 19 日到期", part(func(p *PartFacts) { p.Listed.Until = "2026-08-19" })),
		ex(measures.ExampleBoundary, measures.Pass, "公告当天验收", "已经公告", func(f *Facts) { f.CheckedOn = "2024-05-20" }),
		ex(measures.ExampleBoundary, measures.Fail, "公告前一天验收", "还没有结果", func(f *Facts) { f.CheckedOn = "2024-05-19" })},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-component", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: protection.SecretQuote,
	Judge: func(f Facts, _ measures.Values) measures.Verdict { return protection.NoSecret(f.Secret) },
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "说明" })},
}
