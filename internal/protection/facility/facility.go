// Package facility is what a unit declares of the security rules and facilities of one of its
// systems (Article 29): that they are there, with the evidence, or what is missing and why.
// It is a record: nothing is approved, nothing comes round.
package facility

import (
	"context"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "security-facility"

const (
	from     calendar.Date = "2025-12-01"
	evidence string        = "evidence"
	law      string        = "《中华人民共和国网络安全法》"
)

// LogMonths is how long network logs are kept at least.
var LogMonths = measures.Param{Key: "protection.log_months", Title: "网络日志最少留存时间", Unit: "个月", Kind: measures.KindInt, Default: "6", Clause: "A29.1", Basis: measures.Other, Note: law + "：相关的网络日志不少于六个月"}

// Declaration is what a unit says of a system.
type Declaration struct {
	Name, Code                                       string
	On                                               calendar.Date
	Rules, Person, Malware, Access, Monitor, Backups bool
	Logs                                             int64
	RulesAre, Lacking, Remark                        string
}

// Things that the law asks for, by the field that says they are there.
var things = []struct {
	key, label string
	at         func(*Declaration) *bool
}{
	{"rules", "网络安全管理制度和操作规程", func(d *Declaration) *bool { return &d.Rules }},
	{"person", "网络安全负责人", func(d *Declaration) *bool { return &d.Person }},
	{"malware", "防病毒、防攻击和防侵入", func(d *Declaration) *bool { return &d.Malware }},
	{"access", "身份鉴别和访问控制", func(d *Declaration) *bool { return &d.Access }},
	{"monitor", "运行监测和安全事件记录", func(d *Declaration) *bool { return &d.Monitor }},
	{"backups", "数据分类、重要数据备份和加密", func(d *Declaration) *bool { return &d.Backups }},
}

func checks() []form.Field {
	var out []form.Field
	for _, x := range things {
		out = append(out, form.CheckField(x.key, x.label, x.at))
	}
	return out
}

var declarationForm = form.For[Declaration](
	form.Section{Key: "system", Title: "系统", Clauses: []string{"A29.1"}, Fields: []form.Field{
		form.TextField("name", "系统名称", func(d *Declaration) *string { return &d.Name }, form.ReadOnly),
		form.TextField("code", "系统编号", func(d *Declaration) *string { return &d.Code }, form.ReadOnly),
		form.DateField("declared_on", "自查日期", func(d *Declaration) *calendar.Date { return &d.On }, form.Required),
	}},
	form.Section{Key: "things", Title: "已有的制度和设施", Clauses: []string{"A29.1"}, Fields: append(checks(),
		form.IntField("log_months", "网络日志留存月数", func(d *Declaration) *int64 { return &d.Logs }, form.Max(1200)),
		form.LongField("rules_are", "制度名称和设施情况", func(d *Declaration) *string { return &d.RulesAre }, form.Max(2000), form.Required, form.Help("写明制度文号、设施名称和部署在哪里，与上传的证明相对应；不写漏洞和口令")),
		form.LongField("lacking", "欠缺的怎样补上", func(d *Declaration) *string { return &d.Lacking }, form.Max(1000)),
		form.LongField("remark", "说明", func(d *Declaration) *string { return &d.Remark }, form.Max(1000)),
	)},
)

// Declaring is the procedure.
func Declaring() *matter.Procedure {
	states, flow := protection.Filing("安全制度和设施自查", matter.JudgeBy(gather, Rules()...), keep)
	return &matter.Procedure{
		Key: Key, Title: "安全制度和设施自查", Clauses: []string{"A29.1", "A05.1"}, States: states, Flow: flow, Form: declarationForm, Start: identity.OwnerClerk,
		About: matter.Subject{Kind: matter.AboutSystem, Stages: registry.InUse}, Params: []measures.Param{LogMonths},
		Needs: []matter.Need{{Kind: evidence, Label: "制度文件、设施照片或者配置证明", Clause: "A29.1"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			y, err := registry.OwnSystem(ctx, q, c)
			d := matter.FormOf[Declaration](c)
			d.Name, d.Code, d.On, c.Year = y.Name, y.Code(), c.Today, int64(c.Today.Year())
			return nil, err
		},
		Name: func(c *matter.Case) string {
			return matter.FormOf[Declaration](c).Name + " 安全制度和设施自查"
		},
	}
}

// keep puts the declaration on record, with how much is missing.
func keep(ctx context.Context, d *matter.Doing) error {
	f, err := gather(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	return protection.Put(ctx, d, protection.Record{Subject: d.Case.SubjectID, Kind: protection.Facility, Level: 1, On: f.DeclaredOn, OpenRisks: int64(len(f.Missing))})
}

// Facts are what the rules judge.
type Facts struct {
	On         calendar.Date `json:"on"`
	DeclaredOn calendar.Date `json:"declared_on"`
	Missing    []string      `json:"missing,omitempty"` // what is not there
	Logs       int64         `json:"logs"`
	Lacking    bool          `json:"lacking,omitempty"` // how it will be mended
	Evidence   bool          `json:"evidence,omitempty"`
	Secret     string        `json:"secret,omitempty"`
}

func gather(_ context.Context, _ db.Querier, c *matter.Case) (Facts, error) {
	d := matter.FormOf[Declaration](c)
	f := Facts{On: c.Today, DeclaredOn: d.On, Logs: d.Logs, Lacking: hanzi.Given(d.Lacking), Evidence: c.Has(evidence), Secret: measures.SecretField(declarationForm, d)}
	for _, x := range things {
		if !*x.at(d) {
			f.Missing = append(f.Missing, x.label)
		}
	}
	return f, nil
}

// Rules are asked when a declaration is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{shown, there, logs, secret}
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-10-08", DeclaredOn: "2026-10-08", Logs: 6, Evidence: true}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

var shown = measures.Rule[Facts]{
	ID: "A29.1-shown", Clause: "A29.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "有日期、有证明", Source: "自查供监督检查查阅，须能核对；欠缺的写明怎样补上",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.DeclaredOn > f.On {
			ps = append(ps, measures.Problem{Anchor: "form/declared_on", Message: "自查日期晚于今天"})
		}
		if !f.Evidence {
			ps = append(ps, measures.Problem{Anchor: "file/" + evidence, Message: "请上传制度文件、设施照片或者配置证明"})
		}
		if len(f.Missing) > 0 && !f.Lacking {
			ps = append(ps, measures.Problem{Anchor: "form/lacking", Message: "请写明欠缺的怎样补上"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都有，有证明", "可以核对", same),
		ex(measures.ExamplePass, measures.Pass, "欠缺一项，写明怎样补上", "照实登记", func(f *Facts) { f.Missing, f.Lacking = []string{"网络安全负责人"}, true }),
		ex(measures.ExampleFail, measures.Fail, "没有证明", "无从核对", func(f *Facts) { f.Evidence = false }),
		ex(measures.ExampleFail, measures.Fail, "欠缺一项，没有安排", "不知怎样补上", func(f *Facts) { f.Missing = []string{"网络安全负责人"} }),
		ex(measures.ExampleBoundary, measures.Fail, "明天自查", "还没有发生", func(f *Facts) { f.DeclaredOn = "2026-10-09" })},
}

var there = measures.Rule[Facts]{
	ID: "A29.1-there", Clause: "A29.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Title: "制度建立、设施配套", Quote: "建立网络安全管理制度、实施网络安全配套设施",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Missing) > 0 {
			return measures.Failed("form/lacking", "没有%s", strings.Join(f.Missing, "、"))
		}
		return measures.Passed("制度和设施都有")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都有", "建立、实施了", same),
		ex(measures.ExampleFail, measures.Fail, "没有管理制度", "“建立网络安全管理制度”", func(f *Facts) { f.Missing = []string{"网络安全管理制度和操作规程"} })},
}

var logs = measures.Rule[Facts]{
	ID: "A29.1-logs", Clause: "A29.1", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Boundary: true, Title: "网络日志留存够长", Source: law, Params: []measures.Param{LogMonths},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		if f.Logs < int64(LogMonths.Int(v)) {
			return measures.Failed("form/log_months", "网络日志留存 %d 个月，不到 %d 个月", f.Logs, LogMonths.Int(v))
		}
		return measures.Passed("留存 %d 个月", f.Logs)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "十二个月", "够长", func(f *Facts) { f.Logs = 12 }),
		ex(measures.ExampleFail, measures.Fail, "没有留存", "没有日志", func(f *Facts) { f.Logs = 0 }),
		ex(measures.ExampleBoundary, measures.Pass, "正好六个月", "不少于六个月", same),
		ex(measures.ExampleBoundary, measures.Fail, "五个月", "少于六个月", func(f *Facts) { f.Logs = 5 })},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-facility", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: protection.SecretQuote,
	Judge: func(f Facts, _ measures.Values) measures.Verdict { return protection.NoSecret(f.Secret) },
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "说明" })},
}
