package catalogue

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// States of an entry beyond the draft.
const (
	Clearing  matter.State = "clearing"
	Checking  matter.State = "checking"
	Published matter.State = "published"
	Shelved   matter.State = "shelved"
	Suspended matter.State = "suspended"
	Withdrawn matter.State = "withdrawn"
)

// Acts of an entry.
const (
	Clear    matter.Action = "clear"
	Publish  matter.Action = "publish"
	Shelve   matter.Action = "shelve"
	Update   matter.Action = "update"
	Amend    matter.Action = "amend"
	Suspend  matter.Action = "suspend"
	Resume   matter.Action = "resume"
	TakeDown matter.Action = "take-down"
	Move     matter.Action = "move"
)

// ShelveDuty is what a published entry owes: to be shelved.
var ShelveDuty = duty.Kind{Key: "catalogue-shelve", Clause: "A24.4", Title: "上架 %s", Short: "资源上架", Act: "上架",
	Consequence: "逾期未上架的列入数据目录的督促清单，并计入年度评估的数据部分。"}

// ShelveDays are counted from publication, the day itself left out.
var ShelveDays = measures.Param{Key: "catalogue.shelve_days", Title: "目录发布后多少天内上架", Unit: "天", Kind: measures.KindDays, Default: "30", Clause: "A24.4", Basis: measures.Reading,
	Note: "第二十四条只说“及时上架”"}

// UpdateGrace is how far past its cycle an update may come.
var UpdateGrace = measures.Param{Key: "catalogue.update_grace", Title: "超过更新周期百分之几仍不算逾期", Unit: "%", Kind: measures.KindPercent, Default: "50", Clause: "A25.1", Basis: measures.Reading,
	Note: "更新周期由责任清单写明，《办法》没有写宽限"}

// Cataloguing is the procedure.
func Cataloguing(units *identity.Directory) *matter.Procedure {
	judge := matter.JudgeBy(gather, Rules()...)
	back := matter.LineMove{To: matter.LineDraft}
	today := func(c *matter.Case) map[string]string { return map[string]string{"on_date": string(c.Today)} }
	return &matter.Procedure{
		Key: Key, Title: "数据目录", Clauses: []string{"A23.1", "A24.1", "A24.2", "A24.4", "A22.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "编制目录", Edit: true, Stage: "编制"},
			{State: Clearing, Title: "待保密审查", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "保密审查并签发", Clause: "A24.2", Stage: "保密审查"},
			{State: Checking, Title: "待发布", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "检查格式并发布", Stage: "市大数据局发布"},
			{State: Published, Title: "已发布，未上架", Mark: matter.MarkWarn, Stage: "已发布", Public: true},
			{State: Shelved, Title: "已上架", Mark: matter.MarkDone, Stage: "已上架", Public: true},
			{State: Suspended, Title: "暂停", Mark: matter.MarkWarn, Public: true},
			{State: Withdrawn, Title: "已撤销", Mark: matter.MarkStop, Final: true, Public: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交保密审查", Says: "送本单位负责人保密审查并签发，通过前可以撤回。", To: Clearing, By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Clearing, Do: Clear, Title: "审查通过并签发", Says: "记录保密审查，报市大数据发展管理局发布。上架前必须经过这一步。", To: Checking, By: identity.OwnerHead, Input: &secrecyForm, Suggest: today,
				Judge: matter.JudgeBy(gatherSecrecy, cleared)},
			{From: Clearing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: Clearing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: Checking, Do: Publish, Title: "发布", Says: "编定资源代码并发布；这是格式检查，不是审批内容。", To: Published, Or: []matter.State{Shelved}, Route: asItStood, By: identity.BigDataClerk,
				Lines: matter.LineMove{To: matter.LineAccepted}, Effect: publish},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "退回单位补正，内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Lines: back},
			{From: Checking, Do: matter.Withdraw, Title: "撤回", Says: "发布前可以撤回修改；撤回后须重新保密审查。", To: matter.Draft, By: identity.OwnerHead, Lines: back},
			{From: Published, Do: Shelve, Title: "上架", Says: "登记挂接位置，其他单位即可申请使用。", To: Shelved, By: identity.OwnerClerk, Input: &shelvingForm, Suggest: today, Judge: matter.JudgeBy(gatherShelving, shelvedRule), Effect: shelve},
			{From: Shelved, Do: Update, Title: "登记更新", Says: "登记数据已经更新，更新时限重新计算。", To: Shelved, By: identity.OwnerClerk, Input: &updatingForm, Suggest: today, Judge: matter.JudgeBy(gatherUpdating, updated), Effect: update},
			{From: Published, Do: Amend, Title: "变更目录", Says: "转为草稿修改，再次保密审查和发布；发布以前对外仍是原来的内容。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: Shelved, Do: Amend, Title: "变更目录", Says: "转为草稿修改，再次保密审查和发布；发布以前对外仍是原来的内容。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: Shelved, Do: Suspend, Title: "暂停服务", Says: "暂停期间其他单位不能申请；恢复后继续。", To: Suspended, By: identity.OwnerHead, Reason: true, Effect: become(Suspended)},
			{From: Suspended, Do: Resume, Title: "恢复服务", Says: "恢复为已上架。", To: Shelved, By: identity.OwnerHead, Effect: become(Shelved)},
			{From: Published, Do: Move, Title: "转到接替系统", Says: movesSay, To: Published, By: identity.OwnerHead, Input: &movingForm, Judge: matter.JudgeBy(gatherMoving, moved), Effect: move},
			{From: Shelved, Do: Move, Title: "转到接替系统", Says: movesSay, To: Shelved, By: identity.OwnerHead, Input: &movingForm, Judge: matter.JudgeBy(gatherMoving, moved), Effect: move},
			{From: Suspended, Do: Move, Title: "转到接替系统", Says: movesSay, To: Suspended, By: identity.OwnerHead, Input: &movingForm, Judge: matter.JudgeBy(gatherMoving, moved), Effect: move},
			{From: Suspended, Do: TakeDown, Title: "撤销目录", Says: "资源代码不再使用，记录保留。", To: Withdrawn, By: identity.OwnerHead, Reason: true, Danger: true, Effect: withdraw},
			{From: Published, Do: TakeDown, Title: "撤销目录", Says: "资源代码不再使用，记录保留。", To: Withdrawn, By: identity.OwnerHead, Reason: true, Danger: true, Effect: withdraw},
			{From: Shelved, Do: TakeDown, Title: "撤销目录", Says: "资源代码不再使用，记录保留。", To: Withdrawn, By: identity.OwnerHead, Reason: true, Danger: true, Effect: withdraw},
		},
		Form: entryForm, Lines: items, Params: []measures.Param{ShelveDays, UpdateGrace}, Duties: []duty.Kind{ShelveDuty},
		Needs: []matter.Need{{Kind: "secrecy", Label: "保密审查记录", Clause: "A24.2"}, {Kind: "basis", Label: "不予共享的依据", Clause: "A24.1"}},
		About: matter.Subject{Kind: matter.AboutSystem, Stages: registry.InUse}, Start: identity.OwnerClerk, Proxy: identity.BigDataClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			y, err := registry.OwnSystem(ctx, q, c)
			if err == nil && y.State == registry.Retired {
				err = problem.New(problem.Conflict, "系统“%s”已经停用，不能再编目", y.Name)
			}
			e := matter.FormOf[Entry](c)
			e.System, e.Provider, e.Level = y.Name, units.Name(c.UnitID), y.Sheet.DataLevel
			return nil, err
		},
		Name: func(c *matter.Case) string {
			if e := matter.FormOf[Entry](c); hanzi.Given(e.Name) {
				return e.Name
			}
			return matter.FormOf[Entry](c).System + " 数据目录"
		},
	}
}

// asItStood is where a published entry stands: one that was shelved before its
// change still is, unless it is not shared any more.
func asItStood(c *matter.Case) matter.State {
	if e := matter.FormOf[Entry](c); e.Service != "" && e.ShareType != None {
		return Shelved
	}
	return Published
}
