package performance

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// LibraryKey names the procedure that publishes an indicator library.
const LibraryKey = "indicator-library"

// first is the library that comes with the program [practice], until the bureau
// publishes its own: 产出 50, 效益 30, 满意度 10 points.
var first = []Indicator{
	{"output", "数量", "建设或运维的系统数量", "按实施方案", 5}, {"output", "数量", "功能模块完成率", "100%", 8}, {"output", "数量", "接口和共享目录上架数", "按实施方案", 5},
	{"output", "质量", "验收合格率", "100%", 7}, {"output", "质量", "系统可用率（全年）", "≥99.5%", 7}, {"output", "质量", "等保测评结论", "基本符合及以上", 4},
	{"output", "时效", "按期完成率", "100%", 5}, {"output", "时效", "故障响应和修复时间", "≤30 分钟 / ≤4 小时", 4}, {"output", "成本", "成本控制（不超概算、预算）", "≤100%", 5},
	{"benefit", "经济效益", "减少重复建设、节约资金", "按实施方案", 5}, {"benefit", "社会效益", "办理时限压减、服务人次", "按实施方案", 10}, {"benefit", "社会效益", "业务应用率（活跃用户 / 注册用户）", "≥60%", 5},
	{"benefit", "数据共享", "目录挂接率和共享调用", "100%", 5}, {"benefit", "可持续影响", "运维机制和人员保障", "健全", 5},
	{"satisfaction", "服务对象满意度", "用户满意度", "≥90%", 10},
}

// Library is the indicators in force on a day in a jurisdiction.
func Library(ctx context.Context, q db.Querier, jurisdiction string, on calendar.Date) ([]Indicator, error) {
	list, err := db.All(ctx, q, scanIndicator, `SELECT level1, level2, name, target, weight FROM indicator WHERE jurisdiction = $1
		AND version = (SELECT MAX(i.version) FROM indicator i WHERE i.jurisdiction = $1 AND i.from_date <= $2) ORDER BY seq`, jurisdiction, string(on))
	if err == nil && len(list) == 0 {
		return first, nil
	}
	return list, err
}

func scanIndicator(s db.Scanner) (Indicator, error) {
	var i Indicator
	err := s.Scan(&i.Level1, &i.Level2, &i.Name, &i.Target, &i.Weight)
	return i, err
}

// Revision is the form of a new version of the library.
type Revision struct{ Why string }

var revisionForm = form.For[Revision](form.Section{Key: "library", Title: "修订", Clauses: []string{"A13.1"}, Fields: []form.Field{
	form.LongField("why", "修订说明", func(r *Revision) *string { return &r.Why }, form.Max(500), form.Required)}})

// Publishing is how the bureau revises the library.
func Publishing() *matter.Procedure {
	return &matter.Procedure{
		Key: LibraryKey, Title: "绩效指标库", Clauses: []string{"A13.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "修订绩效指标库", Edit: true, Stage: "修订"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发绩效指标库", Stage: "签发"},
			{State: Issued, Title: "已发布", Mark: matter.MarkDone, Final: true, Public: true, Stage: "已发布"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送签", Says: "送负责人签发。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gatherTree, LibraryRules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Signing, Do: matter.SignOff, Title: "发布", Says: "发布之日起，新的事前绩效评估从这一版指标开始填。", To: Issued, By: identity.OwnerHead, Effect: publish},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: matter.LineMove{To: matter.LineDraft}},
		},
		Form: revisionForm, Lines: treeLines, Start: identity.BigDataClerk,
		Name: func(c *matter.Case) string {
			return fmt.Sprintf("绩效指标库修订（%s）", calendar.Of(matter.Time(c.OpenedAt)))
		},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			list, err := Library(ctx, q, c.Jurisdiction, c.Today)
			return treeOf(list), err
		},
	}
}

func treeOf(list []Indicator) []matter.Line {
	var out []matter.Line
	for _, i := range list {
		out = append(out, matter.Line{Of: treeLines, Body: &i})
	}
	return out
}

func publish(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	last, err := db.Value[int64](ctx, d.Tx, `SELECT COALESCE(MAX(version), 1) FROM indicator WHERE jurisdiction = $1`, c.Jurisdiction)
	if err != nil {
		return err
	}
	for _, ln := range c.LinesOf("") {
		i := matter.BodyOf[Indicator](ln)
		if err := d.Tx.Later(ctx, `INSERT INTO indicator (jurisdiction, version, seq, level1, level2, name, target, weight, from_date) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
			c.Jurisdiction, last+1, ln.Seq, i.Level1, i.Level2, i.Name, i.Target, i.Weight, string(c.Today)); err != nil {
			return err
		}
	}
	return nil
}
