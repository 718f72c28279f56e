package review

import (
	"fmt"

	"zhengcheng/internal/paper"
)

// SheetPaper is the scoring sheet as a document.
func SheetPaper(s Sheet) paper.Document {
	d := paper.Document{Title: "项目评审评分表"}
	d.Blocks = append(d.Blocks, paper.Guidance(fmt.Sprintf("第 %d 版，自 %s 起新开的申报使用，合计 100 分。", s.Version, s.From.Chinese())))
	table := paper.Table{Columns: []paper.Column{{Name: "评审方面"}, {Name: "评分内容"}, {Name: "最高分"}, {Name: "评分说明"}, {Name: "得分"}}}
	for _, m := range s.Marks {
		if m.Max == 0 {
			continue
		}
		says := m.Guidance
		if m.Veto {
			says += "（否决项：不给分的不能通过）"
		}
		table.Rows = append(table.Rows, []paper.Cell{paper.Text(m.Head), paper.Text(m.Title), paper.Int(m.Max), paper.Text(says), paper.Text("")})
	}
	d.Blocks = append(d.Blocks, table)
	return d
}
