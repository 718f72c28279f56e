package workbook

import (
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/money"
)

const maxText = 5000 // characters of one cell, as the forms allow

// rowReader reads one project row.
type rowReader struct {
	*reader
	ln       line
	row      Row
	problems []Problem
}

func (r *reader) project(ln line) {
	rr := &rowReader{reader: r, ln: ln, row: Row{Row: ln.row, Status: Ready}}
	it := &rr.row.Item
	it.Seq, it.Name, it.Class, it.Remark = rr.text(Seq), rr.text(Name), rr.text(Class), rr.text(Remark)
	rr.unit()
	rr.kind()
	it.BasisText = rr.section(BasisText)
	it.Bases = bases(it.BasisText)
	for f, to := range map[Field]*string{Goal: &it.Goal, Content: &it.Content, Functions: &it.Functions, DataResources: &it.DataResources, Security: &it.Security, Operation: &it.Operation} {
		*to = rr.section(f)
	}
	rr.protection()
	it.Estimate = rr.amount(Estimate)
	it.YearAmount = rr.amount(YearAmount)
	if it.Estimate > 0 && it.YearAmount > it.Estimate {
		rr.say(YearAmount, LevelAsk, "A06.2", FromReading, it.Estimate.WanExact(), "年度资金需求 %s 万元，大于估算总投资 %s 万元", it.YearAmount.Wan(), it.Estimate.Wan())
	}
	rr.funds()
	rr.period()
	rr.fits()
	rr.refusals()
	rr.others()

	slices.SortStableFunc(rr.row.Cells, func(a, b Cell) int { return refCol(a.Ref) - refCol(b.Ref) })
	slices.SortStableFunc(rr.problems, func(a, b Problem) int { return refCol(a.Cell) - refCol(b.Cell) })
	for _, p := range rr.problems {
		if p.Level == LevelRefuse {
			rr.row.Status = Refused
		} else if rr.row.Status == Ready {
			rr.row.Status = Ask
		}
	}
	r.p.Rows = append(r.p.Rows, rr.row)
	r.p.Problems = append(r.p.Problems, rr.problems...)
}

// fits says what the form of the draft would not take: the row is refused at its
// cell and not in the middle of an import.
func (r *rowReader) fits() {
	if r.opts.Fits == nil {
		return
	}
	bad := r.opts.Fits(r.row.Item)
	for _, f := range Fields() {
		if m := bad[f]; m != "" {
			r.say(f, LevelRefuse, "", FromPractice, "", "%s", m)
		}
	}
}

// others keeps the cells of columns without a meaning, to be shown.
func (r *rowReader) others() {
	known := map[string]bool{}
	for _, c := range r.row.Cells {
		known[c.Ref] = true
	}
	for c, v := range r.ln.cells {
		if at := ref(c, r.ln.row); !known[at] {
			r.row.Cells = append(r.row.Cells, Cell{Ref: at, As: short(v.text, maxText), Value: short(hanzi.Tidy(v.text), maxText)})
		}
	}
}

func refCol(s string) int {
	c, _ := parseRef(s)
	return c
}

// say reports a problem at the cell of a field, or at the name where the sheet
// has no such column.
func (r *rowReader) say(f Field, l Level, clause, basis, suggest, format string, args ...any) {
	c, ok := r.cols[f]
	if !ok {
		c = r.cols[Name]
	}
	p := Problem{Row: r.ln.row, Field: f, Level: l, Clause: clause, Basis: basis, Suggest: suggest, Message: fmt.Sprintf(format, args...)}
	if c.Letter != "" {
		p.Cell = fmt.Sprintf("%s%d", c.Letter, r.ln.row)
	}
	r.problems = append(r.problems, p)
}

// cell records the cell of a field with its tidied value and tells whether it
// was copied down from a merged cell.
func (r *rowReader) cell(f Field, value, how string) {
	c, ok := r.cols[f]
	if !ok {
		return
	}
	at := ref(colNumber(c.Letter), r.ln.row)
	as := r.raw(f).text
	if r.filled[at] {
		as, how = "", "合并单元格按上一行补齐"
	}
	r.row.Cells = append(r.row.Cells, Cell{Ref: at, Field: f, As: short(as, maxText), Value: value, Fixed: how != "", How: how})
}

func (r *rowReader) raw(f Field) raw {
	c, ok := r.cols[f]
	if !ok {
		return raw{}
	}
	return r.ln.cells[colNumber(c.Letter)]
}

// text is the tidied text of a field.
func (r *rowReader) text(f Field) string {
	as := r.raw(f).text
	v := hanzi.Tidy(as)
	how := ""
	if v != as {
		how = "去掉换行和多余空格"
	}
	if n := hanzi.Runes(v); n > maxText {
		r.say(f, LevelRefuse, "", FromPractice, "", "%s有 %d 字，最多 %d 字", f.Label(), n, maxText)
		v = string([]rune(v)[:maxText])
	}
	r.cell(f, v, how)
	return v
}

func (r *rowReader) unit() {
	c, mapped := r.cols[UnitName]
	if !mapped {
		if r.opts.OnlyUnit != "" {
			r.row.Unit = UnitRef{ID: r.opts.OnlyUnit, SameJurisdiction: true}
		} else {
			r.say(UnitName, LevelRefuse, "", FromPractice, "", "没有申报单位")
		}
		return
	}
	as := r.raw(UnitName).text
	v, how := hanzi.Tidy(as), ""
	switch {
	case (v == "" || v == "同上") && r.unitText != "":
		if how = "按上一行补齐"; v == "" && !r.filled[ref(colNumber(c.Letter), r.ln.row)] {
			r.say(UnitName, LevelAsk, "", FromPractice, "", "申报单位空白，已按上一行补为“%s”，请核对", r.unitText)
		}
		v = r.unitText
	case v != as:
		how = "去掉换行和多余空格"
	}
	r.unitText = v
	r.cell(UnitName, v, how)
	switch {
	case v == "":
		r.say(UnitName, LevelRefuse, "", FromPractice, "", "没有填申报单位")
	case r.opts.Match == nil:
		r.row.Unit = UnitRef{Name: v, ShortName: v, SameJurisdiction: true}
	default:
		u, ok := r.opts.Match(v)
		if r.row.Unit = u; !ok {
			r.row.Unit = UnitRef{}
			r.say(UnitName, LevelRefuse, "", FromPractice, "", "没有找到单位“%s”，请按单位名录填写全称或简称", v)
		}
	}
}

// refusals are judged last: of a row that is not ours, only that is said.
func (r *rowReader) refusals() {
	u := r.row.Unit
	only := func(clause, basis, message string) {
		r.problems = nil
		r.say(UnitName, LevelRefuse, clause, basis, "", "%s", message)
	}
	known := u.ID != "" || r.opts.Match == nil
	switch name := hanzi.NormalName(r.row.Item.Name); {
	case u.ID != "" && !u.SameJurisdiction:
		only("A36.1", FromText, "属于其他辖区，不列入本级计划")
	case r.opts.OnlyUnit != "" && u.ID != "" && u.ID != r.opts.OnlyUnit:
		only("", FromPractice, "不是本单位的项目")
	case name == "" || hanzi.Filler(r.row.Item.Name) != "":
		r.say(Name, LevelRefuse, "", FromPractice, "", "没有填项目名称")
	case known:
		r.row.Key = u.ID + "/" + name
		if u.ID == "" {
			r.row.Key = hanzi.NormalName(u.Name) + "/" + name
		}
		if first, twice := r.seen[r.row.Key]; twice {
			r.say(Name, LevelRefuse, "", FromPractice, "", "与第 %d 行是同一单位的同名项目", first)
		} else {
			r.seen[r.row.Key] = r.ln.row
		}
	}
}

func (r *rowReader) kind() {
	as := r.raw(BuildKind).text
	v := hanzi.Tidy(as)
	id, label := buildKind(v)
	r.row.Item.BuildKind = id
	switch {
	case id == "" && v == "":
		r.cell(BuildKind, "", "")
		r.say(BuildKind, LevelAsk, "A03.1", FromText, "", "建设性质未填")
	case id == "":
		r.cell(BuildKind, v, "")
		r.say(BuildKind, LevelAsk, "A03.1", FromText, "", "建设性质“%s”不在新建、续建、扩建、改建、运维之中", cut(v))
	case label != as:
		r.cell(BuildKind, label, "归为“"+label+"”")
	default:
		r.cell(BuildKind, label, "")
	}
}

// section reads one of the texts Article 6 demands; an empty one is a question,
// not a refusal: the unit completes it in the draft.
func (r *rowReader) section(f Field) string {
	v := r.text(f)
	switch filler := hanzi.Filler(v); {
	case v == "":
		r.say(f, LevelAsk, "A06.2", FromText, "", "%s未填", f.Label())
	case filler != "":
		suggest := ""
		if n := hanzi.NormalName(v); n == "同上" || n == "同前" {
			suggest = r.lastText[f]
		}
		r.say(f, LevelAsk, "A06.2", FromReading, suggest, "%s写的是“%s”，请写出实际内容", f.Label(), cut(filler))
	default:
		r.lastText[f] = v
	}
	return v
}

func (r *rowReader) protection() {
	level, dash := protectionLevel(r.row.Item.Security)
	r.row.Item.ProtectionLevel = level
	if dash {
		r.say(Security, LevelAsk, "", FromPractice, "", "等保级别为“–”。服务类项目可不定级，请确认")
	}
}

func (r *rowReader) amount(f Field) money.Fen {
	yuan := r.cols[f].Yuan
	as := hanzi.Tidy(r.raw(f).text)
	if as == "" || hanzi.Filler(as) != "" {
		r.cell(f, "", "")
		r.say(f, LevelAsk, "A06.2", FromText, "", "%s未填", f.Label())
		return 0
	}
	fen, err := amount(as, yuan)
	if err != nil {
		r.cell(f, cut(as), "")
		r.say(f, LevelRefuse, "", FromPractice, "", "%s“%s”不能读入：%s", f.Label(), cut(as), err)
		return 0
	}
	r.cell(f, fen.WanExact(), tidyAmount(r.raw(f).text, yuan))
	return fen
}

// cut shortens a text to quote it in a message.
func cut(s string) string { return short(s, 30) }

func short(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n]) + "…"
	}
	return s
}

// funds reads the sources: columns with an amount each, or one text. A single
// source takes the whole amount of the year; several without amounts are kept as
// written and the split is asked for.
func (r *rowReader) funds() {
	it := &r.row.Item
	it.FundText = r.text(FundText)
	for _, f := range Fields() {
		if _, mapped := r.cols[f]; !mapped || fundFields[f] == "" {
			continue
		}
		if as := hanzi.Tidy(r.raw(f).text); as == "" || hanzi.Filler(as) != "" {
			r.cell(f, "", "")
		} else if fen := r.amount(f); fen > 0 {
			it.Funds = append(it.Funds, Fund{fundFields[f], fen})
		}
	}
	if len(it.Funds) == 0 {
		r.fundText()
	}
	var sum money.Fen
	for _, x := range it.Funds {
		sum += x.Amount
	}
	if len(it.Funds) == 1 {
		it.FundSource = it.Funds[0].Source
	}
	it.Split = len(it.Funds) > 0 && sum == it.YearAmount
	if len(it.Funds) > 0 && !it.Split && it.YearAmount > 0 {
		r.say(FundText, LevelAsk, "A06.2", FromReading, "", "各来源合计 %s 万元，年度资金需求 %s 万元，请核对", sum.Wan(), it.YearAmount.Wan())
	}
}

func (r *rowReader) fundText() {
	it := &r.row.Item
	if it.FundText == "" || hanzi.Filler(it.FundText) != "" {
		r.say(FundText, LevelAsk, "A06.2", FromText, "", "经费来源未填")
		return
	}
	parts := fundParts(it.FundText)
	split, unknown := len(parts) > 0, ""
	var ids, words []string
	for _, p := range parts {
		split = split && p.has
		words = append(words, p.word)
		if p.source == "" {
			unknown = p.word
		} else if !slices.Contains(ids, p.source) {
			ids = append(ids, p.source)
		}
		if notMunicipal.MatchString(p.word) {
			r.say(FundText, LevelAsk, "A06.2", FromReading, "", "“%s”不是市级资金来源，请核对", cut(p.word))
		}
	}
	switch {
	case unknown != "":
		r.say(FundText, LevelAsk, "A06.2", FromText, "", "资金来源“%s”没有认出，请选择来源", cut(unknown))
	case split && len(parts) > 1:
		for _, p := range parts {
			it.Funds = append(it.Funds, Fund{p.source, p.amount})
		}
	case len(ids) == 1:
		it.FundSource = ids[0]
		if it.YearAmount > 0 {
			it.Funds = []Fund{{ids[0], it.YearAmount}}
		}
	case len(ids) > 1:
		count := [...]string{2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八"}[len(ids)]
		r.say(FundText, LevelAsk, "A06.2", FromReading, "", "%s个资金来源，未分金额：%s 万元中%s各多少？", count, it.YearAmount.Wan(), strings.Join(words, "、"))
	}
}

func (r *rowReader) period() {
	it := &r.row.Item
	_, whole := r.cols[Period]
	_, parted := r.cols[StartOn]
	if !whole && parted {
		it.Start, it.End = r.day(StartOn), r.day(EndOn)
		if it.Start != "" && it.End != "" && it.End < it.Start {
			r.say(EndOn, LevelAsk, "A06.2", FromPractice, "", "结束时间早于开始时间")
		}
		return
	}
	v := hanzi.Tidy(r.raw(Period).text)
	it.PeriodText = cut(v)
	if v == "" || hanzi.Filler(v) != "" {
		r.cell(Period, "", "")
		r.say(Period, LevelAsk, "", FromPractice, "", "拟实施时间未填")
		return
	}
	if day := serialDay(v, r.date1904); r.raw(Period).number && day != "" {
		it.Start = day
		r.cell(Period, day.Chinese(), "统一日期写法")
		r.say(Period, LevelAsk, "", FromPractice, "", "只有一个日期 %s，请写明起止", day)
		return
	}
	start, end, err := calendar.ParsePeriod(v)
	if err != nil {
		r.cell(Period, cut(v), "")
		r.say(Period, LevelAsk, "", FromPractice, "", "拟实施时间“%s”不能读入：%s", cut(v), err)
		return
	}
	it.Start, it.End = start, end
	how := ""
	if p := period(start, end); p != r.raw(Period).text {
		how = "统一日期写法"
	}
	r.cell(Period, period(start, end), how)
}

// day reads a column that holds one day, typed as text or as a date.
func (r *rowReader) day(f Field) calendar.Date {
	v := r.raw(f)
	text := hanzi.Tidy(v.text)
	if text == "" {
		r.cell(f, "", "")
		return ""
	}
	d := calendar.Date("")
	if v.number {
		d = serialDay(text, r.date1904)
	}
	if d == "" {
		if start, end, err := calendar.ParsePeriod(text + "-" + text); err == nil {
			d = start
			if f == EndOn {
				d = end
			}
		} else if d, err = calendar.ParseDate(text); err != nil {
			r.cell(f, cut(text), "")
			r.say(f, LevelAsk, "", FromPractice, "", "%s“%s”不能读入：%s", f.Label(), cut(text), err)
			return ""
		}
	}
	how := ""
	if string(d) != v.text {
		how = "统一日期写法"
	}
	r.cell(f, string(d), how)
	return d
}
