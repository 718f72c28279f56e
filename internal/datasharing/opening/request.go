package opening

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// RequestKey names the procedure of applications in URLs and the record.
const RequestKey = "opening-request"

const ordinance = "《贵州省政府数据共享开放条例》"

// The days an application is answered in, and by how many they may be extended once.
var (
	AnswerDays = measures.Param{Key: "opening.answer_days", Title: "开放申请应在多少个工作日内答复", Unit: "个工作日", Kind: measures.KindDays, Default: "15", Clause: "A24.1", Basis: measures.Other,
		Note: ordinance + "；按工作日历计算，没有节假日安排的年份按周一至周五"}
	ExtendDays = measures.Param{Key: "opening.extend_days", Title: "开放申请答复可以延长多少个工作日（一次）", Unit: "个工作日", Kind: measures.KindDays, Default: "15", Clause: "A24.1", Basis: measures.Other, Note: ordinance}
)

// RequestDuty is owed from the day an application was received.
var RequestDuty = duty.Kind{Key: "opening-answer", Clause: "A24.1", Title: "答复开放申请：%s", Short: "答复开放申请", Act: "答复", Consequence: "逾期答复的要说明原因，记入申请"}

// States of an application beyond the draft.
const (
	Answering matter.State = "answering"
	Deciding  matter.State = "deciding"
	Agreed    matter.State = "agreed"
	Declined  matter.State = "declined"
)

// Acts of an application.
const (
	Agree  matter.Action = "agree"
	Refuse matter.Action = "refuse"
	Extend matter.Action = "extend"
)

// Applicants are who may apply.
var Applicants = []form.Option{{ID: "person", Label: "公民"}, {ID: "company", Label: "法人"}, {ID: "other", Label: "其他组织"}}

// Request is an application of the public to open a resource (开放申请).
type Request struct {
	Resource, Code, OpenType                 string // filled by the program
	Kind, Number, Content, Purpose           string
	ReceivedOn, Due, ExtendedOn, AnsweredOn  calendar.Date
	DueNote, Extension, Answer, Note, Ground string
}

var requestForm = form.For[Request](
	form.Section{Key: "resource", Title: "申请开放的资源", Clauses: []string{"A24.1"}, Fields: []form.Field{
		form.TextField("resource", "资源名称", func(r *Request) *string { return &r.Resource }, form.ReadOnly),
		form.TextField("code", "资源代码", func(r *Request) *string { return &r.Code }, form.ReadOnly),
		form.ChoiceField("open_type", "开放类型", catalogue.OpenTypes, func(r *Request) *string { return &r.OpenType }, form.ReadOnly),
	}},
	form.Section{Key: "request", Title: "申请", Clauses: []string{"A24.1"}, Fields: []form.Field{
		form.ChoiceField("applicant", "申请人类别", Applicants, func(r *Request) *string { return &r.Kind }, form.Required, form.Help("申请人的姓名、证件不在本系统登记，用申请编号对应")),
		form.TextField("number", "申请编号", func(r *Request) *string { return &r.Number }, form.Required, form.Max(60)),
		form.DateField("received_on", "收到日期", func(r *Request) *calendar.Date { return &r.ReceivedOn }, form.Required),
		form.LongField("content", "申请的内容", func(r *Request) *string { return &r.Content }, form.Required, form.Max(1000)),
		form.LongField("purpose", "用途", func(r *Request) *string { return &r.Purpose }, form.Max(500)),
	}},
	form.Section{Key: "answer", Title: "答复", Clauses: []string{"A24.1"}, Fields: []form.Field{
		form.DateField("answer_due", "应答复", func(r *Request) *calendar.Date { return &r.Due }, form.ReadOnly),
		form.TextField("due_note", "期限说明", func(r *Request) *string { return &r.DueNote }, form.ReadOnly),
		form.DateField("extended_on", "延长日期", func(r *Request) *calendar.Date { return &r.ExtendedOn }, form.ReadOnly),
		form.LongField("extension", "延长的理由", func(r *Request) *string { return &r.Extension }, form.ReadOnly),
		form.ChoiceField("answer", "答复", answers, func(r *Request) *string { return &r.Answer }, form.ReadOnly),
		form.LongField("answer_note", "答复内容", func(r *Request) *string { return &r.Note }, form.ReadOnly),
		form.LongField("answer_basis", "依据", func(r *Request) *string { return &r.Ground }, form.ReadOnly),
		form.DateField("answered_on", "答复日期", func(r *Request) *calendar.Date { return &r.AnsweredOn }, form.ReadOnly),
	}},
)

var answers = []form.Option{{ID: string(Agree), Label: "同意开放"}, {ID: string(Refuse), Label: "不予开放"}}

// Consent is a proposed consent.
type Consent struct{ Note string }

var consentForm = form.For[Consent](form.Section{Key: "consent", Title: "同意开放", Clauses: []string{"A24.1"}, Fields: []form.Field{
	form.LongField("note", "答复内容", func(c *Consent) *string { return &c.Note }, form.Required, form.Max(500), form.Help("开放什么、在哪里、什么时候")),
}})

// Refusal is a proposed refusal.
type Refusal struct{ Reason, Basis string }

var refusalForm = form.For[Refusal](form.Section{Key: "refusal", Title: "不予开放", Clauses: []string{"A24.1"}, Fields: []form.Field{
	form.LongField("reason", "理由", func(r *Refusal) *string { return &r.Reason }, form.Required, form.Max(500)),
	form.LongField("basis", "依据", func(r *Refusal) *string { return &r.Basis }, form.Required, form.Max(500), form.Help("法律、法规、规章的名称和条款；或者目录的开放类型、开放条件")),
}})

// Receiving is the procedure of applications.
func Receiving() *matter.Procedure {
	due := func(c *matter.Case) calendar.Date { return matter.FormOf[Request](c).Due }
	return &matter.Procedure{
		Key: RequestKey, Title: "开放申请办理", Clauses: []string{"A24.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "登记开放申请", Edit: true, Stage: "登记"},
			{State: Answering, Title: "待答复", Mark: matter.MarkDoing, Holder: identity.OwnerClerk, Task: "拟答复", Due: due, Stage: "拟答复"},
			{State: Deciding, Title: "待签发答复", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发答复", Due: due, Stage: "签发答复"},
			{State: Agreed, Title: "同意开放", Mark: matter.MarkDone, Final: true, Stage: "已答复"},
			{State: Declined, Title: "不予开放", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "登记", Says: "从收到的次日起计算答复期限。", To: Answering, By: identity.OwnerClerk, Judge: matter.JudgeBy(gatherRequest, requestSecret, received), Submit: true, Ready: clock, Effect: arrive},
			{From: Answering, Do: Agree, Title: "拟同意", Says: "送本单位负责人签发；开放另行办理，含敏感数据的先脱敏。", To: Deciding, By: identity.OwnerClerk, Input: &consentForm, Judge: matter.JudgeBy(gatherRequest, consentable), Effect: propose},
			{From: Answering, Do: Refuse, Title: "拟不予开放", Says: "写明理由和依据，送本单位负责人签发。", To: Deciding, By: identity.OwnerClerk, Input: &refusalForm, Judge: matter.JudgeBy(gatherRefusal, grounded), Effect: propose},
			{From: Answering, Do: Extend, Title: "延长期限", Says: "只能延长一次；写明理由并告知申请人。", To: Answering, By: identity.OwnerHead, Reason: true, Ready: extend, Effect: extended},
			{From: Deciding, Do: matter.SignOff, Title: "签发答复", Says: "答复申请人。", To: Agreed, Or: []matter.State{Declined}, By: identity.OwnerHead, Judge: matter.JudgeBy(gatherAnswer, inTime), Effect: answer,
				Route: func(c *matter.Case) matter.State {
					if matter.FormOf[Request](c).Answer == string(Refuse) {
						return Declined
					}
					return Agreed
				}},
			{From: Deciding, Do: matter.Return, Title: "退回经办人", Says: "退回重拟答复，期限不变。", To: Answering, By: identity.OwnerHead, Reason: true},
		},
		Form: requestForm, Params: []measures.Param{AnswerDays, ExtendDays}, Duties: []duty.Kind{RequestDuty},
		Sections: func(_ context.Context, _ db.Querier, c *matter.Case) ([]form.Section, error) {
			if c.State == matter.Draft {
				return requestForm.Sections[:2], nil
			}
			return requestForm.Sections, nil
		},
		Needs: []matter.Need{{Kind: "request", Label: "申请书", Clause: "A24.1"}, {Kind: "answer", Label: "答复书", Clause: "A24.1"}},
		About: matter.Subject{Kind: matter.AboutResource, Stages: []string{string(catalogue.Published), string(catalogue.Shelved), string(catalogue.Suspended)}}, Start: identity.OwnerClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			r, err := catalogue.OwnSubject(ctx, q, c)
			x := matter.FormOf[Request](c)
			x.Resource, x.Code, x.OpenType, x.ReceivedOn, c.Year = r.Name, r.Code, r.OpenType, c.Today, int64(c.Today.Year())
			return nil, err
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Request](c).Resource + " 开放申请" },
	}
}

// dueAfter finds a working day, and says what the calendar lacks for it.
func dueAfter(ctx context.Context, q db.Querier, from calendar.Date, days int) (calendar.Date, string, error) {
	w, err := duty.Workdays(ctx, q)
	if err != nil {
		return "", "", err
	}
	due, complete := w.AddWorkdays(from, days)
	if !complete {
		return due, fmt.Sprintf("缺 %d 年节假日安排，按周一至周五计算", due.Year()), nil
	}
	return due, "", nil
}

func clock(ctx context.Context, d *matter.Doing) error {
	x := matter.FormOf[Request](d.Case)
	var err error
	x.Due, x.DueNote, err = dueAfter(ctx, d.Tx, x.ReceivedOn, AnswerDays.Int(d.Case.Values))
	return err
}

// extend moves the last day by working days, once, and not when it is past.
func extend(ctx context.Context, d *matter.Doing) error {
	x, c := matter.FormOf[Request](d.Case), d.Case
	switch {
	case x.ExtendedOn != "":
		return problem.New(problem.Conflict, "答复期限已于 %s 延长过，只能延长一次", x.ExtendedOn)
	case c.Today > x.Due:
		return problem.New(problem.Conflict, "答复期限 %s 已过，不能再延长", x.Due)
	}
	var err error
	x.ExtendedOn, x.Extension = c.Today, d.Act.Reason
	x.Due, x.DueNote, err = dueAfter(ctx, d.Tx, x.Due, ExtendDays.Int(c.Values))
	return err
}

func (x *Request) owe(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	_, err := duty.Open(ctx, d.Tx, duty.Duty{Jurisdiction: c.Jurisdiction, UnitID: c.UnitID, Kind: RequestDuty.Key, Clause: RequestDuty.Clause, Title: fmt.Sprintf(RequestDuty.Title, x.Resource), Period: c.ID, SubjectID: c.ID, Due: x.Due},
		c.Now.UnixMilli())
	return err
}

func arrive(ctx context.Context, d *matter.Doing) error {
	x, c := matter.FormOf[Request](d.Case), d.Case
	if err := x.owe(ctx, d); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `INSERT INTO opening_request (id, jurisdiction, resource_id, unit_id, received_on, answer_due) VALUES ($1,$2,$3,$4,$5,$6)`,
		c.ID, c.Jurisdiction, c.SubjectID, c.UnitID, string(x.ReceivedOn), string(x.Due)); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

func extended(ctx context.Context, d *matter.Doing) error {
	x, c := matter.FormOf[Request](d.Case), d.Case
	if _, err := duty.TakeBack(ctx, d.Tx, c.UnitID, RequestDuty.Key, c.ID); err != nil {
		return err
	}
	if err := x.owe(ctx, d); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `UPDATE opening_request SET answer_due = $1, extended_on = $2 WHERE id = $3`, string(x.Due), string(c.Today), c.ID); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

func propose(ctx context.Context, d *matter.Doing) error {
	x := matter.FormOf[Request](d.Case)
	switch in := d.Input.(type) {
	case *Consent:
		x.Answer, x.Note, x.Ground = string(Agree), in.Note, ""
	case *Refusal:
		x.Answer, x.Note, x.Ground = string(Refuse), in.Reason, in.Basis
	}
	return d.KeepForm(ctx)
}

func answer(ctx context.Context, d *matter.Doing) error {
	x, c := matter.FormOf[Request](d.Case), d.Case
	x.AnsweredOn = c.Today
	if err := duty.Satisfy(ctx, d.Tx, c.UnitID, RequestDuty.Key, c.ID, c.Today, d.EventID); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `UPDATE opening_request SET answer = $1, answered_on = $2 WHERE id = $3`, x.Answer, string(c.Today), c.ID); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}
