package annualplan

import (
	"context"
	"fmt"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/registry"
)

// included lists the lines of a plan that stand in it.
func included(c *matter.Case) []matter.Line {
	var out []matter.Line
	for _, ln := range c.Lines {
		if e := matter.BodyOf[Entry](ln); e.Included && !e.Struck {
			out = append(out, ln)
		}
	}
	return out
}

func period(e *Entry) string {
	if e.Start == "" && e.End == "" {
		return ""
	}
	return string(e.Start) + " 至 " + string(e.End)
}

func cloud(e *Entry) string {
	switch e.Deploy {
	case "":
		return ""
	case "gov_cloud", "mixed":
		return "是（" + form.Label(reserve.Deployments, e.Deploy) + "）"
	}
	return "否（" + form.Label(reserve.Deployments, e.Deploy) + "）"
}

var opinionWords = map[string]string{Agree: "同意", Assess: "同意，须决策评估", Strike: "剔除", Back: "退回"}

func opinionCell(s Standing) paper.Cell {
	switch {
	case s.Opinion == "":
		return paper.Text("")
	case !s.Holds:
		return paper.Text("须重新确认")
	}
	return paper.Text(opinionWords[s.Opinion])
}

// SummaryOf makes the plan summary of a plan, with the supplements the actor may see.
func SummaryOf(ctx context.Context, q db.Querier, units *identity.Directory, actor identity.Actor, c *matter.Case) ([]byte, error) {
	standing, err := Stand(ctx, q, units, c)
	if err != nil {
		return nil, err
	}
	added, err := registry.OfOrigin(ctx, q, actor, registry.Supplemented, c.Year)
	if err != nil {
		return nil, err
	}
	return Summary(c, standing, added, units.Name)
}

// RequestOf makes the paper under the number with which the plan went up, once it did.
func RequestOf(ctx context.Context, q db.Querier, units *identity.Directory, c *matter.Case) (paper.Document, error) {
	sent, _, err := matter.LastInput[Papers](ctx, q, c, Report)
	if err != nil {
		return paper.Document{}, err
	}
	issuer, _ := units.ByOffice(c.Jurisdiction, identity.BigData)
	number := ""
	if sent != nil {
		number = sent.Number
	}
	return Request(c, issuer.Name, number), nil
}

// Summary is the plan summary (年度计划汇总表) as a workbook: all items of the
// plan with their totals, the sums by unit, by kind and by source, and what the
// year got beside the plan as supplements.
func Summary(c *matter.Case, standing map[string]map[string]Standing, supplements []registry.Project, unitOf func(string) string) ([]byte, error) {
	sheet := paper.Sheet{Name: "汇总表", Title: fmt.Sprintf("%d 年度市级政务信息系统项目计划汇总表", c.Year), Note: fmt.Sprintf("%s，第 %d 版。金额单位：万元。", c.StateDef().Title, max(1, c.Version))}
	for _, name := range []string{"序号", "项目编号", "建设单位", "项目名称", "建设性质", "项目类别", "主要建设内容", "建设依据", "建设起止", "总投资（审定概算）", "以前年度已安排", "本年度计划资金",
		"市级财政", "中央", "省级", "自有", "储备入库日期", "储备有效期至", "评审结论", "轻重缓急", "等保级别", "是否上云", "决策评估审核", "大数据意见", "发展改革意见", "网信意见", "备注"} {
		sheet.Columns = append(sheet.Columns, paper.Column{Name: name})
	}
	for i, ln := range included(c) {
		e := matter.BodyOf[Entry](ln)
		sheet.Rows = append(sheet.Rows, []paper.Cell{paper.Int(i + 1), paper.Text(e.Code), paper.Text(e.Unit), paper.Text(e.Name), paper.Text(form.Label(registry.BuildKinds, e.BuildKind)),
			paper.Text(form.Label(registry.SystemClasses, e.Class)), paper.Text(e.Content), paper.Text(e.Basis), paper.Text(period(e)), paper.Amount(e.Estimate), paper.Amount(e.Prior), paper.Amount(e.Year),
			paper.Amount(e.City), paper.Amount(e.Central), paper.Amount(e.Provincial), paper.Amount(e.Own), paper.Day(e.EnteredOn), paper.Day(e.ValidUntil),
			paper.Text(form.Label(review.Results, e.Conclusion)), paper.Text(form.Label(registry.Priorities, e.Priority)), paper.Text(e.Level), paper.Text(cloud(e)), paper.Text(assessment(e, standing[identity.NDRC][ln.ID])),
			opinionCell(standing[Offices[0]][ln.ID]), opinionCell(standing[Offices[1]][ln.ID]), opinionCell(standing[Offices[2]][ln.ID]), paper.Text(e.Remark)})
	}
	t := Count(c.Lines)
	a := t.All
	sheet.Totals = []paper.Cell{paper.Text("合计"), {}, {}, paper.Text(fmt.Sprintf("%d 项", a.Items)), {}, {}, {}, {}, {}, paper.Amount(a.Estimate), {}, paper.Amount(a.Year),
		paper.Amount(a.City), paper.Amount(a.Central), paper.Amount(a.Provincial), paper.Amount(a.Own)}
	sheets := []paper.Sheet{sheet, groups("分单位", "建设单位", t.ByUnit, a), groups("分性质", "建设性质", t.ByKind, a), bySource(a)}
	if len(supplements) > 0 {
		sheets = append(sheets, supplemented(c.Year, supplements, unitOf))
	}
	return paper.Workbook(sheets...)
}

// assessment says whether an item needs a decision assessment, with what
// 发展改革 said about it (A05.4).
func assessment(e *Entry, ndrc Standing) string {
	switch {
	case ndrc.Opinion == Assess:
		return "须评估：" + ndrc.Reason
	case e.Assess:
		return "须评估（单位申报）"
	}
	return ""
}

func bySource(a Sums) paper.Sheet {
	s := paper.Sheet{Name: "分来源", Title: "年度计划分来源汇总", Note: "金额单位：万元。", Columns: []paper.Column{{Name: "资金来源"}, {Name: "本年度计划资金"}}}
	for _, r := range []struct {
		name string
		sum  money.Fen
	}{{"市级财政", a.City}, {"中央", a.Central}, {"省级", a.Provincial}, {"自有", a.Own}} {
		s.Rows = append(s.Rows, []paper.Cell{paper.Text(r.name), paper.Amount(r.sum)})
	}
	s.Totals = []paper.Cell{paper.Text("合计"), paper.Amount(a.Year)}
	return s
}

func supplemented(year int64, list []registry.Project, unitOf func(string) string) paper.Sheet {
	s := paper.Sheet{Name: "增补", Title: fmt.Sprintf("%d 年度增补项目", year), Note: "国家、省和市临时安排，经市政府批准列入当年计划，不计入汇总表合计。金额单位：万元。"}
	for _, c := range []string{"序号", "项目编号", "建设单位", "项目名称", "建设性质", "批准金额"} {
		s.Columns = append(s.Columns, paper.Column{Name: c})
	}
	var sum money.Fen
	for i, p := range list {
		s.Rows = append(s.Rows, []paper.Cell{paper.Int(i + 1), paper.Text(p.Code), paper.Text(unitOf(p.UnitID)), paper.Text(p.Name), paper.Text(form.Label(registry.BuildKinds, p.BuildKind)), paper.Amount(p.Planned)})
		sum += p.Planned
	}
	s.Totals = []paper.Cell{paper.Text("合计"), {}, {}, paper.Text(fmt.Sprintf("%d 项", len(list))), {}, paper.Amount(sum)}
	return s
}

func groups(name, what string, list []Group, all Sums) paper.Sheet {
	s := paper.Sheet{Name: name, Title: "年度计划" + name + "汇总", Note: "金额单位：万元。"}
	for _, c := range []string{what, "项数", "审定概算", "本年度计划资金", "市级财政", "中央", "省级", "自有"} {
		s.Columns = append(s.Columns, paper.Column{Name: c})
	}
	row := func(title string, g Sums) []paper.Cell {
		return []paper.Cell{paper.Text(title), paper.Int(g.Items), paper.Amount(g.Estimate), paper.Amount(g.Year), paper.Amount(g.City), paper.Amount(g.Central), paper.Amount(g.Provincial), paper.Amount(g.Own)}
	}
	for _, g := range list {
		s.Rows = append(s.Rows, row(g.Title, g.Sums))
	}
	s.Totals = row("合计", all)
	return s
}

// Request is the paper that asks the government to approve the plan (报批请示).
// issuer is the name of the bureau; number is that of the request, "" before it
// has one.
func Request(c *matter.Case, issuer, number string) paper.Document {
	t := Count(c.Lines)
	a := t.All
	d := paper.Document{Title: fmt.Sprintf("关于报请审批%d年度市级政务信息系统项目计划的请示", c.Year), Recipient: "市人民政府", Number: number, Issuer: issuer, Date: c.Today.Chinese()}
	d.Blocks = []paper.Block{
		paper.Paragraph(fmt.Sprintf("根据《六盘水市市级政务信息系统建设管理办法》第九条、第十条，我局对已完成储备的项目汇总编制了%d年度市级政务信息系统项目计划，并会同市发展改革委、市委网信办完成联合审查。现将有关情况报告如下。", c.Year)),
		paper.Heading1("一、计划总体情况"),
		paper.Paragraph(fmt.Sprintf("本年度计划共%d项，审定概算合计%s万元，本年度计划资金%s万元。其中：市级财政资金%s万元，中央资金%s万元，省级资金%s万元，单位自有资金%s万元。", a.Items, a.Estimate.Wan(), a.Year.Wan(), a.City.Wan(), a.Central.Wan(), a.Provincial.Wan(), a.Own.Wan())),
	}
	text := "按建设性质分："
	for i, g := range t.ByKind {
		if i > 0 {
			text += "；"
		}
		text += fmt.Sprintf("%s%d项，%s万元", g.Title, g.Items, g.Year.Wan())
	}
	d.Blocks = append(d.Blocks, paper.Paragraph(text+"。"),
		paper.Heading1("二、编制和审查情况"),
		paper.Paragraph(fmt.Sprintf("列入计划的项目均来自有效期内的项目储备库或者为已批准项目的续建，经专家或第三方机构综合评审通过。计划第%d版经市大数据发展管理局、市发展改革委、市委网信办联合审查，三部门均同意。", max(1, c.Version))),
		paper.Heading1("三、请示事项"),
		paper.Paragraph(fmt.Sprintf("恳请批准%d年度市级政务信息系统项目计划。计划批准后，由市财政局据此提出预算安排建议，按程序报批。", c.Year)),
		paper.Paragraph("妥否，请批示。"),
		paper.Annex(fmt.Sprintf("附件：%d年度市级政务信息系统项目计划表", c.Year)))
	table := paper.Table{Columns: []paper.Column{{Name: "序号"}, {Name: "建设单位"}, {Name: "项目名称"}, {Name: "性质"}, {Name: "审定概算"}, {Name: "本年资金"}, {Name: "市级财政"}, {Name: "上级资金"}, {Name: "自有"}}}
	for i, ln := range included(c) {
		e := matter.BodyOf[Entry](ln)
		table.Rows = append(table.Rows, []paper.Cell{paper.Int(i + 1), paper.Text(e.Unit), paper.Text(e.Name), paper.Text(form.Label(registry.BuildKinds, e.BuildKind)), paper.Amount(e.Estimate), paper.Amount(e.Year), paper.Amount(e.City), paper.Amount(e.Upper()), paper.Amount(e.Own)})
	}
	table.Rows = append(table.Rows, []paper.Cell{{}, paper.Text("合计"), paper.Text(fmt.Sprintf("%d项", a.Items)), {}, paper.Amount(a.Estimate), paper.Amount(a.Year), paper.Amount(a.City), paper.Amount(a.Upper()), paper.Amount(a.Own)})
	d.Blocks = append(d.Blocks, table)
	return d
}
