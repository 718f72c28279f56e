package systemregister

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// Facts are what the rules of a registration judge, kept with the event.
type Facts struct {
	Systems []SystemFacts `json:"systems"`
}

// SystemFacts are the facts of one system.
type SystemFacts struct {
	Seq       int64         `json:"seq"`
	Name      string        `json:"name"`
	Normal    string        `json:"normal"`           // the key of “the same name”
	Filler    string        `json:"filler,omitempty"` // the name is only this filler
	Secret    string        `json:"secret,omitempty"` // label of the field that speaks of state secrets
	State     string        `json:"state,omitempty"`
	Live      bool          `json:"live,omitempty"`    // the register has it in use
	LeftOn    calendar.Date `json:"left_on,omitempty"` // the register has it retired since
	RetiredOn calendar.Date `json:"retired_on,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f := Facts{Systems: []SystemFacts{}}
	live, left, err := standing(ctx, q, c)
	for _, ln := range c.Lines {
		y := matter.BodyOf[System](ln)
		f.Systems = append(f.Systems, SystemFacts{Seq: ln.Seq, Name: y.Name, Normal: y.Normal, Filler: hanzi.Filler(y.Name), Secret: measures.SecretField(systemForm, y),
			State: y.State, Live: live[y.Normal], LeftOn: left[y.Normal], RetiredOn: y.RetiredOn})
	}
	return f, err
}

// at is a problem with one system.
func at(y SystemFacts, format string, args ...any) measures.Problem {
	return measures.Problem{Anchor: fmt.Sprintf("line:%d/name", y.Seq), Message: fmt.Sprintf("第 %d 项“%s”：", y.Seq, y.Name) + fmt.Sprintf(format, args...)}
}

// facts are those of systems by name, for examples.
func facts(names ...string) Facts {
	f := Facts{Systems: []SystemFacts{}}
	for i, n := range names {
		f.Systems = append(f.Systems, SystemFacts{Seq: int64(i + 1), Name: n, Normal: hanzi.NormalName(n), Filler: hanzi.Filler(n)})
	}
	return f
}

var register = measures.Rule[Facts]{
	ID: "A06.1-register", Clause: "A06.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "知道有多少个系统，才谈得上“只减不增”；一个系统只登记一次", Title: "有系统，且不重复",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Systems) == 0 {
			return measures.Failed("", "还没有系统，请至少登记一个")
		}
		first := map[string]int64{}
		var ps []measures.Problem
		for _, y := range f.Systems {
			if n, twice := first[y.Normal]; twice {
				ps = append(ps, at(y, "与第 %d 项是同一个系统，请去掉其中一项", n))
				continue
			}
			first[y.Normal] = y.Seq
		}
		if len(ps) > 0 {
			return measures.FailedWith(ps...)
		}
		return measures.Passed("%d 个系统", len(f.Systems))
	},
	Examples: []measures.Example[Facts]{
		{Name: "两个系统", Kind: measures.ExamplePass, Facts: facts("水务业务管理系统", "水务门户网站"), Want: measures.Pass, Why: "名称不同"},
		{Name: "没有系统", Kind: measures.ExampleFail, Facts: facts(), Want: measures.Fail, Why: "没有可登记的"},
		{Name: "只有标点空格不同", Kind: measures.ExampleFail, Facts: facts("水务业务管理系统", "“水务”业务 管理系统"), Want: measures.Fail, Why: "去掉标点空格是同一个名称"},
		{Name: "一个系统", Kind: measures.ExampleBoundary, Facts: facts("水务业务管理系统"), Want: measures.Pass, Why: "至少一个"},
		{Name: "名称差一个字", Kind: measures.ExampleBoundary, Facts: facts("水务业务管理系统", "水务业务管理系统二期"), Want: measures.Pass, Why: "名称不同就是两个系统"},
	},
}

var names = measures.Rule[Facts]{
	ID: "A06.1-names", Clause: "A06.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01",
	Source: "系统名称是比对“功能只合不分”的依据，“无、待定、同上”等不是名称", Title: "写明系统名称",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, y := range f.Systems {
			if y.Filler != "" {
				ps = append(ps, at(y, "请写明系统名称"))
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		{Name: "有名称", Kind: measures.ExamplePass, Facts: facts("水务门户网站"), Want: measures.Pass, Why: "是一个名称"},
		{Name: "写“无”", Kind: measures.ExampleFail, Facts: facts("水务门户网站", "无"), Want: measures.Fail, Why: "没有实际内容"},
		{Name: "只写符号", Kind: measures.ExampleFail, Facts: facts("——"), Want: measures.Fail, Why: "没有实际内容"},
		{Name: "名称里有“无”字", Kind: measures.ExamplePass, Facts: facts("无纸化会议系统"), Want: measures.Pass, Why: "不是只写“无”"},
	},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-systems", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "系统登记不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, y := range f.Systems {
			if y.Secret != "" {
				ps = append(ps, at(y, "“%s”写到涉密内容。涉密系统不得在本系统登记，请立即删去并走线下渠道", y.Secret))
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		{Name: "没有涉密内容", Kind: measures.ExamplePass, Facts: facts("水务门户网站"), Want: measures.Pass, Why: "各栏均无涉密字样"},
		{Name: "主要功能写到涉密", Kind: measures.ExampleFail, Facts: Facts{Systems: []SystemFacts{{Seq: 1, Name: "文件交换系统", Normal: "文件交换系统", Secret: "主要功能"}}},
			Want: measures.Fail, Why: "“按国家保密有关法律法规执行”：不得进入本系统"},
	},
}

// inForce is the first day of the Measures.
const inForce calendar.Date = "2025-12-01"

func left(since calendar.Date) Facts {
	f := retired(false, "2020-01-01")
	f.Systems[0].LeftOn = since
	return f
}

func retired(live bool, on calendar.Date) Facts {
	f := facts("水务门户网站")
	f.Systems[0].State, f.Systems[0].Live, f.Systems[0].RetiredOn = registry.Retired, live, on
	return f
}

var leaving = measures.Rule[Facts]{
	ID: "A26.1-leaving", Clause: "A26.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true,
	Title: "停用走系统停用", Quote: "系统停用后,应进行数据彻底清除,防止敏感信息泄露",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, y := range f.Systems {
			field := fmt.Sprintf("line:%d/retired_on", y.Seq)
			switch {
			case y.State != registry.Retired:
			case y.Live:
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/system_state", y.Seq), Message: fmt.Sprintf("第 %d 项“%s”还在台账里使用：停用须先清除数据，请从系统页面办理“系统停用”", y.Seq, y.Name)})
			case y.LeftOn >= inForce:
				ps = append(ps, measures.Problem{Anchor: field, Message: fmt.Sprintf("第 %d 项“%s”已于 %s 办理停用，登记不改停用日期，请去掉这一项", y.Seq, y.Name, y.LeftOn)})
			case y.RetiredOn == "":
				ps = append(ps, measures.Problem{Anchor: field, Message: fmt.Sprintf("第 %d 项“%s”：请填写停用日期", y.Seq, y.Name)})
			case y.RetiredOn >= inForce:
				ps = append(ps, measures.Problem{Anchor: field, Message: fmt.Sprintf("第 %d 项“%s”在《办法》施行后停用：请先登记为闲置，再从系统页面办理“系统停用”", y.Seq, y.Name)})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		{Name: "在用的系统", Kind: measures.ExamplePass, Facts: facts("水务门户网站"), Want: measures.Pass, Why: "没有停用"},
		{Name: "台账里在用的系统直接登记停用", Kind: measures.ExampleFail, Facts: retired(true, "2025-06-01"), Want: measures.Fail, Why: "“应进行数据彻底清除”，登记代替不了"},
		{Name: "没有停用日期", Kind: measures.ExampleFail, Facts: retired(false, ""), Want: measures.Fail, Why: "看不出在施行前还是施行后"},
		{Name: "台账记 2026-09-01 停用，改登记为 2020 年", Kind: measures.ExampleFail, Facts: left("2026-09-01"), Want: measures.Fail, Why: "停用日期是停用案卷定的"},
		{Name: "台账记 2025-11-30 停用，改正日期", Kind: measures.ExampleBoundary, Facts: left("2025-11-30"), Want: measures.Pass, Why: "施行前的事，只作记录"},
		{Name: "2025-11-30 停用", Kind: measures.ExampleBoundary, Facts: retired(false, "2025-11-30"), Want: measures.Pass, Why: "施行前的事，只作记录"},
		{Name: "2025-12-01 停用", Kind: measures.ExampleBoundary, Facts: retired(false, inForce), Want: measures.Fail, Why: "施行当日起适用"},
	},
}

// Rules lists every rule of a registration, in the order they are shown.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{secret, register, names, leaving} }
