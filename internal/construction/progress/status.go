package progress

import (
	"context"
	"fmt"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/course"
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
	Stale   bool  // the last report is too old
	Why     []string
}

// Assess computes how a project stands. The planned percentage is that of the
// last milestone planned by the day.
func Assess(on calendar.Date, milestones []Milestone, last Report, completed bool, v measures.Values) Status {
	s := Status{Mark: OnTime}
	worse := func(mark, format string, args ...any) {
		if mark == Severe || s.Mark == OnTime {
			s.Mark = mark
		}
		s.Why = append(s.Why, fmt.Sprintf(format, args...))
	}
	var due, whole money.Fen
	for _, m := range milestones {
		whole = max(whole, m.Pay)
		if m.PlannedOn <= on {
			s.Planned, due = max(s.Planned, m.Percent), max(due, m.Pay)
		}
		if late := m.PlannedOn.DaysUntil(on); m.DoneOn == "" && late > 0 && !completed {
			mark := Behind
			if late > LagDays.Int(v) {
				mark = Severe
			}
			worse(mark, "“%s”逾期 %d 天", m.Name, late)
		}
	}
	if completed {
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

// postponed moves what is not done by as many days as the last milestone moves to a
// new date of completion; an earlier or no date moves nothing.
func postponed(milestones []Milestone, until calendar.Date) []Milestone {
	var last calendar.Date
	for _, m := range milestones {
		last = max(last, m.PlannedOn)
	}
	if last == "" || until <= last {
		return milestones
	}
	days, out := last.DaysUntil(until), slices.Clone(milestones)
	for i, m := range out {
		if m.DoneOn == "" {
			out[i].PlannedOn = m.PlannedOn.AddDays(days)
		}
	}
	return out
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
		var isKey int64
		err := s.Scan(&n.Matter, &n.StartedOn, &isKey, &n.Supervisor, &n.Completed)
		n.Key = isKey == 1
		return n, err
	}, `SELECT matter_id, started_on, is_key, supervisor, completed_on FROM implementation WHERE project_id = $1`, project)
	if db.None(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if st.Last, err = lastReport(ctx, q, project); err != nil {
		return nil, err
	}
	st.Milestones, err = db.All(ctx, q, func(s db.Scanner) (Milestone, error) {
		var m Milestone
		err := s.Scan(&m.Name, &m.PlannedOn, &m.Percent, &m.Pay, &m.DoneOn)
		return m, err
	}, `SELECT name, planned_on, percent, pay, done_on FROM milestone_line WHERE matter_id = $1 ORDER BY seq, id`, st.Matter)
	if err != nil {
		return nil, err
	}
	changed, err := course.StandingOf(ctx, q, project)
	if err != nil {
		return nil, err
	}
	if s := changed.Suspended; s != "" && s < on { // what rests does not fall behind
		on = s
	}
	st.Milestones = postponed(st.Milestones, changed.Until)
	st.Status = Assess(on, st.Milestones, st.Last, st.Completed != "", v)
	return &st, nil
}
