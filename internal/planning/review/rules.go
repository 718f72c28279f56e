package review

import (
	"strings"

	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// Parameters of a jurisdiction. The Measures fix none of these figures.
var (
	PanelMin = measures.Param{Key: "review.panel-min", Title: "专家组最少人数", Unit: "人", Kind: measures.KindInt, Default: "3",
		Clause: "A08.1", Basis: measures.Practice, Note: "《办法》未定人数"}
	FiveFrom = measures.Param{Key: "review.panel-five-from", Title: "不少于 5 名专家的起点", Unit: "万元", Kind: measures.KindInt, Default: "200",
		Clause: "A08.1", Basis: measures.Practice, Note: "按送审概算"}
	SevenFrom = measures.Param{Key: "review.panel-seven-from", Title: "不少于 7 名专家的起点", Unit: "万元", Kind: measures.KindInt, Default: "1000",
		Clause: "A08.1", Basis: measures.Practice, Note: "按送审概算"}
)

// Params lists them for the parameters page.
var Params = []measures.Param{PanelMin, FiveFrom, SevenFrom}

// CallFacts are what the rules of calling a panel judge.
type CallFacts struct {
	Mode     string    `json:"mode"`
	Size     int64     `json:"size"`
	Agency   string    `json:"agency,omitempty"`
	Estimate money.Fen `json:"estimate"`
}

const wan = money.Fen(1_000_000) // fen in 万元

// Least is the smallest panel for an estimate.
func Least(estimate money.Fen, v measures.Values) int64 {
	switch {
	case estimate >= money.Fen(SevenFrom.Int(v))*wan:
		return max(7, int64(PanelMin.Int(v)))
	case estimate >= money.Fen(FiveFrom.Int(v))*wan:
		return max(5, int64(PanelMin.Int(v)))
	}
	return int64(PanelMin.Int(v))
}

var panelSize = measures.Rule[CallFacts]{
	ID: "A08.1-panel", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "专家组为单数，人数随概算增加，避免平票和少数人定案", Title: "专家组人数", Params: Params,
	Judge: func(f CallFacts, v measures.Values) measures.Verdict {
		if f.Mode == ByAgency {
			return measures.NotApplicable("委托第三方机构，人数由委托约定")
		}
		least := Least(f.Estimate, v)
		switch {
		case f.Size < least:
			return measures.Failed("input/size", "送审概算 %s 万元，专家不少于 %d 人，现为 %d 人", f.Estimate.Wan(), least, f.Size)
		case f.Size%2 == 0:
			return measures.Failed("input/size", "专家人数应为单数，现为 %d 人", f.Size)
		}
		return measures.Passed("%d 名专家", f.Size)
	},
	Examples: []measures.Example[CallFacts]{
		{Name: "三名专家评 157.80 万元", Kind: measures.ExamplePass, Facts: CallFacts{Mode: ByExperts, Size: 3, Estimate: 157_800_000}, Want: measures.Pass, Why: "单数，不少于 3 人，概算不到 200 万元"},
		{Name: "四名专家", Kind: measures.ExampleFail, Facts: CallFacts{Mode: ByExperts, Size: 4, Estimate: 100_000_000}, Want: measures.Fail, Why: "双数可能平票"},
		{Name: "199.99 万元三人", Kind: measures.ExampleBoundary, Facts: CallFacts{Mode: ByExperts, Size: 3, Estimate: 199_990_000}, Want: measures.Pass, Why: "不到 200 万元"},
		{Name: "正好 200 万元三人", Kind: measures.ExampleBoundary, Facts: CallFacts{Mode: ByExperts, Size: 3, Estimate: 200_000_000}, Want: measures.Fail, Why: "200 万元起不少于 5 人"},
		{Name: "正好 1000 万元五人", Kind: measures.ExampleBoundary, Facts: CallFacts{Mode: ByExperts, Size: 5, Estimate: 1_000_000_000}, Want: measures.Fail, Why: "1000 万元起不少于 7 人"},
	},
}

var agencyNamed = measures.Rule[CallFacts]{
	ID: "A08.1-agency", Clause: "A08.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "组织专家或者委托第三方机构", Quote: "组织专家或委托第三方机构",
	Judge: func(f CallFacts, _ measures.Values) measures.Verdict {
		if f.Mode == ByAgency && strings.TrimSpace(f.Agency) == "" {
			return measures.Failed("input/agency", "委托第三方机构的，请写明机构名称")
		}
		return measures.Passed("评审方式已定")
	},
	Examples: []measures.Example[CallFacts]{
		{Name: "组织专家", Kind: measures.ExamplePass, Facts: CallFacts{Mode: ByExperts, Size: 3}, Want: measures.Pass, Why: "两种方式之一"},
		{Name: "委托未写机构", Kind: measures.ExampleFail, Facts: CallFacts{Mode: ByAgency, Size: 1}, Want: measures.Fail, Why: "不知委托给谁"},
	},
}

// CallRules are asked when a panel is called.
func CallRules() []measures.Rule[CallFacts] {
	return []measures.Rule[CallFacts]{panelSize, agencyNamed}
}

// EndFacts are what the rules of a conclusion judge.
type EndFacts struct {
	Result    string    `json:"result"`
	Applied   money.Fen `json:"applied"`
	Reviewed  money.Fen `json:"reviewed"`
	Points    int       `json:"points"`
	Mode      string    `json:"mode,omitempty"`
	Least     int64     `json:"least,omitempty"` // smallest panel for the estimate
	Given     int       `json:"given"`           // experts who handed in marks
	Rejected  int       `json:"rejected"`
	BuildKind string    `json:"build_kind"`
	Level     string    `json:"level"`  // 拟定等保级别
	Cipher    bool      `json:"cipher"` // 密码应用方案, or why it does not apply
	Trusted   bool      `json:"trusted"`
}

func enters(f EndFacts) bool { return f.Result == Pass || f.Result == Revise }

var opinionsIn = measures.Rule[EndFacts]{
	ID: "A08.1-opinions", Clause: "A08.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "经过综合评审", Quote: "对项目实施方案的政策符合性、必要性、可行性等进行综合评审",
	Judge: func(f EndFacts, _ measures.Values) measures.Verdict {
		if f.Given == 0 {
			return measures.Failed("", "还没有专家或机构的评审意见")
		}
		return measures.Passed("%d 份评审意见", f.Given)
	},
	Examples: []measures.Example[EndFacts]{
		{Name: "三份意见", Kind: measures.ExamplePass, Facts: EndFacts{Result: Pass, Given: 3}, Want: measures.Pass, Why: "已综合评审"},
		{Name: "没有意见", Kind: measures.ExampleFail, Facts: EndFacts{Result: Pass}, Want: measures.Fail, Why: "没有评审"},
		{Name: "一份意见", Kind: measures.ExampleBoundary, Facts: EndFacts{Result: Pass, Given: 1}, Want: measures.Pass, Why: "第三方机构可只出一份"},
	},
}

var quorum = measures.Rule[EndFacts]{
	ID: "A08.1-quorum", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "专家回避而没有人替补的，余下的专家仍应为单数、不少于规定人数，才能据以通过", Title: "出具意见的专家够数", Params: Params,
	Judge: func(f EndFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.Mode == ByAgency:
			return measures.NotApplicable("委托第三方机构，人数由委托约定")
		case !enters(f):
			return measures.NotApplicable("不通过，不需要够数")
		case int64(f.Given) < f.Least:
			return measures.Failed("input/result", "应有不少于 %d 名专家的意见，现有 %d 份；请重新组织评审", f.Least, f.Given)
		case f.Given%2 == 0:
			return measures.Failed("input/result", "专家意见 %d 份，不是单数；请重新组织评审", f.Given)
		}
		return measures.Passed("%d 名专家，不少于 %d 名", f.Given, f.Least)
	},
	Examples: []measures.Example[EndFacts]{
		{Name: "三名专家都出具意见", Kind: measures.ExamplePass, Facts: EndFacts{Result: Pass, Mode: ByExperts, Least: 3, Given: 3}, Want: measures.Pass, Why: "够数，单数"},
		{Name: "三名中一名回避无人替补", Kind: measures.ExampleFail, Facts: EndFacts{Result: Pass, Mode: ByExperts, Least: 3, Given: 2}, Want: measures.Fail, Why: "只有两名"},
		{Name: "正好五名", Kind: measures.ExampleBoundary, Facts: EndFacts{Result: Revise, Mode: ByExperts, Least: 5, Given: 5}, Want: measures.Pass, Why: "不少于五名"},
		{Name: "七名中一名回避剩六名", Kind: measures.ExampleBoundary, Facts: EndFacts{Result: Pass, Mode: ByExperts, Least: 5, Given: 6}, Want: measures.Fail, Why: "够数但成双数"},
		{Name: "不通过的不问", Kind: measures.ExamplePass, Facts: EndFacts{Result: Reject, Mode: ByExperts, Least: 3, Given: 2}, Want: measures.NotApplies, Why: "只拦截通过"},
		{Name: "第三方机构一份", Kind: measures.ExamplePass, Facts: EndFacts{Result: Pass, Mode: ByAgency, Least: 3, Given: 1}, Want: measures.NotApplies, Why: "人数由委托约定"},
	},
}

var majority = measures.Rule[EndFacts]{
	ID: "A08.1-majority", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: "2025-12-01", Boundary: true,
	Source: "结论与多数专家意见不一致的应当说明", Title: "结论与多数意见一致",
	Judge: func(f EndFacts, _ measures.Values) measures.Verdict {
		against := f.Rejected*2 > f.Given
		if enters(f) == against {
			return measures.Failed("input/result", "%d 名专家中 %d 名认为不通过，拟定结论与多数意见不一致，请说明", f.Given, f.Rejected)
		}
		return measures.Passed("%d 名专家中 %d 名认为不通过", f.Given, f.Rejected)
	},
	Examples: []measures.Example[EndFacts]{
		{Name: "多数通过，结论通过", Kind: measures.ExamplePass, Facts: EndFacts{Result: Pass, Given: 3, Rejected: 1}, Want: measures.Pass, Why: "一比二"},
		{Name: "多数不通过，结论通过", Kind: measures.ExampleFail, Facts: EndFacts{Result: Pass, Given: 3, Rejected: 2}, Want: measures.Fail, Why: "二比一反对"},
		{Name: "正好一半不通过", Kind: measures.ExampleBoundary, Facts: EndFacts{Result: Pass, Given: 4, Rejected: 2}, Want: measures.Pass, Why: "一半不是多数"},
	},
}

var reviewedAmount = measures.Rule[EndFacts]{
	ID: "A08.1-amount", Clause: "A08.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "评审只核减不核增：审定金额大于零、不超过送审概算", Title: "审定金额不超过送审概算",
	Judge: func(f EndFacts, _ measures.Values) measures.Verdict {
		switch {
		case !enters(f):
			return measures.NotApplicable("不通过，不定金额")
		case f.Reviewed == 0:
			return measures.Failed("input/reviewed", "请填写审定金额")
		case f.Reviewed > f.Applied:
			return measures.Failed("input/reviewed", "审定金额 %s 万元，超过送审概算 %s 万元", f.Reviewed.WanExact(), f.Applied.WanExact())
		}
		return measures.Passed("送审 %s 万元，审定 %s 万元，核减 %s 万元", f.Applied.Wan(), f.Reviewed.Wan(), (f.Applied - f.Reviewed).Wan())
	},
	Examples: []measures.Example[EndFacts]{
		{Name: "核减", Kind: measures.ExamplePass, Facts: EndFacts{Result: Pass, Applied: 300_000_000, Reviewed: 280_000_000}, Want: measures.Pass, Why: "280 万元不超过 300 万元"},
		{Name: "核增", Kind: measures.ExampleFail, Facts: EndFacts{Result: Pass, Applied: 300_000_000, Reviewed: 300_000_001}, Want: measures.Fail, Why: "多一分也是核增"},
		{Name: "不核减", Kind: measures.ExampleBoundary, Facts: EndFacts{Result: Pass, Applied: 300_000_000, Reviewed: 300_000_000}, Want: measures.Pass, Why: "相等不超过"},
	},
}

var pointsGiven = measures.Rule[EndFacts]{
	ID: "A08.1-points", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01",
	Source: "修改后通过的，逐条列出要修改的意见，供单位逐条答复", Title: "修改意见逐条列出",
	Judge: func(f EndFacts, _ measures.Values) measures.Verdict {
		if f.Result == Revise && f.Points == 0 {
			return measures.Failed("input/points", "结论为修改后通过，请逐条列出须答复的意见")
		}
		return measures.Passed("%d 条", f.Points)
	},
	Examples: []measures.Example[EndFacts]{
		{Name: "列出两条", Kind: measures.ExamplePass, Facts: EndFacts{Result: Revise, Points: 2}, Want: measures.Pass, Why: "有可答复的意见"},
		{Name: "没有列出", Kind: measures.ExampleFail, Facts: EndFacts{Result: Revise}, Want: measures.Fail, Why: "单位无从修改"},
	},
}

var cipherPlan = measures.Rule[EndFacts]{
	ID: "A29.2-plan", Clause: "A29.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "密码应用与系统同步规划", Quote: "密码保障系统与政务信息系统“三同步”",
	Judge: func(f EndFacts, _ measures.Values) measures.Verdict {
		if enters(f) && !f.Cipher {
			return measures.Failed("form/cipher", "方案没有密码应用方案，也没有写明不适用的理由，不能通过评审")
		}
		return measures.Passed("已规划密码应用，或已说明不适用")
	},
	Examples: []measures.Example[EndFacts]{
		{Name: "有密码应用方案", Kind: measures.ExamplePass, Facts: EndFacts{Result: Pass, Cipher: true}, Want: measures.Pass, Why: "同步规划"},
		{Name: "没有又未说明", Kind: measures.ExampleFail, Facts: EndFacts{Result: Pass}, Want: measures.Fail, Why: "“三同步”从规划开始"},
		{Name: "不通过的不问", Kind: measures.ExamplePass, Facts: EndFacts{Result: Reject}, Want: measures.Pass, Why: "只拦截通过"},
	},
}

var trustedGrade = measures.Rule[EndFacts]{
	ID: "A29.3-demand", Clause: "A29.3", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "新建系统提出安全可靠要求", Quote: "新建政务信息系统应严格执行政府采购需求标准和关键部件安全可靠测评等级要求",
	Judge: func(f EndFacts, _ measures.Values) measures.Verdict {
		if f.BuildKind != "new" {
			return measures.NotApplicable("不是新建系统")
		}
		if enters(f) && !f.Trusted {
			return measures.Failed("form/trusted", "新建系统的方案没有写明政府采购需求标准和关键部件安全可靠测评等级要求")
		}
		return measures.Passed("已写明要求")
	},
	Examples: []measures.Example[EndFacts]{
		{Name: "新建已写明", Kind: measures.ExamplePass, Facts: EndFacts{Result: Pass, BuildKind: "new", Trusted: true}, Want: measures.Pass, Why: "方案提出等级要求"},
		{Name: "新建未写明", Kind: measures.ExampleFail, Facts: EndFacts{Result: Pass, BuildKind: "new"}, Want: measures.Fail, Why: "“新建政务信息系统应严格执行”"},
	},
}

// EndRules are asked when a conclusion is proposed.
func EndRules() []measures.Rule[EndFacts] {
	return []measures.Rule[EndFacts]{opinionsIn, quorum, reviewedAmount, pointsGiven, cipherPlan, trustedGrade, majority}
}
