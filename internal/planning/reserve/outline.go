package reserve

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Chapter is one chapter of the outline. Its key is fixed, because rules and
// forms read it; title, guidance and place may change with a version.
type Chapter struct {
	Key, Title, Guidance string
	Required             bool
}

// Outline is one version of the outline for a kind of scheme.
type Outline struct {
	Kind     string // build or om
	Version  int64
	From     calendar.Date
	Chapters []Chapter
}

// Kinds of schemes.
const (
	ForBuild   = "build"
	ForOperate = "om"
)

// OutlineKind is the kind of scheme a project needs.
func OutlineKind(buildKind string) string {
	if buildKind == registry.Operate {
		return ForOperate
	}
	return ForBuild
}

// first are the outlines the program comes with, version 1.
var first = []Outline{
	{Kind: ForBuild, Version: 1, From: "2025-12-01", Chapters: []Chapter{
		{"overview", "项目概述", "项目名称、建设单位、编制依据、建设目标、建设内容、建设周期、总投资和资金来源、主要结论", true},
		{"duty", "建设单位概况与职责", "单位职能，与本项目有关的职责和机构人员", false},
		{"present", "现状与存在问题", "业务现状，已建系统清单及整合情况，差距和问题", true},
		{"necessity", "必要性与可行性", "政策符合性，业务必要性，技术、经济、组织可行性", true},
		{"demand", "需求分析", "业务流程和业务量、用户、信息量、功能、性能、接口和安全需求", true},
		{"design", "总体设计", "总体架构，业务、数据、应用、技术架构，与省市平台关系，标准规范", true},
		{"sharing", "信息资源共享分析", "资源目录、共享需求、共享方式和开放计划", true},
		{"build", "建设方案", "应用系统、数据资源、共性能力复用、云网资源、终端", true},
		{"safety", "安全保障方案", "等级保护定级和设计、数据安全、个人信息、灾备", true},
		{"operation", "运维方案", "运维内容、方式、费用测算和依据", true},
		{"organise", "项目组织与实施", "机构、进度、培训、监理、招标采购方案", true},
		{"invest", "投资概算与资金筹措", "编制说明和依据，分项见概算表，分年度资金", true},
		{"effect", "绩效目标与指标", "总体绩效目标，产出、效益和满意度指标", true},
		{"risk", "风险分析与对策", "技术、管理、安全、进度风险和应对", false},
		{"benefit", "效益分析", "社会效益、管理效益、经济效益", false},
	}},
	{Kind: ForOperate, Version: 1, From: "2025-12-01", Chapters: []Chapter{
		{"overview", "概述", "项目名称、单位、依据、服务期限、费用和资金来源", true},
		{"present", "运维对象清单", "系统、等级保护级别、部署环境、使用情况", true},
		{"build", "服务内容和标准", "服务目录、响应时间和服务级别", true},
		{"organise", "人员与工作量测算", "岗位、人数、工作量", true},
		{"safety", "安全保障", "等级保护、数据安全、应急处置", true},
		{"invest", "费用测算", "编制说明和依据，分项见概算表", true},
		{"operation", "考核办法", "考核指标、扣款和验收方式", true},
		{"effect", "绩效目标与指标", "产出、效益和满意度指标", true},
		{"sharing", "数据更新和共享", "运维期间数据目录更新和共享安排", false},
	}},
}

// OutlineAt is the outline of a kind in force on a day in a jurisdiction; with a
// version it is that version.
func OutlineAt(ctx context.Context, q db.Querier, jurisdiction, kind string, on calendar.Date, version int64) (Outline, error) {
	type row struct {
		version int64
		from    string
		chapter Chapter
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (row, error) {
		var r row
		var required int64
		err := s.Scan(&r.version, &r.from, &r.chapter.Key, &r.chapter.Title, &r.chapter.Guidance, &required)
		r.chapter.Required = required == 1
		return r, err
	}, `SELECT version, from_date, key, title, guidance, required FROM outline_chapter WHERE jurisdiction = $1 AND kind = $2
		AND (version = $3 OR ($3 = 0 AND from_date <= $4)) ORDER BY version DESC, seq`, jurisdiction, kind, version, string(on))
	if err != nil {
		return Outline{}, err
	}
	if len(rows) == 0 {
		i := slices.IndexFunc(first, func(o Outline) bool { return o.Kind == kind })
		return first[i], nil
	}
	o := Outline{Kind: kind, Version: rows[0].version, From: calendar.Date(rows[0].from)}
	for _, r := range rows {
		if r.version == o.Version {
			o.Chapters = append(o.Chapters, r.chapter)
		}
	}
	return o, nil
}

// OutlineOf is the outline a case was opened with, for the kind of scheme it is now.
func OutlineOf(ctx context.Context, q db.Querier, c *matter.Case) (Outline, error) {
	s := matter.FormOf[Scheme](c)
	kind, version := OutlineKind(s.BuildKind), s.Version
	if kind == ForOperate {
		version = max(1, s.VersionOM) // the first cases noted one version only
	}
	return OutlineAt(ctx, q, c.Jurisdiction, kind, c.Today, version)
}

// sections are those of the scheme with the chapters of its outline: their
// titles, order and guidance, then what else has been written.
func sections(ctx context.Context, q db.Querier, c *matter.Case) ([]form.Section, error) {
	o, err := OutlineOf(ctx, q, c)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(schemeForm.Sections)
	for i := range out {
		if out[i].Key == "scheme" {
			out[i].Fields = o.fields(c)
		}
	}
	return out, nil
}

func (o Outline) fields(c *matter.Case) []form.Field {
	version := "outline"
	if o.Kind == ForOperate {
		version = "outline_om"
	}
	var out []form.Field
	for _, key := range []string{version, "sheet"} {
		f, _ := schemeForm.Field(key)
		out = append(out, f)
	}
	for _, ch := range o.Chapters {
		f, ok := schemeForm.Field("c_" + ch.Key)
		if !ok {
			continue
		}
		f.Label, f.Help = ch.Title, ch.Guidance
		if !ch.Required {
			f.Help += "（可不写）"
		}
		out = append(out, f)
	}
	for _, f := range schemeForm.Fields() {
		known := slices.ContainsFunc(out, func(g form.Field) bool { return g.Key == f.Key })
		if strings.HasPrefix(f.Key, "c_") && !known && !f.Empty(c.Form) {
			out = append(out, f)
		}
	}
	return out
}

// Revision is the form of the procedure that publishes a new outline.
type Revision struct {
	Kind string
	From calendar.Date
	Why  string
	Base int64 // the version it was drafted from
}

var outlineKinds = []form.Option{{ID: ForBuild, Label: "建设类实施方案"}, {ID: ForOperate, Label: "运维类实施方案"}}

var revisionForm = form.For[Revision](form.Section{Key: "outline", Title: "提纲", Clauses: []string{"A07.1"}, Fields: []form.Field{
	form.ChoiceField("kind", "适用", outlineKinds, func(r *Revision) *string { return &r.Kind }, form.ReadOnly),
	form.DateField("from_on", "启用日期", func(r *Revision) *calendar.Date { return &r.From }, form.Required, form.Help("自这一天起新开的申报使用")),
	form.LongField("why", "修订说明", func(r *Revision) *string { return &r.Why }, form.Max(500), form.Required),
	form.IntField("base", "修订自第几版", func(r *Revision) *int64 { return &r.Base }, form.ReadOnly),
}})

type outlineRow struct {
	Title, Key, Guidance string
	Required             bool
	Place                int64
}

var outlineLines = &matter.Lines{Table: "outline_line", Title: "章", Max: 40, Fixed: true, Form: form.For[outlineRow](form.Section{Key: "chapter", Title: "章", Fields: []form.Field{
	form.TextField("title", "标题", func(r *outlineRow) *string { return &r.Title }, form.Max(60), form.Required),
	form.IntField("place", "次序", func(r *outlineRow) *int64 { return &r.Place }, form.Max(99), form.Required),
	form.CheckField("required", "必写", func(r *outlineRow) *bool { return &r.Required }),
	form.LongField("guidance", "编写要求", func(r *outlineRow) *string { return &r.Guidance }, form.Max(500)),
	form.TextField("key", "标识", func(r *outlineRow) *string { return &r.Key }, form.ReadOnly),
}})}

// OutlineKey names the procedure that publishes an outline.
const OutlineKey = "scheme-outline"

// OutlineFacts are what the rules of a new outline judge.
type OutlineFacts struct {
	On       calendar.Date `json:"on"`
	From     calendar.Date `json:"from"`
	Required int           `json:"required"` // chapters that must be written
}

func outlineFacts(_ context.Context, _ db.Querier, c *matter.Case) (OutlineFacts, error) {
	f := OutlineFacts{On: c.Today, From: matter.FormOf[Revision](c).From}
	for _, ln := range c.Lines {
		if matter.BodyOf[outlineRow](ln).Required {
			f.Required++
		}
	}
	return f, nil
}

// Publishing publishes a new version of the outline: chapters may be renamed,
// moved and made optional, not removed, because rules and forms read them.
func Publishing() *matter.Procedure {
	return &matter.Procedure{
		Key: OutlineKey, Title: "实施方案提纲", Clauses: []string{"A07.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "修订提纲", Edit: true, Stage: "修订"},
			{State: "signing", Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发提纲", Stage: "签发"},
			{State: "issued", Title: "已发布", Mark: matter.MarkDone, Final: true, Public: true, Stage: "已发布"},
			{State: "dropped", Title: "已作废", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送签", Says: "送负责人签发。", To: "signing", By: identity.OwnerClerk, Judge: matter.JudgeBy(outlineFacts, OutlineRules()...), Submit: true,
				Lines: matter.LineMove{To: matter.LineHeld}},
			{From: matter.Draft, Do: "drop", Title: "作废", Says: "不再修订，记录保留。", To: "dropped", By: identity.OwnerClerk, Danger: true},
			{From: "signing", Do: matter.SignOff, Title: "发布", Says: "自启用日期起新开的申报使用新提纲，已开的不变。", To: "issued", By: identity.OwnerHead, Effect: publish},
			{From: "signing", Do: matter.Return, Title: "退回", Says: "退回修改。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: matter.LineMove{To: matter.LineDraft}},
		},
		Form: revisionForm, Lines: outlineLines, Start: identity.BigDataClerk,
		Name: func(c *matter.Case) string {
			return "实施方案提纲修订（" + form.Label(outlineKinds, matter.FormOf[Revision](c).Kind) + "）"
		},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			r := matter.FormOf[Revision](c)
			if r.Kind = cmp.Or(c.SubjectID, ForBuild); !slices.ContainsFunc(outlineKinds, func(o form.Option) bool { return o.ID == r.Kind }) {
				return nil, problem.Missing("这种提纲")
			}
			last, err := lastOutline(ctx, q, c.Jurisdiction, r.Kind)
			if err != nil {
				return nil, err
			}
			o, err := OutlineAt(ctx, q, c.Jurisdiction, r.Kind, c.Today, last)
			if err != nil {
				return nil, err
			}
			r.From, r.Base = c.Today, last
			var out []matter.Line
			for i, ch := range o.Chapters {
				out = append(out, matter.Line{Of: outlineLines, Body: &outlineRow{Title: ch.Title, Key: ch.Key, Guidance: ch.Guidance, Required: ch.Required, Place: int64(i + 1)}})
			}
			return out, nil
		},
	}
}

func lastOutline(ctx context.Context, q db.Querier, jurisdiction, kind string) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT COALESCE(MAX(version), 1) FROM outline_chapter WHERE jurisdiction = $1 AND kind = $2`, jurisdiction, kind)
}

// publish writes the new version. A draft that another version has overtaken is
// refused: it would silently take back what that one changed.
func publish(ctx context.Context, d *matter.Doing) error {
	c, r := d.Case, matter.FormOf[Revision](d.Case)
	last, err := lastOutline(ctx, d.Tx, c.Jurisdiction, r.Kind)
	if err != nil {
		return err
	}
	if last != r.Base {
		return problem.New(problem.Conflict, "这份修订从第 %d 版起草，其后已发布第 %d 版；请退回作废，按新版重新修订", r.Base, last)
	}
	from := max(r.From, c.Today) // a past day would change what running cases were told
	for _, ln := range c.Lines {
		b := matter.BodyOf[outlineRow](ln)
		if err := d.Tx.Later(ctx, `INSERT INTO outline_chapter (jurisdiction, kind, version, key, seq, title, guidance, required, from_date) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
			c.Jurisdiction, r.Kind, last+1, b.Key, review.Order(b.Place, ln.Seq), b.Title, b.Guidance, db.Flag(b.Required), string(from)); err != nil {
			return err
		}
	}
	return nil
}
