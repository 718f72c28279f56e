// Package grading is the graded protection of a system (等保备案和测评, Article 28):
// its level, its filing with the public security organ, and its newest assessment.
// The unit's head signs, the bureau keeps it; the next assessment follows from it.
package grading

import (
	"context"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "grading"

// Ungraded is the choice of a system that is not graded, with a reason.
const Ungraded = "0"

// Levels of GB 17859-1999.
var Levels = []form.Option{{ID: "2", Label: "第二级"}, {ID: "3", Label: "第三级"}, {ID: "1", Label: "第一级"}, {ID: "4", Label: "第四级"}, {ID: "5", Label: "第五级"}, {ID: Ungraded, Label: "不定级"}}

// Conclusions of the report template of 2025.
var Conclusions = []form.Option{{ID: protection.Conforms, Label: "符合"}, {ID: protection.Mostly, Label: "基本符合"}, {ID: protection.NotConform, Label: "不符合"}}

// Mending is how far the high risks of an assessment are mended.
var Mending = []form.Option{{ID: "none", Label: "没有高风险问题"}, {ID: "doing", Label: "正在整改"}, {ID: mended, Label: "已整改"}}

const mended = "mended"

// Grading is what a unit says of a system.
type Grading struct {
	Name, Code                                string
	Level, Reason                             string
	LeveledOn                                 calendar.Date
	Number, Authority                         string
	FiledOn                                   calendar.Date
	Agency, Report, Conclusion, Score, Mended string
	AssessedOn                                calendar.Date
	HighRisks                                 int64
	Remark                                    string
}

var gradingForm = form.For[Grading](
	form.Section{Key: "level", Title: "定级", Clauses: []string{"A28.2"}, Fields: []form.Field{
		form.TextField("name", "系统名称", func(g *Grading) *string { return &g.Name }, form.ReadOnly),
		form.TextField("code", "系统编号", func(g *Grading) *string { return &g.Code }, form.ReadOnly),
		form.ChoiceField("level", "安全保护等级", Levels, func(g *Grading) *string { return &g.Level }, form.Required, form.Help("涉密信息系统走分级保护，线下办理，不在本系统登记")),
		form.DateField("leveled_on", "定级日期", func(g *Grading) *calendar.Date { return &g.LeveledOn }),
		form.LongField("reason", "不定级的理由", func(g *Grading) *string { return &g.Reason }, form.Max(500), form.Help("选“不定级”时填写，如已随哪个系统一并定级")),
	}},
	form.Section{Key: "filing", Title: "备案", Clauses: []string{"A28.2"}, Fields: []form.Field{
		form.TextField("number", "备案证明编号", func(g *Grading) *string { return &g.Number }, form.Max(40), form.Help("11 位数字、短横线、5 位数字，如 52020099001-26001")),
		form.TextField("authority", "备案机关", func(g *Grading) *string { return &g.Authority }, form.Max(60), form.Help("设区的市级以上公安机关")),
		form.DateField("filed_on", "备案日期", func(g *Grading) *calendar.Date { return &g.FiledOn }),
	}},
	form.Section{Key: "assessment", Title: "最近一次等级测评", Clauses: []string{"A28.2"}, Fields: []form.Field{
		form.DateField("assessed_on", "测评日期", func(g *Grading) *calendar.Date { return &g.AssessedOn }, form.Help("测评报告的日期；还没有测评的不填")),
		form.TextField("agency", "测评机构", func(g *Grading) *string { return &g.Agency }, form.Max(100)),
		form.TextField("report", "报告编号", func(g *Grading) *string { return &g.Report }, form.Max(60)),
		form.ChoiceField("conclusion", "测评结论", Conclusions, func(g *Grading) *string { return &g.Conclusion }),
		form.TextField("score", "得分", func(g *Grading) *string { return &g.Score }, form.Max(20), form.Help("2025 年以前的报告才有")),
		form.IntField("high_risks", "高风险问题数", func(g *Grading) *int64 { return &g.HighRisks }, form.Max(10000)),
		form.ChoiceField("mending", "整改情况", Mending, func(g *Grading) *string { return &g.Mended }),
		form.LongField("remark", "说明", func(g *Grading) *string { return &g.Remark }, form.Max(1000)),
	}},
)

func (g *Grading) level() int64 {
	n, _ := strconv.ParseInt(g.Level, 10, 64) // one of Levels
	return n
}

func (g *Grading) openRisks() int64 {
	if g.Mended == mended {
		return 0
	}
	return g.HighRisks
}

// Duty is the next assessment of a system, or its first entry.
var Duty = duty.Kind{Key: Key, Clause: "A28.2", Title: "等保备案和测评：%s", Short: "等保测评", Act: "看系统",
	Consequence: "逾期的系统亮红灯，没有按要求做好信息安全保障的要整改（第32条）"}

// Clock is the clock of assessments.
var Clock = protection.Clock{Record: protection.Graded, Duty: Duty}

// Params are what other law asks of each level.
var Params = append([]measures.Param{Cycle2, Cycle3, Cycle4, FilingDays}, protection.Params...)

// Filing is the procedure.
func Filing() *matter.Procedure {
	states, flow := protection.Filing("等保备案和测评", matter.JudgeBy(gather, Rules()...), keep)
	return &matter.Procedure{
		Key: Key, Title: "等保备案和测评", Clauses: []string{"A28.2", "A05.1"}, States: states, Flow: flow, Form: gradingForm, Start: identity.OwnerClerk,
		About: matter.Subject{Kind: matter.AboutSystem, Stages: registry.InUse}, Replaces: true, Params: Params, Duties: []duty.Kind{Duty}, Tick: Clock.Tick,
		Needs: []matter.Need{{Kind: "filing", Label: "备案证明", Clause: "A28.2"}, {Kind: "report", Label: "测评报告", Clause: "A28.2"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			y, err := registry.OwnSystem(ctx, q, c)
			if err != nil {
				return nil, err
			}
			g := matter.FormOf[Grading](c)
			g.Name, g.Code, c.Year = y.Name, y.Code(), int64(c.Today.Year())
			return nil, before(ctx, q, c, g)
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Grading](c).Name + " 等保备案和测评" },
	}
}

// before takes over level and filing from what stands on record, so that a unit
// types only its new assessment.
func before(ctx context.Context, q db.Querier, c *matter.Case, g *Grading) error {
	r, err := protection.Of(ctx, q, c.SubjectID, protection.Graded, 0)
	if err != nil || r.MatterID == "" {
		return err
	}
	was, err := matter.StoredForm[Grading](ctx, q, gradingForm, r.MatterID)
	if err != nil {
		return err
	}
	g.Level, g.Reason, g.LeveledOn, g.Number, g.Authority, g.FiledOn = was.Level, was.Reason, was.LeveledOn, was.Number, was.Authority, was.FiledOn
	return nil
}

// keep puts what was filed on record.
func keep(ctx context.Context, d *matter.Doing) error {
	g, c := matter.FormOf[Grading](d.Case), d.Case
	return Clock.Keep(ctx, d, protection.Record{Subject: c.SubjectID, Kind: protection.Graded, Level: g.level(), Number: g.Number, On: g.AssessedOn, Conclusion: g.Conclusion,
		OpenRisks: g.openRisks(), NextDue: nextDue(g.level(), g.AssessedOn, g.FiledOn, g.LeveledOn, c.Values)})
}
