package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/planning/unitplan/workbook"
)

// ImportStartView is the upload of a workbook; Bad says what was wrong with the
// last one.
type ImportStartView struct {
	Year      int64
	File, Bad string
}

// ImportView is a previewed workbook: what is wrong, at which cell, and what an
// import would come to.
type ImportView struct {
	Key       string
	Year      int64
	Preview   *workbook.Preview
	Outlook   unitplan.Outlook
	Size      int   // of the file, bytes
	At        int64 // of the upload
	Mapping   map[string]workbook.Field
	HeaderRow int
	CanMap    bool // the file is still there to be read again
	Bureau    bool
	Own       string // unit of the actor
	Done      bool   // something was imported from here already
	All       bool   // all columns, not only those with problems
	Idem      string

	columns []sheetColumn
	groups  []problemGroup
	classes map[string]string // of cells with a problem
	enters  int               // rows: all that enter, of them complete and still open; in the plan already
	ready   int
	open    int
	same    int

	readyAmount, openAmount money.Fen
}

type sheetColumn struct {
	workbook.Column
	sample string
	brief  bool // shown when only columns with problems are
}

// problemGroup is one problem at one or several cells.
type problemGroup struct {
	workbook.Problem
	cells []string
}

const (
	maxGroups  = 200 // problems listed beside the sheet; all are in the annotated workbook
	maxJumps   = 6   // cells of one problem that are links
	headerRows = 15  // rows offered as header
)

// Prepared works out what the page shows of the preview.
func (v ImportView) Prepared() ImportView {
	v.classes = map[string]string{}
	for _, q := range v.Preview.Problems {
		if q.Level == workbook.LevelRefuse {
			v.classes[q.Cell] = "is-bad"
		} else if v.classes[q.Cell] == "" {
			v.classes[q.Cell] = "is-ask"
		}
	}
	v.group()
	v.columnsOf()
	for _, r := range v.Preview.Rows {
		switch fate := v.Outlook.Rows[r.Row].Fate; {
		case fate == unitplan.Enters && r.Status == workbook.Ready:
			v.ready, v.readyAmount = v.ready+1, v.readyAmount+r.Item.Estimate
		case fate == unitplan.Enters:
			v.open, v.openAmount = v.open+1, v.openAmount+r.Item.Estimate
		case fate == unitplan.Same:
			v.same++
		}
	}
	v.enters = v.ready + v.open
	return v
}

// group puts the same problem at several cells together, refusals first, then
// what needs an answer, then rows that are in the plan already.
func (v *ImportView) group() {
	at := map[string]int{}
	add := func(q workbook.Problem, cell string) {
		key := string(q.Level) + q.Clause + q.Message + q.Suggest
		i, there := at[key]
		if !there {
			i = len(v.groups)
			at[key] = i
			v.groups = append(v.groups, problemGroup{Problem: q})
		}
		if cell != "" {
			v.groups[i].cells = append(v.groups[i].cells, cell)
		}
	}
	for _, q := range v.Preview.Problems {
		if q.Level == workbook.LevelRefuse {
			add(q, q.Cell)
		}
	}
	for _, r := range v.Preview.Rows {
		if p := v.Outlook.Rows[r.Row]; p.Fate == unitplan.Stays {
			cell, _ := cellOf(r, workbook.Name)
			add(workbook.Problem{Level: workbook.LevelRefuse, Message: p.Why}, cell.Ref)
			v.classes[cell.Ref] = "is-bad"
		}
	}
	for _, q := range v.Preview.Problems {
		if q.Level == workbook.LevelAsk {
			add(q, q.Cell)
		}
	}
	for _, r := range v.Preview.Rows {
		if v.Outlook.Rows[r.Row].Fate == unitplan.Same {
			cell, _ := cellOf(r, workbook.Name)
			add(workbook.Problem{Level: workbook.LevelFixed, Message: fmt.Sprintf("已在 %d 年度计划中，不重复导入", v.Year)}, cell.Ref)
		}
	}
}

// columnsOf lists the columns of the sheet, also those that no heading names.
func (v *ImportView) columnsOf() {
	byLetter := map[string]*sheetColumn{}
	for _, c := range v.Preview.Header.Columns {
		byLetter[c.Letter] = &sheetColumn{Column: c}
	}
	column := func(ref string) *sheetColumn {
		l := letterOf(ref)
		if byLetter[l] == nil {
			byLetter[l] = &sheetColumn{Column: workbook.Column{Letter: l, Confidence: workbook.Unknown}}
		}
		return byLetter[l]
	}
	for _, r := range v.Preview.Rows {
		for _, c := range r.Cells {
			col := column(c.Ref)
			col.sample = cmp.Or(col.sample, c.Value)
			col.brief = col.brief || v.classes[c.Ref] != ""
		}
	}
	for _, l := range v.Preview.Lines {
		for _, c := range l.Cells {
			if !v.Preview.Header.Found {
				col := column(c.Ref)
				col.sample = cmp.Or(col.sample, c.Text)
			}
		}
	}
	for _, c := range byLetter {
		switch c.Field {
		case workbook.Seq, workbook.UnitName, workbook.Name, workbook.BuildKind, workbook.Estimate, workbook.YearAmount:
			c.brief = true
		}
		v.columns = append(v.columns, *c)
	}
	slices.SortFunc(v.columns, func(a, b sheetColumn) int {
		return cmp.Or(cmp.Compare(len(a.Letter), len(b.Letter)), strings.Compare(a.Letter, b.Letter))
	})
}

func letterOf(ref string) string { return strings.TrimRight(ref, "0123456789") }

func cellOf(r workbook.Row, f workbook.Field) (workbook.Cell, bool) {
	for _, c := range r.Cells {
		if c.Field == f {
			return c, true
		}
	}
	return workbook.Cell{}, false
}

func cellAt(r workbook.Row, letter string) (workbook.Cell, bool) {
	for _, c := range r.Cells {
		if letterOf(c.Ref) == letter {
			return c, true
		}
	}
	return workbook.Cell{}, false
}

func cellTitle(c workbook.Cell) string {
	if c.How != "" && c.As != c.Value {
		return c.As + "（" + c.How + "）"
	}
	return c.As
}

func (v ImportView) takes(row int) bool { return v.Outlook.Rows[row].Fate == unitplan.Enters }

// foreign rows are of other units, in a table that a unit brings for itself.
func (v ImportView) foreign(r workbook.Row) bool {
	return !v.Bureau && !r.Secret && r.Unit.ID != v.Own && r.Status == workbook.Refused && r.Unit.ID != ""
}

// kinds counts the different problems of a level.
func (v ImportView) kinds(l workbook.Level) int {
	n := 0
	for _, g := range v.groups {
		if g.Level == l {
			n++
		}
	}
	return n
}

// outside counts the rows that cannot enter: refused, or barred by what stands.
func (v ImportView) outside() int { return v.Preview.Counts.Read - v.enters - v.same }

// promise says what an import of all rows comes to; scripts keep it true while
// rows are ticked.
func (v ImportView) promise() string {
	fresh, added := 0, 0
	for _, isNew := range v.Outlook.Drafts {
		if isNew {
			fresh++
		} else {
			added++
		}
	}
	switch {
	case fresh == 0 && added == 0:
		return "没有可以导入的行"
	case added == 0:
		return fmt.Sprintf("导入后：%d 份草稿", fresh)
	case fresh == 0:
		return fmt.Sprintf("导入后：加入 %d 份已有草稿", added)
	}
	return fmt.Sprintf("导入后：%d 份草稿，加入 %d 份已有草稿", fresh, added)
}

func (v ImportView) then() string {
	_, own := v.Outlook.Drafts[v.Own]
	switch {
	case v.enters == 0:
		return ""
	case v.Bureau && own:
		return "，本单位以外的标为代录；由各单位经办人补全、负责人签发。"
	case v.Bureau:
		return "，标为代录；由各单位经办人补全、负责人签发。"
	}
	return "，还没有报送；由您补全，负责人签发。"
}

func fileSize(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(1, n>>10))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// secretRows are the rows that name a secret.
func (v ImportView) secretRows() string {
	var out []string
	for _, r := range v.Preview.Rows {
		if r.Secret && len(out) < 10 {
			out = append(out, fmt.Sprint(r.Row))
		}
	}
	return strings.Join(out, "、")
}

// secretID is where a click on the refusal of a secret row leads.
func (v ImportView) secretID(row int) string {
	for _, q := range v.Preview.Problems {
		if q.Row == row {
			return "c-" + q.Cell
		}
	}
	return fmt.Sprintf("c-row-%d", row)
}

// recognised says in a sentence how the header was understood.
func (v ImportView) recognised() string {
	h := v.Preview.Header
	if !h.Found {
		return "没有认出表头，请指定表头所在的行，或逐列对应"
	}
	used := 0
	for _, c := range v.columns {
		if c.Field != "" {
			used++
		}
	}
	at := fmt.Sprintf("第 %d 行", h.Last)
	if h.First != h.Last {
		at = fmt.Sprintf("第 %d–%d 行", h.First, h.Last)
	}
	if used == len(v.columns) {
		return fmt.Sprintf("%s，%d 列全部对上", at, used)
	}
	return fmt.Sprintf("%s，%d 列中对上 %d 列", at, len(v.columns), used)
}

// headerChoice is a row that may be the header.
type headerChoice struct {
	row  int
	text string
}

func (v ImportView) headerChoices() []headerChoice {
	texts := map[int][]string{}
	var rows []int
	add := func(row int, text string) {
		if texts[row] == nil {
			rows = append(rows, row)
		}
		if len(texts[row]) < 6 {
			texts[row] = append(texts[row], text)
		}
	}
	for _, l := range v.Preview.Lines {
		for _, c := range l.Cells {
			add(l.Row, c.Text)
		}
	}
	for _, r := range v.Preview.Rows {
		for _, c := range r.Cells {
			if c.Value != "" {
				add(r.Row, c.Value)
			}
		}
	}
	slices.Sort(rows)
	var out []headerChoice
	for _, r := range rows[:min(len(rows), headerRows)] {
		out = append(out, headerChoice{r, fmt.Sprintf("第 %d 行：%s", r, brief(strings.Join(texts[r], " "), 24))})
	}
	return out
}

func brief(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n]) + "…"
	}
	return s
}

func firstLines(lines []workbook.Line) []workbook.Line { return lines[:min(len(lines), headerRows)] }

func lineCell(l workbook.Line, letter string) string {
	for _, c := range l.Cells {
		if letterOf(c.Ref) == letter {
			return c.Text
		}
	}
	return ""
}

// how says by what a column came to its meaning.
func how(c workbook.Column) (word, class string) {
	switch {
	case c.Confidence == workbook.ByHand && c.Field == "":
		return "不使用", ""
	case c.Confidence == workbook.ByHand:
		return "手工对应", ""
	case c.Confidence == workbook.Likely:
		return "按表头推测", "is-warn"
	case c.Confidence == workbook.Ambiguous:
		return "与另一列重复", "is-warn"
	case c.Field == "":
		return "没有对上", "is-warn"
	}
	return "已认出", ""
}

// chosenField is what the select of a column shows.
func (v ImportView) chosenField(letter string) string {
	f, by := v.Mapping[letter]
	switch {
	case !by:
		return "auto"
	case f == "":
		return "none"
	}
	return string(f)
}

// autoLabel is the choice to leave a column to its heading.
func autoLabel(c sheetColumn) string {
	if c.Field != "" && c.Confidence != workbook.ByHand {
		return "按表头：" + c.Field.Label()
	}
	return "按表头识别"
}

// ImportDoneView is what an import came to.
type ImportDoneView struct {
	Key   string
	Year  int64
	File  string
	Done  unitplan.Imported
	Units []ImportedUnit
}

// ImportedUnit is one unit with what was imported for it.
type ImportedUnit struct {
	unitplan.UnitImport
	Unit identity.Unit
}

func (u ImportedUnit) next() string {
	switch {
	case u.Added == 0:
		return "没有改动"
	case u.Proxy:
		return "该单位经办人补全，负责人签发"
	}
	return "您补全，负责人签发"
}

// leftGroup is one reason for staying outside with its rows.
type leftGroup struct {
	why  string
	rows []unitplan.Left
}

func (v ImportDoneView) left() []leftGroup {
	var out []leftGroup
	for _, l := range v.Done.Left {
		i := slices.IndexFunc(out, func(g leftGroup) bool { return g.why == l.Why })
		if i < 0 {
			out = append(out, leftGroup{why: l.Why})
			i = len(out) - 1
		}
		out[i].rows = append(out[i].rows, l)
	}
	return out
}

// named lists the rows, at most eight by name.
func (g leftGroup) named() string {
	var out []string
	for _, l := range g.rows[:min(len(g.rows), 8)] {
		out = append(out, strings.TrimSpace(fmt.Sprintf("第 %d 行 %s", l.Row, l.Name)))
	}
	if len(g.rows) > 8 {
		return strings.Join(out, "；") + fmt.Sprintf("；等 %d 行", len(g.rows))
	}
	return strings.Join(out, "；")
}

func (v ImportDoneView) proxies() bool {
	return slices.ContainsFunc(v.Units, func(u ImportedUnit) bool { return u.Proxy && u.Added > 0 })
}
