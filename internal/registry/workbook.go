package registry

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/problem"
)

// MostExported is how many projects one workbook takes.
const MostExported = 20_000

// origins say how a project came into the register, where it was not by a unit's plan.
var origins = []form.Option{{ID: "plan", Label: "部门计划"}, {ID: "reserve", Label: "直接申报储备"}, {ID: "existing", Label: "存量"}, {ID: "supplement", Label: "增补"}}

// Workbook is every project of a filter that the actor may see, with the sums
// the list shows, as a file for Excel and WPS.
func Workbook(ctx context.Context, q db.Querier, units *identity.Directory, actor identity.Actor, f Filter, on calendar.Date) ([]byte, error) {
	if actor.Administrator() {
		return nil, problem.New(problem.Forbidden, "三员不查看业务数据，不能导出项目")
	}
	f.After = ""
	total, err := Total(ctx, q, actor, f)
	if err != nil {
		return nil, err
	}
	switch {
	case total.Projects == 0:
		return nil, problem.New(problem.NotFound, "没有符合条件、您可以查看的项目，没有可以导出的")
	case total.Projects > MostExported:
		return nil, problem.New(problem.Invalid, "符合条件的项目有 %d 个，一次最多导出 %d 个，请按年度、单位或阶段缩小范围", total.Projects, MostExported)
	}
	f.Limit = MostExported
	rows, err := pageOf(ctx, q, scanProject, projectColumns, actor, f)
	if err != nil {
		return nil, err
	}
	s := paper.Sheet{Name: "项目", Title: "政务信息系统项目总库", Note: fmt.Sprintf("%s。导出日期 %s。金额单位：万元。", f.says(units), on)}
	for _, name := range []string{"序号", "项目编号", "项目名称", "单位", "主管部门", "年度", "建设性质", "项目类别", "阶段", "来源", "自建", "估算总投资", "审定金额", "列入计划资金", "概算", "预算", "合同", "已支付", "决算", "总体目标"} {
		s.Columns = append(s.Columns, paper.Column{Name: name})
	}
	for i, p := range rows {
		own := ""
		if p.OwnBuild {
			own = "自建"
		}
		s.Rows = append(s.Rows, []paper.Cell{paper.Int(i + 1), paper.Text(p.Code), paper.Text(p.Name), paper.Text(units.Name(p.UnitID)), paper.Text(units.Name(p.ParentUnitID)), paper.Int(int(p.Year)),
			paper.Text(form.Label(BuildKinds, p.BuildKind)), paper.Text(form.Label(SystemClasses, p.Class)), paper.Text(form.Label(Stages, string(p.Stage))), paper.Text(form.Label(origins, p.Origin)), paper.Text(own),
			paper.Amount(p.Estimate), paper.Amount(p.Reviewed), paper.Amount(p.Planned), paper.Amount(p.Money.Ceiling), paper.Amount(p.Money.Budget), paper.Amount(p.Money.Contracted),
			paper.Amount(p.Money.Paid), paper.Amount(p.Money.Settled), paper.Text(p.Goal)})
	}
	s.Totals = []paper.Cell{paper.Text("合计"), {}, paper.Text(fmt.Sprintf("%d 个", total.Projects)), {}, {}, {}, {}, {}, {}, {}, {}, paper.Amount(total.Estimate), paper.Amount(total.Reviewed), paper.Amount(total.Planned),
		paper.Amount(total.Ceiling), paper.Amount(total.Budget), paper.Amount(total.Contracted), paper.Amount(total.Paid), paper.Amount(total.Settled)}
	return paper.Workbook(s)
}

// says tells in words what the filter narrows to.
func (f Filter) says(units *identity.Directory) string {
	text := "全部年度"
	if f.Year != 0 {
		text = fmt.Sprintf("%d 年度", f.Year)
	}
	for _, part := range []string{units.Name(f.UnitID), form.Label(Stages, string(f.Stage)), form.Label(BuildKinds, f.BuildKind)} {
		if part != "" {
			text += "，" + part
		}
	}
	return text
}

// Years lists the years that have projects in a jurisdiction, the newest leading. A
// project keeps its year, so a year that has sums has projects.
func Years(ctx context.Context, q db.Querier, jurisdiction string) ([]int64, error) {
	return db.Column[int64](ctx, q, `SELECT t.year FROM project_total t WHERE t.jurisdiction = $1 AND t.unit_id = $2 ORDER BY t.year DESC`, jurisdiction, wholeYear)
}
