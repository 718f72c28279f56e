package opening

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

const (
	inForce calendar.Date = "2025-12-01"
	masked  string        = "数据资源开放前应对敏感数据资源进行脱敏"
)

// Facts are what is judged when an opening is handed in, and again when it is done.
type Facts struct {
	On        calendar.Date `json:"on"`
	OpenType  string        `json:"open_type"`
	Level     string        `json:"level"`
	State     string        `json:"state"` // of the resource
	Personal  bool          `json:"personal,omitempty"`
	Sensitive []string      `json:"sensitive,omitempty"` // items marked so in the catalogue today
	Masks     []MaskFacts   `json:"masks,omitempty"`
	Masker    bool          `json:"masker,omitempty"`
	MaskedOn  calendar.Date `json:"masked_on,omitempty"`
	Secret    string        `json:"secret,omitempty"`
}

// MaskFacts are the facts of one de-identified item.
type MaskFacts struct {
	Seq    int64  `json:"seq"`
	Item   string `json:"item"`
	Method bool   `json:"method,omitempty"`
	How    bool   `json:"how,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	o := matter.FormOf[Opening](c)
	f := Facts{On: c.Today, Masker: hanzi.Given(o.Masker), MaskedOn: o.MaskedOn, Secret: measures.SecretField(openingForm, o)}
	for _, ln := range c.LinesOf("") {
		m := matter.BodyOf[Mask](ln)
		f.Masks = append(f.Masks, MaskFacts{ln.Seq, m.Item, m.Method != "", hanzi.Given(m.How)})
	}
	r, err := catalogue.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.OpenType, f.Level, f.State, f.Personal = r.OpenType, r.Level, r.State, r.Personal
	items, err := catalogue.ItemsOf(ctx, q, r.ID)
	f.Sensitive = sensitive(items)
	return f, err
}

// Rules are asked when an opening is handed in.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{secret, allowed, complete} }

// a resource with one sensitive item, de-identified the day before
func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := good()
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func good() Facts {
	return Facts{On: "2026-09-20", OpenType: catalogue.Conditional, Level: "general_3", State: string(catalogue.Shelved), Sensitive: []string{"身份证号"}, Masks: []MaskFacts{{1, "身份证号", true, true}}, Masker: true, MaskedOn: "2026-09-19"}
}

func same(*Facts) {}

var secret = measures.Rule[Facts]{
	ID: "A30.1-opening", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容，不能录入本系统，更不能开放，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "说明写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "说明" })},
}

// openable says why a resource cannot be opened to the public, "" when it can.
func openable(openType, level, state string) string {
	switch {
	case level == "core" || level == "important":
		return "核心、重要数据不能向社会开放"
	case openType == catalogue.None:
		return "目录写明不予开放；可以开放的，请先变更目录"
	case state == string(catalogue.Withdrawn):
		return "目录已经撤销，不能开放"
	}
	return ""
}

var allowed = measures.Rule[Facts]{
	ID: "A24.1-openable", Clause: "A24.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce, Boundary: true, Title: "按目录的开放类型开放", Source: "“明确数据共享开放类型”：目录不予开放的、核心和重要数据不开放",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if says := openable(f.OpenType, f.Level, f.State); says != "" {
			return measures.Failed("", "%s", says)
		}
		return measures.Passed("可以开放")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "有条件开放的一般数据", "目录写明可以开放", same),
		ex(measures.ExampleFail, measures.Fail, "不予开放", "目录没有说可以开放", func(f *Facts) { f.OpenType = catalogue.None }),
		ex(measures.ExampleFail, measures.Fail, "核心数据", "任何时候都不开放", func(f *Facts) { f.Level = "core" }),
		ex(measures.ExampleBoundary, measures.Fail, "重要数据", "任何时候都不开放", func(f *Facts) { f.Level = "important" }),
		ex(measures.ExampleBoundary, measures.Pass, "一般数据 4 级", "最高的一般数据，不是重要数据", func(f *Facts) { f.Level = "general_4" }),
		ex(measures.ExampleFail, measures.Fail, "目录已撤销", "没有这条资源了", func(f *Facts) { f.State = string(catalogue.Withdrawn) })},
}

// lacking says what is missing of the de-identification.
func lacking(f Facts) []measures.Problem {
	if len(f.Sensitive) == 0 && !f.Personal {
		return nil
	}
	var ps []measures.Problem
	at := func(anchor, format string, args ...any) {
		ps = append(ps, measures.Problem{Anchor: anchor, Message: fmt.Sprintf(format, args...)})
	}
	done := map[string]bool{}
	for _, m := range f.Masks {
		if !m.Method {
			at(fmt.Sprintf("line:%d/method", m.Seq), "第 %d 个脱敏字段请选择方法", m.Seq)
		}
		if !m.How {
			at(fmt.Sprintf("line:%d/how", m.Seq), "第 %d 个脱敏字段请写明规则", m.Seq)
		}
		done[hanzi.NormalName(m.Item)] = true
	}
	var open []string
	for _, name := range f.Sensitive {
		if !done[hanzi.NormalName(name)] {
			open = append(open, name)
		}
	}
	switch {
	case len(open) > 0:
		at("", "敏感信息项“%s”没有脱敏", strings.Join(open, "、"))
	case len(f.Masks) == 0:
		at("", "含敏感个人信息或商业秘密的，请至少列出一个脱敏字段")
	}
	if !f.Masker {
		at("form/masker", "请填写脱敏人")
	}
	if f.MaskedOn == "" || f.MaskedOn > f.On {
		at("form/masked_on", "请填写脱敏日期，不晚于今天")
	}
	return ps
}

var complete = measures.Rule[Facts]{
	ID: "A24.3-masked", Clause: "A24.3", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "敏感数据都已脱敏", Quote: masked,
	Judge: func(f Facts, _ measures.Values) measures.Verdict { return measures.FailedWith(lacking(f)...) },
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "敏感项已脱敏", "方法、规则、脱敏人、日期都有", same),
		ex(measures.ExamplePass, measures.Pass, "没有敏感数据", "不需要脱敏", func(f *Facts) { f.Sensitive, f.Masks, f.Masker, f.MaskedOn = nil, nil, false, "" }),
		ex(measures.ExampleFail, measures.Fail, "漏了一个敏感项", "“对敏感数据资源进行脱敏”", func(f *Facts) { f.Sensitive = append(f.Sensitive, "银行账号") }),
		ex(measures.ExampleFail, measures.Fail, "没有方法", "无从复核", func(f *Facts) { f.Masks[0].Method = false }),
		ex(measures.ExampleFail, measures.Fail, "含个人信息，没有列敏感项，没有脱敏", "目录标明含敏感个人信息", func(f *Facts) { f.Sensitive, f.Masks, f.Personal = nil, nil, true }),
		ex(measures.ExampleBoundary, measures.Pass, "今天脱敏", "不晚于今天", func(f *Facts) { f.MaskedOn = "2026-09-20" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天脱敏", "还没有脱敏", func(f *Facts) { f.MaskedOn = "2026-09-21" })},
}

// VerificationFacts are what is judged when another person verifies.
type VerificationFacts struct {
	On       calendar.Date `json:"on"`
	Drafter  string        `json:"drafter"`
	Masker   string        `json:"masker"`
	MaskedOn calendar.Date `json:"masked_on"`
	Verifier string        `json:"verifier"`
	Date     calendar.Date `json:"date"`
	Note     bool          `json:"note"`
}

func gatherVerification(ctx context.Context, q db.Querier, c *matter.Case) (VerificationFacts, error) {
	o := matter.FormOf[Opening](c)
	f := VerificationFacts{On: c.Today, Masker: hanzi.Tidy(o.Masker), MaskedOn: o.MaskedOn}
	if v, ok := c.Input.(*Verification); ok {
		f.Verifier, f.Date, f.Note = hanzi.Tidy(v.Verifier), v.On, hanzi.Given(v.Note)
	}
	last, err := matter.LastAct(ctx, q, c, matter.Submit)
	if err != nil {
		return f, err
	}
	f.Drafter, err = db.Value[string](ctx, q, `SELECT name FROM person WHERE id = $1`, last.ActorID)
	return f, err
}

func verEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*VerificationFacts)) measures.Example[VerificationFacts] {
	f := VerificationFacts{On: "2026-09-20", Drafter: "陈丽", Masker: "王洋", MaskedOn: "2026-09-18", Verifier: "吴海", Date: "2026-09-19", Note: true}
	change(&f)
	return measures.Example[VerificationFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var verified = measures.Rule[VerificationFacts]{
	ID: "A24.3-verified", Clause: "A24.3", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "脱敏由另一人复核", Source: "一人脱敏、另一人复核，脱敏才可靠",
	Judge: func(f VerificationFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		at := func(field, message string) {
			ps = append(ps, measures.Problem{Anchor: "input/" + field, Message: message})
		}
		switch {
		case !hanzi.Given(f.Verifier):
			at("verifier", "请填写复核人")
		case f.Verifier == f.Masker:
			at("verifier", "脱敏人"+f.Masker+"不能复核自己做的脱敏，请由另一人复核")
		case f.Verifier == f.Drafter:
			at("verifier", "填报人"+f.Drafter+"不能复核自己填报的，请由另一人复核")
		}
		switch {
		case f.Date == "" || f.Date > f.On:
			at("on_date", "请填写复核日期，不晚于今天")
		case f.Date < f.MaskedOn:
			at("on_date", "复核早于脱敏的 "+string(f.MaskedOn))
		}
		if !f.Note {
			at("note", "请写明复核意见")
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[VerificationFacts]{verEx(measures.ExamplePass, measures.Pass, "另一人复核", "有人、有日期、有意见", func(*VerificationFacts) {}),
		verEx(measures.ExampleFail, measures.Fail, "脱敏人自己复核", "须另一人", func(f *VerificationFacts) { f.Verifier = "王洋" }),
		verEx(measures.ExampleFail, measures.Fail, "填报人复核", "须另一人", func(f *VerificationFacts) { f.Verifier = "陈丽" }),
		verEx(measures.ExampleFail, measures.Fail, "没有意见", "看不出复核了什么", func(f *VerificationFacts) { f.Note = false }),
		verEx(measures.ExampleBoundary, measures.Pass, "脱敏当天复核", "可以", func(f *VerificationFacts) { f.Date = "2026-09-18" }),
		verEx(measures.ExampleBoundary, measures.Fail, "脱敏前一天复核", "还没有脱敏", func(f *VerificationFacts) { f.Date = "2026-09-17" }),
		verEx(measures.ExampleBoundary, measures.Fail, "明天复核", "还没有复核", func(f *VerificationFacts) { f.Date = "2026-09-21" })},
}

// GateFacts are what is judged when the resource is opened: all of it again, by the
// catalogue of that day.
type GateFacts struct {
	Facts
	Verified calendar.Date `json:"verified,omitempty"`
	Date     calendar.Date `json:"date"`
}

func gatherGate(ctx context.Context, q db.Querier, c *matter.Case) (GateFacts, error) {
	f, err := gather(ctx, q, c)
	g := GateFacts{Facts: f, Verified: matter.FormOf[Opening](c).VerifiedOn}
	if p, ok := c.Input.(*Publication); ok {
		g.Date = p.On
	}
	return g, err
}

func gateEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*GateFacts)) measures.Example[GateFacts] {
	f := GateFacts{Facts: good(), Verified: "2026-09-19", Date: "2026-09-20"}
	change(&f)
	return measures.Example[GateFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var gate = measures.Rule[GateFacts]{
	ID: "A24.3-gate", Clause: "A24.3", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "开放前脱敏并经复核", Quote: masked,
	Judge: func(f GateFacts, _ measures.Values) measures.Verdict {
		if says := openable(f.OpenType, f.Level, f.State); says != "" {
			return measures.Failed("", "%s", says)
		}
		ps := lacking(f.Facts)
		if len(ps) > 0 {
			ps = append(ps, measures.Problem{Message: "目录变更后敏感数据和脱敏记录对不上，请撤回后重新脱敏、复核"})
		}
		if (len(f.Sensitive) > 0 || f.Personal) && f.Verified == "" {
			ps = append(ps, measures.Problem{Message: "脱敏没有经过复核，不能开放；请撤回后提交复核"})
		}
		switch {
		case f.Date == "" || f.Date > f.On:
			ps = append(ps, measures.Problem{Anchor: "input/on_date", Message: "请填写开放日期，不晚于今天"})
		case f.Date < f.Verified:
			ps = append(ps, measures.Problem{Anchor: "input/on_date", Message: "开放早于复核的 " + string(f.Verified) + "；复核前不能开放"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[GateFacts]{gateEx(measures.ExamplePass, measures.Pass, "脱敏、复核以后开放", "顺序不错", func(*GateFacts) {}),
		gateEx(measures.ExamplePass, measures.Pass, "没有敏感数据", "不需要脱敏和复核", func(f *GateFacts) { f.Sensitive, f.Masks, f.Verified = nil, nil, "" }),
		gateEx(measures.ExampleFail, measures.Fail, "没有复核", "“开放前”须脱敏可靠", func(f *GateFacts) { f.Verified = "" }),
		gateEx(measures.ExampleFail, measures.Fail, "复核后目录又加了敏感项", "按开放那天的目录", func(f *GateFacts) { f.Sensitive = append(f.Sensitive, "手机号") }),
		gateEx(measures.ExampleFail, measures.Fail, "改定为重要数据", "任何时候都不开放", func(f *GateFacts) { f.Level = "important" }),
		gateEx(measures.ExampleBoundary, measures.Pass, "复核当天开放", "可以", func(f *GateFacts) { f.Date = "2026-09-19" }),
		gateEx(measures.ExampleBoundary, measures.Fail, "复核前一天开放", "还没有复核", func(f *GateFacts) { f.Date = "2026-09-18" }),
		gateEx(measures.ExampleBoundary, measures.Fail, "明天开放", "还没有开放", func(f *GateFacts) { f.Date = "2026-09-21" })},
}
