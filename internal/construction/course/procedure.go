package course

import (
	"context"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "course"

// States of a change beyond the draft.
const (
	Signing  matter.State = "signing"
	Consent  matter.State = "consent"
	Noting   matter.State = "noting"
	Recorded matter.State = "recorded"
)

// What the bureau may say, and what follows by itself.
const (
	Noted = "noted"
	Back  = "return"

	taken    matter.Action = "noted"
	sendBack matter.Action = "send-back"
)

var stages = append(slices.Clone(registry.Under), string(registry.Suspended))

// Changing is the procedure.
func Changing() *matter.Procedure {
	judge := matter.JudgeBy(gather, Rules()...)
	return &matter.Procedure{
		Key: Key, Title: "项目变更", Clauses: []string{"A15.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写项目变更", Edit: true, Stage: "填写"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发项目变更", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意项目变更", Stage: "主管部门"},
			{State: Noting, Title: "待知悉", Mark: matter.MarkDoing, Task: "知悉项目变更", Seats: noting(), Stage: "市大数据局、财政局知悉"},
			{State: Recorded, Title: "已变更", Mark: matter.MarkDone, Final: true, Stage: "已变更"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: judge, Submit: true},
			{From: Signing, Do: matter.SignOff, Title: "签发变更", Says: "签发后报市大数据发展管理局，同时告知市财政局；二级单位先经主管部门同意。", To: Noting, Or: []matter.State{Consent}, Route: viaParent, By: identity.OwnerHead, Judge: matter.JudgeBy(gather, fits)},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk},
			{From: Consent, Do: matter.Consent, Title: "同意变更", Says: "同意后报市大数据发展管理局，同时告知市财政局。", To: Noting, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true},
			{From: Noting, Do: taken, Title: "已知悉", To: Recorded, By: identity.Itself, Effect: change},
			{From: Noting, Do: sendBack, Title: "退回补正", To: matter.Draft, By: identity.Itself},
			{From: Noting, Do: matter.Withdraw, Title: "撤回变更", Says: "知悉前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead},
		},
		Form:  changeForm,
		Needs: []matter.Need{{Kind: "basis", Label: "有关文件", Clause: "A15.1"}, {Kind: "settlement", Label: "合同、资金结算材料", Clause: "A15.1"}},
		About: matter.Subject{Kind: matter.AboutProject, Stages: stages}, Start: identity.OwnerClerk, Prepare: prepare,
		Name: func(c *matter.Case) string {
			x := matter.FormOf[Change](c)
			if x.Kind == "" {
				return x.Name + " 项目变更"
			}
			return x.Name + " " + form.Label(Kinds, x.Kind)
		},
	}
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Noting
}

// noting seats the bureau's clerk, and beside them the finance bureau, which is
// told and may remark on it.
func noting() *matter.Seating {
	return &matter.Seating{
		Opinions: []matter.OpinionDef{{Key: Noted, Title: "已知悉", Mark: matter.MarkDone}, {Key: Back, Title: "退回补正", Reason: true, Mark: matter.MarkWarn}},
		Advice:   []matter.OpinionDef{{Key: Noted, Title: "已知悉", Mark: matter.MarkDone}, {Key: "remark", Title: "有意见", Reason: true, Mark: matter.MarkWarn}},
		Seats: func(_ context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
			bureau, ok := d.Engine.Units.ByOffice(d.Case.Jurisdiction, identity.BigData)
			if !ok {
				return nil, problem.New(problem.Conflict, "本辖区还没有设置“%s”，不能报送", identity.OfficeName(identity.BigData))
			}
			out := []matter.SeatSpec{{UnitID: bureau.ID, Post: identity.Clerk, Title: bureau.ShortName}}
			if u, ok := d.Engine.Units.ByOffice(d.Case.Jurisdiction, identity.Finance); ok {
				out = append(out, matter.SeatSpec{UnitID: u.ID, Post: identity.Clerk, Title: u.ShortName, Aside: true})
			}
			return out, nil
		},
		Resolve: func(_ *matter.Case, seats []matter.Seat) matter.Action {
			for _, s := range seats {
				if s.Opinion == Back {
					return sendBack
				}
			}
			return taken
		},
	}
}

func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	p, err := registry.OwnSubject(ctx, q, c, stages)
	if err != nil {
		return nil, err
	}
	x := matter.FormOf[Change](c)
	x.Name, x.Code, x.Stage, x.Contracted, x.Paid, c.Year = p.Name, p.Code, form.Label(registry.Stages, string(p.Stage)), p.Money.Contracted, p.Money.Paid, p.Year
	if p.Stage == registry.Suspended {
		x.Kind = Resume
	}
	return nil, nil
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	x := matter.FormOf[Change](c)
	f := Facts{On: c.Today, Kind: x.Kind, From: x.On, Until: x.Until, Reason: hanzi.Given(x.Reason), Contracts: hanzi.Given(x.Contracts), Settlement: hanzi.Given(x.Settlement), Secret: measures.SecretField(changeForm, x)}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Stage, f.Contracted, f.Paid = p.Stage, p.Money.Contracted, p.Money.Paid
	f.Twin, err = db.Value[string](ctx, q, `SELECT m.title FROM matter m WHERE m.subject_id = $1 AND m.procedure = $2 AND m.id <> $3 AND m.state IN ('signing','consent','noting') ORDER BY m.id LIMIT 1`, c.SubjectID, Key, c.ID)
	if db.None(err) {
		err = nil
	}
	return f, err
}

// change takes effect on the project, and keeps the stage it came from: there it
// goes on when it is resumed.
func change(ctx context.Context, d *matter.Doing) error {
	c, x := d.Case, matter.FormOf[Change](d.Case)
	p, err := registry.Subject(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	to := p.Stage
	switch {
	case x.Kind == Terminate:
		to = registry.Terminated
	case x.Kind == Suspend:
		to = registry.Suspended
	case x.Kind == Resume && p.Stage == registry.Suspended:
		if to, err = before(ctx, d.Tx, p.ID); err != nil {
			return err
		}
	}
	if to != p.Stage {
		if err := registry.Move(ctx, d.Tx, p.ID, p.Stage, func(m *registry.Project) { m.Stage = to }, c.Now.UnixMilli()); err != nil {
			return err
		}
	}
	return d.Tx.Later(ctx, `INSERT INTO course (matter_id, project_id, kind, on_date, until, stage, known_at) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		c.ID, p.ID, x.Kind, string(x.On), string(x.Until), string(p.Stage), c.Now.UnixMilli())
}

// before is the stage in which a project was when it was last suspended.
func before(ctx context.Context, q db.Querier, projectID string) (registry.Stage, error) {
	return db.Value[registry.Stage](ctx, q, `SELECT stage FROM course WHERE project_id = $1 AND kind = 'suspend' ORDER BY known_at DESC, matter_id DESC LIMIT 1`, projectID)
}

// Standing is what the changes of a project have come to.
type Standing struct {
	Suspended calendar.Date // since when it rests, "" while it goes on
	Until     calendar.Date // the newest date of completion, "" where none was set
}

// StandingOf reads what the changes of a project have come to.
func StandingOf(ctx context.Context, q db.Querier, projectID string) (Standing, error) {
	all, err := Standings(ctx, q, projectID)
	return all[projectID], err
}

// Standings reads what the changes of several projects have come to; one without a
// change has none.
func Standings(ctx context.Context, q db.Querier, projects ...string) (map[string]Standing, error) {
	var args db.Args
	out := map[string]Standing{}
	_, err := db.All(ctx, q, func(s db.Scanner) (struct{}, error) {
		var project, kind string
		var on, until calendar.Date
		err := s.Scan(&project, &kind, &on, &until)
		st := out[project]
		switch kind {
		case Suspend:
			st.Suspended = on
		case Resume, Extend:
			st.Until = until
		}
		if kind == Resume {
			st.Suspended = ""
		}
		out[project] = st
		return struct{}{}, err
	}, `SELECT project_id, kind, on_date, until FROM course WHERE project_id IN `+args.In(projects...)+` ORDER BY project_id, known_at, matter_id`, args.List()...)
	return out, err
}
