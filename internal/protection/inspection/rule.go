package inspection

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
)

// RuleKey names the procedure of rules in URLs and the record.
const RuleKey = "security-rule"

// States of a rule that was published.
const (
	InForce  matter.State = "in-force"
	Replaced matter.State = "replaced"
	Repealed matter.State = "repealed"
)

const (
	repeal  matter.Action = "repeal"
	replace matter.Action = "replace"
)

// document is the kind of the issued paper.
const document = "document"

// RuleDraft is what a case publishes.
type RuleDraft struct {
	Title, Number, Scope, Text string
	From                       calendar.Date
}

var ruleForm = form.For[RuleDraft](form.Section{Key: "rule", Title: "制度", Clauses: []string{"A27.1"}, Fields: []form.Field{
	form.TextField("title", "制度名称", func(r *RuleDraft) *string { return &r.Title }, form.Required, form.Help("修订的沿用原名称，自动成为新的一版")),
	form.TextField("number", "文号", func(r *RuleDraft) *string { return &r.Number }, form.Max(60), form.Required),
	form.DateField("from_on", "施行日期", func(r *RuleDraft) *calendar.Date { return &r.From }, form.Required),
	form.TextField("scope", "适用范围", func(r *RuleDraft) *string { return &r.Scope }, form.Required),
	form.LongField("text", "正文", func(r *RuleDraft) *string { return &r.Text }, form.Max(20000), form.Required, form.Help("公开发布，不得写入涉密内容")),
}})

// Version is a published version of a rule.
type Version struct {
	MatterID, Title, Number string
	Version                 int64
	From, To                calendar.Date
}

// newest is the newest version of a rule of that name; the zero value when there is none.
func newest(ctx context.Context, q db.Querier, jurisdiction, title string) (Version, error) {
	v, err := db.One(ctx, q, func(s db.Scanner) (Version, error) {
		var v Version
		err := s.Scan(&v.MatterID, &v.Title, &v.Number, &v.Version, &v.From, &v.To)
		return v, err
	}, `SELECT matter_id, title, number, version, from_date, to_date FROM security_rule WHERE jurisdiction = $1 AND normal_name = $2 ORDER BY version DESC LIMIT 1`, jurisdiction, hanzi.NormalName(title))
	if db.None(err) {
		return Version{}, nil
	}
	return v, err
}

// Publishing is the procedure of rules.
func Publishing() *matter.Procedure {
	judge := matter.JudgeBy(gatherRule, RuleRules()...)
	return &matter.Procedure{
		Key: RuleKey, Title: "安全管理制度", Clauses: []string{"A27.1", "A05.2", "A05.5", "A05.6"},
		States: append(jointStates("安全管理制度"),
			matter.StateDef{State: InForce, Title: "已发布", Mark: matter.MarkDone, Public: true, Stage: "发布"},
			matter.StateDef{State: Replaced, Title: "已被代替", Mark: matter.MarkStop, Final: true},
			matter.StateDef{State: Repealed, Title: "已废止", Mark: matter.MarkStop, Final: true}),
		Flow: append(joint(judge),
			matter.Step{From: "signing", Do: matter.SignOff, Title: "签发公布", Says: "签发后公开；同名制度的上一版自施行之日起失效。", To: InForce, By: identity.OwnerHead, Judge: judge, Effect: publish},
			matter.Step{From: InForce, Do: repeal, Title: "废止", Says: "自今天起不再适用。", To: Repealed, By: identity.OwnerHead, Reason: true, Danger: true, Effect: func(ctx context.Context, d *matter.Doing) error {
				return end(ctx, d, d.Case.ID, d.Case.Today.AddDays(-1), "")
			}},
			matter.Step{From: InForce, Do: replace, Title: "被新的一版代替", To: Replaced, By: identity.Itself}),
		Form: ruleForm, Start: identity.BigDataClerk, Needs: []matter.Need{{Kind: document, Label: "印发的文件", Clause: "A27.1"}},
		Prepare: func(_ context.Context, _ db.Querier, c *matter.Case) ([]matter.Line, error) {
			c.Year = int64(c.Today.Year())
			matter.FormOf[RuleDraft](c).From = c.Today
			return nil, nil
		},
		Name: func(c *matter.Case) string {
			if t := strings.TrimSpace(matter.FormOf[RuleDraft](c).Title); t != "" {
				return t
			}
			return "安全管理制度（未命名）"
		},
	}
}

// publish enters the version and ends the one before.
func publish(ctx context.Context, d *matter.Doing) error {
	c, r := d.Case, matter.FormOf[RuleDraft](d.Case)
	before, err := newest(ctx, d.Tx, c.Jurisdiction, r.Title)
	if err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `INSERT INTO security_rule (matter_id, jurisdiction, title, normal_name, number, version, from_date) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		c.ID, c.Jurisdiction, r.Title, hanzi.NormalName(r.Title), r.Number, before.Version+1, string(r.From)); err != nil {
		return err
	}
	if before.MatterID == "" || before.To != "" {
		return nil
	}
	if err := end(ctx, d, before.MatterID, r.From.AddDays(-1), c.ID); err != nil {
		return err
	}
	_, err = d.Follow(ctx, before.MatterID, replace, fmt.Sprintf("由第 %d 版（%s）代替，自 %s 起失效", before.Version+1, r.Number, r.From))
	return err
}

func end(ctx context.Context, d *matter.Doing, id string, last calendar.Date, by string) error {
	return d.Tx.Later(ctx, `UPDATE security_rule SET to_date = $1, replaced_by = $2 WHERE matter_id = $3 AND to_date = ''`, string(last), by, id)
}

// RuleFacts are what the rules of publishing judge.
type RuleFacts struct {
	From     calendar.Date `json:"from"`
	Named    bool          `json:"named,omitempty"`
	Document bool          `json:"document,omitempty"`
	Before   calendar.Date `json:"before,omitempty"` // of the version that stands
	Secret   string        `json:"secret,omitempty"`
}

func gatherRule(ctx context.Context, q db.Querier, c *matter.Case) (RuleFacts, error) {
	r := matter.FormOf[RuleDraft](c)
	before, err := newest(ctx, q, c.Jurisdiction, r.Title)
	f := RuleFacts{From: r.From, Named: hanzi.NormalName(r.Title) != "", Document: c.Has(document), Secret: measures.SecretField(ruleForm, r)}
	if before.To == "" {
		f.Before = before.From
	}
	return f, err
}

// RuleRules are asked when a rule is handed in and when it is signed.
func RuleRules() []measures.Rule[RuleFacts] {
	return []measures.Rule[RuleFacts]{issued, ruleSecret}
}

func ruleEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*RuleFacts)) measures.Example[RuleFacts] {
	f := RuleFacts{From: "2026-10-08", Named: true, Document: true, Before: "2025-12-01"}
	change(&f)
	return measures.Example[RuleFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var issued = measures.Rule[RuleFacts]{
	ID: "A27.1-rule", Clause: "A27.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "制度有文件，版本先后相接", Source: "公开的制度以印发的文件为准；新的一版施行在上一版以后",
	Judge: func(f RuleFacts, _ measures.Values) measures.Verdict {
		switch {
		case !f.Named:
			return measures.Failed("form/title", "请写明制度名称")
		case !f.Document:
			return measures.Failed("file/"+document, "请上传印发的文件")
		case f.Before != "" && f.From <= f.Before:
			return measures.Failed("form/from_on", "上一版自 %s 施行，新的一版应在以后", f.Before)
		}
		return measures.Passed("自 %s 施行", f.From)
	},
	Examples: []measures.Example[RuleFacts]{ruleEx(measures.ExamplePass, measures.Pass, "第二版", "上一版去年施行", func(*RuleFacts) {}),
		ruleEx(measures.ExamplePass, measures.Pass, "第一版", "没有上一版", func(f *RuleFacts) { f.Before = "" }),
		ruleEx(measures.ExampleFail, measures.Fail, "没有文件", "不知以什么为准", func(f *RuleFacts) { f.Document = false }),
		ruleEx(measures.ExampleFail, measures.Fail, "名称只有标点", "没有名称", func(f *RuleFacts) { f.Named = false }),
		ruleEx(measures.ExampleBoundary, measures.Fail, "同一天施行", "两版同时有效", func(f *RuleFacts) { f.Before = "2026-10-08" }),
		ruleEx(measures.ExampleBoundary, measures.Pass, "晚一天施行", "先后相接", func(f *RuleFacts) { f.Before = "2026-10-07" })},
}

var ruleSecret = measures.Rule[RuleFacts]{
	ID: "A30.1-security-rule", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: protection.SecretQuote,
	Judge: func(f RuleFacts, _ measures.Values) measures.Verdict { return protection.NoSecret(f.Secret) },
	Examples: []measures.Example[RuleFacts]{ruleEx(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", func(*RuleFacts) {}),
		ruleEx(measures.ExampleFail, measures.Fail, "写到涉密", "不得公开", func(f *RuleFacts) { f.Secret = "正文" })},
}
