package interpretation

import (
	"context"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// Key names the procedure in URLs and the record.
const Key = "interpretation"

// States of a note beyond the draft.
const (
	Signing  matter.State = "signing"
	Issued   matter.State = "issued"
	Replaced matter.State = "replaced"
	Repealed matter.State = "repealed"
)

// Acts beyond the common ones.
const (
	Repeal  matter.Action = "repeal"
	replace matter.Action = "replace"
)

// Publishing is the procedure.
func Publishing() *matter.Procedure {
	judge := matter.JudgeBy(gather, Checked()...)
	return &matter.Procedure{
		Key: Key, Title: "解释和细则", Clauses: []string{"A37.1", "A05.2"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "拟写解释或细则", Edit: true, Stage: "拟写"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发解释或细则", Stage: "签发"},
			{State: Issued, Title: "已公开", Mark: matter.MarkDone, Public: true, Stage: "公开"},
			{State: Replaced, Title: "已被代替", Mark: matter.MarkStop, Final: true},
			{State: Repealed, Title: "已废止", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送签", Says: "送负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Signing, Do: matter.SignOff, Title: "签发公开", Says: "签发后在所解释的条文旁公开，任何人可见。", To: Issued, By: identity.OwnerHead, Judge: judge, Effect: publish},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: Issued, Do: Repeal, Title: "废止", Says: "自今天起不再适用；以前的日子仍按当时的文件显示。", To: Repealed, By: identity.OwnerHead, Reason: true, Danger: true, Effect: repealed},
			{From: Issued, Do: replace, Title: "被新文件代替", To: Replaced, By: identity.Itself},
		},
		Form: draftForm, Lines: places, Start: identity.BigDataClerk, Prepare: prepare,
		Needs: []matter.Need{{Kind: "document", Label: "印发的文件", Clause: "A37.1"}},
		Name: func(c *matter.Case) string {
			if t := strings.TrimSpace(matter.FormOf[Draft](c).Title); t != "" {
				return t
			}
			return "解释或细则（未命名）"
		},
	}
}

// prepare begins a draft at a sentence, or as the successor of a published note.
func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	n := matter.FormOf[Draft](c)
	n.Kind, n.From = Reading, c.Today
	if c.SubjectID == "" {
		return nil, nil
	}
	if _, isSentence := label(c.SubjectID); isSentence {
		return []matter.Line{{Of: places, Body: &Place{c.SubjectID}}}, nil
	}
	old, err := one(ctx, q, c.Jurisdiction, `n.matter_id = $2`, c.SubjectID)
	if db.None(err) {
		return nil, problem.Missing("所解释的条文或者要代替的文件")
	}
	if err != nil {
		return nil, err
	}
	n.Kind, n.Title, n.Text, n.Replaces = old.Kind, old.Title, old.Text, old.Number
	if old.From >= n.From {
		n.From = old.From.AddDays(1)
	}
	ids, err := db.Column[string](ctx, q, `SELECT sentence FROM interpretation_sentence WHERE matter_id = $1 ORDER BY seq`, old.Matter)
	var out []matter.Line
	for _, id := range ids {
		out = append(out, matter.Line{Of: places, Body: &Place{id}})
	}
	return out, err
}

func label(sentence string) (string, bool) {
	l := form.Label(sentences(), sentence)
	return l, l != sentence
}

// gather derives the facts in two queries.
func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	n := matter.FormOf[Draft](c)
	f := Facts{On: c.Today, Kind: n.Kind, From: n.From, With: n.offices(), Replaces: strings.TrimSpace(n.Replaces), Secret: measures.SecretField(draftForm, n)}
	seen := map[string]bool{}
	for _, ln := range c.Lines {
		id := matter.BodyOf[Place](ln).Sentence
		f.Sentences++
		if seen[id] {
			f.Twice = append(f.Twice, ln.Seq)
		}
		seen[id] = true
	}
	if f.Replaces != "" {
		old, err := current(ctx, q, c.Jurisdiction, f.Replaces)
		if err != nil && !db.None(err) {
			return f, err
		}
		f.Known, f.KnownFrom = err == nil, old.From
	}
	twin, err := one(ctx, q, c.Jurisdiction, `n.number = $2`, strings.TrimSpace(n.Number))
	if db.None(err) {
		err = nil
	}
	f.Twin = twin.Title
	return f, err
}
