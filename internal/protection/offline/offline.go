// Package offline keeps that a unit has a classified project or system, and nothing of
// it (涉密项目(线下办理), Article 30): neither name nor content enters this system.
package offline

import (
	"context"
	"strconv"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// Key names the procedure in URLs and the record.
const Key = "offline"

// Recorded is where a flag stands once its head has signed.
const (
	Signing  matter.State = "signing"
	Recorded matter.State = "recorded"
)

// Flag says that there is something, and nothing more. It has no text on purpose.
type Flag struct {
	Kind    string
	Offline bool
}

var kinds = []form.Option{{ID: "project", Label: "涉密项目"}, {ID: "system", Label: "涉密信息系统"}}

var flagForm = form.For[Flag](form.Section{Key: "flag", Title: "线下办理", Clauses: []string{"A30.1", "A28.2"}, Fields: []form.Field{
	form.ChoiceField("kind", "种类", kinds, func(f *Flag) *string { return &f.Kind }, form.Required, form.Help("只登记有没有，不写名称、数量和内容")),
	form.CheckField("offline", "本单位当年有，按国家保密有关规定线下办理", func(f *Flag) *bool { return &f.Offline }),
}})

// Facts are what the rule of a flag judges.
type Facts struct {
	Offline bool `json:"offline"`
}

func gather(_ context.Context, _ db.Querier, c *matter.Case) (Facts, error) {
	return Facts{matter.FormOf[Flag](c).Offline}, nil
}

var handled = measures.Rule[Facts]{
	ID: "A30.1-offline", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Title: "按保密规定线下办理", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.Offline {
			return measures.Failed("form/offline", "请确认有涉密项目或系统并按保密规定线下办理；没有的不必登记")
		}
		return measures.Passed("线下办理")
	},
	Examples: []measures.Example[Facts]{{Name: "线下办理", Kind: measures.ExamplePass, Want: measures.Pass, Why: "按保密规定", Facts: Facts{true}},
		{Name: "没有确认", Kind: measures.ExampleFail, Want: measures.Fail, Why: "不知是否线下办理"}},
}

// Flagging is the procedure.
func Flagging() *matter.Procedure {
	return &matter.Procedure{
		Key: Key, Title: "涉密项目（线下办理）", Clauses: []string{"A30.1", "A28.2"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "登记涉密项目（线下办理）", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发登记", Stage: "单位签发"},
			{State: Recorded, Title: "已登记", Mark: matter.MarkDone, Final: true, Stage: "已登记"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(gather, handled), Submit: true},
			{From: Signing, Do: matter.SignOff, Title: "签发登记", Says: "登记的只是线下办理这件事；名称和内容不进入本系统。", To: Recorded, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿。", To: matter.Draft, By: identity.OwnerClerk},
		},
		Form: flagForm, Start: identity.OwnerClerk,
		Prepare: func(_ context.Context, _ db.Querier, c *matter.Case) ([]matter.Line, error) {
			if c.Year == 0 {
				c.Year = int64(c.Today.Year())
			}
			return nil, nil
		},
		Name: func(c *matter.Case) string {
			return strconv.FormatInt(c.Year, 10) + " 年涉密项目（线下办理）"
		},
	}
}
