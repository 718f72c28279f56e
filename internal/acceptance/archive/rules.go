package archive

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// Facts are what the rules judge when an archive acceptance is handed in.
type Facts struct {
	On     calendar.Date `json:"on"`
	Date   calendar.Date `json:"date"`
	Result string        `json:"result"`
	Scan   bool          `json:"scan"`
	Mend   bool          `json:"mend"`
	Rows   []RowFacts    `json:"rows"`
	Secret string        `json:"secret,omitempty"`
}

// RowFacts are a row of the list.
type RowFacts struct {
	Seq    int64  `json:"seq"`
	Title  string `json:"title"`
	Must   bool   `json:"must,omitempty"`
	Status string `json:"status"`
	Reason bool   `json:"reason,omitempty"`
}

func gather(_ context.Context, _ db.Querier, c *matter.Case) (Facts, error) {
	a := matter.FormOf[Acceptance](c)
	f := Facts{On: c.Today, Date: a.On, Result: a.Result, Scan: c.Has(Opinion), Mend: hanzi.Given(a.Mend), Secret: measures.SecretField(acceptanceForm, a)}
	for _, ln := range c.LinesOf("") {
		i := matter.BodyOf[Item](ln)
		f.Rows = append(f.Rows, RowFacts{Seq: ln.Seq, Title: i.Title, Must: i.Must, Status: i.Status, Reason: hanzi.Given(i.Reason)})
		if f.Secret == "" {
			f.Secret = measures.SecretField(items.Form, i)
		}
	}
	return f, nil
}

// lacking are the mandatory materials that are missing.
func (f Facts) lacking() []string {
	var out []string
	for _, r := range f.Rows {
		if r.Must && r.Status == Missing {
			out = append(out, r.Title)
		}
	}
	return out
}

const inForce calendar.Date = "2025-12-01"

// Rules are asked when the unit hands in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{listed, recorded, lacking, mended, secret}
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-11-20", Date: "2026-11-18", Result: Qualified, Scan: true,
		Rows: []RowFacts{{Seq: 1, Title: "立项批准文件", Must: true, Status: Found}, {Seq: 2, Title: "监理总结", Status: NotConcerned, Reason: true}}}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

var listed = measures.Rule[Facts]{
	ID: "A21.1-list", Clause: "A21.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "归档清单逐项填明", Source: "归档清单每一项都说明已归档、缺还是不涉及，缺的和不涉及的写明理由",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, r := range f.Rows {
			switch {
			case r.Status == "":
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/status", r.Seq), Message: "“" + r.Title + "”没有填归档情况：已归档、缺，还是不涉及"})
			case r.Status != Found && !r.Reason:
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/reason", r.Seq), Message: "“" + r.Title + "”请写明缺少的原因和补齐时间，或者不涉及的理由"})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "一项已归档，一项不涉及有理由", "逐项填明", same),
		ex(measures.ExampleFail, measures.Fail, "一项没有填", "不知归档没有", func(f *Facts) { f.Rows[0].Status = "" }),
		ex(measures.ExampleFail, measures.Fail, "不涉及没有理由", "看不出为何不涉及", func(f *Facts) { f.Rows[1].Reason = false }),
	},
}

var recorded = measures.Rule[Facts]{
	ID: "A21.1-result", Clause: "A21.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "验收结果有据",
	Source: "档案验收结果以验收意见为凭，日期不在今天以后",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.Date > f.On {
			ps = append(ps, measures.Problem{Anchor: "form/accepted_on", Message: "验收日期 " + string(f.Date) + " 还没有到"})
		}
		if !f.Scan {
			ps = append(ps, measures.Problem{Anchor: "file/" + Opinion, Message: "请上传档案验收意见扫描件"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "前天验收，有扫描件", "有凭据", same),
		ex(measures.ExampleFail, measures.Fail, "没有扫描件", "无凭据", func(f *Facts) { f.Scan = false }),
		ex(measures.ExampleBoundary, measures.Pass, "今天验收", "已经验收", func(f *Facts) { f.Date = "2026-11-20" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天验收", "还没有验收", func(f *Facts) { f.Date = "2026-11-21" }),
	},
}

var lacking = measures.Rule[Facts]{
	ID: "A21.1-mandatory", Clause: "A21.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: inForce, Mark: measures.Mark{Word: "缺必备档案"}, Title: "必备材料齐全才算合格",
	Source: "归档清单标为必备的材料缺少而验收为合格的，照实备案并说明理由",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		gone := f.lacking()
		switch {
		case len(gone) == 0:
			return measures.Passed("必备材料齐全")
		case f.Result != Qualified:
			return measures.NotApplicable("验收为不合格")
		}
		return measures.Failed("form/result", "验收为合格，但必备的“%s”缺", strings.Join(gone, "”“"))
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "必备材料都在", "齐全", same),
		ex(measures.ExamplePass, measures.NotApplies, "缺必备材料，验收不合格", "结果与清单相符", func(f *Facts) { f.Rows[0].Status, f.Rows[0].Reason, f.Result = Missing, true, Unqualified }),
		ex(measures.ExampleFail, measures.Fail, "缺必备材料，验收合格", "结果与清单不符", func(f *Facts) { f.Rows[0].Status, f.Rows[0].Reason = Missing, true }),
	},
}

var mended = measures.Rule[Facts]{
	ID: "A21.1-mend", Clause: "A21.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "不合格的写明整改要求", Source: "整改后另行验收，须知道整改什么",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Result != Unqualified:
			return measures.NotApplicable("验收合格")
		case !f.Mend:
			return measures.Failed("form/mend", "验收不合格，请写明整改要求")
		}
		return measures.Passed("写明了整改要求")
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "不合格，写明整改", "知道整改什么", func(f *Facts) { f.Result, f.Mend = Unqualified, true }),
		ex(measures.ExampleFail, measures.Fail, "不合格，没有整改要求", "不知整改什么", func(f *Facts) { f.Result = Unqualified }),
	},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-archive", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”中有涉及国家秘密的字样；涉密档案不得录入本系统", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "没有涉密字样", "可以录入", same),
		ex(measures.ExampleFail, measures.Fail, "意见写“涉密”", "不得录入", func(f *Facts) { f.Secret = "验收意见" }),
	},
}
