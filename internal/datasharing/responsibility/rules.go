package responsibility

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

const inForce calendar.Date = "2025-12-01"

// Facts are what the rules of a list judge.
type Facts struct {
	Lines  []LineFacts `json:"lines"`
	New    []string    `json:"new,omitempty"`   // names in the catalogue that the list has not
	Gone   []string    `json:"gone,omitempty"`  // names on the list that may not be shared any more
	Other  []string    `json:"other,omitempty"` // names of which the catalogue says something else now
	Before int64       `json:"before"`          // entries of the version before, 0 for the first
	Moved  int64       `json:"moved"`           // entries that differ from the version before
}

// LineFacts say which of the words Article 25 asks for stand on a line.
type LineFacts struct {
	Seq                                         int64
	Name, Items, Cycle, Service, Provision, Who bool
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f := Facts{Lines: []LineFacts{}}
	now, err := catalogue.Shared(ctx, q, c.UnitID)
	if err != nil {
		return f, err
	}
	fresh := map[string]*Line{}
	for _, e := range now {
		fresh[e.ID] = lineOf(e)
	}
	for _, ln := range c.LinesOf("") {
		l := matter.BodyOf[Line](ln)
		e, err := entryOf(l.Entry)
		if err != nil {
			return f, err
		}
		unlisted := e.Format != "database" && e.Format != "sheet" // such data have no items to name
		f.Lines = append(f.Lines, LineFacts{ln.Seq, hanzi.Given(l.Name), l.Items != "" || unlisted, l.Cycle != "", l.Service != "", l.Provision != "", hanzi.Given(l.Office) && hanzi.Given(l.Keeper)})
		to, offered := fresh[l.Resource]
		delete(fresh, l.Resource)
		switch {
		case !offered:
			f.Gone = append(f.Gone, l.Name)
		case *to != *l:
			f.Other = append(f.Other, l.Name)
		}
	}
	for _, e := range now {
		if fresh[e.ID] != nil {
			f.New = append(f.New, e.Name)
		}
	}
	d, err := Compare(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Before, f.Moved = d.Before, int64(len(d.Lines))
	return f, nil
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{Before: 2, Moved: 1, Lines: []LineFacts{{1, true, true, true, true, true, true}, {2, true, true, true, true, true, true}}}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

var complete = measures.Rule[Facts]{
	ID: "A25.1-list", Clause: "A25.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "责任清单各栏明确", Quote: "明确共享开放信息名称、信息项、数据更新周期、共享开放服务方式、数据提供方式等",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Lines) == 0 {
			return measures.Failed("", "清单里没有一项。目录里没有可以共享开放的资源时不编清单")
		}
		var ps []measures.Problem
		for _, l := range f.Lines {
			var missing []string
			for _, w := range []struct {
				has  bool
				what string
			}{{l.Name, "共享开放信息名称"}, {l.Items, "信息项"}, {l.Cycle, "数据更新周期"}, {l.Service, "共享开放服务方式"}, {l.Provision, "数据提供方式"}, {l.Who, "责任科室和责任人"}} {
				if !w.has {
					missing = append(missing, w.what)
				}
			}
			if missing != nil {
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/name", l.Seq), Message: fmt.Sprintf("第 %d 项没有%s，请先变更目录，再重新生成", l.Seq, strings.Join(missing, "、"))})
			}
		}
		if ps != nil {
			return measures.FailedWith(ps...)
		}
		return measures.Passed("%d 项，各栏齐全", len(f.Lines))
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "两项都齐全", "五栏都明确，有人负责", same),
		ex(measures.ExampleFail, measures.Fail, "第二项没有数据提供方式", "“明确……数据提供方式”", func(f *Facts) { f.Lines[1].Provision = false }),
		ex(measures.ExampleFail, measures.Fail, "第一项没有更新周期", "“明确……数据更新周期”", func(f *Facts) { f.Lines[0].Cycle = false }),
		ex(measures.ExampleFail, measures.Fail, "数据库没有信息项", "“明确……信息项”", func(f *Facts) { f.Lines[0].Items = false }),
		ex(measures.ExampleBoundary, measures.Pass, "只有一项", "至少一项", func(f *Facts) { f.Lines = f.Lines[:1] }),
		ex(measures.ExampleBoundary, measures.Fail, "一项也没有", "没有可以明确的内容", func(f *Facts) { f.Lines = nil })},
}

var current = measures.Rule[Facts]{
	ID: "A25.1-current", Clause: "A25.1", Version: 1, Basis: measures.Practice, Source: "清单由数据目录生成，签发的应当就是目录现在的样子；目录里不能共享的不得再列", Effect: measures.Block, From: inForce, Title: "清单与现行目录一致",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, w := range []struct {
			names []string
			says  string
		}{{f.Gone, "已暂停、撤销、改为不予共享或者没有可以共享的信息项"}, {f.Other, "生成以后目录有变更"}, {f.New, "已经发布，没有列入"}} {
			if len(w.names) > 0 {
				ps = append(ps, measures.Problem{Message: several(w.names) + w.says + "，请按目录重新生成"})
			}
		}
		if ps != nil {
			return measures.FailedWith(ps...)
		}
		return measures.Passed("与目录一致")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "与目录一致", "没有出入", same),
		ex(measures.ExampleFail, measures.Fail, "一条已经撤销", "不能再共享的不得列入", func(f *Facts) { f.Gone = []string{"取水许可证信息"} }),
		ex(measures.ExampleFail, measures.Fail, "一条改了更新周期", "签发的不是现行目录", func(f *Facts) { f.Other = []string{"取水许可证信息"} }),
		ex(measures.ExampleFail, measures.Fail, "新发布一条", "清单不全", func(f *Facts) { f.New = []string{"水库信息"} })},
}

var changed = measures.Rule[Facts]{
	ID: "A25.1-changed", Clause: "A25.1", Version: 1, Basis: measures.Practice, Source: "新的一版应当有所不同，否则上一版继续有效", Effect: measures.Warn, From: inForce, Boundary: true, Title: "新的一版有变化",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Before == 0:
			return measures.NotApplicable("第一版")
		case f.Moved == 0:
			return measures.Failed("", "与上一版没有不同；确需重新签发的请说明")
		}
		return measures.Passed("与上一版有 %d 项不同", f.Moved)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExampleBoundary, measures.Pass, "一项不同", "有变化", same),
		ex(measures.ExamplePass, measures.Pass, "两项不同", "有变化", func(f *Facts) { f.Moved = 2 }),
		ex(measures.ExampleBoundary, measures.Fail, "没有一项不同", "上一版继续有效", func(f *Facts) { f.Moved = 0 }),
		ex(measures.ExampleFail, measures.Fail, "照原样再编一版", "没有变化", func(f *Facts) { f.Moved = 0; f.Lines = f.Lines[:1]; f.Before = 1 })},
}

// several names the first three of many.
func several(names []string) string {
	said := "“" + strings.Join(names[:min(len(names), 3)], "”“") + "”"
	if len(names) > 3 {
		said += fmt.Sprintf("等 %d 项", len(names))
	}
	return said
}
