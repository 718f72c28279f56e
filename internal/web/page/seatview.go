package page

import (
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// typed is what was sent with an act that was refused.
func (v CaseView) typed(name string) string { return v.Typed.Get(name) }

// begin is what an input of an act shows first: what was typed before a refusal,
// otherwise what the procedure suggests.
func (v CaseView) begin(d matter.Doable, key string) string {
	switch {
	case v.refused(d):
		return v.typed("input." + key)
	case d.Suggest == nil:
		return ""
	}
	return d.Suggest(v.Case)[key]
}

// refused reports whether the act is the one that was refused.
func (v CaseView) refused(d matter.Doable) bool {
	return v.Refusal != nil && v.typed("action") == string(d.Do)
}

// prefix tells the inputs of several acts on one page apart: those of the act that
// was refused, otherwise of the first, are the ones that messages lead to.
func (v CaseView) prefix(d matter.Doable) string {
	list := v.papers()
	leads := v.refused(d) || !slices.ContainsFunc(list, v.refused) && list[0].Do == d.Do
	if leads {
		return "input"
	}
	return "input-" + string(d.Do)
}

// wrong is the message at a field of an act that was refused.
func (v CaseView) wrong(key string) string {
	if v.Refusal == nil {
		return ""
	}
	return v.Refusal.Fields[key]
}

// missed is the message at an input of an act that was refused.
func (v CaseView) missed(d matter.Doable, key string) string {
	if !v.refused(d) {
		return ""
	}
	return v.wrong("input/" + key)
}

// asked are the warnings an act with a paper met and must answer.
func (v CaseView) asked(d matter.Doable) []measures.Finding {
	if d.Judge == nil || !v.refused(d) {
		return nil
	}
	return measures.Unanswered(v.Findings)
}

// mine is the open seat of the person, nil when there is none.
func (v CaseView) mine() *matter.Seat {
	for i := range v.Seats {
		t := &v.Seats[i]
		if t.Taken(v.Actor) && (t.Status == "open" && t.State == string(v.Case.State) || t.Remarks(v.Case)) {
			return t
		}
	}
	return nil
}

func (v CaseView) opinions(t *matter.Seat) []matter.OpinionDef {
	if t.Aside {
		return v.seating(*t).Advice
	}
	return v.seating(*t).Opinions
}

// shown are the seats of the newest round, and older ones that spoke.
func (v CaseView) shown() []matter.Seat {
	var out []matter.Seat
	for _, t := range v.Seats {
		if t.Status != "void" || t.Opinion != "" {
			out = append(out, t)
		}
	}
	return out
}

// handedIn counts the seats of the newest round.
func (v CaseView) handedIn() string {
	in, all, newest := 0, 0, v.rounds()
	for _, t := range v.shown() {
		if t.Aside || t.Status == "void" || t.Round < newest {
			continue
		}
		all++
		if t.Status == "given" {
			in++
		}
	}
	return fmt.Sprintf("已交 %d / %d", in, all)
}

// rounds is the number of the newest round.
func (v CaseView) rounds() int64 {
	var n int64
	for _, t := range v.Seats {
		n = max(n, t.Round)
	}
	return n
}

func (v CaseView) seating(t matter.Seat) *matter.Seating {
	return v.Case.Procedure.StateDef(matter.State(t.State)).Seats
}

func (v CaseView) opinion(t matter.Seat) (matter.OpinionDef, bool) {
	s := v.seating(t)
	if s == nil {
		return matter.OpinionDef{}, false
	}
	for _, o := range append(append([]matter.OpinionDef{}, s.Opinions...), s.Advice...) {
		if o.Key == t.Opinion {
			return o, true
		}
	}
	return matter.OpinionDef{}, false
}

func (v CaseView) seatMark(t matter.Seat) matter.Mark {
	if o, ok := v.opinion(t); ok {
		return o.Mark
	}
	if t.Status == "given" {
		return matter.MarkDone
	}
	return matter.MarkWait
}

func (v CaseView) seatSays(t matter.Seat) string {
	if o, ok := v.opinion(t); ok {
		return o.Title
	}
	switch t.Status {
	case "given":
		return "已交出"
	case "void":
		return "已作废"
	}
	return "未交出"
}

func (v CaseView) seatForm(t matter.Seat) *form.Spec {
	sheet, ok := v.Sheets[matter.State(t.State)]
	if !ok || t.Aside || t.Body == "{}" {
		return nil
	}
	return &sheet
}

func (v CaseView) seatBody(t matter.Seat) any {
	body, err := v.seatForm(t).Decode([]byte(t.Body))
	if err != nil {
		return v.seatForm(t).New()
	}
	return body
}

// seatTotal names what is folded: the sum of the marks where a seat gave marks.
func (v CaseView) seatTotal(t matter.Seat) string {
	body, sum, marks := v.seatBody(t), int64(0), false
	for _, f := range v.seatForm(t).Fields() {
		if f.Kind == form.Int {
			n, _ := f.Raw(body).(int64)
			sum, marks = sum+n, true
		}
	}
	if marks {
		return fmt.Sprintf("总分 %d", sum)
	}
	return "详细意见"
}

func (v CaseView) askTitle() string {
	if v.Seating != nil && len(v.Seating.Advice) > 0 {
		return "征求意见"
	}
	return "增加会签"
}

// cuttable are the lines a seat may propose to cut.
func (v CaseView) cuttable() []matter.Line {
	var out []matter.Line
	for _, ln := range v.Case.Lines {
		if v.Seating.Cuts != "" && ln.Of.Table == v.Seating.Cuts {
			out = append(out, ln)
		}
	}
	return out
}

func (v CaseView) lineName(id string) string {
	for _, ln := range v.Case.Lines {
		if ln.ID == id {
			return ln.Of.Form.Fields()[0].Show(ln.Body)
		}
	}
	return ""
}

func lineAmount(ln matter.Line) string {
	if f, ok := ln.Of.Form.Field("amount"); ok {
		return f.Show(ln.Body)
	}
	return ""
}

// markRow is one item of the scoring sheet; the first of a head names it.
type markRow struct {
	Head  string
	Field form.Field
}

// scored reports whether a section of a sheet is items that take marks.
func scored(s form.Section) bool { return s.Fields[0].Kind == form.Int }

func (v CaseView) marks() []markRow {
	var out []markRow
	for _, sec := range v.Sheets[v.Case.State].Sections {
		if !scored(sec) {
			continue
		}
		for i, f := range sec.Fields {
			r := markRow{Field: f}
			if i == 0 {
				r.Head = sec.Title
			}
			out = append(out, r)
		}
	}
	return out
}

// reasoned names the opinions that need a reason.
func reasoned(list []matter.OpinionDef) string {
	var out []string
	for _, o := range list {
		if o.Reason {
			out = append(out, o.Title)
		}
	}
	return strings.Join(out, "”“")
}

// ScoreView is what the experts of a round gave.
type ScoreView struct {
	Average string
	Columns []ScoreColumn
	Rows    []ScoreRow
}

// ScoreColumn is one expert.
type ScoreColumn struct {
	Name, Opinion, Says string
	Total               int64
}

// ScoreRow is one item with the marks in the order of the columns.
type ScoreRow struct {
	Title string
	Max   int
	Marks []int64
}

// tally counts the opinions, such as 通过 2 · 不通过 1.
func (v ScoreView) tally() string {
	var order []string
	n := map[string]int{}
	for _, c := range v.Columns {
		if n[c.Opinion] == 0 {
			order = append(order, c.Opinion)
		}
		n[c.Opinion]++
	}
	for i, o := range order {
		order[i] = fmt.Sprintf("%s %d", o, n[o])
	}
	return strings.Join(order, " · ")
}
