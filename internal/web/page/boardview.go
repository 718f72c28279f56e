package page

import (
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/registry"
)

// BoardRow is one item of an annual plan on the board.
type BoardRow struct {
	Line     matter.Line
	Entry    *annualplan.Entry
	Standing map[string]annualplan.Standing // by office
}

// BoardView is the board of an annual plan.
type BoardView struct {
	CaseView
	Plan        *annualplan.Plan
	Rows        []BoardRow
	Totals      annualplan.Totals
	Changes     annualplan.Changes // since the version before, none before the first was frozen
	Supplements []registry.Project // of the year
	Decision    *decision.Decision // once recorded
	Refused     map[string]bool    // items recorded as not approved
	Show        string
}

var officeHeads = []Pair{{identity.BigData, "大数据"}, {identity.NDRC, "发改"}, {identity.CAC, "网信"}}

// DefaultShow is what the board shows first: everything to whoever compiles,
// the items of the version to whoever reviews it.
func (v BoardView) DefaultShow() string {
	if v.Case.State == matter.Draft {
		return "all"
	}
	return "in"
}

func (v BoardView) tabs() []Pair {
	out := []Pair{{"all", "全部"}, {"in", "已列入"}}
	if v.Case.State != matter.Draft {
		out = []Pair{{"in", "列入"}, {"all", "含未列入"}}
	}
	out = append(out, Pair{"against", "有不同意见"}, Pair{"again", "须重新确认"})
	if v.versionNow() > 1 {
		out = append(out, Pair{"changed", "有改动"})
	}
	return append(out, Pair{"continue", "续建"})
}

// tags are the tabs under which a row is found.
func (v BoardView) tags(r BoardRow) string {
	tags := []string{"all"}
	for _, t := range []struct {
		key string
		is  bool
	}{{"in", r.Entry.Included && !r.Entry.Struck}, {"against", v.against(r)}, {"again", v.again(r)}, {"changed", v.Changes.Items[r.Line.ID].Kind != ""}, {"continue", r.Entry.Source == annualplan.FromContinue}} {
		if t.is {
			tags = append(tags, t.key)
		}
	}
	return strings.Join(tags, " ")
}

func (v BoardView) shows(r BoardRow) bool {
	for _, t := range strings.Fields(v.tags(r)) {
		if t == v.Show {
			return true
		}
	}
	return false
}

func (v BoardView) count(show string) int {
	v.Show = show
	n := 0
	for _, r := range v.Rows {
		if v.shows(r) {
			n++
		}
	}
	return n
}

func (v BoardView) tab(show string) string { return "/annual/" + v.Case.ID + "?show=" + show }

// against reports whether an office objects to an item as it stands, or did to
// one that was taken out for it since the version before.
func (v BoardView) against(r BoardRow) bool {
	out := v.Changes.Items[r.Line.ID].Kind == "out"
	for _, s := range r.Standing {
		if s.Objects() && (s.Holds || out) {
			return true
		}
	}
	return false
}

// again reports whether an item must be confirmed anew: by the office that
// looks, otherwise by any.
func (v BoardView) again(r BoardRow) bool {
	if !r.Entry.Included || r.Entry.Struck {
		return false
	}
	if v.mine() != nil {
		return v.versionNow() > 1 && !r.Standing[v.Actor.Office].Agrees()
	}
	for _, s := range r.Standing {
		if s.Opinion != "" && !s.Holds {
			return true
		}
	}
	return false
}

// versionNow is the version on the board: the one being written, or the frozen one.
func (v BoardView) versionNow() int64 {
	if v.Case.State == matter.Draft {
		return v.Case.Version + 1
	}
	return v.Case.Version
}

func (v BoardView) version() string {
	if v.Case.State == matter.Draft {
		return fmt.Sprintf("第 %d 版草案", v.versionNow())
	}
	return fmt.Sprintf("第 %d 版", v.versionNow())
}

// compiler is who wrote the version: who froze the newest, or opened the first.
func (v BoardView) compiler() string {
	for _, n := range v.History {
		if n.Action == matter.Submit || n.Action == matter.Open {
			return n.Actor
		}
	}
	return ""
}

type frozenVersion struct {
	N          int64
	Href, Note string // what differs from the version before, "" for the first
	On         calendar.Date
}

// frozen lists the frozen versions, the first leading, at most the newest three.
func (v BoardView) frozen() []frozenVersion {
	var out []frozenVersion
	n := v.Case.Version
	for i, h := range v.History {
		if !h.Frozen {
			continue
		}
		f := frozenVersion{N: n, On: calendar.Of(matter.Time(h.At)), Note: when(h.At) + " 冻结"}
		if earlier(v.History, i) {
			f.Href = "/matters/" + v.Case.ID + "/changes/" + h.Event
		}
		out = append([]frozenVersion{f}, out...)
		n--
	}
	return out[max(0, len(out)-3):]
}

func (v BoardView) banner() []string {
	versions := v.frozen()
	if len(versions) == 0 {
		return nil
	}
	last := versions[len(versions)-1]
	var agreed, against int
	for _, r := range v.Rows {
		all := r.Entry.Included && !r.Entry.Struck
		for _, o := range officeHeads {
			all = all && r.Standing[o.Key].Agrees()
		}
		if all {
			agreed++
		}
		if v.against(r) {
			against++
		}
	}
	switch v.Case.State {
	case matter.Draft:
		return []string{fmt.Sprintf("第 %d 版已于 %s 冻结送联审，不能改动。三家都同意且没有改动的 %d 项，有剔除或退回的 %d 项。", last.N, last.On, agreed, against),
			fmt.Sprintf("正在编辑第 %d 版草案：%s。三家只须重新确认改动的项目；对同一版都同意，才能报市政府审批。", last.N+1, v.differs())}
	case annualplan.Joint:
		out := []string{fmt.Sprintf("第 %d 版已于 %s 冻结送联审，不能改动。三家意见%s。", last.N, last.On, v.handedIn())}
		if last.N > 1 {
			out = append(out, fmt.Sprintf("较第 %d 版：%s。%s", last.N-1, v.differs(), v.toConfirm()))
		}
		return out
	case annualplan.Approved:
		return []string{"市政府已批准，计划冻结，不能改动。", "新增的临时任务走增补（第11条），实施中的调整走项目调整（第17条），取消的由批准机关决定。"}
	}
	return []string{fmt.Sprintf("第 %d 版三家都已同意，不能改动。", last.N)}
}

// ground is the clause the banner stands on.
func (v BoardView) ground() string {
	if v.Case.State == annualplan.Approved {
		return "A10.2"
	}
	return "A10.1"
}

func (v BoardView) toConfirm() string {
	if v.mine() == nil {
		return "三家只须重新确认改动的项目。"
	}
	return fmt.Sprintf("本部门须确认 %d 项，其余各项的意见保留。", v.count("again"))
}

func (v BoardView) differs() string {
	c := v.Changes
	if c.In+c.Out+c.Changed == 0 {
		return "还没有改动"
	}
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{c.In, "列入"}, {c.Out, "移出"}, {c.Changed, "改动"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 项", p.word, p.n))
		}
	}
	money := "资金不变"
	switch {
	case c.Money > 0:
		money = "资金 +" + wan(c.Money) + " 万元"
	case c.Money < 0:
		money = "资金 −" + wan(-c.Money) + " 万元"
	}
	return strings.Join(append(parts, money), "，")
}

func (v BoardView) changeTag(d annualplan.Difference) string {
	n := v.versionNow()
	switch d.Kind {
	case "in":
		return fmt.Sprintf("第 %d 版列入", n)
	case "out":
		return fmt.Sprintf("第 %d 版移出", n)
	}
	return fmt.Sprintf("较第 %d 版有改动", n-1)
}

// under is the second line of an item: whose it is, what changed, who objects.
func (v BoardView) under(r BoardRow) string {
	parts := []string{r.Entry.Unit}
	if r.Entry.Source == annualplan.FromContinue {
		parts = append(parts, "续建，已安排 "+wan(r.Entry.Prior))
	}
	if d := v.Changes.Items[r.Line.ID]; d.Says != "" {
		parts = append(parts, d.Says)
	}
	for _, o := range officeHeads {
		if st := r.Standing[o.Key]; st.Reason != "" && st.Opinion != annualplan.Agree {
			parts = append(parts, o.Text+"："+st.Reason)
		}
	}
	return strings.Join(parts, " · ")
}

// assessed reports whether an item needs a decision assessment: its unit says
// so, or 发展改革 does (A05.4).
func (v BoardView) assessed(r BoardRow) bool {
	return r.Entry.Assess || r.Standing[identity.NDRC].Opinion == annualplan.Assess
}

// reviews reports whether the person gives the opinion of this office now.
func (v BoardView) reviews(office string) bool {
	return v.mine() != nil && v.Actor.Office == office
}

// holding is what the office's opinion about an item is unless it says otherwise.
func (v BoardView) holding(r BoardRow) string {
	s := r.Standing[v.Actor.Office]
	switch {
	case s.Agrees() && s.Opinion == annualplan.Assess:
		return "已同意，须评估"
	case s.Agrees():
		return "已同意"
	case s.Opinion != "" && !s.Holds:
		return "同意改动"
	}
	return "同意"
}

// sayable is what the office may say about an item beside agreeing to it.
func (v BoardView) sayable(r BoardRow) []Pair {
	out := []Pair{{annualplan.Strike, "剔除"}, {annualplan.Back, "退回"}}
	if v.Actor.Office == identity.NDRC {
		if r.Standing[identity.NDRC].Opinion == annualplan.Assess {
			return append(out, Pair{annualplan.Agree, "同意，不须评估"})
		}
		out = append(out, Pair{annualplan.Assess, "同意，须评估"})
	}
	return out
}

func whoSaid(s annualplan.Standing) string {
	if s.Reason == "" {
		return s.Name
	}
	return s.Name + "：" + s.Reason
}

func opinionMark(s annualplan.Standing) matter.Mark {
	switch s.Opinion {
	case annualplan.Strike:
		return matter.MarkStop
	case annualplan.Back:
		return matter.MarkWarn
	}
	return matter.MarkDone
}

func opinionShort(s annualplan.Standing) string {
	switch s.Opinion {
	case annualplan.Strike:
		return "剔除"
	case annualplan.Back:
		return "退回"
	}
	return "同意"
}

// agreed counts the items of the version an office agrees to as they stand.
func (v BoardView) agreed(office string) string {
	n := 0
	for _, r := range v.Rows {
		if r.Entry.Included && !r.Entry.Struck && r.Standing[office].Agrees() {
			n++
		}
	}
	if v.Case.Version == 0 {
		return ""
	}
	return fmt.Sprintf("同意 %d / %d", n, v.Totals.All.Items)
}

// parts are the places and widths of the kinds on one bar.
func (v BoardView) parts() []Pair {
	var out []Pair
	var at money.Fen
	for _, g := range v.Totals.ByKind {
		out = append(out, Pair{permille(at, v.Totals.All.Year), permille(g.Year, v.Totals.All.Year)})
		at += g.Year
	}
	return out
}

func permille(part, whole money.Fen) string {
	if whole <= 0 {
		return "0%"
	}
	n := int64(part) * 1000 / int64(whole)
	return fmt.Sprintf("%d.%d%%", n/10, n%10)
}

func limitOr(limit, whole money.Fen) money.Fen {
	if limit > 0 {
		return limit
	}
	return whole
}

// gaugeClass colours a bar by how close it is to its limit: from 95 % amber,
// over it vermilion.
func gaugeClass(part, whole money.Fen, limit bool) string {
	switch {
	case limit && part > whole:
		return "f-red"
	case limit && part*100 >= whole*95:
		return "f-amber"
	}
	return "f-bar"
}

// blank is an amount, or nothing for zero.
func blank(f money.Fen) string {
	if f == 0 {
		return "—"
	}
	return f.Wan()
}

// striking reports whether the person records the decision and may name items
// that were not approved.
func (v BoardView) striking() bool {
	for _, d := range v.papers() {
		if d.Do == decision.Record {
			return true
		}
	}
	return false
}

func (v BoardView) strikeForm() string { return "form-" + string(decision.Record) }

func (v BoardView) failing() bool {
	for _, f := range v.Findings {
		if f.Outcome == measures.Fail {
			return true
		}
	}
	return false
}

func sumPlanned(list []registry.Project) money.Fen {
	var sum money.Fen
	for _, p := range list {
		sum += p.Planned
	}
	return sum
}
