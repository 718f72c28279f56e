package responsibility

import (
	"encoding/json"
	"fmt"
	"unicode/utf16"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/paper"
)

// mostCell is what stays of the items in one cell: a workbook takes 32,767 units.
const mostCell = 32_000

// Workbook is the list as a file: the columns of Article 25 on the first sheet,
// every item in a row of its own on the second.
func Workbook(list []Published, units *identity.Directory, on calendar.Date) ([]byte, error) {
	s := paper.Sheet{Name: "责任清单", Title: "数据共享开放责任清单", Note: fmt.Sprintf("导出日期 %s。各单位以最近签发的一版为准；不予共享、暂停、撤销的，敏感和不共享的信息项不列。", on)}
	s.Columns = []paper.Column{{Name: "序号"}, {Name: "单位"}, {Name: "版次"}, {Name: "签发日期"}}
	for _, f := range columns() {
		s.Columns = append(s.Columns, paper.Column{Name: f.Label})
	}
	items := paper.Sheet{Name: "信息项", Title: "数据共享开放责任清单信息项"}
	for _, name := range []string{"单位", "目录代码", "共享开放信息名称", "序号", "信息项", "英文名", "数据类型", "长度", "主键"} {
		items.Columns = append(items.Columns, paper.Column{Name: name})
	}
	for i, p := range list {
		row := []paper.Cell{paper.Int(i + 1), paper.Text(units.Name(p.UnitID)), paper.Int(int(p.Version)), paper.Text(string(p.SignedOn))}
		for _, f := range columns() {
			row = append(row, paper.Text(short(f.Show(&p.Line))))
		}
		s.Rows = append(s.Rows, row)
		for n, it := range p.Entry.Items {
			items.Rows = append(items.Rows, []paper.Cell{paper.Text(units.Name(p.UnitID)), paper.Text(p.Line.Code), paper.Text(p.Line.Name), paper.Int(n + 1), paper.Text(it.Name), paper.Text(it.Field),
				paper.Text(form.Label(catalogue.Types, it.Type)), paper.Text(it.Size), paper.Text(map[bool]string{true: "是"}[it.Main])})
		}
	}
	if len(items.Rows) == 0 {
		return paper.Workbook(s)
	}
	return paper.Workbook(s, items)
}

// short leaves room in a cell and says where the rest is.
func short(text string) string {
	if len(text) <= mostCell || len(utf16.Encode([]rune(text))) <= mostCell {
		return text
	}
	return string([]rune(text)[:mostCell/2]) + "……其余见“信息项”表"
}

// columns are the fields of a line that people see, in the order of Article 25.
func columns() []form.Field {
	var out []form.Field
	for _, f := range lines.Form.Fields() {
		if !f.Hidden {
			out = append(out, f)
		}
	}
	return out
}

// Format names the JSON of this package, and its version.
const Format = "zhengcheng/responsibility/1"

// Document is the list as JSON.
type Document struct {
	Format      string        `json:"format"`
	City        string        `json:"city"`
	GeneratedOn calendar.Date `json:"generated_on"`
	Entries     []Exported    `json:"entries"`
}

// Exported is an entry in JSON: what the list says in its own words, and the
// entry of the catalogue it stands on.
type Exported struct {
	Unit     string            `json:"unit"`
	Version  int64             `json:"version"`
	SignedOn calendar.Date     `json:"signed_on"`
	Listed   map[string]string `json:"listed"`
	catalogue.Shareable
	Service   string        `json:"service,omitempty"`
	UpdatedOn calendar.Date `json:"updated_on,omitempty"`
}

// JSON is the list as a document to exchange.
func JSON(list []Published, units *identity.Directory, city string, on calendar.Date) ([]byte, error) {
	d := Document{Format: Format, City: city, GeneratedOn: on}
	for _, p := range list {
		e := Exported{Unit: units.Name(p.UnitID), Version: p.Version, SignedOn: p.SignedOn, Listed: map[string]string{}, Shareable: p.Entry, Service: p.Service, UpdatedOn: p.UpdatedOn}
		for _, f := range columns() {
			e.Listed[f.Label] = f.Show(&p.Line)
		}
		d.Entries = append(d.Entries, e)
	}
	return json.MarshalIndent(d, "", "  ")
}
