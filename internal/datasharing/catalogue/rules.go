package catalogue

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

const inForce calendar.Date = "2025-12-01"

const guide = "《政务信息资源目录编制指南（试行）》（发改高技〔2017〕1272号）"

// Facts are what the rules of an entry judge.
type Facts struct {
	Name      string      `json:"name"`
	Filler    string      `json:"filler,omitempty"`
	System    string      `json:"system"`
	Twin      string      `json:"twin,omitempty"` // code of an entry of the unit with the same name
	Prefix    [4]string   `json:"prefix"`         // 类、项、目、细目
	Format    string      `json:"format"`
	Way       string      `json:"way,omitempty"`
	Cycle     string      `json:"cycle"`
	CycleNote bool        `json:"cycle_note,omitempty"`
	Share     string      `json:"share"`
	Condition bool        `json:"condition,omitempty"`
	Basis     bool        `json:"basis,omitempty"`
	Open      string      `json:"open"`
	OpenTerms bool        `json:"open_terms,omitempty"`
	Level     string      `json:"level"`
	Personal  bool        `json:"personal,omitempty"`
	Items     []ItemFacts `json:"items"`
	Secret    string      `json:"secret,omitempty"` // label of the field that speaks of state secrets
}

// ItemFacts are the facts of one item.
type ItemFacts struct {
	Seq    int64  `json:"seq"`
	Normal string `json:"normal"`
	Filler bool   `json:"filler,omitempty"`
	Back   bool   `json:"back,omitempty"` // not shared
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	e := matter.FormOf[Entry](c)
	f := Facts{Name: e.Name, Filler: hanzi.Filler(e.Name), System: e.System, Prefix: [4]string{e.Class, e.Item, e.Target, e.Detail}, Format: e.Format, Way: e.Way, Cycle: e.Cycle, CycleNote: hanzi.Given(e.CycleNote),
		Share: e.ShareType, Condition: hanzi.Given(e.ShareCondition), Basis: hanzi.Given(e.ShareBasis), Open: e.OpenType, OpenTerms: hanzi.Given(e.OpenCondition), Level: e.Level, Personal: e.Personal,
		Secret: measures.SecretField(entryForm, e), Items: []ItemFacts{}}
	for _, ln := range c.LinesOf("") {
		i := matter.BodyOf[Item](ln)
		f.Items = append(f.Items, ItemFacts{ln.Seq, hanzi.NormalName(i.Name), hanzi.Filler(i.Name) != "", i.KeptBack})
		if s := measures.SecretField(items.Form, i); s != "" {
			f.Secret = fmt.Sprintf("第 %d 个信息项的%s", ln.Seq, s)
		}
	}
	var err error
	f.Twin, err = db.Value[string](ctx, q, `SELECT code FROM resource WHERE unit_id = $1 AND normal_name = $2 AND id <> $3 AND state <> 'withdrawn' ORDER BY id LIMIT 1`, c.UnitID, hanzi.NormalName(e.Name), c.ID)
	if db.None(err) {
		err = nil
	}
	return f, err
}

// Rules are asked when an entry is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, coded, named, twice, listed, sharing, graded, timed, served}
}

// good is an entry without fault, for examples.
func good(change func(*Facts)) Facts {
	f := Facts{Name: "取水许可证信息", System: "水务局业务管理系统", Prefix: [4]string{"3", "07", "025", "001"}, Format: "database", Way: "interface", Cycle: "monthly",
		Share: Unconditional, Open: None, Level: "general_2", Items: []ItemFacts{{Seq: 1, Normal: "许可证编号"}, {Seq: 2, Normal: "取水单位"}}}
	change(&f)
	return f
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: good(change)}
}

func same(*Facts) {}

func wrong(ps []measures.Problem, field, message string) []measures.Problem {
	return append(ps, measures.Problem{Anchor: "form/" + field, Message: message})
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-catalogue", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "目录不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "%s写到涉密内容。涉密数据不得在本系统编目，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无涉密字样", same),
		ex(measures.ExampleFail, measures.Fail, "摘要写到涉密", "“按国家保密有关法律法规执行”：不得进入本系统", func(f *Facts) { f.Secret = "资源摘要" })},
}

var (
	twoDigits   = regexp.MustCompile(`^\d{2}$`)
	threeDigits = regexp.MustCompile(`^\d{3}$`)
	anyDigits   = regexp.MustCompile(`^\d{0,20}$`)
)

var coded = measures.Rule[Facts]{
	ID: "A23.1-code", Clause: "A23.1", Version: 1, Basis: measures.Other, Source: guide, Effect: measures.Block, From: inForce, Boundary: true, Title: "分类代码合乎指南",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if !strings.Contains("123", f.Prefix[0]) || f.Prefix[0] == "" {
			ps = wrong(ps, "class", "请选择类：基础、主题或者部门信息资源")
		}
		if !twoDigits.MatchString(f.Prefix[1]) {
			ps = wrong(ps, "class_item", "项是 2 位数字")
		}
		if !threeDigits.MatchString(f.Prefix[2]) {
			ps = wrong(ps, "class_target", "目是 3 位数字")
		}
		if !anyDigits.MatchString(f.Prefix[3]) {
			ps = wrong(ps, "class_detail", "细目只能是数字，最多 20 位")
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "3-07-025-001", "类 1 位、项 2 位、目 3 位、细目不定长", same),
		ex(measures.ExampleFail, measures.Fail, "项写成 7", "项是 2 位", func(f *Facts) { f.Prefix[1] = "7" }),
		ex(measures.ExampleFail, measures.Fail, "类是 4", "只有三类", func(f *Facts) { f.Prefix[0] = "4" }),
		ex(measures.ExampleBoundary, measures.Pass, "没有细目", "细目不定长，可以没有", func(f *Facts) { f.Prefix[3] = "" }),
		ex(measures.ExampleBoundary, measures.Fail, "目是 4 位", "目是 3 位", func(f *Facts) { f.Prefix[2] = "0250" })},
}

var named = measures.Rule[Facts]{
	ID: "A23.1-name", Clause: "A23.1", Version: 1, Basis: measures.Practice, Source: "目录的每一条是一类数据，不是一个系统；审计常见把系统名称当资源名称", Effect: measures.Block, From: inForce, Title: "资源名称说明是什么数据",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch n := hanzi.NormalName(f.Name); {
		case f.Filler != "" || n == "":
			return measures.Failed("form/name", "请写明资源名称")
		case n == hanzi.NormalName(f.System) || strings.HasSuffix(n, "系统") || strings.HasSuffix(n, "平台"):
			return measures.Failed("form/name", "“%s”像是系统名称，请写这类数据的名称，如“取水许可证信息”", f.Name)
		}
		return measures.Passed("是数据的名称")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "取水许可证信息", "是一类数据", same),
		ex(measures.ExampleFail, measures.Fail, "和系统同名", "一个系统不是一类数据", func(f *Facts) { f.Name = "“水务局”业务管理系统" }),
		ex(measures.ExampleFail, measures.Fail, "以“平台”结尾", "是系统的名称", func(f *Facts) { f.Name = "河长制信息平台" }),
		ex(measures.ExamplePass, measures.Pass, "名称里有“系统”", "不是以它结尾", func(f *Facts) { f.Name = "供水系统水质监测数据" })},
}

var twice = measures.Rule[Facts]{
	ID: "A23.1-twice", Clause: "A23.1", Version: 1, Basis: measures.Other, Source: guide + "：同一提供方的资源名称不重复", Effect: measures.Block, From: inForce, Title: "同一单位的资源不重复编目",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Twin != "" {
			return measures.Failed("form/name", "本单位已有同名资源（%s），请在那一条上变更", f.Twin)
		}
		return measures.Passed("没有同名资源")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有同名", "名称不同", same),
		ex(measures.ExampleFail, measures.Fail, "只有标点不同", "去掉标点空格是同一个名称", func(f *Facts) { f.Twin = "307025001/000001" })},
}

var listed = measures.Rule[Facts]{
	ID: "A23.1-items", Clause: "A23.1", Version: 1, Basis: measures.Other, Source: guide + "：结构化数据写明信息项", Effect: measures.Block, From: inForce, Boundary: true, Title: "信息项齐全、不重复",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Items) == 0 {
			if f.Format == "database" || f.Format == "sheet" {
				return measures.Failed("", "数据库、电子表格要写明信息项，请至少列出一个")
			}
			return measures.Passed("不是结构化数据，可以不列信息项")
		}
		first := map[string]int64{}
		var ps []measures.Problem
		for _, i := range f.Items {
			at := fmt.Sprintf("line:%d/name", i.Seq)
			switch n, there := first[i.Normal]; {
			case i.Filler || i.Normal == "":
				ps = append(ps, measures.Problem{Anchor: at, Message: fmt.Sprintf("第 %d 个信息项没有名称", i.Seq)})
			case there:
				ps = append(ps, measures.Problem{Anchor: at, Message: fmt.Sprintf("第 %d 个信息项与第 %d 个重复", i.Seq, n)})
			default:
				first[i.Normal] = i.Seq
			}
		}
		if len(ps) > 0 {
			return measures.FailedWith(ps...)
		}
		return measures.Passed("%d 个信息项", len(f.Items))
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "两个信息项", "名称不同", same),
		ex(measures.ExampleFail, measures.Fail, "数据库没有信息项", "看不出有什么数据", func(f *Facts) { f.Items = nil }),
		ex(measures.ExampleFail, measures.Fail, "两项同名", "重复", func(f *Facts) { f.Items[1].Normal = f.Items[0].Normal }),
		ex(measures.ExampleBoundary, measures.Pass, "一个信息项", "至少一个", func(f *Facts) { f.Items = f.Items[:1] }),
		ex(measures.ExampleBoundary, measures.Pass, "电子文件没有信息项", "不是结构化数据", func(f *Facts) { f.Items, f.Format = nil, "file" })},
}

var sharing = measures.Rule[Facts]{
	ID: "A24.1-sharing", Clause: "A24.1", Version: 1, Basis: measures.Other, Source: "《政务信息资源共享管理暂行办法》（国发〔2016〕51号）：有条件共享的写明条件，不予共享的要有依据", Effect: measures.Block, From: inForce, Boundary: true, Title: "共享开放类型有条件、有依据",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		switch {
		case f.Share == "":
			ps = wrong(ps, "share_type", "请选择共享类型")
		case f.Share == Conditional && !f.Condition:
			ps = wrong(ps, "share_condition", "有条件共享的，请写明共享条件")
		case f.Share == None && !f.Basis:
			ps = wrong(ps, "share_basis", "不予共享的，请写明法律、行政法规或者党中央、国务院政策依据")
		}
		if f.Share != None && f.Share != "" && f.Way == "" {
			ps = wrong(ps, "share_way", "请选择共享方式")
		}
		switch {
		case f.Open == "":
			ps = wrong(ps, "open_type", "请选择开放类型")
		case f.Open == Conditional && !f.OpenTerms:
			ps = wrong(ps, "open_condition", "有条件开放的，请写明开放条件")
		case f.Open != None && f.Share == None:
			ps = wrong(ps, "open_type", "不予共享的数据不能向社会开放")
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "无条件共享，不开放", "类型明确", same),
		ex(measures.ExampleFail, measures.Fail, "有条件共享没有条件", "别的单位无从申请", func(f *Facts) { f.Share = Conditional }),
		ex(measures.ExampleFail, measures.Fail, "不予共享没有依据", "不予共享须有依据", func(f *Facts) { f.Share = None }),
		ex(measures.ExampleBoundary, measures.Pass, "不予共享，有依据，没有共享方式", "不共享的不需要方式", func(f *Facts) { f.Share, f.Basis, f.Way = None, true, "" }),
		ex(measures.ExampleBoundary, measures.Fail, "不予共享却开放", "比共享更宽", func(f *Facts) { f.Share, f.Basis, f.Open = None, true, Unconditional })},
}

var graded = measures.Rule[Facts]{
	ID: "A24.1-graded", Clause: "A24.1", Version: 1, Basis: measures.Reading, Source: "“分类分级”与“共享开放类型”相应：核心、重要数据不无条件共享，不开放；含敏感个人信息或商业秘密的不无条件共享", Effect: measures.Block, From: inForce, Boundary: true, Title: "共享开放类型与数据级别相应",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		high := f.Level == "core" || f.Level == "important"
		var ps []measures.Problem
		if f.Level == "" {
			ps = wrong(ps, "data_level", "请选择数据级别")
		}
		if high && f.Share == Unconditional || f.Personal && f.Share == Unconditional {
			ps = wrong(ps, "share_type", "核心、重要数据和含敏感个人信息、商业秘密的数据，不能无条件共享")
		}
		if high && f.Open != None {
			ps = wrong(ps, "open_type", "核心、重要数据不能向社会开放")
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "一般数据无条件共享", "级别相应", same),
		ex(measures.ExampleFail, measures.Fail, "没有级别", "“数据资源分类分级”", func(f *Facts) { f.Level = "" }),
		ex(measures.ExampleFail, measures.Fail, "重要数据无条件共享", "须有条件", func(f *Facts) { f.Level = "important" }),
		ex(measures.ExampleFail, measures.Fail, "敏感个人信息无条件共享", "须有条件", func(f *Facts) { f.Personal = true }),
		ex(measures.ExampleBoundary, measures.Pass, "一般数据 4 级", "最高的一般数据，不是重要数据", func(f *Facts) { f.Level = "general_4" }),
		ex(measures.ExampleBoundary, measures.Pass, "重要数据有条件共享，不开放", "级别相应", func(f *Facts) { f.Level, f.Share, f.Condition = "important", Conditional, true })},
}

var timed = measures.Rule[Facts]{
	ID: "A25.1-cycle", Clause: "A25.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "更新周期明确", Quote: "明确共享开放信息名称、信息项、数据更新周期、共享开放服务方式、数据提供方式等",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Cycle == "":
			return measures.Failed("form/cycle", "请选择更新周期")
		case (f.Cycle == "irregular" || f.Cycle == "other") && !f.CycleNote:
			return measures.Failed("form/cycle_note", "不定时、其他的，请写明何时更新")
		}
		return measures.Passed("更新周期明确")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "每月", "周期明确", same),
		ex(measures.ExampleFail, measures.Fail, "不定时，没有说明", "“明确……数据更新周期”", func(f *Facts) { f.Cycle = "irregular" }),
		ex(measures.ExamplePass, measures.Pass, "不定时，说明随许可更新", "周期明确", func(f *Facts) { f.Cycle, f.CycleNote = "irregular", true })},
}

var served = measures.Rule[Facts]{
	ID: "A25.1-way", Clause: "A25.1", Version: 1, Basis: measures.Practice, Source: "数据库里的数据用接口或库表最及时；文件、图片不能用接口逐项提供", Effect: measures.Warn, From: inForce, Title: "共享方式与格式相合",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		structured := f.Format == "database" || f.Format == "sheet"
		switch {
		case f.Share == None || f.Way == "":
			return measures.Passed("不共享")
		case f.Format == "database" && (f.Way == "mail" || f.Way == "media"):
			return measures.Failed("form/share_way", "数据库里的数据用邮件、介质提供，难以按周期更新")
		case !structured && f.Way == "table":
			return measures.Failed("form/share_way", "这种格式的数据不能用库表提供")
		}
		return measures.Passed("相合")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "数据库用接口", "相合", same),
		ex(measures.ExampleFail, measures.Fail, "数据库用介质", "难以按周期更新", func(f *Facts) { f.Way = "media" }),
		ex(measures.ExampleFail, measures.Fail, "图片用库表", "格式不合", func(f *Facts) { f.Format, f.Way = "picture", "table" })},
}
