package interpretation

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
)

// Facts are what the rules judge when a note is handed in and when it is signed.
type Facts struct {
	On        calendar.Date `json:"on"`
	Kind      string        `json:"kind"`
	From      calendar.Date `json:"from"`
	Sentences int           `json:"sentences"`
	Twice     []int64       `json:"twice,omitempty"` // lines that name a sentence again
	With      []string      `json:"with,omitempty"`
	Twin      string        `json:"twin,omitempty"`     // a published note of that number
	Replaces  string        `json:"replaces,omitempty"` // number of the note it says it replaces
	Known     bool          `json:"known,omitempty"`    // which is published and not ended
	KnownFrom calendar.Date `json:"known_from,omitempty"`
	Secret    string        `json:"secret,omitempty"`
}

const inForce calendar.Date = "2025-12-01" // 本办法自2025年12月1日起施行

type example = measures.Example[Facts]

func sound(change func(*Facts)) Facts {
	f := Facts{On: "2026-06-20", Kind: Rules, From: "2026-07-01", Sentences: 2, With: []string{"市财政局"}}
	change(&f)
	return f
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) example {
	return example{Name: name, Kind: kind, Facts: sound(change), Want: want, Why: why}
}

func replacing(from, old calendar.Date) func(*Facts) {
	return func(f *Facts) {
		f.From, f.Replaces, f.Known, f.KnownFrom = from, "六盘水数发〔2026〕1号", old != "", old
	}
}

var together = measures.Rule[Facts]{
	ID: "A37.1-together", Clause: "A37.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce,
	Title: "实施细则会同有关部门制定", Quote: "会同有关部门制定配套实施细则",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Kind != Rules {
			return measures.NotApplicable("解释由市大数据发展管理局承担")
		}
		if len(f.With) == 0 {
			return measures.Failed("form/with_finance", "实施细则须会同有关部门制定，请勾选会同的部门")
		}
		return measures.Passed("会同 %d 个部门", len(f.With))
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "会同财政局", "“会同有关部门”", func(*Facts) {}),
		ex(measures.ExamplePass, measures.NotApplies, "解释", "“具体解释工作由市大数据发展管理局承担”", func(f *Facts) { f.Kind, f.With = Reading, nil }),
		ex(measures.ExampleFail, measures.Fail, "细则没有会同部门", "只有市大数据发展管理局一家", func(f *Facts) { f.With = nil }),
	},
}

var force = measures.Rule[Facts]{
	ID: "A37.1-force", Clause: "A37.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true,
	Title: "施行日期不早于《办法》施行", Quote: "本办法自2025年12月1日起施行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.From < inForce {
			return measures.Failed("form/from_on", "施行日期 %s 早于《办法》施行的 %s", f.From, inForce)
		}
		return measures.Passed("自 %s 起施行", f.From)
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "2026 年 7 月 1 日", "在《办法》施行之后", func(*Facts) {}),
		ex(measures.ExampleFail, measures.Fail, "2024 年", "《办法》还没有施行", func(f *Facts) { f.From = "2024-01-01" }),
		ex(measures.ExampleBoundary, measures.Pass, "与《办法》同日", "2025-12-01 当天已施行", func(f *Facts) { f.From = "2025-12-01" }),
		ex(measures.ExampleBoundary, measures.Fail, "早一天", "2025-11-30 还没有施行", func(f *Facts) { f.From = "2025-11-30" }),
	},
}

var backdated = measures.Rule[Facts]{
	ID: "A37.1-backdated", Clause: "A37.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: inForce, Boundary: true,
	Source: "解释和细则自公开之日起或者以后施行；纸质文件先已印发的，写明情况", Title: "不溯及公开以前",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if n := f.From.DaysUntil(f.On); n > 0 {
			return measures.Failed("form/from_on", "施行日期 %s 比今天早 %d 天，请说明", f.From, n)
		}
		return measures.Passed("自 %s 起施行", f.From)
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "下月施行", "先公开，后施行", func(*Facts) {}),
		ex(measures.ExampleFail, measures.Fail, "去年的文件", "当时没有在本系统公开", func(f *Facts) { f.From = "2025-12-31" }),
		ex(measures.ExampleBoundary, measures.Pass, "当天施行", "公开之日起", func(f *Facts) { f.From = f.On }),
		ex(measures.ExampleBoundary, measures.Fail, "昨天施行", "早 1 天", func(f *Facts) { f.From = "2026-06-19" }),
	},
}

var successor = measures.Rule[Facts]{
	ID: "A37.1-replaces", Clause: "A37.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce, Boundary: true,
	Source: "新文件代替的须是已发布且未失效的文件，并且施行在后，使每一天适用哪一份都是确定的", Title: "代替的文件在效",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Replaces == "":
			return measures.NotApplicable("没有代替原有文件")
		case !f.Known:
			return measures.Failed("form/replaces", "没有已发布且未失效的“%s”", f.Replaces)
		case f.From <= f.KnownFrom:
			return measures.Failed("form/from_on", "施行日期须晚于被代替的“%s”的施行日期 %s", f.Replaces, f.KnownFrom)
		}
		return measures.Passed("“%s”自 %s 起失效", f.Replaces, f.From)
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "代替年初的解释", "原件 1 月 1 日施行，新件 7 月 1 日施行", replacing("2026-07-01", "2026-01-01")),
		ex(measures.ExamplePass, measures.NotApplies, "新文件", "没有填代替的文号", func(*Facts) {}),
		ex(measures.ExampleFail, measures.Fail, "文号不对", "没有这份文件", replacing("2026-07-01", "")),
		ex(measures.ExampleBoundary, measures.Fail, "同日施行", "同一天适用哪一份不确定", replacing("2026-07-01", "2026-07-01")),
		ex(measures.ExampleBoundary, measures.Pass, "次日施行", "原件只适用一天", replacing("2026-07-02", "2026-07-01")),
	},
}

var placed = measures.Rule[Facts]{
	ID: "A37.1-place", Clause: "A37.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce,
	Source: "公开的文件显示在所解释的条文旁，故须选明条文", Title: "写明解释哪一句",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Sentences == 0 {
			return measures.Failed("lines", "还没有选择所解释的条文")
		}
		var ps []measures.Problem
		for _, seq := range f.Twice {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/sentence", seq), Message: "这一句已经选过，请删去"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "两句", "各选一次", func(*Facts) {}),
		ex(measures.ExampleFail, measures.Fail, "没有选条文", "无处公开", func(f *Facts) { f.Sentences = 0 }),
		ex(measures.ExampleFail, measures.Fail, "同一句两次", "重复", func(f *Facts) { f.Twice = []int64{2} }),
	},
}

var numbered = measures.Rule[Facts]{
	ID: "A37.1-number", Clause: "A37.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce,
	Source: "一个文号只发布一次", Title: "文号没有用过",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Twin != "" {
			return measures.Failed("form/number", "这个文号已经发布过“%s”", f.Twin)
		}
		return measures.Passed("文号未用")
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "新文号", "没有发布过", func(*Facts) {}),
		ex(measures.ExampleFail, measures.Fail, "重复发布", "同一文号", func(f *Facts) { f.Twin = "关于财政资金的解释" }),
	},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-interpretation", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: inForce, // rules about secrets name them
	Title: "公开前保密审查", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("form/text", "“%s”有涉密字样。涉密文件不得在本系统公开；只是规定涉密事项怎样办理的，请写明已做保密审查", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无涉密字样", func(*Facts) {}),
		ex(measures.ExampleFail, measures.Fail, "正文写到涉密", "“按国家保密有关法律法规执行”", func(f *Facts) { f.Secret = "正文" }),
	},
}

// Checked lists every rule of a note.
func Checked() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, placed, together, force, successor, numbered, backdated}
}
