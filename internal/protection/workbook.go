package protection

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/problem"
)

// Workbook is an overview as a file for Excel and WPS, each light with its reason.
func Workbook(rows []Standing, units *identity.Directory, today calendar.Date) ([]byte, error) {
	if len(rows) == 0 {
		return nil, problem.New(problem.NotFound, "没有符合条件、您可以查看的系统，没有可以导出的")
	}
	s := paper.Sheet{Name: "安全态势", Title: "政务信息系统安全态势", Note: fmt.Sprintf("导出日期 %s，按当日在案的登记判断。", today)}
	for _, name := range []string{"序号", "系统编号", "系统名称", "单位", "等级保护", "等级保护情况", "下次测评", "密码应用", "密码应用情况", "下次评估", "依据"} {
		s.Columns = append(s.Columns, paper.Column{Name: name})
	}
	for i, y := range rows {
		s.Rows = append(s.Rows, []paper.Cell{paper.Int(i + 1), paper.Text(y.Code), paper.Text(y.Name), paper.Text(units.Name(y.UnitID)), paper.Text(ColourName(y.Grading.Colour)), paper.Text(y.Grading.Says), paper.Text(string(y.Grading.Due)),
			paper.Text(ColourName(y.Cipher.Colour)), paper.Text(y.Cipher.Says), paper.Text(string(y.Cipher.Due)), paper.Text(measures.ClauseName(y.Grading.Clause) + "、" + measures.ClauseName(y.Cipher.Clause))})
	}
	return paper.Workbook(s)
}
