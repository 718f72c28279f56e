package workbook

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// Read reads a plan workbook. The error is a [*FileError] when the file as a
// whole cannot be read; whatever is wrong with single rows is in the preview.
func Read(data []byte, opts Options) (*Preview, error) {
	b, err := openBook(data)
	if err != nil {
		return nil, err
	}
	p := &Preview{FileName: opts.FileName, PlanYear: opts.PlanYear}
	s, err := b.choose(p, opts)
	if err != nil {
		return nil, err
	}
	g, err := b.full(s)
	if err != nil {
		return nil, err
	}
	if b.c.oversized {
		return nil, errBomb
	}
	for _, ln := range g.lines {
		for _, v := range ln.cells {
			if secretStamp.MatchString(squeeze(v.text)) {
				return nil, refuse(Classified, "文件标有密级，涉密文件不得上传到本系统。请走线下渠道，并按保密规定处理这份文件")
			}
		}
	}
	p.Sheet = s.name
	p.Header = findHeader(g, opts)
	r := &reader{p: p, g: g, opts: opts, date1904: b.date1904, seen: map[string]int{}}
	if err := r.run(); err != nil {
		return nil, err
	}
	p.Clean = !slices.ContainsFunc(p.Rows, func(r Row) bool { return r.Secret }) && b.clean()
	return p, nil
}

// choose picks the sheet: the one asked for, or the first visible one with a
// project header, and says of the others why they are left out.
func (b *book) choose(p *Preview, opts Options) (sheetPart, error) {
	if opts.Sheet != "" && !slices.ContainsFunc(b.sheets, func(s sheetPart) bool { return s.name == opts.Sheet }) {
		return sheetPart{}, refuse(NoSheet, "文件中没有名为“%s”的工作表", cut(opts.Sheet))
	}
	pick := -1
	for i, s := range b.sheets {
		info := SheetInfo{Name: s.name, Hidden: s.hidden}
		g, err := b.head(s, headRows)
		if err != nil {
			return s, err
		}
		found := findHeader(g, Options{PlanYear: opts.PlanYear}).Found
		switch {
		case opts.Sheet != "" && s.name == opts.Sheet:
			pick = i
		case len(g.lines) == 0:
			info.Why = "空表，不导入"
		case !found:
			info.Why = "没有项目表头，不导入"
		case s.hidden:
			info.Why = "隐藏的工作表，不导入"
		case opts.Sheet == "" && pick < 0:
			pick = i
		default:
			info.Why = "也有项目表头，一次导入一张表，可改选这张"
		}
		p.Sheets = append(p.Sheets, info)
	}
	if pick < 0 {
		pick = max(0, slices.IndexFunc(b.sheets, func(s sheetPart) bool { return !s.hidden }))
	}
	p.Sheets[pick].Read, p.Sheets[pick].Why = true, ""
	return b.sheets[pick], nil
}

// reader turns the rows of a grid into a preview.
type reader struct {
	p        *Preview
	g        *grid
	opts     Options
	date1904 bool

	cols     map[Field]Column
	unitText string // of the nearest row above
	lastText map[Field]string
	seen     map[string]int // key of a project to its row
	filled   map[string]bool
}

func (r *reader) run() error {
	r.cols, r.lastText = map[Field]Column{}, map[Field]string{}
	for _, c := range r.p.Header.Columns {
		if c.Field != "" {
			r.cols[c.Field] = c
		}
	}
	r.p.Merges = r.g.shown()
	r.p.Problems = r.p.Header.problems()
	secretRows := r.secretRows()
	if err := r.moneyUnits(); err != nil {
		return err
	}
	r.fillDown(secretRows)
	for _, ln := range r.g.lines {
		switch why := r.skip(ln); {
		case ln.row <= r.p.Header.Last || !r.p.Header.Found:
			r.keep(ln)
		case secretRows[ln.row] != "" && why == noProject:
			r.p.Skipped = append(r.p.Skipped, SkippedRow{ln.row, "写有涉密字样，没有读入。涉密项目请走线下渠道"})
		case secretRows[ln.row] != "" && why == "":
			r.refuseSecret(ln.row, secretRows[ln.row])
		case why != "":
			r.p.Skipped = append(r.p.Skipped, SkippedRow{ln.row, why})
			r.keep(ln)
		default:
			r.project(ln)
		}
	}
	r.count()
	return nil
}

// keep shows a row that is no project, unless it speaks of secrets.
func (r *reader) keep(ln line) {
	l := Line{Row: ln.row}
	for _, c := range sortedCols(ln) {
		if measures.SpeaksOfSecrets(ln.cells[c].text) {
			return
		}
		if !r.filled[ref(c, ln.row)] {
			l.Cells = append(l.Cells, LineCell{ref(c, ln.row), hanzi.Tidy(ln.cells[c].text)})
		}
	}
	r.p.Lines = append(r.p.Lines, l)
}

func sortedCols(ln line) []int {
	out := make([]int, 0, len(ln.cells))
	for c := range ln.cells {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// secretRows finds the rows that name a secret, with the cell that does. A name
// merged over several rows makes all of them secret.
func (r *reader) secretRows() map[int]string {
	out := map[int]string{}
	for _, ln := range r.g.lines {
		if ln.row <= r.p.Header.Last {
			continue
		}
		for _, c := range sortedCols(ln) {
			t := ln.cells[c].text
			if measures.SpeaksOfSecrets(t) || c == colNumber(r.cols[SecretMark].Letter) && strings.HasPrefix(squeeze(t), "是") {
				out[ln.row] = ref(c, ln.row)
				break
			}
		}
	}
	name := colNumber(r.cols[Name].Letter)
	for _, m := range r.g.merges {
		if m.col1 > name || m.col2 < name || m.row1 <= r.p.Header.Last || m.row2-m.row1 > MaxRows {
			continue
		}
		for row := m.row1; row <= m.row2; row++ {
			if out[row] == "" {
				continue
			}
			for other := m.row1; other <= m.row2; other++ {
				out[other] = cmp.Or(out[other], ref(m.col1, other))
			}
			break
		}
	}
	return out
}

func (r *reader) refuseSecret(row int, cell string) {
	r.unitText = "" // a blank unit below must not repeat this row's
	r.p.Rows = append(r.p.Rows, Row{Row: row, Status: Refused, Secret: true})
	r.p.Problems = append(r.p.Problems, Problem{Cell: cell, Row: row, Field: Name, Level: LevelRefuse,
		Message: "涉密项目不得在本系统填报，请走线下渠道", Clause: "A30.1", Basis: FromText})
}

// moneyUnits applies “单位：元” above the header to the columns that name no unit
// themselves, and refuses units nobody plans in: a misread unit is a wrong sum.
func (r *reader) moneyUnits() error {
	unit := ""
	for _, ln := range r.g.lines {
		if ln.row >= r.p.Header.First {
			break
		}
		for _, c := range sortedCols(ln) {
			unit = cmp.Or(unit, moneyUnit(ln.cells[c].text))
		}
	}
	for i, c := range r.p.Header.Columns {
		u := cmp.Or(moneyUnit(c.Heading), unit)
		if u != "" && u != "万元" && u != "元" && isMoney(c.Field) {
			return refuse(MoneyUnit, "表中金额单位是%s，请改为万元后再导入", u)
		}
		r.p.Header.Columns[i].Yuan = u == "元"
		if c.Field != "" {
			r.cols[c.Field] = r.p.Header.Columns[i]
		}
	}
	return nil
}

// fillDown copies the text of a vertically merged cell to the rows it covers.
// Amounts are not copied: a merged amount is a sum, not an amount of each row.
func (r *reader) fillDown(secretRows map[int]string) {
	r.filled = map[string]bool{}
	rows := map[int]line{}
	for _, ln := range r.g.lines {
		rows[ln.row] = ln
	}
	fields := map[int]Field{}
	for f, c := range r.cols {
		fields[colNumber(c.Letter)] = f
	}
	for _, m := range r.g.merges {
		f := fields[m.col1]
		top, ok := rows[m.row1].cells[m.col1]
		if !ok || m.row1 <= r.p.Header.Last || f == "" || f == Seq || isMoney(f) || m.row2-m.row1 > MaxRows {
			continue
		}
		if secretRows[m.row1] != "" && f != UnitName {
			continue
		}
		for row := m.row1 + 1; row <= m.row2; row++ {
			if ln, ok := rows[row]; ok && ln.cells[m.col1].text == "" {
				ln.cells[m.col1] = top
				r.filled[ref(m.col1, row)] = true
			}
		}
	}
}

func isMoney(f Field) bool { return f == Estimate || f == YearAmount || fundFields[f] != "" }

const noProject = "不是项目行"

var (
	totals    = regexp.MustCompile(`^(合计|总计|小计|共计|本页小计|本页合计|累计)`)
	signature = regexp.MustCompile(`^(填表人|填报人|制表人|制表|审核人|审核|复核|负责人|单位负责人|主要负责人|分管领导|联系人|联系电话|经办人|填报日期|填表日期|填报时间|单位公章|盖章)`)
	note      = regexp.MustCompile(`^(备注|注|说明|填表说明|填报说明)[::\d]`)
	number    = regexp.MustCompile(`^[(]?\d+[)]?$`)
)

// skip says why a row is no project, "" when it is one.
func (r *reader) skip(ln line) string {
	text := func(f Field) string { return squeeze(ln.cells[colNumber(r.cols[f].Letter)].text) }
	first, own := "", 0
	for _, c := range sortedCols(ln) {
		if r.filled[ref(c, ln.row)] {
			continue
		}
		if own++; first == "" {
			first = squeeze(ln.cells[c].text)
		}
	}
	name := text(Name)
	switch {
	case totals.MatchString(hanzi.NormalName(first)) || totals.MatchString(hanzi.NormalName(name)) && own <= 4:
		return "合计行"
	case signature.MatchString(first):
		return "签字行"
	case note.MatchString(first):
		return "说明行"
	case first == "示例" || first == "例" || first == "样例":
		return "示例行"
	case name != "" && clean(name) == clean(r.cols[Name].Heading) || own > 2 && name == "项目名称":
		return "重复的表头"
	case number.MatchString(name) && number.MatchString(first):
		return "栏次行"
	case name == "" && own < 3:
		return noProject
	}
	return ""
}

// count sums up. An estimate is at most a million 万元, so that no sum of 5,000
// rows can overflow.
func (r *reader) count() {
	n := &r.p.Counts
	units := map[string]bool{}
	for i := range r.p.Rows {
		row := &r.p.Rows[i]
		n.Read++
		n.ReadAmount += row.Item.Estimate
		if row.Unit.ID != "" && row.Unit.SameJurisdiction {
			units[row.Unit.ID] = true
		}
		at := map[Status]struct {
			count  *int
			amount *money.Fen
		}{Ready: {&n.Ready, &n.ReadyAmount}, Ask: {&n.Ask, &n.AskAmount}, Refused: {&n.Refused, &n.RefusedAmount}}[row.Status]
		*at.count++
		*at.amount += row.Item.Estimate
		for _, c := range row.Cells {
			if c.Fixed {
				n.Fixed++
			}
		}
	}
	n.Units = len(units)
	r.p.Total = n.ReadyAmount + n.AskAmount
	slices.SortStableFunc(r.p.Problems, func(a, b Problem) int { return cmp.Compare(a.Row, b.Row) })
}
