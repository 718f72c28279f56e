// Package purge takes out what must never have been handed in (误传清除, Article 30):
// state secrets and other content that the law keeps out of this system.
//
// Whoever finds it opens the purge from the page of the case and names the document or
// the text, never what it says; a document is sealed as soon as that is handed in. The
// unit's head signs, the secrecy office decides: its head has the bytes shredded, every
// copy in every case, and texts taken out of every table and of the bodies the record
// keeps. That it was there, when, and by whom it was purged stays, and the record can
// still be verified.
package purge

import (
	"context"
	"fmt"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// Key names the procedure in URLs and the record.
const Key = "purge"

// States of a purge beyond the draft.
const (
	Signing  matter.State = "signing"
	Deciding matter.State = "deciding"
	Purged   matter.State = "purged"
	Kept     matter.State = "kept"
)

// Acts of the secrecy office.
const (
	Destroy matter.Action = "purge"
	Keep    matter.Action = "keep"
)

// Request is what is to be purged; it never says what stands there.
type Request struct {
	Unit, Procedure string // where it stands; filled by the program
	Target, Ground  string
	FoundOn         calendar.Date
	Outcome         string // filled by the program
}

// grounds of a purge. They are chosen, so that nobody describes what was found.
var grounds = []form.Option{{ID: "secret", Label: "涉及国家秘密，不应录入本系统"}, {ID: "suspected", Label: "疑似涉及国家秘密，已停止使用并报告"},
	{ID: "trade", Label: "商业秘密，没有按规定脱敏"}, {ID: "privacy", Label: "个人隐私，没有按规定脱敏"}}

var requestForm = form.For[Request](
	form.Section{Key: "where", Title: "一、所在案卷", Clauses: []string{"A30.1"}, Fields: []form.Field{
		form.TextField("procedure", "业务", func(r *Request) *string { return &r.Procedure }, form.ReadOnly),
		form.TextField("unit", "单位", func(r *Request) *string { return &r.Unit }, form.ReadOnly),
	}},
	form.Section{Key: "what", Title: "二、清除什么", Clauses: []string{"A30.1"}, Fields: []form.Field{
		form.TextField("target", "清除的内容", func(r *Request) *string { return &r.Target }, form.Required, form.Max(200)),
		form.ChoiceField("ground", "原因", grounds, func(r *Request) *string { return &r.Ground }, form.Required, form.Help("只选种类，不写内容；详细情况走线下渠道报告")),
		form.DateField("found_on", "发现日期", func(r *Request) *calendar.Date { return &r.FoundOn }, form.Required),
		form.TextField("outcome", "清除结果", func(r *Request) *string { return &r.Outcome }, form.ReadOnly),
	}},
)

// Purging is the procedure, about cases of the given ones.
func Purging(of []*matter.Procedure, units *identity.Directory) *matter.Procedure {
	offers := func(ctx context.Context, q db.Querier, c *matter.Case) ([]form.Option, error) {
		at, err := matter.Bare(ctx, q, of, c.SubjectID)
		if err != nil {
			return nil, err
		}
		return matter.Purgeable(ctx, q, at)
	}
	gather := func(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
		r := matter.FormOf[Request](c)
		f := Facts{On: c.Today, FoundOn: r.FoundOn}
		known, err := offers(ctx, q, c)
		f.Known = slices.ContainsFunc(known, func(o form.Option) bool { return o.ID == r.Target })
		return f, err
	}
	secrecy := func(post string) identity.Party { return identity.Of(identity.Secrecy, post) }
	return &matter.Procedure{
		Key: Key, Title: "误传清除", Clauses: []string{"A30.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写误传清除", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发误传清除", Stage: "单位签发"},
			{State: Deciding, Title: "待清除", Mark: matter.MarkDoing, Holder: secrecy(identity.Head), Task: "决定误传清除", Stage: "市委机要保密局"},
			{State: Purged, Title: "已清除", Mark: matter.MarkStop, Final: true, Stage: "已清除"},
			{State: Kept, Title: "不予清除", Mark: matter.MarkDone, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "封存并提交", Says: "文件立即封存，任何人不能查阅和下载；送本单位负责人签发。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Effect: seal},
			{From: Signing, Do: matter.SignOff, Title: "签发", Says: "签发后由市委机要保密局决定清除。", To: Deciding, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，文件解除封存。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Effect: unseal},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿，文件解除封存。", To: matter.Draft, By: identity.OwnerClerk, Effect: unseal},
			{From: Deciding, Do: Destroy, Title: "清除", Says: "内容从所有案卷和办理记录中永久清除，不能恢复；只留下登记、摘要和这份案卷。", To: Purged, By: secrecy(identity.Head), Judge: matter.JudgeBy(gather, standing), Danger: true, Effect: destroy},
			{From: Deciding, Do: Keep, Title: "不予清除", Says: "内容不属于误传的，解除封存，案卷办结。", To: Kept, By: secrecy(identity.Head), Reason: true, Effect: unseal},
		},
		Form: requestForm, About: matter.Subject{Kind: matter.AboutCase}, Start: identity.OwnerClerk,
		Sections: matter.Choosing(requestForm, func(ctx context.Context, q db.Querier, c *matter.Case) (map[string][]form.Option, error) {
			list, err := offers(ctx, q, c)
			if r := matter.FormOf[Request](c); r.Target != "" && !slices.ContainsFunc(list, func(o form.Option) bool { return o.ID == r.Target }) {
				list = append(list, form.Option{ID: r.Target, Label: matter.Tombstone})
			}
			return map[string][]form.Option{"target": list}, err
		}),
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			at, err := matter.Bare(ctx, q, of, c.SubjectID)
			if db.None(err) || err == nil && !mayAsk(c, at) {
				return nil, problem.Missing("这份案卷")
			}
			if err != nil {
				return nil, err
			}
			r := matter.FormOf[Request](c)
			r.Unit, r.Procedure, r.FoundOn, c.Year = units.Name(at.UnitID), at.Procedure.Title, c.Today, int64(c.Today.Year())
			return nil, nil
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Request](c).Procedure + " 误传清除" },
		Tick: func(ctx context.Context, e *matter.Engine, _ string, _ calendar.Date) error { return e.Shred(ctx) },
	}
}

// mayAsk reports whether the unit of a purge may ask for it at a case: its own, or one
// that was handed in to the bureau or that the secrecy office came to know of.
func mayAsk(c, at *matter.Case) bool {
	if c.Jurisdiction != at.Jurisdiction {
		return false
	}
	return at.UnitID == c.UnitID || at.SubmittedAt > 0 && (c.Unit.Office == identity.BigData || c.Unit.Office == identity.Secrecy)
}

func seal(ctx context.Context, d *matter.Doing) error {
	return d.Seal(ctx, matter.FormOf[Request](d.Case).Target)
}

func unseal(ctx context.Context, d *matter.Doing) error { return d.Unseal(ctx) }

func destroy(ctx context.Context, d *matter.Doing) error {
	r := matter.FormOf[Request](d.Case)
	p, err := d.Purge(ctx, d.Case.SubjectID, r.Target)
	if err != nil {
		return err
	}
	var rows int64
	for _, n := range p.Rows {
		rows += n
	}
	r.Outcome = fmt.Sprintf("登记里 %d 处，办理记录里 %d 份", rows, p.Parts)
	if p.Copies > 0 {
		r.Outcome = fmt.Sprintf("附件 %d 处（SM3 %s），%s", p.Copies, p.Digest, r.Outcome)
	}
	return d.KeepForm(ctx)
}

// Facts are what the rules of a purge judge.
type Facts struct {
	On      calendar.Date `json:"on"`
	FoundOn calendar.Date `json:"found_on"`
	Known   bool          `json:"known"` // the target stands in the case
}

// Rules are asked when a purge is handed in.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{standing, found} }

const from = calendar.Date("2025-12-01")

type example = measures.Example[Facts]

var standing = measures.Rule[Facts]{
	ID: "A30.1-target", Clause: "A30.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Title: "要清除的内容在这份案卷里",
	Source: "从案卷现有的附件、文字和办理理由中选择，逐项清除；已经清除的不再清除",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.Known {
			return measures.Failed("form/target", "请选择这份案卷里要清除的附件或者文字；已经清除、已经改掉的不在其中")
		}
		return measures.Passed("在案卷里")
	},
	Examples: []example{{Name: "附件在案卷里", Kind: measures.ExamplePass, Want: measures.Pass, Why: "可以清除", Facts: Facts{On: "2026-08-10", FoundOn: "2026-08-10", Known: true}},
		{Name: "已经清除过", Kind: measures.ExampleFail, Want: measures.Fail, Why: "不在其中", Facts: Facts{On: "2026-08-10", FoundOn: "2026-08-10"}}},
}

var found = measures.Rule[Facts]{
	ID: "A30.1-found", Clause: "A30.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "发现日期不晚于今天", Source: "清除的是已经发现的误传",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.FoundOn > f.On {
			return measures.Failed("form/found_on", "%s 还没有到", f.FoundOn)
		}
		return measures.Passed("%s 发现", f.FoundOn)
	},
	Examples: []example{{Name: "昨天发现", Kind: measures.ExamplePass, Want: measures.Pass, Why: "8 月 9 日", Facts: Facts{On: "2026-08-10", FoundOn: "2026-08-09", Known: true}},
		{Name: "下月发现", Kind: measures.ExampleFail, Want: measures.Fail, Why: "9 月还没有到", Facts: Facts{On: "2026-08-10", FoundOn: "2026-09-01", Known: true}},
		{Name: "当天发现", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "8 月 10 日", Facts: Facts{On: "2026-08-10", FoundOn: "2026-08-10", Known: true}},
		{Name: "明天发现", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "8 月 11 日", Facts: Facts{On: "2026-08-10", FoundOn: "2026-08-11", Known: true}}},
}
