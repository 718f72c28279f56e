// Package holidays keeps the State Council's yearly arrangement of holidays
// (节假日安排), by which periods in working days are counted. The clerk of the bureau
// enters the days of a year that differ from the plain week, its head signs, and they
// take the place of what was entered for that year before. From November on the bureau
// owes the year to come; until it is entered, its weekdays count as working days and
// every date that depends on it says so.
package holidays

import (
	"context"
	"fmt"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// Key names the procedure in URLs and the record.
const Key = "holidays"

// States of an arrangement beyond the draft.
const (
	Signing matter.State = "signing"
	InForce matter.State = "in-force"
)

// From is the day of a year from which the next one is owed.
var From = measures.Param{Key: "holidays.from", Title: "从哪天起应录入次年节假日安排", Kind: measures.KindMonthDay, Default: "11-01", Clause: "A19.1", Basis: measures.Practice,
	Note: "国务院办公厅通常在十月底、十一月公布次年安排；没有录入的按周一至周五计算并注明"}

// Duty is the year the bureau has to enter.
var Duty = duty.Kind{Key: Key, Clause: "A19.1", Title: "录入 %s 年节假日安排", Short: "节假日安排", Act: "录入",
	Consequence: "没有录入的，按工作日计算的期限只能按周一至周五推算"}

// Notice is the notice that arranges the holidays of a year.
type Notice struct {
	Year          int64
	Title, Number string
	On            calendar.Date
}

var noticeForm = form.For[Notice](form.Section{Key: "notice", Title: "国务院办公厅通知", Clauses: []string{"A19.1"}, Fields: []form.Field{
	form.IntField("year", "年度", func(n *Notice) *int64 { return &n.Year }, form.Max(2100), form.Required),
	form.TextField("title", "文件名称", func(n *Notice) *string { return &n.Title }, form.Max(100), form.Required, form.Help("如 国务院办公厅关于2027年部分节假日安排的通知")),
	form.TextField("number", "文号", func(n *Notice) *string { return &n.Number }, form.Max(60), form.Required),
	form.DateField("issued_on", "印发日期", func(n *Notice) *calendar.Date { return &n.On }, form.Required),
}})

// Day is a day that differs from the plain week.
type Day struct {
	Date calendar.Date
	Name string
	Work bool
}

var days = &matter.Lines{Table: "holiday_line", Title: "日期", Max: 100, Form: form.For[Day](form.Section{Key: "day", Title: "日期", Clauses: []string{"A19.1"}, Fields: []form.Field{
	form.DateField("date", "日期", func(d *Day) *calendar.Date { return &d.Date }, form.Required, form.Column),
	form.TextField("name", "节日", func(d *Day) *string { return &d.Name }, form.Max(30), form.Required, form.Column),
	form.CheckField("works", "调休上班", func(d *Day) *bool { return &d.Work }, form.Column),
}})}

// Publishing is the procedure.
func Publishing() *matter.Procedure {
	back := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "节假日安排", Clauses: []string{"A19.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "录入节假日安排", Edit: true, Stage: "录入"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发节假日安排", Stage: "签发"},
			{State: InForce, Title: "已生效", Mark: matter.MarkDone, Final: true, Public: true, Stage: "生效"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本局负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Signing, Do: matter.SignOff, Title: "签发生效", Says: "此后的期限按它计算，代替这一年原有的安排；已经定下的期限不变。", To: InForce, By: identity.OwnerHead, Lines: matter.LineMove{To: matter.LineAccepted}, Effect: enter},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
		},
		Form: noticeForm, Lines: days, Start: identity.BigDataClerk, Params: []measures.Param{From}, Duties: []duty.Kind{Duty}, Tick: tick,
		Prepare: func(_ context.Context, _ db.Querier, c *matter.Case) ([]matter.Line, error) {
			if c.Year == 0 {
				c.Year = int64(c.Today.Year()) + 1
			}
			n := matter.FormOf[Notice](c)
			n.Year, n.Title = c.Year, fmt.Sprintf("国务院办公厅关于%d年部分节假日安排的通知", c.Year)
			return nil, nil
		},
		Name: func(c *matter.Case) string {
			return strconv.FormatInt(matter.FormOf[Notice](c).Year, 10) + " 年节假日安排"
		},
	}
}

// Facts are what the rules of an arrangement judge.
type Facts struct {
	On       calendar.Date   `json:"on"`
	IssuedOn calendar.Date   `json:"issued_on"`
	Year     int             `json:"year"`
	Own      bool            `json:"own"` // the Measures bind this jurisdiction
	Named    bool            `json:"named"`
	Days     []calendar.Date `json:"days,omitempty"`
	Weekdays []calendar.Date `json:"weekdays,omitempty"` // worked, although they are weekdays anyway
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	n := matter.FormOf[Notice](c)
	f := Facts{On: c.Today, IssuedOn: n.On, Year: int(n.Year), Named: hanzi.Given(n.Title) && hanzi.Given(n.Number)}
	plain := calendar.Workdays{}
	for _, ln := range c.LinesOf("") {
		d := matter.BodyOf[Day](ln)
		f.Days = append(f.Days, d.Date)
		if d.Work && plain.IsWorkday(d.Date) {
			f.Weekdays = append(f.Weekdays, d.Date)
		}
	}
	binds, err := db.Value[string](ctx, q, `SELECT measures FROM jurisdiction WHERE id = $1`, c.Jurisdiction)
	f.Own = binds == "own"
	return f, err
}

// enter puts the days of the year in the place of those entered before.
func enter(ctx context.Context, d *matter.Doing) error {
	n, c := matter.FormOf[Notice](d.Case), d.Case
	year := strconv.FormatInt(n.Year, 10)
	if err := d.Tx.Later(ctx, `DELETE FROM workday WHERE date >= $1 AND date <= $2`, year+"-01-01", year+"-12-31"); err != nil {
		return err
	}
	for _, ln := range c.LinesOf("") {
		day := matter.BodyOf[Day](ln)
		if err := d.Tx.Later(ctx, `INSERT INTO workday (date, work, note) VALUES ($1,$2,$3)`, string(day.Date), db.Flag(day.Work), day.Name); err != nil {
			return err
		}
	}
	return duty.Satisfy(ctx, d.Tx, c.UnitID, Key, year, c.Today, d.EventID)
}

// tick opens the duty to enter the next year, where it is not entered.
func tick(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	unit, ok := e.Units.ByOffice(jurisdiction, identity.BigData)
	if !ok || !e.Units.Jurisdiction(jurisdiction).Own {
		return nil
	}
	q := e.DB.Reader(ctx)
	values, err := e.Parameters(ctx, q, jurisdiction, today)
	if err != nil {
		return err
	}
	month, day := From.MonthDay(values)
	if today < calendar.Date(fmt.Sprintf("%04d-%02d-%02d", today.Year(), month, day)) {
		return nil
	}
	next := today.Year() + 1
	if known, err := duty.Workdays(ctx, q); err != nil || known.Knows(next) {
		return err
	}
	period := strconv.Itoa(next)
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := duty.Open(ctx, tx, duty.Duty{Jurisdiction: jurisdiction, UnitID: unit.ID, Kind: Key, Clause: Duty.Clause, Title: fmt.Sprintf(Duty.Title, period), Period: period,
			Due: calendar.Date(fmt.Sprintf("%04d-12-31", today.Year()))}, e.Clock.Now().UnixMilli())
		return err
	})
}
