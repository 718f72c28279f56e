package adjustment

import (
	"fmt"
	"strings"

	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// The tracks of Article 17.
const (
	Filing = "filing" // 备案: the unit adjusts and files at the same time
	Review = "review" // 评审: the bureau and the finance bureau
)

// Parameters of what the text leaves open.
var (
	Percent = measures.Param{Key: "adjustment.percent", Title: "自行调整备案的限额占概算总投资", Unit: "%", Kind: measures.KindPercent, Default: "10", Clause: "A17.1", Basis: measures.Text,
		Note: "“资金调整数额不超过概算总投资10%”"}
	Cumulative = measures.Param{Key: "adjustment.cumulative", Title: "限额按项目历次自行备案的调整累计", Kind: measures.KindBool, Default: "yes", Clause: "A17.1", Basis: measures.Reading,
		Note: "《办法》没有说是每次还是累计；按累计计算，分次调整不能绕过限额"}
	Larger = measures.Param{Key: "adjustment.larger", Title: "资金调整数额取调增合计与调减合计中的大者", Kind: measures.KindBool, Default: "yes", Clause: "A17.1", Basis: measures.Reading,
		Note: "《办法》没有说怎样计算；选“否”则取调增与调减之和"}
	Strict = measures.Param{Key: "adjustment.strict", Title: "不符合备案条件的按评审办理", Kind: measures.KindBool, Default: "yes", Clause: "A17.3", Basis: measures.Reading,
		Note: "不超过 10%、不追加投资而不符合备案条件的，《办法》没有规定；选“否”则仍按备案办理"}
	FileDays = measures.Param{Key: "adjustment.file-days", Title: "调整决定作出后报送备案的时间", Unit: "个工作日", Kind: measures.KindDays, Default: "5", Clause: "A17.1", Basis: measures.Reading,
		Note: "“同时向市大数据发展管理局备案”，《办法》未定天数"}
)

// Figures are what the track is computed from.
type Figures struct {
	Ceiling   money.Fen `json:"ceiling"` // 概算总投资
	Total     money.Fen `json:"total"`   // of the project before this adjustment
	Increase  money.Fen `json:"increase"`
	Decrease  money.Fen `json:"decrease"`
	Earlier   money.Fen `json:"earlier"`             // moved by earlier self-filed adjustments
	Situation string    `json:"situation,omitempty"` // of the three, none, or not said yet
	Goal      string    `json:"goal,omitempty"`      // yes: unchanged
	Must      string    `json:"must,omitempty"`      // yes: the main content must change
}

// Moved is the amount of this adjustment.
func (f Figures) Moved(v measures.Values) money.Fen {
	if !Larger.Bool(v) {
		return f.Increase + f.Decrease
	}
	return max(f.Increase, f.Decrease)
}

// Counted is what is held against the limit.
func (f Figures) Counted(v measures.Values) money.Fen {
	if Cumulative.Bool(v) {
		return f.Earlier + f.Moved(v)
	}
	return f.Moved(v)
}

// After is the total investment after the adjustment.
func (f Figures) After() money.Fen { return f.Total + f.Increase - f.Decrease }

// Added is by how much the total rises above the estimate.
func (f Figures) Added() money.Fen { return max(0, f.After()-f.Ceiling) }

// Within reports whether the limit holds: exactly 10 % is within it.
func (f Figures) Within(v measures.Values) bool {
	return money.WithinPercent(f.Counted(v), f.Ceiling, int64(Percent.Int(v)))
}

// Unmet names the conditions of the filing track, other than the money, that are
// not met, in the words of the Measures.
func (f Figures) Unmet() []string {
	var out []string
	if f.Goal != Yes {
		out = append(out, "“建设目标不变”")
	}
	if f.Must != Yes {
		out = append(out, "“主要建设内容确需调整”")
	}
	if f.Situation == "" || f.Situation == None {
		out = append(out, "“符合以下情形之一”")
	}
	return out
}

// Ruling is which way an adjustment goes, under which clause, and why.
type Ruling struct {
	Track, Clause, Sentence string
	Government              bool // its decision is needed
}

// Decide computes the track.
func (f Figures) Decide(v measures.Values) Ruling {
	switch unmet := f.Unmet(); {
	case f.Added() > 0:
		return Ruling{Review, "A17.2", fmt.Sprintf("调整后总投资 %s 万元，超出概算 %s 万元，“涉及追加投资”：报市大数据发展管理局、市财政局评审，确需增加的联合报市政府审批。", f.After().WanExact(), f.Added().WanExact()), true}
	case !f.Within(v):
		return Ruling{Review, "A17.2", fmt.Sprintf("调整 %s 万元，超过概算总投资的 %d%%：报市大数据发展管理局、市财政局评审；不追加投资，不报市政府。", f.Counted(v).WanExact(), Percent.Int(v)), false}
	case len(unmet) > 0 && Strict.Bool(v):
		return Ruling{Review, "A17.3", fmt.Sprintf("没有超过 %d%%，也不追加投资，但不符合%s：《办法》没有规定这种情形，按从严的评审办理（本市口径）。", Percent.Int(v), strings.Join(unmet, "、")), false}
	case len(unmet) > 0:
		return Ruling{Filing, "A17.3", fmt.Sprintf("不符合%s，但没有超过 %d%%，也不追加投资：按备案办理（本市口径）。", strings.Join(unmet, "、"), Percent.Int(v)), false}
	}
	return Ruling{Filing, "A17.1", fmt.Sprintf("投资规模未超出概算、建设目标不变、确需调整，调整 %s 万元“不超过概算总投资%d%%”，并符合所列情形：单位调整后，同时向市大数据发展管理局备案。", f.Counted(v).WanExact(), Percent.Int(v)), false}
}

// Share is what part of the whole, in percent with four decimals and not rounded
// up: 10.0001 % must not read as 10 %.
func Share(part, whole money.Fen) string {
	if whole <= 0 {
		return "—"
	}
	n := int64(part) / int64(whole)
	rest := int64(part) % int64(whole)
	digits := n
	for range 6 { // 2 of percent, 4 behind the point
		rest *= 10
		digits = digits*10 + rest/int64(whole)
		rest %= int64(whole)
	}
	s := fmt.Sprintf("%d.%04d", digits/10000, digits%10000)
	s = strings.TrimRight(s, "0")
	if dot := strings.IndexByte(s, '.'); len(s)-dot < 3 {
		s += strings.Repeat("0", 3-(len(s)-dot))
	}
	if rest > 0 {
		return s + "…%"
	}
	return s + "%"
}
