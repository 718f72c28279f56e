package progress

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// NamingKey names the naming of key projects in URLs and the record.
const NamingKey = "key-project"

// States and the act of a naming beyond the common ones.
const (
	Named    matter.State  = "named"
	Unnamed  matter.State  = "unnamed"
	Unnaming matter.Action = "unname"
)

// Choice is a project the bureau names a key project.
type Choice struct{ Name, Code, Unit, Reason string }

var choiceForm = form.For[Choice](form.Section{Key: "choice", Title: "重点项目", Clauses: []string{"A15.2"}, Fields: []form.Field{
	form.TextField("name", "项目名称", func(c *Choice) *string { return &c.Name }, form.ReadOnly),
	form.TextField("code", "项目编号", func(c *Choice) *string { return &c.Code }, form.ReadOnly),
	form.TextField("unit", "建设单位", func(c *Choice) *string { return &c.Unit }, form.ReadOnly),
	form.LongField("reason", "列入理由", func(c *Choice) *string { return &c.Reason }, form.Max(1000), form.Required),
}})

// Naming is the procedure by which the bureau names a key project, from its approval
// on; the unit cannot undo it.
func Naming(units *identity.Directory) *matter.Procedure {
	return &matter.Procedure{
		Key: NamingKey, Title: "重点项目列入", Clauses: []string{"A15.2"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "拟写重点项目列入", Edit: true, Stage: "拟写"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发重点项目列入", Stage: "签发"},
			{State: Named, Title: "已列为重点项目", Mark: matter.MarkDone, Public: true, Stage: "已列入"},
			{State: Unnamed, Title: "已取消列入", Mark: matter.MarkStop, Final: true, Public: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本局负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(gatherChoice, reasoned), Submit: true},
			{From: Signing, Do: matter.SignOff, Title: "签发列入", Says: "签发后按重点项目委托监理；已经开工没有监理的，记录并标记。单位不能自行取消。", To: Named, By: identity.OwnerHead, Effect: name},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk},
			{From: Named, Do: Unnaming, Title: "取消列入", Says: "取消后按投资额判断是不是重点项目。", To: Unnamed, By: identity.OwnerHead, Reason: true, Danger: true, Effect: unname},
		},
		Form: choiceForm, About: matter.Subject{Kind: matter.AboutProject, Stages: registry.Under}, Start: identity.BigDataClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			p, err := registry.SubjectIn(ctx, q, c, registry.Under)
			if err != nil {
				return nil, err
			}
			is, err := isNamed(ctx, q, p.ID)
			if err == nil && is {
				err = problem.New(problem.Conflict, "项目“%s”已经列为重点项目", p.Name)
			}
			x := matter.FormOf[Choice](c)
			x.Name, x.Code, x.Unit, c.Year = p.Name, p.Code, units.Name(p.UnitID), p.Year
			return nil, err
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Choice](c).Name + " 列为重点项目" },
	}
}

// ChoiceFacts are what the rule of a naming judges.
type ChoiceFacts struct {
	Reason int    `json:"reason"`
	Filler string `json:"filler,omitempty"` // what was written where a reason belongs
}

func gatherChoice(_ context.Context, _ db.Querier, c *matter.Case) (ChoiceFacts, error) {
	x := matter.FormOf[Choice](c)
	return ChoiceFacts{hanzi.Runes(x.Reason), hanzi.Filler(x.Reason)}, nil
}

var reasoned = measures.Rule[ChoiceFacts]{
	ID: "A15.2-named", Clause: "A15.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Title: "写明列入的理由",
	Source: "第十五条没有规定哪些是重点项目；投资额以外由市大数据发展管理局列入的，写明为什么",
	Judge: func(f ChoiceFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.Filler != "":
			return measures.Failed("form/reason", "列入理由写的是“%s”，请写出实际理由", f.Filler)
		case f.Reason == 0:
			return measures.Failed("form/reason", "请写明列入理由")
		}
		return measures.Passed("已写明")
	},
	Examples: []measures.Example[ChoiceFacts]{{Name: "涉及全市民生", Kind: measures.ExamplePass, Want: measures.Pass, Why: "写明", Facts: ChoiceFacts{Reason: 6}},
		{Name: "没有写", Kind: measures.ExampleFail, Want: measures.Fail, Why: "不知为何列入"},
		{Name: "写“无”", Kind: measures.ExampleFail, Want: measures.Fail, Why: "等于没有写", Facts: ChoiceFacts{Reason: 1, Filler: "无"}}},
}

// named is isNamed in a query about a project p.
const named = `(SELECT COUNT(*) FROM key_project k WHERE k.project_id = p.id)`

func isNamed(ctx context.Context, q db.Querier, project string) (bool, error) {
	n, err := db.Value[int64](ctx, q, `SELECT COUNT(*) FROM key_project WHERE project_id = $1`, project)
	return n > 0, err
}

// name enters the project. One that was begun without supervision is marked.
func name(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	res, err := d.Tx.Exec(ctx, `INSERT INTO key_project (project_id, matter_id, named_on) VALUES ($1,$2,$3) ON CONFLICT (project_id) DO NOTHING`, c.SubjectID, c.ID, string(c.Today))
	if err := db.OneRow(res, err, problem.New(problem.Conflict, "这个项目刚列为重点项目，不必再列")); err != nil {
		return err
	}
	p, err := registry.Subject(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	by, begun, err := supervisorOf(ctx, d.Tx, p.ID)
	if err != nil || !begun {
		return err // not begun: it is asked at the start
	}
	d.Mark(p.ID, measures.Checks(supervised), Facts{On: c.Today, Estimate: worthOf(p), Named: true, Supervised: hanzi.Given(by)})
	return nil
}

func unname(ctx context.Context, d *matter.Doing) error {
	d.Unmark()
	return d.Tx.Later(ctx, `DELETE FROM key_project WHERE project_id = $1`, d.Case.SubjectID)
}

// supervisor names who supervises the building of a project p begun as i: as its start
// says, or as a contract on file does.
const supervisor = `CASE WHEN COALESCE(i.supervisor, '') <> '' THEN i.supervisor ELSE COALESCE((SELECT MIN(v.supervisor) FROM supervision v WHERE v.project_id = p.id), '') END`

// supervisorOf is who supervises a project, "" when nobody does, and whether it has begun.
func supervisorOf(ctx context.Context, q db.Querier, project string) (by string, begun bool, err error) {
	_, err = db.One(ctx, q, func(s db.Scanner) (struct{}, error) {
		var n int64
		err := s.Scan(&by, &n)
		begun = n == 1
		return struct{}{}, err
	}, `SELECT `+supervisor+`, CASE WHEN i.project_id IS NULL THEN 0 ELSE 1 END FROM project p LEFT JOIN implementation i ON i.project_id = p.id WHERE p.id = $1`, project)
	return by, begun, err
}

// Supervise keeps who supervises the building of a project by a contract on file, and
// takes off the mark that nobody does.
func Supervise(ctx context.Context, d *matter.Doing, by string) error {
	d.Mend(d.Case.SubjectID, supervised.ID)
	return d.Tx.Later(ctx, `INSERT INTO supervision (matter_id, project_id, supervisor) VALUES ($1,$2,$3)`, d.Case.ID, d.Case.SubjectID, by)
}
