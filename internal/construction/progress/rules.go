package progress

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

const wan = money.Fen(10_000_00)

func moneyOf(n int) money.Fen { return money.Fen(n) }

// KeyFrom is the amount from which a project is a key project.
var KeyFrom = measures.Param{Key: "progress.key_from", Title: "重点项目的投资额", Unit: "万元", Kind: measures.KindInt, Default: "200", Clause: "A15.2", Basis: measures.Reading,
	Note: "按概算，没有概算的按审定金额；第十五条没有规定哪些是重点项目，市大数据发展管理局可以另行列入"}

// Facts are what the rules judge at the start, in a report and at completion.
type Facts struct {
	On         calendar.Date    `json:"on"`
	Rules      bool             `json:"rules,omitempty"`
	Estimate   money.Fen        `json:"estimate,omitempty"` // what the project comes to
	Named      bool             `json:"named,omitempty"`    // key project by the bureau
	Supervised bool             `json:"supervised,omitempty"`
	Milestones []MilestoneFacts `json:"milestones,omitempty"`
	Due        calendar.Date    `json:"due,omitempty"` // the approved completion
	Day        calendar.Date    `json:"day,omitempty"`
	Started    calendar.Date    `json:"started,omitempty"`
	Percent    int64            `json:"percent,omitempty"`
	Paid       money.Fen        `json:"paid,omitempty"`     // as reported
	Recorded   money.Fen        `json:"recorded,omitempty"` // on the money chain
}

// MilestoneFacts are the facts of one milestone.
type MilestoneFacts struct {
	Seq     int64         `json:"seq"`
	Planned calendar.Date `json:"planned"`
	Percent int64         `json:"percent"`
}

func gatherStart(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	s := matter.FormOf[Start](c)
	f := Facts{On: c.Today, Rules: c.Has("rules"), Supervised: c.Has("supervision") || hanzi.Given(s.Supervisor), Day: s.StartedOn}
	for _, ln := range c.LinesOf("") {
		m := matter.BodyOf[Milestone](ln)
		f.Milestones = append(f.Milestones, MilestoneFacts{ln.Seq, m.PlannedOn, m.Percent})
	}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Estimate = worthOf(p)
	if f.Named, err = isNamed(ctx, q, p.ID); err != nil {
		return f, err
	}
	by, _, err := supervisorOf(ctx, q, p.ID)
	if err != nil {
		return f, err
	}
	f.Supervised = f.Supervised || hanzi.Given(by)
	plan, err := scheduleOf(ctx, q, p)
	f.Due = plan.to
	return f, err
}

func gatherReport(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f := Facts{On: c.Today, Started: matter.FormOf[Start](c).StartedOn}
	if r, ok := c.Input.(*Report); ok {
		f.Day, f.Percent, f.Paid = r.On, r.Percent, r.Paid
	}
	p, err := registry.Subject(ctx, q, c)
	f.Recorded = p.Money.Paid
	return f, err
}

func gatherCompletion(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f := Facts{On: c.Today, Started: matter.FormOf[Start](c).StartedOn}
	if r, ok := c.Input.(*Completion); ok {
		f.Day = r.On
	}
	last, err := lastReport(ctx, q, c.SubjectID)
	f.Percent = last.Percent
	return f, err
}

// StartRules are asked when the start is handed in.
func StartRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{managed, planned, inScheme, supervised}
}

// ReportRules are asked of a report of progress.
func ReportRules() []measures.Rule[Facts] { return []measures.Rule[Facts]{dated("A15.1-report"), paid} }

// CompletionRules are asked when completion is reported.
func CompletionRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{dated("A15.1-completion"), whole}
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2027-06-30", Day: "2027-06-30", Started: "2027-01-10", Due: "2027-11-30", Rules: true, Estimate: 100 * wan, Percent: 100, Milestones: []MilestoneFacts{{1, "2027-06-30", 50}, {2, "2027-11-30", 100}}}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Facts: f, Want: want, Why: why}
}

func same(*Facts) {}

var managed = measures.Rule[Facts]{
	ID: "A15.1-rules", Clause: "A15.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Mark: measures.Mark{Word: "没有项目管理制度", Rectify: "A32.1"}, Title: "有项目管理制度", Quote: "市直单位应建立健全项目管理制度",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.Rules {
			return measures.Failed("file/rules", "还没有上传项目管理制度")
		}
		return measures.Passed("已上传")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "已上传", "制度在案", same),
		ex(measures.ExampleFail, measures.Fail, "没有上传", "“应建立健全项目管理制度”", func(f *Facts) { f.Rules = false })},
}

var planned = measures.Rule[Facts]{
	ID: "A15.1-milestones", Clause: "A15.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true, Title: "里程碑依次排到 100%",
	Source: "进度按里程碑的累计百分比评定，最后一个是 100%，日期不倒排",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		last := MilestoneFacts{}
		for _, m := range f.Milestones {
			if m.Planned < last.Planned || m.Percent < last.Percent {
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/planned_on", m.Seq), Message: fmt.Sprintf("第 %d 个里程碑早于或者低于前一个", m.Seq)})
			}
			last = m
		}
		if last.Percent != 100 {
			ps = append(ps, measures.Problem{Anchor: "lines", Message: fmt.Sprintf("最后一个里程碑是 %d%%，应为 100%%", last.Percent)})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "50%、100%", "依次完成", same),
		ex(measures.ExampleFail, measures.Fail, "没有里程碑", "无从评定", func(f *Facts) { f.Milestones = nil }),
		ex(measures.ExampleFail, measures.Fail, "日期倒排", "后一个在前", func(f *Facts) { f.Milestones[1].Planned = "2027-05-31" }),
		ex(measures.ExampleBoundary, measures.Fail, "最后 99%", "没有排完", func(f *Facts) { f.Milestones[1].Percent = 99 }),
		ex(measures.ExampleBoundary, measures.Pass, "同一天两个", "不算倒排", func(f *Facts) { f.Milestones[1].Planned = "2027-06-30" })},
}

var inScheme = measures.Rule[Facts]{
	ID: "A15.1-scheme", Clause: "A15.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: "2025-12-01", Mark: measures.Mark{Word: "晚于批准的完成日期"}, Boundary: true, Title: "里程碑不晚于批准的完成日期",
	Source: "“严格按照审核通过的项目实施方案实施”包括它的拟完成日期；增补项目是要求完成的时间，知悉的延期从其新的日期",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Due == "" {
			return measures.NotApplicable("没有登记批准的完成日期")
		}
		var last MilestoneFacts
		for _, m := range f.Milestones {
			if m.Planned >= last.Planned {
				last = m
			}
		}
		if last.Planned > f.Due {
			return measures.Failed(fmt.Sprintf("line:%d/planned_on", last.Seq), "最后一个里程碑 %s，比批准的完成日期 %s 晚 %d 天；需要延期的办理项目变更", last.Planned, f.Due, f.Due.DaysUntil(last.Planned))
		}
		return measures.Passed("不晚于批准的 %s", f.Due)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "早一个月", "10 月 31 日在 11 月 30 日以前", func(f *Facts) { f.Milestones[1].Planned = "2027-10-31" }),
		ex(measures.ExampleFail, measures.Fail, "晚一个月", "12 月 30 日比 11 月 30 日晚 30 天", func(f *Facts) { f.Milestones[1].Planned = "2027-12-30" }),
		ex(measures.ExamplePass, measures.Pass, "已延期到 12 月 30 日", "从新的日期", func(f *Facts) { f.Milestones[1].Planned, f.Due = "2027-12-30", "2027-12-30" }),
		ex(measures.ExampleBoundary, measures.Pass, "正好当天", "不晚于", same),
		ex(measures.ExampleBoundary, measures.Fail, "晚一天", "12 月 1 日晚于 11 月 30 日", func(f *Facts) { f.Milestones[1].Planned = "2027-12-01" }),
		ex(measures.ExamplePass, measures.NotApplies, "存量项目", "没有登记完成日期", func(f *Facts) { f.Due = "" })},
}

var supervised = measures.Rule[Facts]{
	ID: "A15.2-supervision", Clause: "A15.2", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Mark: measures.Mark{Word: "重点项目没有监理", Rectify: "A32.1"}, Boundary: true, Title: "重点项目委托监理", Quote: "对重点项目应按照信息系统工程监理有关规定,委托工程监理单位开展监理",
	Params: []measures.Param{KeyFrom},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		from := wan * moneyOf(KeyFrom.Int(v))
		if f.Estimate < from && !f.Named {
			return measures.NotApplicable("投资 %s 万元，不到 %s 万元，不是重点项目", f.Estimate.Wan(), from.Wan())
		}
		if !f.Supervised {
			return measures.Failed("form/supervisor", "重点项目（投资 %s 万元）还没有委托监理", f.Estimate.Wan())
		}
		return measures.Passed("已委托监理")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "300 万元，有监理", "已委托", func(f *Facts) { f.Estimate, f.Supervised = 300*wan, true }),
		ex(measures.ExampleFail, measures.Fail, "300 万元，没有监理", "“委托工程监理单位开展监理”", func(f *Facts) { f.Estimate = 300 * wan }),
		ex(measures.ExampleFail, measures.Fail, "100 万元，市大数据局列为重点", "列入的也须监理", func(f *Facts) { f.Named = true }),
		ex(measures.ExampleBoundary, measures.Fail, "正好 200 万元，没有监理", "达到本市口径", func(f *Facts) { f.Estimate = 200 * wan }),
		ex(measures.ExampleBoundary, measures.NotApplies, "差一分不到 200 万元", "不是重点项目", func(f *Facts) { f.Estimate = 200*wan - 1 })},
}

func dated(id string) measures.Rule[Facts] {
	return measures.Rule[Facts]{
		ID: id, Clause: "A15.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true, Title: "日期在开工和今天之间", Source: "报告的是已经发生的情况",
		Judge: func(f Facts, _ measures.Values) measures.Verdict {
			switch {
			case f.Day > f.On:
				return measures.Failed("input/on", "%s 还没有到", f.Day)
			case f.Day < f.Started:
				return measures.Failed("input/on", "%s 早于开工的 %s", f.Day, f.Started)
			}
			return measures.Passed("%s", f.Day)
		},
		Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "六月中", "在开工以后", func(f *Facts) { f.Day = "2027-06-15" }),
			ex(measures.ExampleFail, measures.Fail, "七月", "还没有到", func(f *Facts) { f.Day = "2027-07-15" }),
			ex(measures.ExampleBoundary, measures.Pass, "当天", "等于今天", same),
			ex(measures.ExampleBoundary, measures.Fail, "明天", "还没有到", func(f *Facts) { f.Day = "2027-07-01" }),
			ex(measures.ExampleBoundary, measures.Fail, "开工前一天", "还没有开工", func(f *Facts) { f.Day = "2027-01-09" })},
	}
}

var paid = measures.Rule[Facts]{
	ID: "A15.1-paid", Clause: "A15.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: "2025-12-01", Boundary: true, Title: "报告的支付与支付登记一致", Source: "支付在支付登记里逐笔登记；报告的累计数不同的，说明差在哪里",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Paid != f.Recorded {
			return measures.Failed("input/paid", "报告累计支付 %s 万元，支付登记合计 %s 万元，相差 %s 万元，请说明", f.Paid.WanExact(), f.Recorded.WanExact(), (f.Paid - f.Recorded).WanExact())
		}
		return measures.Passed("与支付登记一致，%s 万元", f.Paid.Wan())
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都是 40 万元", "一致", func(f *Facts) { f.Paid, f.Recorded = 40*wan, 40*wan }),
		ex(measures.ExampleFail, measures.Fail, "报告 40 万元，没有登记", "有支付没有登记", func(f *Facts) { f.Paid = 40 * wan }),
		ex(measures.ExampleBoundary, measures.Fail, "差一分", "应当相等", func(f *Facts) { f.Paid, f.Recorded = 40*wan, 40*wan+1 }),
		ex(measures.ExampleBoundary, measures.Pass, "都没有支付", "零等于零", same)},
}

var whole = measures.Rule[Facts]{
	ID: "A15.1-whole", Clause: "A15.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Mark: measures.Mark{Word: "没有全部完成", Rectify: "A32.2"}, Boundary: true, Title: "按实施方案全部完成", Quote: "严格按照审核通过的项目实施方案实施",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Percent < 100 {
			return measures.Failed("input/on", "最近一次报告的进度是 %d%%，没有全部完成", f.Percent)
		}
		return measures.Passed("进度 100%%")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "报告 100%", "全部完成", same),
		ex(measures.ExampleFail, measures.Fail, "没有报告过进度", "看不出完成", func(f *Facts) { f.Percent = 0 }),
		ex(measures.ExampleBoundary, measures.Fail, "99%", "差一点", func(f *Facts) { f.Percent = 99 })},
}
