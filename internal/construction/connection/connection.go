// Package connection is the connection of systems (接入登记, Article 14): for each
// platform whether the project's system is connected, not yet, or not concerned
// with a reason. The unit's head signs, the bureau acknowledges.
package connection

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "connection"

// What a system may be to a platform.
const (
	Joined   = "joined"
	Apart    = "apart"
	Unneeded = "unneeded"
)

// States of a connection.
var States = []form.Option{{ID: Joined, Label: "已接入"}, {ID: Apart, Label: "未接入"}, {ID: Unneeded, Label: "不涉及"}}

var platforms = []string{"国家数据共享交换平台", "省数据共享交换平台", "市数据共享交换平台", "市城市运行管理中心", "政务服务网", "数据接口标准"}

// Register is the head of a registration.
type Register struct{ Name, Code, Contact string }

var registerForm = form.For[Register](form.Section{Key: "project", Title: "项目", Clauses: []string{"A14.1"}, Fields: []form.Field{
	form.TextField("name", "项目名称", func(r *Register) *string { return &r.Name }, form.ReadOnly),
	form.TextField("code", "项目编号", func(r *Register) *string { return &r.Code }, form.ReadOnly),
	form.TextField("contact", "技术联系人", func(r *Register) *string { return &r.Contact }, form.Max(60), form.Required),
}})

// Connection is one platform.
type Connection struct {
	Platform, State, Evidence, Reason string
	Since                             calendar.Date
}

var lines = &matter.Lines{Table: "connection_line", Title: "平台", Max: 20, Fixed: true, Form: form.For[Connection](form.Section{Key: "connection", Title: "接入", Clauses: []string{"A14.1"}, Fields: []form.Field{
	form.TextField("platform", "平台", func(c *Connection) *string { return &c.Platform }, form.ReadOnly),
	form.ChoiceField("connection", "接入情况", States, func(c *Connection) *string { return &c.State }, form.Required, form.Column),
	form.DateField("since", "接入日期", func(c *Connection) *calendar.Date { return &c.Since }, form.Column),
	form.TextField("evidence", "凭据", func(c *Connection) *string { return &c.Evidence }, form.Column, form.Help("接入证明的文号、工单号")),
	form.LongField("reason", "理由", func(c *Connection) *string { return &c.Reason }, form.Max(500), form.Help("未接入、不涉及的写明理由"), form.Column),
}})}

// Facts are what the rules judge.
type Facts struct {
	On    calendar.Date `json:"on"`
	Lines []LineFacts   `json:"lines"`
}

// LineFacts are the facts of one platform.
type LineFacts struct {
	Seq      int64         `json:"seq"`
	Platform string        `json:"platform"`
	State    string        `json:"state"`
	Since    calendar.Date `json:"since,omitempty"`
	Evidence bool          `json:"evidence,omitempty"`
	Reason   bool          `json:"reason,omitempty"`
}

func gather(_ context.Context, _ db.Querier, c *matter.Case) (Facts, error) {
	f := Facts{On: c.Today}
	for _, ln := range c.LinesOf("") {
		x := matter.BodyOf[Connection](ln)
		f.Lines = append(f.Lines, LineFacts{ln.Seq, x.Platform, x.State, x.Since, hanzi.Given(x.Evidence), hanzi.Given(x.Reason)})
	}
	return f, nil
}

// Registering is the procedure.
func Registering() *matter.Procedure {
	open := matter.LineMove{To: matter.LineDraft}
	stages := []string{string(registry.Approved), string(registry.Building), string(registry.Accepted), string(registry.Operating)}
	return &matter.Procedure{
		Key: Key, Title: "接入登记", Clauses: []string{"A14.1", "A05.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写接入登记", Edit: true, Stage: "填报"},
			{State: "signing", Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发接入登记", Stage: "单位签发"},
			{State: "checking", Title: "待收存", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "收存接入登记", Stage: "市大数据局收存"},
			{State: "filed", Title: "已登记", Mark: matter.MarkDone, Final: true, Public: true, Stage: "已登记"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: "signing", By: identity.OwnerClerk, Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: "signing", Do: matter.SignOff, Title: "签发登记", Says: "签发后由市大数据发展管理局收存。", To: "checking", By: identity.OwnerHead},
			{From: "signing", Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: open},
			{From: "signing", Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: open},
			{From: "checking", Do: matter.Acknowledge, Title: "收存", Says: "收存后登记可供查阅；情况变化的另行登记。", To: "filed", By: identity.BigDataClerk, Lines: matter.LineMove{To: matter.LineAccepted},
				Effect: func(ctx context.Context, d *matter.Doing) error {
					return d.MarkBy(ctx, matter.JudgeBy(gather, joined))
				}},
			{From: "checking", Do: matter.Return, Title: "退回补正", Says: "退回单位补正，内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Lines: open},
		},
		Form: registerForm, Lines: lines, Start: identity.OwnerClerk, About: matter.Subject{Kind: matter.AboutProject, Stages: stages},
		Needs: []matter.Need{{Kind: "evidence", Label: "接入证明", Clause: "A14.1"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			p, err := registry.OwnSubject(ctx, q, c, stages)
			r := matter.FormOf[Register](c)
			r.Name, r.Code, c.Year = p.Name, p.Code, p.Year
			var out []matter.Line
			for _, name := range platforms {
				out = append(out, matter.Line{Of: lines, Body: &Connection{Platform: name}})
			}
			return out, err
		},
		Name:     func(c *matter.Case) string { return matter.FormOf[Register](c).Name + " 接入登记" },
		Replaces: true,
	}
}

// Rules are asked when a registration is handed in.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{joined, shown} }

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*LineFacts)) measures.Example[Facts] {
	l := LineFacts{Seq: 1, Platform: platforms[2], State: Joined, Since: "2027-03-01", Evidence: true}
	change(&l)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: Facts{On: "2027-03-10", Lines: []LineFacts{l}}}
}

func same(*LineFacts) {}

func each(f Facts, fn func(LineFacts, func(field, message string))) measures.Verdict {
	var ps []measures.Problem
	for _, l := range f.Lines {
		fn(l, func(field, message string) {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/%s", l.Seq, field), Message: l.Platform + "：" + message})
		})
	}
	return measures.FailedWith(ps...)
}

var joined = measures.Rule[Facts]{
	ID: "A14.1-joined", Clause: "A14.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Mark: measures.Mark{Word: "没有按规定接入", Rectify: "A32.3"}, Title: "按规定接入平台", Quote: "确保有关系统能够按照规定接入国家、省、市数据共享交换平台",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f, func(l LineFacts, fail func(string, string)) {
			if l.State == Apart {
				fail("connection", "还没有接入")
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "已接入", "符合", same),
		ex(measures.ExamplePass, measures.Pass, "不涉及", "不是有关系统", func(l *LineFacts) { l.State, l.Reason = Unneeded, true }),
		ex(measures.ExampleFail, measures.Fail, "未接入", "“确保……接入”", func(l *LineFacts) { l.State, l.Reason = Apart, true })},
}

var shown = measures.Rule[Facts]{
	ID: "A14.1-shown", Clause: "A14.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true, Title: "接入有日期和凭据，不接入有理由", Source: "登记供符合性审查和监督检查查阅，须能核对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f, func(l LineFacts, fail func(string, string)) {
			switch {
			case l.State != Joined && !l.Reason:
				fail("reason", "请写明未接入或者不涉及的理由")
			case l.State == Joined && (l.Since == "" || l.Since > f.On):
				fail("since", "请填写接入日期，不晚于今天")
			case l.State == Joined && !l.Evidence:
				fail("evidence", "请填写接入凭据")
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "有日期和凭据", "可以核对", same),
		ex(measures.ExampleFail, measures.Fail, "不涉及，没有理由", "无从核对", func(l *LineFacts) { l.State = Unneeded }),
		ex(measures.ExampleBoundary, measures.Pass, "当天接入", "等于今天", func(l *LineFacts) { l.Since = "2027-03-10" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天接入", "还没有接入", func(l *LineFacts) { l.Since = "2027-03-11" })},
}

// Standing is how the system of a project is connected, by its newest registration.
type Standing struct {
	MatterID string
	On       calendar.Date // registered
	Apart    []string      // platforms it is not connected to, although they concern it
}

// StandingOf reads the newest registration of a project, empty when there is none.
func StandingOf(ctx context.Context, q db.Querier, projectID string) (Standing, error) {
	type row struct {
		id, platform, state string
		since               int64
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.id, &r.since, &r.platform, &r.state)
		return r, err
	}, `SELECT m.id, m.state_since, n.platform, n.connection FROM matter m JOIN connection_line n ON n.matter_id = m.id
		WHERE m.subject_id = $1 AND m.procedure = '`+Key+`' AND m.state = 'filed' ORDER BY m.state_since DESC, m.id DESC, n.seq LIMIT 40`, projectID)
	var st Standing
	for _, r := range rows {
		if st.MatterID == "" {
			st.MatterID, st.On = r.id, calendar.Of(matter.Time(r.since))
		}
		if r.id == st.MatterID && r.state == Apart {
			st.Apart = append(st.Apart, r.platform)
		}
	}
	return st, err
}
