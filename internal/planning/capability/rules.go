package capability

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// Facts are what the rules judge when a list is handed in.
type Facts struct {
	On    calendar.Date `json:"on"`
	From  calendar.Date `json:"from"`
	Items []NameFacts   `json:"items"`
}

// NameFacts are the name of one capability and the line it stands on.
type NameFacts struct {
	Seq  int64  `json:"seq"`
	Name string `json:"name"`
}

func names(list ...string) []NameFacts {
	var out []NameFacts
	for i, n := range list {
		out = append(out, NameFacts{int64(i + 1), n})
	}
	return out
}

func gather(_ context.Context, _ db.Querier, c *matter.Case) (Facts, error) {
	f := Facts{On: c.Today, From: matter.FormOf[Revision](c).From}
	for _, ln := range c.Lines {
		f.Items = append(f.Items, NameFacts{ln.Seq, matter.BodyOf[Item](ln).Name})
	}
	return f, nil
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, f Facts) measures.Example[Facts] {
	return measures.Example[Facts]{Name: name, Kind: kind, Facts: f, Want: want, Why: why}
}

var named = measures.Rule[Facts]{
	ID: "A05.2-capability", Clause: "A05.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01",
	Source: "清单供各单位逐项选用，名称不空、不重复，不含分隔用的标点", Title: "清单逐项有名称",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Items) == 0 {
			return measures.Failed("lines", "清单是空的")
		}
		var ps []measures.Problem
		seen := map[string]int64{}
		for _, n := range f.Items {
			bad := func(format string, args ...any) {
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/name", n.Seq), Message: fmt.Sprintf("第 %d 项", n.Seq) + fmt.Sprintf(format, args...)})
			}
			switch first := seen[hanzi.NormalName(n.Name)]; {
			case hanzi.Filler(n.Name) != "":
				bad("写的是“%s”，请写出名称", n.Name)
			case strings.ContainsAny(n.Name, form.Separators):
				bad("“%s”含有顿号、逗号或者分号", n.Name)
			case first > 0:
				bad("与第 %d 项相同", first)
			default:
				seen[hanzi.NormalName(n.Name)] = n.Seq
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "两项", "各有名称", Facts{Items: names("统一身份认证", "电子印章")}),
		ex(measures.ExampleFail, measures.Fail, "空清单", "没有可选的", Facts{}),
		ex(measures.ExampleFail, measures.Fail, "名称重复", "同一项两次", Facts{Items: names("电子印章", "“电子印章”")}),
		ex(measures.ExampleFail, measures.Fail, "含顿号", "所选各项用顿号分开，名称含顿号就分不清", Facts{Items: names("电子印章、电子签章")}),
		ex(measures.ExampleFail, measures.Fail, "写“待定”", "不是名称", Facts{Items: names("待定")}),
	},
}

var ahead = measures.Rule[Facts]{
	ID: "A05.2-capability-from", Clause: "A05.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "清单自发布之日起或者以后启用，已报送的计划不受影响", Title: "启用日期不早于今天",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.From < f.On {
			return measures.Failed("form/from_on", "启用日期 %s 早于今天", f.From)
		}
		return measures.Passed("自 %s 启用", f.From)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "下月启用", "先发布，后启用", Facts{On: "2026-06-20", From: "2026-07-01"}),
		ex(measures.ExampleFail, measures.Fail, "上月启用", "当时没有发布", Facts{On: "2026-06-20", From: "2026-05-01"}),
		ex(measures.ExampleBoundary, measures.Pass, "当天启用", "等于今天", Facts{On: "2026-06-20", From: "2026-06-20"}),
		ex(measures.ExampleBoundary, measures.Fail, "昨天启用", "早 1 天", Facts{On: "2026-06-20", From: "2026-06-19"}),
	},
}

// Rules are asked when a list is handed in.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{named, ahead} }
