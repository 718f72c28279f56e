package unitplan

import (
	"context"
	"fmt"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// Notice is the yearly notice that opens the season (年度申报通知).
type Notice struct{ Title, DocNo, Body, Contact string }

var noticeForm = form.For[Notice](form.Section{Key: "notice", Title: "通知", Fields: []form.Field{
	form.TextField("title", "标题", func(n *Notice) *string { return &n.Title }, form.Max(100), form.Required),
	form.TextField("doc_no", "发文字号", func(n *Notice) *string { return &n.DocNo }, form.Max(60)),
	form.LongField("body", "正文", func(n *Notice) *string { return &n.Body }, form.Required),
	form.TextField("contact", "联系人和电话", func(n *Notice) *string { return &n.Contact }),
}})

// NoticeKey names the procedure of the yearly notice.
const NoticeKey = "plan-notice"

// Issued is the state of a notice that every unit can read.
const Issued matter.State = "issued"

// Announcing is the procedure of the notice: the bureau's clerk drafts, its head
// signs, everybody of the jurisdiction reads it, and every obliged unit gets its duty.
func Announcing() *matter.Procedure {
	return &matter.Procedure{
		Key: NoticeKey, Title: "年度申报通知", Clauses: []string{"A05.2", "A06.0"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "拟通知", Edit: true, Stage: "拟稿"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发通知", Stage: "签发"},
			{State: Issued, Title: "已发布", Mark: matter.MarkDone, Final: true, Public: true, Stage: "已发布"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送签", Says: "送负责人签发。", To: Signing, By: identity.OwnerClerk, Submit: true},
			{From: Signing, Do: matter.SignOff, Title: "签发", Says: "签发后全市各单位可见，应报单位的工作台出现报送职责。", To: Issued, By: identity.OwnerHead, Effect: announced},
			{From: Signing, Do: matter.Return, Title: "退回", Says: "退回修改。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
		},
		Form: noticeForm, Needs: []matter.Need{{Kind: "notice", Label: "通知附件和模板", Clause: "A06.0"}},
		Start: identity.Of(identity.BigData, identity.Clerk),
		Name:  func(c *matter.Case) string { return fmt.Sprintf("%d 年度申报通知", c.Year) },
		Once:  func(c *matter.Case) string { return strconv.FormatInt(c.Year, 10) },
	}
}

func announced(ctx context.Context, d *matter.Doing) error {
	return openFor(ctx, d.Tx, d.Case.Jurisdiction, d.Case.Year, d.Case.Values, d.Case.Now.UnixMilli())
}

// Reminder is one act of 催办: all who are late, in one act.
type Reminder struct{ Text string }

// Reminded is one unit that was reminded; together they are the call list.
type Reminded struct {
	UnitID, Unit, Contact, Phone string
	Due                          calendar.Date
	LateDays                     int64
}

var reminderForm = form.For[Reminder](form.Section{Key: "text", Title: "催办", Fields: []form.Field{
	form.LongField("text", "催办内容", func(r *Reminder) *string { return &r.Text }, form.Max(500), form.Required),
}})

var remindedLines = &matter.Lines{Table: "plan_reminder", Title: "单位", Max: 500, Form: form.For[Reminded](form.Section{Key: "unit", Title: "单位", Fields: []form.Field{
	form.TextField("unit", "单位", func(r *Reminded) *string { return &r.Unit }, form.Required),
	form.TextField("unit_id", "单位标识", func(r *Reminded) *string { return &r.UnitID }, form.Required),
	form.TextField("contact", "联系人", func(r *Reminded) *string { return &r.Contact }),
	form.TextField("phone", "电话", func(r *Reminded) *string { return &r.Phone }),
	form.DateField("due", "截止日", func(r *Reminded) *calendar.Date { return &r.Due }),
	form.IntField("late_days", "逾期天数", func(r *Reminded) *int64 { return &r.LateDays }),
}})}

// ReminderKey names the procedure of reminding.
const ReminderKey = "plan-reminder"

// Reminding is the procedure of a reminder: one act, recorded with its call list.
func Reminding() *matter.Procedure {
	return &matter.Procedure{
		Key: ReminderKey, Title: "催办", Clauses: []string{"A05.2", "A06.0"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "发出催办", Edit: true, Stage: "草稿"},
			{State: Issued, Title: "已发出", Mark: matter.MarkDone, Final: true, Stage: "已发出"},
		},
		Flow: []matter.Step{{From: matter.Draft, Do: "remind", Title: "发出催办", Says: "各单位工作台标明已催办，可导出电话名单。", To: Issued, By: identity.OwnerClerk,
			Submit: true, Lines: matter.LineMove{To: matter.LineAccepted}, Effect: remind}},
		Form: reminderForm, Lines: remindedLines,
		Start: identity.Of(identity.BigData, identity.Clerk),
		Name:  func(c *matter.Case) string { return fmt.Sprintf("%d 年度部门项目计划催办", c.Year) },
	}
}

func remind(ctx context.Context, d *matter.Doing) error {
	var units []string
	for _, ln := range d.Case.Lines {
		units = append(units, matter.BodyOf[Reminded](ln).UnitID)
	}
	_, err := duty.Remind(ctx, d.Tx, d.Case.Jurisdiction, Duty.Key, strconv.FormatInt(d.Case.Year, 10), units, d.Case.Now.UnixMilli())
	return err
}
