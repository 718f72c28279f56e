package archive

import (
	"context"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/estimate"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "archive"

// Opinion is the kind of document that carries the scanned opinion.
const Opinion = "opinion"

// States of a record beyond the draft.
const (
	Signing  matter.State = "signing"
	Consent  matter.State = "consent"
	Checking matter.State = "checking"
	Filed    matter.State = "filed"
)

// Refresh takes up what has been attached since.
const Refresh matter.Action = "refresh"

// Accepting is the procedure.
func Accepting() *matter.Procedure {
	back := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "档案验收", Clauses: []string{"A21.1", "A05.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写归档清单和档案验收结果", Edit: true, Stage: "填写"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发档案验收结果", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意报备档案验收结果", Stage: "主管部门"},
			{State: Checking, Title: "待备案", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "备案档案验收结果", Stage: "备案"},
			{State: Filed, Title: "已备案", Mark: matter.MarkDone, Final: true, Stage: "已备案"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: Refresh, Title: "按现有附件更新", Says: "把项目各案卷里新增的附件列入清单，已填的保留。", To: matter.Draft, By: identity.OwnerClerk, Effect: refresh},
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Signing, Do: matter.SignOff, Title: "签发", Says: "签发后报市大数据发展管理局备案；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent}, Route: viaParent, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: Consent, Do: matter.Consent, Title: "同意报备", Says: "同意后报市大数据发展管理局备案。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true, Lines: back},
			{From: Checking, Do: matter.Acknowledge, Title: "予以备案", Says: "备案是收到并记录，不是审批；不合格的也如实备案，整改后另行验收。", To: Filed, By: identity.BigDataClerk,
				Lines: matter.LineMove{To: matter.LineAccepted}, Effect: enter, Issue: &matter.Series{Key: "archive", Word: "档备", Title: "档案验收备案回执"}},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "只因材料不全、填写有误退回，内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Danger: true, Lines: back},
			{From: Checking, Do: matter.Withdraw, Title: "撤回报备", Says: "备案前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead, Lines: back},
		},
		Form: acceptanceForm, Lines: items,
		Needs: []matter.Need{{Kind: Opinion, Label: "档案验收意见扫描件", Clause: "A21.1"}},
		About: matter.Subject{Kind: matter.AboutProject, Stages: registry.Unaccepted}, Start: identity.OwnerClerk, Prepare: prepare,
		Name:     func(c *matter.Case) string { return matter.FormOf[Acceptance](c).Name + " 档案验收" },
		Replaces: true,
	}
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Checking
}

func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	p, err := registry.OwnSubject(ctx, q, c, registry.Unaccepted)
	if err != nil {
		return nil, err
	}
	period, err := estimate.PeriodOf(ctx, q, p, c)
	if err != nil {
		return nil, err
	}
	before, err := lastList(ctx, q, p.ID, period)
	if err != nil {
		return nil, err
	}
	list := ListAt(c.Today)
	a := matter.FormOf[Acceptance](c)
	a.Name, a.Code, a.Kind, a.Version = p.Name, p.Code, form.Label(registry.BuildKinds, p.BuildKind), list.Version
	files, err := filesOf(ctx, q, p)
	if err != nil {
		return nil, err
	}
	at := list.sort(files)
	var out []matter.Line
	for _, m := range list.Materials {
		i := &Item{Title: m.Title, Key: m.Key, Category: m.Category, Stage: m.Stage, Must: m.Must(p.BuildKind), Retention: m.Retention}
		i.take(at[m.Key])
		if was, is := before[m.Key]; is && (i.Status == "" || was.Status == Missing) {
			i.Status, i.Reason, i.Medium, i.Retention, i.Place = was.Status, was.Reason, was.Medium, was.Retention, was.Place
		}
		out = append(out, matter.Line{Of: items, Body: i})
	}
	return out, nil
}

// lastList are the rows of the archive acceptance that stands, by key: one after mending
// begins with what was said then.
func lastList(ctx context.Context, q db.Querier, projectID, period string) (map[string]Item, error) {
	s, err := StandingOf(ctx, q, projectID, period)
	if err != nil || s.MatterID == "" {
		return nil, err
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (Item, error) {
		var i Item
		err := s.Scan(&i.Key, &i.Status, &i.Reason, &i.Medium, &i.Retention, &i.Place)
		return i, err
	}, `SELECT item, status, reason, medium, retention, place FROM archive_item WHERE matter_id = $1 ORDER BY seq`, s.MatterID)
	out := map[string]Item{}
	for _, i := range rows {
		out[i.Key] = i
	}
	return out, err
}

// take lists attachments on a row; what nobody has said anything about is archived with them.
func (i *Item) take(names []string) {
	i.Files = strings.Join(names, "\n")
	if len(names) > 0 && i.Status == "" {
		i.Status = Found
		if i.Medium == "" {
			i.Medium = "electronic"
		}
	}
}

// file is an attachment that stands in a case of the project.
type file struct{ procedure, kind, name string }

func filesOf(ctx context.Context, q db.Querier, p registry.Project) ([]file, error) {
	return db.All(ctx, q, func(s db.Scanner) (file, error) {
		var f file
		err := s.Scan(&f.procedure, &f.kind, &f.name)
		return f, err
	}, `SELECT m.procedure, a.kind, a.name FROM attachment a JOIN matter m ON m.id = a.matter_id WHERE a.removed_at = 0 AND m.procedure <> 'archive' AND m.id IN (
		SELECT s.id FROM matter s WHERE s.subject_id = $1 UNION ALL SELECT o.id FROM matter o WHERE o.id = $2 UNION ALL SELECT e.matter_id FROM plan_entry e WHERE e.project_id = $1 AND e.included = 1)
		ORDER BY a.uploaded_at, a.id LIMIT 1000`, p.ID, p.MatterID)
}

// sort puts attachments on the rows of the list; what no row names goes to the last.
func (l List) sort(files []file) map[string][]string {
	place := map[string]string{}
	for _, m := range l.Materials {
		for _, from := range m.From {
			place[from] = m.Key
		}
	}
	out := map[string][]string{}
	for _, f := range files {
		key, ok := place[f.procedure+"/"+f.kind]
		if !ok {
			key = other
		}
		out[key] = append(out[key], f.name)
	}
	return out
}

func refresh(ctx context.Context, d *matter.Doing) error {
	p, err := registry.Subject(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	files, err := filesOf(ctx, d.Tx, p)
	if err != nil {
		return err
	}
	at := versionOf(d.Case).sort(files)
	for _, ln := range d.Case.LinesOf("") {
		i := matter.BodyOf[Item](ln)
		was := i.Files
		if i.take(at[i.Key]); i.Files == was {
			continue
		}
		if err := d.KeepLine(ctx, ln); err != nil {
			return err
		}
	}
	return nil
}

// versionOf is the list the case was opened with.
func versionOf(c *matter.Case) List {
	for _, l := range lists {
		if l.Version == matter.FormOf[Acceptance](c).Version {
			return l
		}
	}
	return lists[0]
}

// Standing is the newest result that was filed.
type Standing struct {
	MatterID  string        `json:"matter,omitempty"`
	Result    string        `json:"result,omitempty"` // "" when there is none
	On        calendar.Date `json:"on,omitempty"`
	Organiser string        `json:"organiser,omitempty"`
	Missing   int64         `json:"missing,omitempty"` // mandatory materials that were missing
}

// StandingOf reads the newest result of a project and period; an empty one when there is none.
func StandingOf(ctx context.Context, q db.Querier, projectID, period string) (Standing, error) {
	s, err := db.One(ctx, q, func(s db.Scanner) (Standing, error) {
		var t Standing
		err := s.Scan(&t.MatterID, &t.Result, &t.On, &t.Organiser, &t.Missing)
		return t, err
	}, `SELECT matter_id, result, accepted_on, organiser, missing FROM archive_acceptance WHERE project_id = $1 AND period = $2 ORDER BY accepted_on DESC, filed_at DESC, matter_id DESC LIMIT 1`, projectID, period)
	if db.None(err) {
		return Standing{}, nil
	}
	return s, err
}

func enter(ctx context.Context, d *matter.Doing) error {
	c, a := d.Case, matter.FormOf[Acceptance](d.Case)
	p, err := registry.Subject(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	f, err := gather(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	d.Mark(p.ID, measures.Checks(lacking), f)
	return d.Tx.Later(ctx, `INSERT INTO archive_acceptance (matter_id, project_id, period, result, accepted_on, organiser, missing, filed_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		c.ID, p.ID, registry.Period(p.BuildKind, c.Year), a.Result, string(a.On), a.Organiser, int64(len(f.lacking())), c.Now.UnixMilli())
}

// Result is a result on file.
type Result struct {
	Period string
	Standing
}

// Of lists the results that were filed for a project, the newest first, at most 50.
func Of(ctx context.Context, q db.Querier, projectID string) ([]Result, error) {
	return db.All(ctx, q, func(s db.Scanner) (Result, error) {
		var r Result
		err := s.Scan(&r.MatterID, &r.Period, &r.Result, &r.On, &r.Organiser, &r.Missing)
		return r, err
	}, `SELECT matter_id, period, result, accepted_on, organiser, missing FROM archive_acceptance WHERE project_id = $1 ORDER BY accepted_on DESC, filed_at DESC, matter_id DESC LIMIT 50`, projectID)
}
