package holidays

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
)

// Rules are asked when an arrangement is handed in.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{sound, noticed, whose} }

const from = calendar.Date("2025-12-01")

type example = measures.Example[Facts]

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) example {
	f := Facts{On: "2026-11-10", IssuedOn: "2026-11-04", Year: 2027, Own: true, Named: true, Days: []calendar.Date{"2027-01-01", "2027-01-02", "2027-01-03"}}
	change(&f)
	return example{Name: name, Kind: kind, Facts: f, Want: want, Why: why}
}

func same(*Facts) {}

var sound = measures.Rule[Facts]{
	ID: "A19.1-holidays", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "日期属于这一年，不重复",
	Source: "按工作日计算的期限以国务院办公厅公布的节假日安排为准；逐日列出与平常周不同的日期，调休上班的是周末，已经过去的年度不再改动",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		bad := func(anchor, format string, args ...any) {
			ps = append(ps, measures.Problem{Anchor: anchor, Message: fmt.Sprintf(format, args...)})
		}
		if f.Year < f.On.Year() {
			bad("form/year", "%d 年已经过去，期限已经按当时的安排计算", f.Year)
		}
		if len(f.Days) == 0 {
			bad("lines", "请逐日列出放假和调休上班的日期")
		}
		seen := map[calendar.Date]bool{}
		for i, d := range f.Days {
			at := fmt.Sprintf("line:%d/date", i+1)
			switch {
			case d.Valid() && d.Year() != f.Year:
				bad(at, "%s 不在 %d 年", d, f.Year)
			case seen[d]:
				bad(at, "%s 列了两次", d)
			}
			seen[d] = true
		}
		for _, d := range f.Weekdays {
			bad("lines", "%s 本来就是工作日，不是调休上班", d)
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{ex(measures.ExamplePass, measures.Pass, "元旦三天", "都在 2027 年", same),
		ex(measures.ExampleFail, measures.Fail, "没有日期", "无从计算", func(f *Facts) { f.Days = nil }),
		ex(measures.ExampleFail, measures.Fail, "一天列两次", "1 月 1 日重复", func(f *Facts) { f.Days = append(f.Days, "2027-01-01") }),
		ex(measures.ExampleFail, measures.Fail, "周一调休上班", "本来就上班", func(f *Facts) { f.Weekdays = []calendar.Date{"2027-01-04"} }),
		ex(measures.ExampleBoundary, measures.Pass, "12 月 31 日", "还在 2027 年", func(f *Facts) { f.Days = []calendar.Date{"2027-12-31"} }),
		ex(measures.ExampleBoundary, measures.Fail, "次年 1 月 1 日", "属于 2028 年", func(f *Facts) { f.Days = []calendar.Date{"2028-01-01"} }),
		ex(measures.ExampleBoundary, measures.Pass, "当年的更正", "2026 年还没有过去", func(f *Facts) { f.Year, f.Days = 2026, []calendar.Date{"2026-12-31"} }),
		ex(measures.ExampleBoundary, measures.Fail, "上一年", "2025 年已经过去", func(f *Facts) { f.Year, f.Days = 2025, []calendar.Date{"2025-12-31"} })},
}

var noticed = measures.Rule[Facts]{
	ID: "A19.1-notice", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "有通知的名称、文号和日期", Source: "节假日由国务院办公厅通知公布，录入的是已经公布的安排",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case !f.Named:
			return measures.Failed("form/number", "请写明通知的名称和文号")
		case f.IssuedOn > f.On:
			return measures.Failed("form/issued_on", "印发日期 %s 还没有到", f.IssuedOn)
		}
		return measures.Passed("%s 印发", f.IssuedOn)
	},
	Examples: []example{ex(measures.ExamplePass, measures.Pass, "已经公布", "11 月 4 日印发", same),
		ex(measures.ExampleFail, measures.Fail, "没有文号", "无从核对", func(f *Facts) { f.Named = false }),
		ex(measures.ExampleBoundary, measures.Pass, "今天印发", "已经公布", func(f *Facts) { f.IssuedOn = "2026-11-10" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天印发", "还没有公布", func(f *Facts) { f.IssuedOn = "2026-11-11" })},
}

var whose = measures.Rule[Facts]{
	ID: "A19.1-calendar", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Title: "由市级录入", Source: "全国一个安排，市级和参照执行的县区共用一份，由市大数据发展管理局录入",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.Own {
			return measures.Failed("", "节假日安排由市大数据发展管理局录入，县区共用")
		}
		return measures.Passed("市级录入")
	},
	Examples: []example{ex(measures.ExamplePass, measures.Pass, "市大数据发展管理局", "市级", same), ex(measures.ExampleFail, measures.Fail, "县区", "共用市级的", func(f *Facts) { f.Own = false })},
}
