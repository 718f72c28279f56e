package review

import (
	"slices"

	"zhengcheng/internal/form"
)

// Mark is one item of the scoring sheet.
type Mark struct {
	Key, Group, Title string
	Max               int
	Veto              bool // 否决项: without any marks here the scheme cannot pass
}

// SheetVersion is the version of the scoring sheet; a seat keeps the marks it
// gave under it. A new sheet is a new version beside this one.
const SheetVersion = 1

// Sheet is the scoring sheet of 100 marks. The three heads that Article 8 names
// come first; items and weights are practice.
var Sheet = []Mark{
	{"policy_basis", "政策符合性", "依据充分、现行有效", 8, false},
	{"policy_merge", "政策符合性", "符合“只减不增、只合不分”，整合共享", 6, true},
	{"policy_unified", "政策符合性", "不重复建设上级统建内容", 6, true},
	{"need_real", "必要性", "问题真实、需求明确、业务量可核", 12, false},
	{"need_value", "必要性", "预期价值、紧迫程度", 8, false},
	{"able_goal", "可行性", "目标合理且可量化", 7, false},
	{"able_design", "可行性", "技术方案、架构、接口", 10, false},
	{"able_plan", "可行性", "进度、组织、风险", 4, false},
	{"able_past", "可行性", "过往项目绩效（新单位得满分）", 4, false},
	{"share_reuse", "集约共享", "复用共性能力、上云用网", 5, false},
	{"share_catalogue", "集约共享", "数据资源目录与共享分析", 5, true},
	{"safe_protect", "安全", "等级保护、数据安全、个人信息", 4, false},
	{"safe_cipher", "安全", "密码应用方案", 3, false},
	{"safe_trusted", "安全", "安全可靠测评要求", 3, false},
	{"cost_estimate", "投资合理性", "概算依据、单价、工作量，无漏项重复", 10, false},
	{"cost_operation", "投资合理性", "运维成本可承受、效益", 5, false},
}

// Score is what one expert hands in beside the opinion.
type Score struct {
	Marks  [16]int64 // in the order of Sheet
	Advice string    // 修改意见
}

// Total is the sum of the marks, 0 to 100.
func (s *Score) Total() int64 {
	var n int64
	for _, m := range s.Marks {
		n += m
	}
	return n
}

// Vetoed lists the veto items without any marks.
func (s *Score) Vetoed() []string {
	var out []string
	for i, m := range Sheet {
		if m.Veto && s.Marks[i] == 0 {
			out = append(out, m.Title)
		}
	}
	return out
}

// ScoreForm declares the sheet as a form, one section per head.
var ScoreForm = scoreForm()

func scoreForm() form.Spec {
	var sections []form.Section
	for i, m := range Sheet {
		if len(sections) == 0 || sections[len(sections)-1].Title != m.Group {
			sections = append(sections, form.Section{Key: m.Key, Title: m.Group})
		}
		help := ""
		if m.Veto {
			help = "否决项：不给分的不能通过"
		}
		s := &sections[len(sections)-1]
		s.Fields = append(s.Fields, form.IntField(m.Key, m.Title, func(v *Score) *int64 { return &v.Marks[i] }, form.Max(m.Max), form.Help(help)))
	}
	sections = append(sections, form.Section{Key: "advice", Title: "修改意见", Fields: []form.Field{
		form.LongField("advice", "修改意见（每行一条）", func(v *Score) *string { return &v.Advice }, form.Max(3000)),
	}})
	return form.For[Score](sections...)
}

// Average is the mean of the totals in hundredths of a mark, rounded down; with
// five experts or more the highest and the lowest are dropped. No totals give 0.
func Average(totals []int64) int64 {
	t := slices.Sorted(slices.Values(totals))
	if len(t) >= 5 {
		t = t[1 : len(t)-1]
	}
	if len(t) == 0 {
		return 0
	}
	var sum int64
	for _, n := range t {
		sum += n
	}
	return sum * 100 / int64(len(t))
}
