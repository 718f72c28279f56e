package reserve

import (
	"fmt"
	"strings"

	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/registry"
)

var numerals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十"}

func heading(i int, title string) paper.Heading1 {
	if i < len(numerals) {
		return paper.Heading1(numerals[i] + "、" + title)
	}
	return paper.Heading1(fmt.Sprintf("%d、%s", i+1, title))
}

// Title is what an outline is called.
func (o Outline) Title() string {
	if o.Kind == ForOperate {
		return "运维类项目实施方案编制提纲"
	}
	return "建设类项目实施方案编制提纲"
}

// OutlinePaper is the empty outline as a document to write on.
func OutlinePaper(o Outline) paper.Document {
	d := paper.Document{Title: strings.TrimSuffix(o.Title(), "编制提纲")}
	d.Blocks = append(d.Blocks, paper.Guidance(fmt.Sprintf("%s，第 %d 版，自 %s 起使用。灰字是编写要求，成稿后删去。不得写入涉密内容。", o.Title(), o.Version, o.From.Chinese())))
	for i, c := range o.Chapters {
		d.Blocks = append(d.Blocks, heading(i, c.Title))
		guidance := c.Guidance
		if !c.Required {
			guidance += "（可不写）"
		}
		d.Blocks = append(d.Blocks, paper.Guidance(guidance), paper.Paragraph(""))
	}
	return d
}

// SchemePaper is a scheme as a document, in the order of its outline.
func SchemePaper(c *matter.Case, o Outline) paper.Document {
	s := matter.FormOf[Scheme](c)
	d := paper.Document{Title: s.Name + "实施方案", Issuer: c.Unit.Name, Date: c.Today.Chinese()}
	d.Blocks = append(d.Blocks, paper.Paragraph(fmt.Sprintf("建设单位：%s。建设性质：%s。概算合计：%s 万元。", c.Unit.Name, form.Label(registry.BuildKinds, s.BuildKind), total(c).Wan())))
	n := 0
	for _, ch := range o.Chapters {
		text := strings.TrimSpace(*s.Text(ch.Key))
		if text == "" && !ch.Required {
			continue
		}
		d.Blocks = append(d.Blocks, heading(n, ch.Title), paper.Paragraph(text))
		n++
	}
	d.Blocks = append(d.Blocks, heading(n, "概算表"))
	table := paper.Table{Columns: []paper.Column{{Name: "名称"}, {Name: "费用类别"}, {Name: "数量"}, {Name: "金额（万元）"}, {Name: "测算依据"}}}
	for _, ln := range c.LinesOf("") {
		k := matter.BodyOf[Cost](ln)
		table.Rows = append(table.Rows, []paper.Cell{paper.Text(k.Name), paper.Text(form.Label(Categories, k.Category)), paper.Int(int(k.Quantity)), paper.Amount(k.Amount), paper.Text(k.Basis)})
	}
	if len(table.Rows) > 0 {
		d.Blocks = append(d.Blocks, table)
	}
	return d
}
