// Package yearly is what every unit does once a year (Article 28): a test of its network
// security, a risk assessment of its data, an emergency drill. Each is a filing with its
// date, report and findings; the bureau keeps it, nothing is approved.
//
// Each unit owes each of the three for each year. A task fulfils the year it was done for,
// on the day it was done: one that was done late is late by so many days.
package yearly

import (
	"context"
	"fmt"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
)

// Key names the procedure in URLs and the record.
const Key = "yearly-security"

// Report is the kind of document that shows a task was done.
const Report = "report"

// Kinds of tasks.
var Kinds = []form.Option{{ID: protection.NetTest, Label: "网络安全检测与风险评估"}, {ID: protection.DataRisk, Label: "数据安全检测与风险评估"}, {ID: protection.Drill, Label: "网络安全应急演练或模拟演练"}}

// ways a task is done.
var ways = []form.Option{{ID: "own", Label: "自行开展"}, {ID: "agency", Label: "委托机构"}, {ID: "joint", Label: "参加统一组织"}}

// Task is one of them as it was done.
type Task struct {
	Kind                       string
	Year                       int64
	On                         calendar.Date
	Way, Agency, Number, Scope string
	Findings, Open             int64
	Mending, Remark            string
}

var taskForm = form.For[Task](
	form.Section{Key: "task", Title: "工作", Clauses: []string{"A28.3"}, Fields: []form.Field{
		form.ChoiceField("kind", "种类", Kinds, func(t *Task) *string { return &t.Kind }, form.Required),
		form.IntField("for_year", "哪一年的工作", func(t *Task) *int64 { return &t.Year }, form.Required, form.Max(2100)),
		form.DateField("done_on", "完成日期", func(t *Task) *calendar.Date { return &t.On }, form.Required, form.Help("报告或者演练的日期")),
		form.ChoiceField("way", "方式", ways, func(t *Task) *string { return &t.Way }, form.Required),
		form.TextField("agency", "受托机构或者组织单位", func(t *Task) *string { return &t.Agency }, form.Max(100), form.Help("自行开展的不填")),
		form.TextField("number", "报告编号", func(t *Task) *string { return &t.Number }, form.Max(60)),
		form.LongField("scope", "范围和内容", func(t *Task) *string { return &t.Scope }, form.Max(1000), form.Required, form.Help("覆盖哪些系统和数据、用什么方法；涉及漏洞细节的不写，附件也不得含国家秘密")),
	}},
	form.Section{Key: "findings", Title: "发现的问题", Clauses: []string{"A28.3"}, Fields: []form.Field{
		form.IntField("findings", "问题数", func(t *Task) *int64 { return &t.Findings }, form.Max(100000)),
		form.IntField("open", "其中没有整改完的", func(t *Task) *int64 { return &t.Open }, form.Max(100000)),
		form.LongField("mending", "整改安排", func(t *Task) *string { return &t.Mending }, form.Max(1000)),
		form.LongField("remark", "说明", func(t *Task) *string { return &t.Remark }, form.Max(1000)),
	}},
)

// DutyOf is the duty of a kind of task.
func DutyOf(kind string) duty.Kind {
	return duty.Kind{Key: "yearly-" + kind, Clause: "A28.3", Title: "%s 年度" + form.Label(Kinds, kind), Short: form.Label(Kinds, kind), Act: "填报",
		Consequence: "逾期的单位亮红灯，没有按要求做好信息安全保障的要整改（第32条）"}
}

// Duties are the three that a unit owes each year.
func Duties() []duty.Kind {
	var out []duty.Kind
	for _, k := range Kinds {
		out = append(out, DutyOf(k.ID))
	}
	return out
}

// Filing is the procedure.
func Filing() *matter.Procedure {
	states, flow := protection.Filing("年度检测、评估和演练", matter.JudgeBy(gather, Rules()...), keep)
	return &matter.Procedure{
		Key: Key, Title: "年度检测、评估和演练", Clauses: []string{"A28.3", "A05.1"}, States: states, Flow: flow, Form: taskForm, Start: identity.OwnerClerk,
		Params: append([]measures.Param{protection.YearlyDue}, protection.Params...), Duties: Duties(), Tick: tick,
		Needs: []matter.Need{{Kind: Report, Label: "检测、评估报告或者演练记录", Clause: "A28.3"}},
		Prepare: func(_ context.Context, _ db.Querier, c *matter.Case) ([]matter.Line, error) {
			c.Year = int64(c.Today.Year())
			matter.FormOf[Task](c).Year = c.Year
			return nil, nil
		},
		Name: func(c *matter.Case) string {
			t := matter.FormOf[Task](c)
			if t.Kind == "" {
				return fmt.Sprintf("%d 年度检测、评估或者演练", t.Year)
			}
			return fmt.Sprintf("%d 年度%s", t.Year, form.Label(Kinds, t.Kind))
		},
	}
}

// keep puts the task on record and fulfils the duty of its year.
func keep(ctx context.Context, d *matter.Doing) error {
	t, c := matter.FormOf[Task](d.Case), d.Case
	if t.Year >= int64(protection.FirstDay.Date(c.Values).Year()) {
		if err := owe(ctx, d.Tx, c.Jurisdiction, c.UnitID, t.Kind, t.Year, c.Values, c.Now.UnixMilli()); err != nil {
			return err
		}
	}
	r := protection.Record{Subject: c.UnitID, Kind: t.Kind, Year: t.Year, Level: 1, Number: t.Number, On: t.On, OpenRisks: t.Open}
	if err := protection.Put(ctx, d, r); err != nil {
		return err
	}
	return duty.Satisfy(ctx, d.Tx, c.UnitID, DutyOf(t.Kind).Key, strconv.FormatInt(t.Year, 10), t.On, d.EventID)
}

func owe(ctx context.Context, tx *db.Tx, jurisdiction, unitID, kind string, year int64, v measures.Values, at int64) error {
	k, period := DutyOf(kind), strconv.FormatInt(year, 10)
	_, err := duty.Open(ctx, tx, duty.Duty{Jurisdiction: jurisdiction, UnitID: unitID, Kind: k.Key, Clause: k.Clause, Title: fmt.Sprintf(k.Title, period), Period: period, Due: protection.InYear(protection.YearlyDue, year, v)}, at)
	return err
}

// tick opens what comes due and counts the reminders: of every year since the first that
// a unit was there for.
func tick(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		v, err := e.Parameters(ctx, tx, jurisdiction, today)
		if err != nil {
			return err
		}
		at := e.Clock.Now().UnixMilli()
		for _, k := range Kinds {
			if err := open(ctx, tx, jurisdiction, k.ID, today, v, at); err != nil {
				return err
			}
			if err := protection.Remind(ctx, tx, jurisdiction, DutyOf(k.ID).Key, today, v, at); err != nil {
				return err
			}
		}
		return nil
	})
}

func open(ctx context.Context, tx *db.Tx, jurisdiction, kind string, today calendar.Date, v measures.Values, at int64) error {
	key := DutyOf(kind).Key
	for year := int64(protection.FirstDay.Date(v).Year()); protection.InYear(protection.YearlyDue, year, v) <= today.AddDays(protection.RemindFirst.Int(v)); year++ {
		there := protection.InYear(protection.YearlyDue, year, v).AddDays(1 - protection.Grace.Int(v)).Time().UnixMilli()
		units, err := db.Column[string](ctx, tx, `SELECT u.id FROM unit u WHERE u.jurisdiction = $1 AND u.added_at < $2 AND `+protection.Duteous+` AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.unit_id = u.id AND d.kind = $3 AND d.period = $4) ORDER BY u.id`,
			jurisdiction, there, key, strconv.FormatInt(year, 10))
		if err != nil {
			return err
		}
		for _, id := range units {
			if err := owe(ctx, tx, jurisdiction, id, kind, year, v, at); err != nil {
				return err
			}
		}
	}
	return nil
}
