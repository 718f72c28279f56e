package workbook

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

type templateColumn struct {
	field   Field
	heading string
	width   float64
}

func templateColumns(year int) []templateColumn {
	return []templateColumn{
		{Seq, "序号", 6}, {UnitName, "申报单位", 20}, {Name, "项目名称", 32}, {BuildKind, "建设性质", 11}, {BasisText, "编制依据", 32},
		{Goal, "总体目标", 32}, {Content, "建设内容", 40}, {Functions, "功能应用", 28}, {DataResources, "数据资源", 28},
		{Security, "安全保障", 28}, {Operation, "运维服务", 28}, {Estimate, "估算总投资（万元）", 14}, {FundText, "资金来源", 16},
		{YearAmount, fmt.Sprintf("%d年度资金需求（万元）", year), 16}, {Period, "拟实施时间", 24}, {Remark, "备注", 20},
	}
}

const (
	templateFirst = 4    // first row to fill in
	templateLast  = 1000 // drop-downs and formats reach down to here
)

var instructions = []string{
	"填表说明",
	"1. 涉密项目不得填报，请走线下渠道。本表各栏不得写入国家秘密。",
	"2. 一行一个项目，不要合并单元格，不要改动表头。",
	"3. 申报单位填全称或规范简称。",
	"4. 建设性质从下拉框选择：新建、续建、扩建、改建、运维。升级改造选“改建”。",
	"5. 编制依据写明文件名称和文号，如《……规划》（国发〔2022〕14号）。",
	"6. 总体目标、建设内容、功能应用、数据资源、安全保障、运维服务各栏均须写明实际内容，不写“无”“同上”“见附件”。",
	"7. 安全保障写明拟定等保级别，如：拟定等保级别：3级。",
	"8. 金额单位为万元，只填数字，最多六位小数。",
	"9. 资金来源只有一个的从下拉框选择；有两个以上的写明各多少万元，如：市财政400+省级290。",
	"10. 拟实施时间写成：2027年3月-2027年12月。",
}

// Template is the empty workbook for the plan of a year: one header row with
// drop-downs, and a sheet of instructions.
func Template(year int) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "项目计划申报表"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	if err := writeTemplate(f, sheet, year); err != nil {
		return nil, fmt.Errorf("template sheet: %w", err)
	}
	if err := writeInstructions(f); err != nil {
		return nil, fmt.Errorf("instruction sheet: %w", err)
	}
	return bytesOf(f)
}

func bytesOf(f *excelize.File) ([]byte, error) {
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

var thin = []excelize.Border{{Type: "left", Style: 1, Color: "#999999"}, {Type: "right", Style: 1, Color: "#999999"},
	{Type: "top", Style: 1, Color: "#999999"}, {Type: "bottom", Style: 1, Color: "#999999"}}

func writeTemplate(f *excelize.File, sheet string, year int) error {
	cols := templateColumns(year)
	end := letter(len(cols))
	title := styled(f, &excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}})
	head := styled(f, &excelize.Style{Font: &excelize.Font{Bold: true}, Border: thin, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#E8EEF6"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	body := styled(f, &excelize.Style{Border: thin, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	amounts := "#,##0.00####"
	numeric := styled(f, &excelize.Style{Border: thin, CustomNumFmt: &amounts, Alignment: &excelize.Alignment{Vertical: "top"}})
	for _, s := range []style{title, head, body, numeric} {
		if s.err != nil {
			return s.err
		}
	}
	steps := []error{
		f.MergeCell(sheet, "A1", end+"1"), f.MergeCell(sheet, "A2", end+"2"),
		f.SetCellValue(sheet, "A1", fmt.Sprintf("%d年度政务信息系统项目计划申报表", year)),
		f.SetCellValue(sheet, "A2", "单位：万元。填写前请看“填表说明”。"),
		f.SetCellStyle(sheet, "A1", "A1", title.id),
		f.SetRowHeight(sheet, 1, 30), f.SetRowHeight(sheet, 3, 32),
		f.SetCellStyle(sheet, "A3", end+"3", head.id),
		f.SetCellStyle(sheet, "A4", fmt.Sprintf("%s%d", end, templateLast), body.id),
		f.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 3, YSplit: 3, TopLeftCell: "D4", ActivePane: "bottomRight"}),
	}
	for i, c := range cols {
		l := letter(i + 1)
		from, to := fmt.Sprintf("%s%d", l, templateFirst), fmt.Sprintf("%s%d", l, templateLast)
		steps = append(steps, f.SetCellValue(sheet, l+"3", c.heading), f.SetColWidth(sheet, l, l, c.width))
		switch c.field {
		case BuildKind:
			steps = append(steps, dropDown(f, sheet, from+":"+to, true, "新建", "续建", "扩建", "改建", "运维"))
		case FundText:
			steps = append(steps, dropDown(f, sheet, from+":"+to, false, "市财政", "政府性基金", "国有资本经营预算", "中央", "省级", "专项债", "特别国债", "单位自有", "其他"))
		case Estimate, YearAmount:
			v := excelize.NewDataValidation(true)
			v.SetSqref(from + ":" + to)
			v.SetError(excelize.DataValidationErrorStyleStop, "金额", "请填不小于 0 的数字，单位为万元")
			steps = append(steps, v.SetRange(0, 1000000, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween),
				f.AddDataValidation(sheet, v), f.SetCellStyle(sheet, from, to, numeric.id))
		}
	}
	return first(steps)
}

type style struct {
	id  int
	err error
}

func styled(f *excelize.File, s *excelize.Style) style {
	id, err := f.NewStyle(s)
	return style{id, err}
}

// dropDown offers values; only, when true, refuses others.
func dropDown(f *excelize.File, sheet, at string, only bool, values ...string) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(at)
	if only {
		v.SetError(excelize.DataValidationErrorStyleStop, "请从下拉框选择", "只能选择列出的值")
	}
	v.ShowErrorMessage = only
	if err := v.SetDropList(values); err != nil {
		return err
	}
	return f.AddDataValidation(sheet, v)
}

func writeInstructions(f *excelize.File) error {
	const sheet = "填表说明"
	_, err := f.NewSheet(sheet)
	wrap := styled(f, &excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	bold := styled(f, &excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	red := styled(f, &excelize.Style{Font: &excelize.Font{Bold: true, Color: "#B42318"}, Alignment: &excelize.Alignment{WrapText: true}})
	steps := []error{err, wrap.err, bold.err, red.err, f.SetColWidth(sheet, "A", "A", 100)}
	for i, t := range instructions {
		at := fmt.Sprintf("A%d", i+1)
		id := wrap.id
		switch i {
		case 0:
			id = bold.id
		case 1:
			id = red.id
		}
		steps = append(steps, f.SetCellValue(sheet, at, t), f.SetCellStyle(sheet, at, at, id))
	}
	return first(steps)
}

func first(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
