package progress

import (
	"context"
	"fmt"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// Figures of the published formulas; the text names none.
var (
	LagPoints = measures.Param{Key: "progress.lag_points", Title: "进度滞后：报告进度低于计划进度", Unit: "个百分点", Kind: measures.KindInt, Default: "10", Clause: "A15.1", Basis: measures.Reading, Note: "达到即为滞后，三倍为严重滞后"}
	LagDays   = measures.Param{Key: "progress.severe_days", Title: "里程碑逾期多少天为严重滞后", Unit: "天", Kind: measures.KindDays, Default: "30", Clause: "A15.1", Basis: measures.Reading, Note: "逾期一天即为滞后"}
	PayPoints = measures.Param{Key: "progress.pay_points", Title: "支付超前：已支付高于计划支付", Unit: "个百分点", Kind: measures.KindInt, Default: "10", Clause: "A15.1", Basis: measures.Reading, Note: "按计划支付总额计算"}
	StaleDays = measures.Param{Key: "progress.stale_days", Title: "进度报告多少天后失效", Unit: "天", Kind: measures.KindDays, Default: "45", Clause: "A15.1", Basis: measures.Reading, Note: "超过的自评不再作数，并注明"}
)

// Marks of how a project stands, mild first.
const (
	OnTime = "on-time"
	Behind = "behind"
	Severe = "severe"
)

// Status is how a project stands on a day.
type Status struct {
	Mark    string
	Planned int64 // per cent by that day
	Late    int   // days of the oldest overdue milestone, or of the completion
	Stale   bool  // the last report is too old
	Why     []string
}

// Plan is what a project is held against: its milestones, and its completion, which
// an extension moves.
type Plan struct {
	Milestones []Milestone
	End        calendar.Date
}

// Assess computes how a project stands. The planned percentage is that of the
// last milestone planned by the day. What is completed is late by its completion.
func Assess(on calendar.Date, plan Plan, last Report, completed calendar.Date, v measures.Values) Status {
	s := Status{Mark: OnTime}
	worse := func(mark, format string, args ...any) {
		if mark == Severe || s.Mark == OnTime {
			s.Mark = mark
		}
		s.Why = append(s.Why, fmt.Sprintf(format, args...))
	}
	var due, whole money.Fen
	severe := LagDays.Int(v)
	for _, m := range plan.Milestones {
		whole = max(whole, m.Pay)
		if m.PlannedOn <= on {
			s.Planned, due = max(s.Planned, m.Percent), max(due, m.Pay)
		}
		if late := m.PlannedOn.DaysUntil(on); m.DoneOn == "" && late > 0 && completed == "" {
			s.Late = max(s.Late, late)
			worse(lateMark(late, severe), "“%s”逾期 %d 天", m.Name, late)
		}
	}
	if completed != "" {
		switch late := plan.End.DaysUntil(completed); {
		case late > 0:
			s.Late = late
			worse(lateMark(late, severe), "%s 完成，比计划的 %s 晚 %d 天", completed, plan.End, late)
		case late < 0:
			s.Why = append(s.Why, fmt.Sprintf("%s 完成，比计划的 %s 早 %d 天", completed, plan.End, -late))
		case plan.End != "":
			s.Why = append(s.Why, fmt.Sprintf("%s 按计划日期完成", completed))
		}
		return s
	}
	if gap, lag := s.Planned-last.Percent, int64(LagPoints.Int(v)); gap >= lag {
		mark := Behind
		if gap >= 3*lag {
			mark = Severe
		}
		worse(mark, "计划 %d%%，报告 %d%%，相差 %d 个百分点", s.Planned, last.Percent, gap)
	}
	if ahead := last.Paid - due; whole > 0 && int64(ahead)*100 >= int64(whole)*int64(PayPoints.Int(v)) {
		worse(Behind, "已支付 %s 万元，计划支付 %s 万元，支付超前", last.Paid.Wan(), due.Wan())
	}
	if age := last.On.DaysUntil(on); last.On != "" && age > StaleDays.Int(v) {
		s.Stale = true
		s.Why = append(s.Why, fmt.Sprintf("最近一次报告是 %d 天前，自评已失效", age))
	}
	return s
}

func lateMark(days, severe int) string {
	if days > severe {
		return Severe
	}
	return Behind
}

// Formulas say in words how a project is rated.
func Formulas(v measures.Values) []string {
	lag := LagPoints.Int(v)
	return []string{
		fmt.Sprintf("滞后：有里程碑到期没有完成，或者报告进度比计划进度低 %d 个百分点以上，或者已支付比计划支付高出计划支付总额的 %d%% 以上；计划进度是截至当天应完成的里程碑的累计进度。", lag, PayPoints.Int(v)),
		fmt.Sprintf("严重滞后：里程碑逾期超过 %d 天，或者报告进度比计划进度低 %d 个百分点以上。", LagDays.Int(v), 3*lag),
		fmt.Sprintf("自评失效：最近一次报告距今超过 %d 天。", StaleDays.Int(v)),
		fmt.Sprintf("已完成的按完成日期评定：晚于计划完成日期为滞后，超过 %d 天为严重滞后。", LagDays.Int(v)),
		"知悉的延期把没有完成的里程碑顺延同样的天数；暂停期间不计。",
	}
}

// postponed is the plan with what is not done moved by as many days as the last
// milestone moves to a new date of completion; an earlier or no date moves nothing.
func postponed(milestones []Milestone, until calendar.Date) Plan {
	var last calendar.Date
	for _, m := range milestones {
		last = max(last, m.PlannedOn)
	}
	if last == "" || until <= last {
		return Plan{milestones, last}
	}
	days, out := last.DaysUntil(until), slices.Clone(milestones)
	for i, m := range out {
		if m.DoneOn == "" {
			out[i].PlannedOn = m.PlannedOn.AddDays(days)
		}
	}
	return Plan{out, until}
}

// Standing is the implementation of a project as its page shows it.
type Standing struct {
	Matter, Supervisor   string
	StartedOn, Completed calendar.Date
	Key                  bool
	Milestones           []Milestone
	Last                 Report // its newest report, empty when there is none
	Status               Status
}

// StandingOf reads how the implementation of a project stands; nil before its start.
func StandingOf(ctx context.Context, q db.Querier, project string, on calendar.Date, v measures.Values) (*Standing, error) {
	st, err := db.One(ctx, q, func(s db.Scanner) (Standing, error) {
		var n Standing
		var named int64
		var comes money.Fen
		err := s.Scan(&n.Matter, &n.StartedOn, &named, &n.Supervisor, &n.Completed, &comes)
		n.Key = named == 1 || isKey(comes, v)
		return n, err
	}, `SELECT i.matter_id, i.started_on, `+named+`, `+supervisor+`, i.completed_on, `+worth+` FROM implementation i JOIN project p ON p.id = i.project_id WHERE i.project_id = $1`, project)
	if db.None(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &st, assess(ctx, q, map[string]*Standing{project: &st}, on, v)
}
