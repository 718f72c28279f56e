package review

import (
	"context"
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
)

// Mark is one item of the scoring sheet. Its key and head are fixed, because
// what was scored is kept by key; the rest may change with a version.
type Mark struct {
	Key, Head, Title, Guidance string
	Max                        int
	Veto                       bool // 否决项: without any marks here the scheme cannot pass
}

// Sheet is one version of the scoring sheet of 100 marks.
type Sheet struct {
	Version int64
	From    calendar.Date
	Marks   []Mark
}

// First is the sheet the program comes with. The three heads that Article 8
// names come first; items and weights are practice.
var First = Sheet{Version: 1, From: "2025-12-01", Marks: []Mark{
	{"policy_basis", "政策符合性", "依据充分、现行有效", "", 8, false},
	{"policy_merge", "政策符合性", "符合“只减不增、只合不分”，整合共享", "", 6, true},
	{"policy_unified", "政策符合性", "不重复建设上级统建内容", "", 6, true},
	{"need_real", "必要性", "问题真实、需求明确、业务量可核", "", 12, false},
	{"need_value", "必要性", "预期价值、紧迫程度", "", 8, false},
	{"able_goal", "可行性", "目标合理且可量化", "", 7, false},
	{"able_design", "可行性", "技术方案、架构、接口", "", 10, false},
	{"able_plan", "可行性", "进度、组织、风险", "", 4, false},
	{"able_past", "可行性", "过往项目绩效", "新单位得满分", 4, false},
	{"share_reuse", "集约共享", "复用共性能力、上云用网", "", 5, false},
	{"share_catalogue", "集约共享", "数据资源目录与共享分析", "", 5, true},
	{"safe_protect", "安全", "等级保护、数据安全、个人信息", "", 4, false},
	{"safe_cipher", "安全", "密码应用方案", "", 3, false},
	{"safe_trusted", "安全", "安全可靠测评要求", "", 3, false},
	{"cost_estimate", "投资合理性", "概算依据、单价、工作量，无漏项重复", "", 10, false},
	{"cost_operation", "投资合理性", "运维成本可承受、效益", "", 5, false},
}}

// place of a key in the first sheet, -1 for an unknown one.
func place(key string) int {
	return slices.IndexFunc(First.Marks, func(m Mark) bool { return m.Key == key })
}

// SheetAt is the sheet in force on a day in a jurisdiction; with a version it is
// that version.
func SheetAt(ctx context.Context, q db.Querier, jurisdiction string, on calendar.Date, version int64) (Sheet, error) {
	type row struct {
		version int64
		from    calendar.Date
		mark    Mark
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (row, error) {
		var r row
		var veto, most int64
		err := s.Scan(&r.version, &r.from, &r.mark.Key, &r.mark.Title, &r.mark.Guidance, &most, &veto)
		r.mark.Max, r.mark.Veto = int(most), veto == 1
		return r, err
	}, `SELECT version, from_date, key, title, guidance, most, veto FROM sheet_mark WHERE jurisdiction = $1
		AND (version = $2 OR ($2 = 0 AND from_date <= $3)) ORDER BY version DESC, seq`, jurisdiction, version, string(on))
	if err != nil || len(rows) == 0 {
		return First, err
	}
	s := Sheet{Version: rows[0].version, From: rows[0].from}
	for _, r := range rows {
		if i := place(r.mark.Key); r.version == s.Version && i >= 0 {
			r.mark.Head = First.Marks[i].Head
			s.Marks = append(s.Marks, r.mark)
		}
	}
	return s, nil
}

// Score is what one expert hands in beside the opinion.
type Score struct {
	Marks  [16]int64 // in the order of the first sheet
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

// Vetoed lists the veto items of the sheet without any marks.
func (sh Sheet) Vetoed(s *Score) []string {
	var out []string
	for _, m := range sh.Marks {
		if m.Veto && s.Marks[place(m.Key)] == 0 {
			out = append(out, m.Title)
		}
	}
	return out
}

// Form declares the sheet as a form, one section per head in the order in which
// the heads first come. What is worth no marks is not asked.
func (sh Sheet) Form() form.Spec {
	var sections []form.Section
	for _, m := range sh.Marks {
		if m.Max == 0 {
			continue
		}
		at := slices.IndexFunc(sections, func(s form.Section) bool { return s.Title == m.Head })
		if at < 0 {
			at = len(sections)
			sections = append(sections, form.Section{Key: m.Key, Title: m.Head})
		}
		i, help := place(m.Key), m.Guidance
		if m.Veto {
			help = strings.TrimPrefix(help+"；否决项：不给分的不能通过", "；")
		}
		sections[at].Fields = append(sections[at].Fields, form.IntField(m.Key, m.Title, func(v *Score) *int64 { return &v.Marks[i] }, form.Max(m.Max), form.Help(help)))
	}
	return form.For[Score](append(sections, form.Section{Key: "advice", Title: "修改意见", Fields: []form.Field{
		form.LongField("advice", "修改意见（每行一条）", func(v *Score) *string { return &v.Advice }, form.Max(3000)),
	}})...)
}

// anyScore reads the marks of any version: they are kept by key.
var anyScore = First.Form()

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
