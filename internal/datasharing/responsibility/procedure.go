package responsibility

import (
	"context"
	"fmt"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"

	"zhengcheng/internal/datasharing/catalogue"
)

// States of a list beyond the draft.
const (
	Signing  matter.State = "signing"
	Checking matter.State = "checking"
	Filed    matter.State = "filed"
)

// Draw is the act that copies the catalogue again.
const Draw matter.Action = "draw"

// Listing is the procedure.
func Listing() *matter.Procedure {
	back := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "数据共享开放责任清单", Clauses: []string{"A25.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "核对责任清单", Stage: "生成"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发责任清单", Stage: "单位签发"},
			{State: Checking, Title: "已签发，待备案", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "备案责任清单", Stage: "市大数据局备案", Public: true},
			{State: Filed, Title: "已备案", Mark: matter.MarkDone, Final: true, Stage: "已备案", Public: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(gather, complete, current, changed),
				Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: matter.Draft, Do: Draw, Title: "按目录重新生成", Says: "按现在发布的数据目录重新生成各项，清单不能手工增减。", To: matter.Draft, By: identity.OwnerClerk, Effect: draw},
			{From: Signing, Do: matter.SignOff, Title: "签发清单", Says: "签发后即为本单位现行清单，列入全市清单，报市大数据发展管理局备案。", To: Checking, By: identity.OwnerHead,
				Judge: matter.JudgeBy(gather, complete, current), Effect: sign},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回经办人，按目录重新生成或者先变更目录。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: Checking, Do: matter.Acknowledge, Title: "予以备案", Says: "备案是收到并记录，不是审批；发给回执。", To: Filed, By: identity.BigDataClerk, Lines: matter.LineMove{To: matter.LineAccepted}, Effect: file, Issue: receipt},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "清单与目录不符、内容不明的退回；退回期间上一版仍是现行清单。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Danger: true, Lines: back, Effect: takeBack},
			{From: Checking, Do: matter.Withdraw, Title: "撤回清单", Says: "备案前可以撤回；撤回后须重新签发，其间上一版仍是现行清单。", To: matter.Draft, By: identity.OwnerHead, Lines: back, Effect: takeBack},
		},
		Form: listForm, Lines: lines, Start: identity.OwnerClerk, Prepare: prepare,
		Once: func(c *matter.Case) string { return fmt.Sprintf("%s/%d", c.UnitID, matter.FormOf[List](c).Version) },
		Name: func(c *matter.Case) string {
			l := matter.FormOf[List](c)
			return fmt.Sprintf("%s数据共享开放责任清单（第 %d 版）", l.Unit, l.Version)
		},
	}
}

// receipt is what the bureau issues for a list on file.
var receipt = &matter.Series{Key: Key, Word: "责备", Title: "数据共享开放责任清单备案回执",
	Says: func(c *matter.Case) (string, string) {
		l := matter.FormOf[List](c)
		return fmt.Sprintf("%s数据共享开放责任清单（第 %d 版）", l.Unit, l.Version), fmt.Sprintf("共 %d 项", c.Items)
	},
	Note: "备案表示清单已经收到存案，不代表对清单内容的审批。单位应当依托贵州省数据共享交换平台六盘水专区，按清单共享和开放数据资源。"}

// prepare copies the catalogue of the unit into the first draft of its next version.
func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	l := matter.FormOf[List](c)
	last, err := standing(ctx, q, c.UnitID)
	if err != nil {
		return nil, err
	}
	l.Unit, l.Version, l.Drawn = c.Unit.ShortName, last.Version+1, c.Today
	if last.Version > 0 {
		l.Before, l.Former = last.ID, last.title()
	}
	entries, err := catalogue.Shared(ctx, q, c.UnitID)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, problem.New(problem.Conflict, "本单位还没有可以列入责任清单的目录。先编目、经过保密审查并发布，再生成清单；不予共享、暂停和已撤销的不列入")
	}
	if len(entries) > MostLines {
		return nil, problem.New(problem.Invalid, "本单位可以列入清单的目录有 %d 条，一份清单最多 %d 条", len(entries), MostLines)
	}
	var out []matter.Line
	for _, e := range entries {
		out = append(out, matter.Line{Of: lines, Body: lineOf(e)})
	}
	return out, nil
}

// draw brings the draft to what the catalogue says now: an entry that is listed
// already keeps its line.
func draw(ctx context.Context, d *matter.Doing) error {
	now, err := catalogue.Shared(ctx, d.Tx, d.Case.UnitID)
	if err != nil {
		return err
	}
	fresh := map[string]*Line{}
	for _, e := range now {
		fresh[e.ID] = lineOf(e)
	}
	for _, ln := range d.Case.LinesOf("") {
		l := matter.BodyOf[Line](ln)
		to, offered := fresh[l.Resource]
		delete(fresh, l.Resource)
		switch {
		case !offered:
			err = d.DropLine(ctx, ln)
		case *to != *l:
			*l = *to
			err = d.KeepLine(ctx, ln)
		}
		if err != nil {
			return err
		}
	}
	for _, e := range now {
		if l, added := fresh[e.ID]; added {
			if _, err := d.PutLine(ctx, lines, l); err != nil {
				return err
			}
		}
	}
	matter.FormOf[List](d.Case).Drawn = d.Case.Today
	return d.KeepForm(ctx)
}

// sign makes the list the standing one of its unit.
func sign(ctx context.Context, d *matter.Doing) error {
	c, l := d.Case, matter.FormOf[List](d.Case)
	if err := d.Tx.Later(ctx, `INSERT INTO responsibility_list (id, jurisdiction, unit_id, version, state, entries, signed_on) VALUES ($1,$2,$3,$4,'signed',$5,$6)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, entries = excluded.entries, signed_on = excluded.signed_on`,
		c.ID, c.Jurisdiction, c.UnitID, l.Version, int64(len(c.LinesOf(""))), string(c.Today)); err != nil {
		return err
	}
	return stand(ctx, d)
}

func file(ctx context.Context, d *matter.Doing) error {
	return d.Tx.Later(ctx, `UPDATE responsibility_list SET state = 'filed', filed_on = $1 WHERE id = $2`, string(d.Case.Today), d.Case.ID)
}

func takeBack(ctx context.Context, d *matter.Doing) error {
	if err := d.Tx.Later(ctx, `UPDATE responsibility_list SET state = 'returned' WHERE id = $1`, d.Case.ID); err != nil {
		return err
	}
	return stand(ctx, d)
}

// stand says which list of the unit stands: the newest that is signed.
func stand(ctx context.Context, d *matter.Doing) error {
	return d.Tx.Later(ctx, `UPDATE responsibility_list SET standing = CASE WHEN state <> 'returned' AND version = (SELECT MAX(o.version) FROM responsibility_list o
		WHERE o.unit_id = responsibility_list.unit_id AND o.state <> 'returned') THEN 1 ELSE 0 END WHERE unit_id = $1`, d.Case.UnitID)
}
