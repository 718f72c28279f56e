package retirement

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/construction/connection"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/sharing"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// States of a retirement beyond the draft.
const (
	Signing  matter.State = "signing"
	Checking matter.State = "checking"
	Done     matter.State = "retired"
	Dropped  matter.State = "dropped"
)

// Acts of a retirement.
const (
	Confirm matter.Action = "confirm"
	Drop    matter.Action = "drop"
)

// AssetPapers says whether a retirement needs papers on its assets.
var AssetPapers = measures.Param{Key: "retirement.asset_document", Title: "系统停用须有资产处置文件", Kind: measures.KindBool, Default: "yes", Clause: "A26.1", Basis: measures.Reading,
	Note: "第二十六条要求按黔府发〔2022〕18号文办理，没有写明要交什么文件"}

// Retiring is the procedure; filing reads the number under which a system is filed
// for graded protection, "" when it is not.
func Retiring(units *identity.Directory, filing func(ctx context.Context, q db.Querier, systemID string) (string, error)) *matter.Procedure {
	judge := matter.JudgeBy(gather, Rules()...)
	open := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "系统停用", Clauses: []string{"A26.1", "A06.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写系统停用", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发系统停用", Stage: "单位签发"},
			{State: Checking, Title: "待确认", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "核对清除记录，确认停用", Stage: "市大数据局确认"},
			{State: Done, Title: "已停用", Mark: matter.MarkDone, Final: true, Stage: "已停用"},
			{State: Dropped, Title: "已取消", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: matter.Draft, Do: Drop, Title: "取消停用", Says: "系统继续使用，这份案卷到此为止，记录保留。", To: Dropped, By: identity.OwnerHead, Reason: true, Danger: true},
			{From: Signing, Do: matter.SignOff, Title: "签发停用", Says: "签发后由市大数据发展管理局核对清除记录并确认。", To: Checking, By: identity.OwnerHead, Judge: judge},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: open},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: open},
			{From: Checking, Do: Confirm, Title: "确认停用", Says: "确认后系统移出在用台账，等保测评、密码应用评估等到期事项不再计算。", To: Done, By: identity.BigDataClerk, Judge: judge,
				Lines: matter.LineMove{To: matter.LineAccepted}, Effect: retire},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "退回单位补正，内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Lines: open},
			{From: Checking, Do: matter.Withdraw, Title: "撤回", Says: "确认前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead, Lines: open},
		},
		Form: retirementForm, Lines: data, Also: []*matter.Lines{impacts}, Start: identity.OwnerClerk, Params: []measures.Param{AssetPapers},
		About: matter.Subject{Kind: matter.AboutSystem, Stages: registry.InUse},
		Needs: []matter.Need{{Kind: "erasure", Label: "数据清除记录", Clause: "A26.1"}, {Kind: "asset", Label: "资产处置文件", Clause: "A26.1"}, {Kind: "release", Label: "资源释放、备案注销凭据", Clause: "A26.1"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			y, err := registry.OwnSystem(ctx, q, c)
			if err != nil {
				return nil, err
			}
			if y.State == registry.Retired {
				return nil, gone(y)
			}
			r := matter.FormOf[Retirement](c)
			r.Name, r.Code, r.Hosting, c.Year = y.Name, y.Code(), hostingOf(y), int64(c.Today.Year())
			if r.Filing, err = filing(ctx, q, y.ID); err != nil {
				return nil, err
			}
			if r.earlier, err = db.Value[int64](ctx, q, `SELECT COUNT(*) FROM matter WHERE procedure = $1 AND subject_id = $2 AND closed_at > 0`, Key, y.ID); err != nil {
				return nil, err
			}
			return known(ctx, q, units, y)
		},
		// one at a time: a system that came back into use may be retired again
		Once: func(c *matter.Case) string {
			return fmt.Sprintf("%s/%d", c.SubjectID, matter.FormOf[Retirement](c).earlier)
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Retirement](c).Name + " 停用" },
	}
}

func gone(y registry.Described) error {
	return problem.New(problem.Conflict, "系统“%s”已于 %s 停用", y.Name, y.RetiredOn)
}

// known are the lines a retirement begins with: the data the catalogue has of the
// system, and what the registers say is connected to it.
func known(ctx context.Context, q db.Querier, units *identity.Directory, y registry.Described) ([]matter.Line, error) {
	var out []matter.Line
	entries, err := catalogue.OfSystem(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		out = append(out, matter.Line{Of: data, Body: &Data{Name: e.Name, Resource: e.Code}})
	}
	platforms, err := connection.JoinedBy(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	users, err := sharing.Users(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	touch := func(kind, users string, names ...string) {
		for _, n := range names {
			if n = strings.TrimSpace(n); n != "" {
				out = append(out, matter.Line{Of: impacts, Body: &Impact{Kind: kind, Name: cut(n), Users: users}})
			}
		}
	}
	touch("platform", "", platforms...)
	for _, e := range entries {
		if e.State == string(catalogue.Shelved) {
			var names []string
			for _, u := range users[e.ID] {
				names = append(names, units.Name(u))
			}
			touch("share", cut(strings.Join(names, "、")), "共享数据“"+e.Name+"”")
		}
	}
	touch("interface", "", strings.Split(y.Sheet.Interfaces, "\n")...)
	touch("service", cut(y.Sheet.UsedBy), strings.Split(y.Sheet.Services, "\n")...)
	return out[:min(len(out), data.Max)], nil
}

// cut keeps what a line of the form can hold.
func cut(s string) string {
	r := []rune(s)
	return string(r[:min(len(r), 200)])
}

// retire takes the system out of the inventory, and what was owed about it with it.
func retire(ctx context.Context, d *matter.Doing) error {
	c, r := d.Case, matter.FormOf[Retirement](d.Case)
	y, err := registry.OwnSystem(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	if !slices.Contains(registry.InUse, y.State) {
		return gone(y)
	}
	next, err := successor(ctx, d.Tx, c, r)
	if err != nil {
		return err
	}
	if err := registry.Retire(ctx, d.Tx, y.ID, c.Today, next.Name); err != nil {
		return err
	}
	return duty.TakeBackOf(ctx, d.Tx, y.ID)
}

// successor is the system that takes over, empty when none does.
func successor(ctx context.Context, q db.Querier, c *matter.Case, r *Retirement) (registry.System, error) {
	if strings.TrimSpace(r.Successor) == "" {
		return registry.System{}, nil
	}
	return registry.NamedSystem(ctx, q, c.Jurisdiction, c.UnitID, r.Successor)
}
