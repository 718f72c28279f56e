package adjustment

import (
	"strings"

	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// TrackRules are asked when the unit hands in and at every signature: figures
// move while a case is open, a case on the wrong track goes no further.
func TrackRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{limit, added, needed}
}

const wan = money.Wan

// move is an adjustment that moves so many hundredths of 万元 within an estimate
// of 300.00 万元.
func move(hundredths int64, track string, changes ...func(*Facts)) Facts {
	f := good()
	f.Increase, f.Decrease, f.Track = money.Fen(hundredths)*wan/100, money.Fen(hundredths)*wan/100, track
	for _, c := range changes {
		c(&f)
	}
	return f
}

// earlier has so many 万元 self-filed before.
func earlier(n int64) func(*Facts) { return func(f *Facts) { f.Earlier = money.Fen(n) * wan } }

// grown has the lines that grow pass those that shrink by so many hundredths.
func grown(hundredths int64) func(*Facts) {
	return func(f *Facts) { f.Increase += money.Fen(hundredths) * wan / 100 }
}

func each(v measures.Values, f Facts) string {
	how := "调增、调减取大者"
	if !Larger.Bool(v) {
		how = "调增、调减之和"
	}
	return how + " " + f.Moved(v).WanExact() + " 万元"
}

var limit = measures.Rule[Facts]{
	ID: "A17.1-limit", Clause: "A17.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Boundary: true, Params: []measures.Param{Percent, Cumulative, Larger},
	Title: "备案的调整不超过概算总投资 10%", Quote: "资金调整数额不超过概算总投资10%",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		if f.Track != Filing {
			return measures.NotApplicable("按评审办理")
		}
		sum := each(v, f)
		if Cumulative.Bool(v) {
			sum += "，此前自行备案 " + f.Earlier.WanExact() + " 万元，累计 " + f.Counted(v).WanExact() + " 万元"
		}
		if !f.Within(v) {
			return measures.Failed("lines", "%s，占概算 %s 万元的 %s，超过 %d%%，不能备案，请撤回后重新提交，按评审办理", sum, f.Ceiling.WanExact(), Share(f.Counted(v), f.Ceiling), Percent.Int(v))
		}
		return measures.Passed("%s，占概算 %s 万元的 %s，不超过 %d%%", sum, f.Ceiling.WanExact(), Share(f.Counted(v), f.Ceiling), Percent.Int(v))
	},
	Examples: []example{
		pass("调整 15.00 万元", "15 ÷ 300 = 5%", move(1500, Filing)),
		fail("调整 60.00 万元", "60 ÷ 300 = 20%", move(6000, Filing)),
		edge(measures.Pass, "29.99 万元", "29.99 ÷ 300 = 9.9966…%", move(2999, Filing)),
		edge(measures.Pass, "30.00 万元", "30 ÷ 300 = 10%，“不超过”包括正好", move(3000, Filing)),
		edge(measures.Fail, "30.01 万元", "30.01 ÷ 300 = 10.0033…%", move(3001, Filing)),
		edge(measures.Pass, "先 20 再 10", "累计 30 = 10%", move(1000, Filing, earlier(20))),
		edge(measures.Fail, "先 20 再 10.01", "累计 30.01 > 30", move(1001, Filing, earlier(20))),
		edge(measures.Fail, "多一分", "3,000,000,100 > 3,000,000,000", move(3000, Filing, func(f *Facts) { f.Decrease++ })),
		edge(measures.Pass, "调增 20、调减 30", "取大者 30", move(3000, Filing, grown(-1000))),
		with(edge(measures.Pass, "不累计：先 20 再 10.01", "每次单独计算，10.01 < 30", move(1001, Filing, earlier(20))), Cumulative, "no"),
		with(edge(measures.Fail, "按两者之和：调增 20、调减 20", "20 + 20 = 40 > 30", move(2000, Filing)), Larger, "no"),
		with(edge(measures.Fail, "限额 5%：15.01 万元", "15.01 > 15", move(1501, Filing)), Percent, "5"),
	},
}

var added = measures.Rule[Facts]{
	ID: "A17.2-added", Clause: "A17.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Boundary: true,
	Title: "备案的调整不追加投资", Quote: "超过10%或涉及追加投资的由其他市直单位报市大数据发展管理局、市财政局进行评审",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Track != Filing {
			return measures.NotApplicable("按评审办理")
		}
		if f.Added() > 0 {
			return measures.Failed("lines", "调整后总投资 %s 万元，超出概算 %s 万元的部分 %s 万元是追加投资，不能备案，请撤回后重新提交，按评审办理", f.After().WanExact(), f.Ceiling.WanExact(), f.Added().WanExact())
		}
		return measures.Passed("调整后总投资 %s 万元，概算 %s 万元", f.After().WanExact(), f.Ceiling.WanExact())
	},
	Examples: []example{
		pass("有增有减", "总投资仍是 300", move(1500, Filing)), pass("只减不增", "290 < 300", move(0, Filing, func(f *Facts) { f.Decrease = 10 * wan })),
		fail("追加 20 万元", "320 > 300", move(0, Filing, grown(2000))),
		edge(measures.Pass, "总投资 300.00", "等于概算，没有追加", move(3000, Filing)),
		edge(measures.Fail, "总投资 300.01", "超出 0.01", move(0, Filing, grown(1))),
		edge(measures.Pass, "先减 5 后增 5", "295 + 5 = 300", move(0, Filing, func(f *Facts) { f.Total = 295 * wan }, grown(500))),
		edge(measures.Fail, "多一分", "30,000,000,001 分", move(0, Filing, func(f *Facts) { f.Increase = 1 })),
	},
}

var needed = measures.Rule[Facts]{
	ID: "A17.2-needed", Clause: "A17.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Boundary: true, Params: []measures.Param{Percent, Cumulative, Larger, Strict},
	Title: "评审的调整超过 10% 或追加投资", Quote: "超过10%或涉及追加投资的由其他市直单位报市大数据发展管理局、市财政局进行评审",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		r := f.Decide(v)
		switch {
		case f.Track != Review:
			return measures.NotApplicable("按备案办理")
		case r.Track != Review:
			return measures.Failed("lines", "提交时要评审，现在累计 %s 万元，占概算的 %s，也不追加投资，符合备案条件。请撤回后重新提交", f.Counted(v).WanExact(), Share(f.Counted(v), f.Ceiling))
		}
		return measures.Passed("%s", r.Sentence)
	},
	Examples: []example{
		pass("调整 60.00 万元", "20% > 10%", move(6000, Review)), pass("追加 20 万元", "320 > 300", move(0, Review, grown(2000))),
		pass("目标有改变", "不符合备案条件，按从严办理", move(1500, Review, func(f *Facts) { f.Goal = No })),
		fail("调整 15 万元", "5%，应当备案", move(1500, Review)),
		edge(measures.Pass, "30.01 万元", "10.0033…% > 10%", move(3001, Review)), edge(measures.Fail, "30.00 万元", "正好 10%，应当备案", move(3000, Review)),
		edge(measures.Pass, "总投资 300.01", "追加 0.01", move(0, Review, grown(1))), edge(measures.Pass, "先 20 再 10.01", "累计 30.01", move(1001, Review, earlier(20))),
		edge(measures.Fail, "先 20 再 10", "累计 30，应当备案", move(1000, Review, earlier(20))),
		with(edge(measures.Fail, "不从严：目标有改变", "参数选“否”，仍按备案办理", move(1500, Review, func(f *Facts) { f.Goal = No })), Strict, "no"),
	},
}

var strict = measures.Rule[Facts]{
	ID: "A17.3-strict", Clause: "A17.3", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Params: []measures.Param{Percent, Cumulative, Larger, Strict}, Boundary: true,
	Source: "不超过 10%、不追加投资，但建设目标有改变、不是确需调整或者不符合所列情形的，《办法》没有规定，按从严的评审办理", Title: "符合备案的其他条件",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		unmet := f.Unmet()
		switch {
		case f.Added() > 0 || !f.Within(v):
			return measures.NotApplicable("超过 10%% 或追加投资，本来就要评审")
		case len(unmet) == 0:
			return measures.Passed("建设目标不变，确需调整，符合所列情形")
		case Strict.Bool(v):
			return measures.Failed("form/"+unmetField(f.Figures), "不符合%s，《办法》没有规定怎样办理，按从严的评审办理。请核对填写，并说明理由", strings.Join(unmet, "、"))
		}
		return measures.Failed("form/"+unmetField(f.Figures), "不符合%s，《办法》没有规定怎样办理，按备案办理。请核对填写，并说明理由", strings.Join(unmet, "、"))
	},
	Examples: []example{
		pass("三项条件都符合", "“建设目标不变”“确需调整”，情形（二）", move(1500, Filing)),
		fail("目标有改变", "文本没有规定", move(1500, Review, func(f *Facts) { f.Goal = No })),
		fail("不是必须调整", "文本没有规定", move(1500, Review, func(f *Facts) { f.Must = No })),
		fail("三种情形都不是", "文本没有规定", move(1500, Review, func(f *Facts) { f.Situation = None })),
		with(fail("不从严", "按备案办理，仍须说明", move(1500, Filing, func(f *Facts) { f.Goal = No })), Strict, "no"),
		edge(measures.Fail, "正好 10%，目标有改变", "没有超过 10%，文本没有规定", move(3000, Review, func(f *Facts) { f.Goal = No })),
		edge(measures.NotApplies, "30.01 万元，目标有改变", "超过 10%，第十七条已有规定", move(3001, Review, func(f *Facts) { f.Goal = No })),
	},
}

func unmetField(f Figures) string {
	switch {
	case f.Goal != Yes:
		return "goal"
	case f.Must != Yes:
		return "must"
	}
	return "situation"
}
