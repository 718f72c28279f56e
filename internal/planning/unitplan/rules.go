package unitplan

import (
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// Facts are what the rules of a unit plan judge: derived from the case when it
// is handed in, kept with the event, and replayable.
type Facts struct {
	PlanYear   int64         `json:"plan_year"`
	On         calendar.Date `json:"on"`         // day of handing in
	Department bool          `json:"department"` // 市直单位; enterprises and institutions follow by reference
	Nil        bool          `json:"nil"`
	Live       int64         `json:"live"` // systems of the unit in the register
	Retire     int64         `json:"retire"`
	Add        int64         `json:"add"`
	DocNo      bool          `json:"doc_no"`
	Stamped    bool          `json:"stamped"`
	Items      []ItemFacts   `json:"items"`
}

// ItemFacts are the facts of one project.
type ItemFacts struct {
	Seq         int64          `json:"seq"`
	Name        string         `json:"name"`
	BuildKind   string         `json:"build_kind"`
	SystemClass string         `json:"system_class"`
	Basis       BasisFacts     `json:"basis"`
	Sections    []SectionFacts `json:"sections"`
	Estimate    money.Fen      `json:"estimate"`
	Year        money.Fen      `json:"year"`
	Funds       money.Fen      `json:"funds"`              // sum over the sources
	Fiscal      money.Fen      `json:"fiscal"`             // fiscal part of it
	Reuse       bool           `json:"reuse"`              // it says what it reuses, chosen or in words
	Unlisted    []string       `json:"unlisted,omitempty"` // chosen, not on the list in force
	Secret      string         `json:"secret,omitempty"`   // label of the field that speaks of state secrets
	Overlaps    []Overlap      `json:"overlaps,omitempty"`
}

// BasisFacts say which parts of the first basis are given.
type BasisFacts struct {
	Level  bool `json:"level"`
	Title  bool `json:"title"`
	Number bool `json:"number"`
}

// SectionFacts measure one of the seven sections.
type SectionFacts struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Runes  int    `json:"runes"`
	Filler string `json:"filler,omitempty"`
}

// Overlap is a likeness with an existing system or a project of another plan.
type Overlap struct {
	With    string   `json:"with"`
	Unit    string   `json:"unit"`
	System  bool     `json:"system"` // an existing system, otherwise a project of this year's plans
	Percent int64    `json:"percent"`
	Words   []string `json:"words"`
}

// Parameters of a jurisdiction that the rules read.
var (
	DueDay = measures.Param{Key: "unit-plan.due", Title: "部门项目计划报送截止日", Kind: measures.KindMonthDay, Default: "06-30",
		Clause: "A06.0", Basis: measures.Text, Note: "于每年6月底前"}
	MinRunes = measures.Param{Key: "unit-plan.min-runes", Title: "每项需求最少字数", Unit: "字", Kind: measures.KindInt, Default: "10",
		Clause: "A06.2", Basis: measures.Reading, Note: "《办法》要求“明确”，未定字数"}
	OverlapPercent = measures.Param{Key: "unit-plan.overlap-percent", Title: "提示内容相近的重合度", Unit: "%", Kind: measures.KindPercent, Default: "60",
		Clause: "A06.1", Basis: measures.Reading, Note: "“功能只合不分”未定比例"}
	Stamped = measures.Param{Key: "unit-plan.stamped", Title: "要求公文号和盖章扫描件", Kind: measures.KindBool, Default: "no",
		Clause: "A06.3", Basis: measures.Practice, Note: "纸质流转的单位可要求"}
	CheckDays = measures.Param{Key: "unit-plan.check-days", Title: "计划备案办理时限", Unit: "天", Kind: measures.KindDays, Default: "10",
		Clause: "A06.3", Basis: measures.Practice, Note: "《办法》未定；提醒办理，不影响备案"}
)

// Params lists them for the parameters page.
var Params = []measures.Param{DueDay, MinRunes, OverlapPercent, Stamped, CheckDays}

func anchor(seq int64, field string) string { return fmt.Sprintf("line:%d/%s", seq, field) }

// each collects the problems of all items.
func each(items []ItemFacts, fn func(ItemFacts, func(field, format string, args ...any))) measures.Verdict {
	var ps []measures.Problem
	for _, i := range items {
		fn(i, func(field, format string, args ...any) {
			ps = append(ps, measures.Problem{Anchor: anchor(i.Seq, field), Message: fmt.Sprintf("第 %d 项“%s”：", i.Seq, i.Name) + fmt.Sprintf(format, args...)})
		})
	}
	return measures.FailedWith(ps...)
}

var deadline = measures.Rule[Facts]{
	ID: "A06.0-deadline", Clause: "A06.0", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Boundary: true,
	Title: "6 月底前报送", Quote: "于每年6月底前将项目计划报市大数据发展管理局", Params: []measures.Param{DueDay},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		due := Due(f.PlanYear, v)
		if n := due.DaysUntil(f.On); n > 0 {
			return measures.Failed("", "截止日是 %s，现已迟报 %d 天。仍可报送，迟报将如实记录", due, n)
		}
		return measures.Passed("在 %s 之前报送", due)
	},
}

// Due is the last day to file the plan for a year: it lies in the year before.
func Due(planYear int64, v measures.Values) calendar.Date {
	month, day := DueDay.MonthDay(v)
	return calendar.Date(fmt.Sprintf("%04d-%02d-%02d", planYear-1, month, day))
}

var nilReport = measures.Rule[Facts]{
	ID: "A06.0-nil", Clause: "A06.0", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01",
	Source: "没有项目的单位也要报告一次，以便知道谁还没有报", Title: "有项目，或写明本年度无项目",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Nil && len(f.Items) > 0:
			return measures.Failed("form/nil", "已勾选“本年度无项目”，但还有 %d 个项目，请去掉其中一样", len(f.Items))
		case !f.Nil && len(f.Items) == 0:
			return measures.Failed("form/nil", "还没有项目。没有项目的，请勾选“本年度无项目”")
		}
		return measures.Passed("%d 个项目", len(f.Items))
	},
}

var count = measures.Rule[Facts]{
	ID: "A06.1-count", Clause: "A06.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Boundary: true,
	Title: "系统数量只减不增", Quote: "原则上保持系统数量“只减不增”、功能“只合不分”",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		after := f.Live - f.Retire + f.Add
		if f.Retire > f.Live {
			return measures.Failed("form/retire", "拟停用 %d 个，多于现有 %d 个", f.Retire, f.Live)
		}
		if after > f.Live {
			return measures.Failed("form/add", "系统数 %d → %d，净增 %d 个，请说明理由", f.Live, after, after-f.Live)
		}
		return measures.Passed("系统数 %d → %d，没有增加", f.Live, after)
	},
}

var overlap = measures.Rule[Facts]{
	ID: "A06.1-overlap", Clause: "A06.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Boundary: true,
	Title: "与已有系统、其他计划不重复", Quote: "功能“只合不分”", Params: []measures.Param{OverlapPercent},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		limit := int64(OverlapPercent.Int(v))
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			for _, o := range i.Overlaps {
				if o.Percent >= limit {
					what := "的计划项目"
					if o.System {
						what = "的现有系统"
					}
					fail("name", "与%s%s“%s”相近（重合 %d%%），同有“%s”", o.Unit, what, o.With, o.Percent, strings.Join(o.Words, "、"))
				}
			}
		})
	},
}

var basis = measures.Rule[Facts]{
	ID: "A06.2-basis", Clause: "A06.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "编制依据充分", Quote: "部门项目计划应依据充分",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			if !i.Basis.Title {
				fail("basis_title", "还没有写编制依据的文件名称")
			}
			if !i.Basis.Level {
				fail("basis_level", "请选择依据是哪一级的文件")
			}
			if !i.Basis.Number {
				fail("basis_number", "请写依据的文号；没有文号的写条款或章节")
			}
		})
	},
}

var sections = measures.Rule[Facts]{
	ID: "A06.2-sections", Clause: "A06.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "七项需求齐全", Quote: "明确总体目标、建设内容、功能应用、数据资源、安全保障、运维服务、经费来源等需求",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			for _, s := range i.Sections {
				if s.Runes == 0 {
					fail(s.Key, "%s没有填写", s.Title)
				}
			}
			if i.Estimate == 0 {
				fail("estimate", "估算总投资没有填写")
			}
		})
	},
}

var substance = measures.Rule[Facts]{
	ID: "A06.2-substance", Clause: "A06.2", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "“明确”指写出实际内容；“无、略、同上、见附件”等不算，字数过少也不算", Title: "需求写出实际内容", Params: []measures.Param{MinRunes},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		least := MinRunes.Int(v)
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			for _, s := range i.Sections {
				switch {
				case s.Runes == 0 || s.Key == fundKey: // A06.2-sections and A06.2-funds speak of these
				case s.Filler != "":
					fail(s.Key, "%s写的是“%s”，请写出实际内容", s.Title, s.Filler)
				case s.Runes < least:
					fail(s.Key, "%s只有 %d 字，请写明，至少 %d 字", s.Title, s.Runes, least)
				}
			}
		})
	},
}

const fundKey = "year_amount"

var funds = measures.Rule[Facts]{
	ID: "A06.2-funds", Clause: "A06.2", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "“明确经费来源”指各来源的金额相加等于年度资金需求，年度资金不超过估算总投资", Title: "经费来源分清",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.Funds != i.Year {
				fail("fund_general", "各来源合计 %s 万元，年度资金需求 %s 万元，相差 %s 万元", i.Funds.Wan(), i.Year.Wan(), (i.Funds - i.Year).Wan())
			}
			if i.Year > i.Estimate {
				fail("year_amount", "年度资金需求 %s 万元，大于估算总投资 %s 万元", i.Year.Wan(), i.Estimate.Wan())
			}
		})
	},
}

var fiscal = measures.Rule[Facts]{
	ID: "A03.1-fiscal", Clause: "A03.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Boundary: true,
	Title: "使用财政资金", Quote: "本办法适用于市级预算单位使用财政资金进行新、续、扩、改建的政务信息系统",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.Funds > 0 && i.Fiscal == 0 {
				fail("fund_own", "没有使用财政资金，按“非财政资金”记录，请说明")
			}
		})
	},
}

var class = measures.Rule[Facts]{
	ID: "A03.2-class", Clause: "A03.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "属于政务信息系统范围", Quote: "符合《政务信息系统定义和范围》(GB/T40692—2021)规定的政务信息系统",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.Department {
			return measures.NotApplicable("市属企事业单位参照执行，不要求选择系统类别")
		}
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.SystemClass == "" {
				fail("system_class", "请选择系统类别")
			}
		})
	},
}

var reuse = measures.Rule[Facts]{
	ID: "A05.2-reuse", Clause: "A05.2", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: "2025-12-01",
	Source: "市大数据发展管理局统筹建设共性能力，先复用、后建设（第四条“集约高效”）", Title: "先复用共性能力",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.BuildKind != "om" && !i.Reuse {
				fail("reuse", "没有写拟复用的共性能力，请补写或说明理由")
			}
		})
	},
}

var listed = measures.Rule[Facts]{
	ID: "A05.2-listed", Clause: "A05.2", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: "2025-12-01",
	Source: "选用的共性能力以市大数据发展管理局发布的清单为准", Title: "所选共性能力在清单内",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			if len(i.Unlisted) > 0 {
				fail("reuse_list", "现行共性能力清单没有“%s”，请改选或说明", strings.Join(i.Unlisted, "”“"))
			}
		})
	},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-secret", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.Secret != "" {
				fail("name", "“%s”写到涉密内容。涉密项目不得在本系统填报，请立即删去并走线下渠道", i.Secret)
			}
		})
	},
}

var onPaper = measures.Rule[Facts]{
	ID: "A06.3-paper", Clause: "A06.3", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01",
	Source: "本市要求纸质公文一并报送时，须有公文号和盖章扫描件", Title: "公文号和盖章扫描件", Params: []measures.Param{Stamped}, Boundary: false,
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		if !Stamped.Bool(v) {
			return measures.NotApplicable("本市不要求公文号和盖章扫描件")
		}
		var ps []measures.Problem
		if !f.DocNo {
			ps = append(ps, measures.Problem{Anchor: "form/doc_no", Message: "请填写报送公文的公文号"})
		}
		if !f.Stamped {
			ps = append(ps, measures.Problem{Anchor: "file/stamped", Message: "请上传盖章扫描件"})
		}
		return measures.FailedWith(ps...)
	},
}
