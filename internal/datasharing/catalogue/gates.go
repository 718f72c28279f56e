package catalogue

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// SecrecyFacts are what the gate before publication judges.
type SecrecyFacts struct {
	On       calendar.Date `json:"on"`
	HandedIn calendar.Date `json:"handed_in"`
	Drafter  string        `json:"drafter"` // who handed the entry in
	Reviewer string        `json:"reviewer"`
	Date     calendar.Date `json:"date"`
	Note     bool          `json:"note"`
}

func gatherSecrecy(ctx context.Context, q db.Querier, c *matter.Case) (SecrecyFacts, error) {
	f := SecrecyFacts{On: c.Today}
	if s, ok := c.Input.(*Secrecy); ok {
		f.Reviewer, f.Date, f.Note = hanzi.Tidy(s.Reviewer), s.On, hanzi.Given(s.Note)
	}
	last, err := matter.LastAct(ctx, q, c, matter.Submit)
	if err != nil {
		return f, err
	}
	f.HandedIn = calendar.Of(matter.Time(last.At))
	f.Drafter, err = db.Value[string](ctx, q, `SELECT name FROM person WHERE id = $1`, last.ActorID)
	return f, err
}

func secrecyEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*SecrecyFacts)) measures.Example[SecrecyFacts] {
	f := SecrecyFacts{On: "2026-09-20", HandedIn: "2026-09-18", Drafter: "陈丽", Reviewer: "吴海", Date: "2026-09-19", Note: true}
	change(&f)
	return measures.Example[SecrecyFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var cleared = measures.Rule[SecrecyFacts]{
	ID: "A24.2-cleared", Clause: "A24.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "上架前经过保密审查", Quote: "数据资源上架前应进行保密审查",
	Judge: func(f SecrecyFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		at := func(field, message string) {
			ps = append(ps, measures.Problem{Anchor: "input/" + field, Message: message})
		}
		switch {
		case !hanzi.Given(f.Reviewer):
			at("reviewer", "请填写审查人")
		case f.Reviewer == f.Drafter:
			at("reviewer", "填报人"+f.Drafter+"不能审查自己填报的目录，请由另一人审查")
		}
		switch {
		case f.Date == "" || f.Date > f.On:
			at("on_date", "请填写审查日期，不晚于今天")
		case f.Date < f.HandedIn:
			at("on_date", "审查日期早于提交的 "+string(f.HandedIn)+"，审查的不是这一版")
		}
		if !f.Note {
			at("note", "请写明审查意见")
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[SecrecyFacts]{
		secrecyEx(measures.ExamplePass, measures.Pass, "另一人审查", "审查有人、有日期、有意见", func(*SecrecyFacts) {}),
		secrecyEx(measures.ExampleFail, measures.Fail, "没有审查人", "“应进行保密审查”", func(f *SecrecyFacts) { f.Reviewer = "" }),
		secrecyEx(measures.ExampleFail, measures.Fail, "填报人自己审查", "审查由另一人进行", func(f *SecrecyFacts) { f.Reviewer = "陈丽" }),
		secrecyEx(measures.ExampleBoundary, measures.Pass, "提交当天审查", "审查的是这一版", func(f *SecrecyFacts) { f.Date = "2026-09-18" }),
		secrecyEx(measures.ExampleBoundary, measures.Fail, "提交前一天审查", "审查的不是这一版", func(f *SecrecyFacts) { f.Date = "2026-09-17" }),
		secrecyEx(measures.ExampleBoundary, measures.Pass, "今天审查", "不晚于今天", func(f *SecrecyFacts) { f.Date = "2026-09-20" }),
		secrecyEx(measures.ExampleBoundary, measures.Fail, "明天审查", "还没有审查", func(f *SecrecyFacts) { f.Date = "2026-09-21" }),
	},
}

// DayFacts are a day that is recorded, and the first day it may be.
type DayFacts struct {
	On    calendar.Date `json:"on"`
	Since calendar.Date `json:"since"`
	Date  calendar.Date `json:"date"`
	Share string        `json:"share,omitempty"`
}

func gatherDay(ctx context.Context, q db.Querier, c *matter.Case, column string) (DayFacts, error) {
	f := DayFacts{On: c.Today, Share: matter.FormOf[Entry](c).ShareType}
	var err error
	f.Since, err = db.Value[calendar.Date](ctx, q, `SELECT `+column+` FROM resource WHERE id = $1`, c.ID)
	return f, err
}

func gatherShelving(ctx context.Context, q db.Querier, c *matter.Case) (DayFacts, error) {
	f, err := gatherDay(ctx, q, c, "published_on")
	if s, ok := c.Input.(*Shelving); ok {
		f.Date = s.On
	}
	return f, err
}

func gatherUpdating(ctx context.Context, q db.Querier, c *matter.Case) (DayFacts, error) {
	f, err := gatherDay(ctx, q, c, "updated_on")
	if u, ok := c.Input.(*Updating); ok {
		f.Date = u.On
	}
	return f, err
}

func dayEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*DayFacts)) measures.Example[DayFacts] {
	f := DayFacts{On: "2026-09-20", Since: "2026-09-01", Date: "2026-09-10", Share: Conditional}
	change(&f)
	return measures.Example[DayFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func within(f DayFacts, since string) measures.Verdict {
	switch {
	case f.Date == "" || f.Date > f.On:
		return measures.Failed("input/on_date", "请填写日期，不晚于今天")
	case f.Date < f.Since:
		return measures.Failed("input/on_date", "日期早于%s的 %s", since, f.Since)
	}
	return measures.Passed("%s", f.Date)
}

var dayExamples = []measures.Example[DayFacts]{
	dayEx(measures.ExamplePass, measures.Pass, "九月十日", "在其间", func(*DayFacts) {}),
	dayEx(measures.ExampleFail, measures.Fail, "没有日期", "无从计算时限", func(f *DayFacts) { f.Date = "" }),
	dayEx(measures.ExampleBoundary, measures.Pass, "第一天", "可以", func(f *DayFacts) { f.Date = "2026-09-01" }),
	dayEx(measures.ExampleBoundary, measures.Fail, "前一天", "还没有", func(f *DayFacts) { f.Date = "2026-08-31" }),
	dayEx(measures.ExampleBoundary, measures.Pass, "今天", "不晚于今天", func(f *DayFacts) { f.Date = "2026-09-20" }),
	dayEx(measures.ExampleBoundary, measures.Fail, "明天", "还没有到", func(f *DayFacts) { f.Date = "2026-09-21" }),
}

var shelvedRule = measures.Rule[DayFacts]{
	ID: "A24.4-shelved", Clause: "A24.4", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "按发布的目录上架", Quote: "市直单位应按照发布的数据资源目录,及时上架数据资源",
	Judge: func(f DayFacts, _ measures.Values) measures.Verdict {
		if f.Share == None {
			return measures.Failed("", "不予共享的资源不上架；可以共享的，请先变更目录")
		}
		return within(f, "发布")
	},
	Examples: append([]measures.Example[DayFacts]{dayEx(measures.ExampleFail, measures.Fail, "不予共享的资源", "目录没有写它可以共享", func(f *DayFacts) { f.Share = None })}, dayExamples...),
}

var updated = measures.Rule[DayFacts]{
	ID: "A25.1-updated", Clause: "A25.1", Version: 1, Basis: measures.Practice, Source: "更新登记供核对更新周期，日期须真实", Effect: measures.Block, From: inForce, Boundary: true, Title: "更新日期可以核对",
	Judge:    func(f DayFacts, _ measures.Values) measures.Verdict { return within(f, "上次更新") },
	Examples: dayExamples,
}
