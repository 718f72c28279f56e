package operation

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

const inForce calendar.Date = "2025-12-01"

// found is a resource that a line names.
type found struct {
	id, name   string
	authorised bool
}

// named reads the unit's resources that the lines name, by code.
func named(ctx context.Context, q db.Querier, c *matter.Case) (map[string]found, error) {
	codes := []string{""}
	for _, ln := range c.LinesOf("") {
		codes = append(codes, matter.BodyOf[Operated](ln).Code)
	}
	out := map[string]found{}
	var args db.Args
	err := db.Together(ctx, q, db.Each(func(s db.Scanner) error {
		var code string
		var f found
		var may int64
		err := s.Scan(&code, &f.id, &f.name, &may)
		f.authorised = may == 1
		out[code] = f
		return err
	}, `SELECT r.code, r.id, r.name, r.authorised FROM resource r WHERE r.unit_id = `+args.Add(c.UnitID)+` AND r.state <> 'withdrawn' AND r.code IN `+args.In(codes...)+` ORDER BY r.code`, args.List()...))
	return out, err
}

// Facts are what is judged when an operation is handed in.
type Facts struct {
	On         calendar.Date  `json:"on"`
	ApprovedOn calendar.Date  `json:"approved_on"`
	From       calendar.Date  `json:"from"`
	Until      calendar.Date  `json:"until"`
	Given      bool           `json:"given"` // purpose and approval are written out
	Code       bool           `json:"code"`  // check character of the credit code
	Resources  []ResourceFact `json:"resources"`
	Secret     string         `json:"secret,omitempty"`
}

// ResourceFact is what the catalogue says of one resource of the operation.
type ResourceFact struct {
	Seq        int64  `json:"seq"`
	Code       string `json:"code"`
	Found      bool   `json:"found"`
	Authorised bool   `json:"authorised"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	o := matter.FormOf[Operation](c)
	f := Facts{On: c.Today, ApprovedOn: o.ApprovedOn, From: o.From, Until: o.Until, Given: hanzi.Given(o.Purpose) && hanzi.Given(o.Approval) && hanzi.Given(o.Number), Code: identity.USCCCheck(o.USCC), Resources: []ResourceFact{},
		Secret: measures.SecretField(operationForm, o)}
	have, err := named(ctx, q, c)
	for _, ln := range c.LinesOf("") {
		x := matter.BodyOf[Operated](ln)
		r, ok := have[x.Code]
		f.Resources = append(f.Resources, ResourceFact{ln.Seq, x.Code, ok, r.authorised})
	}
	return f, err
}

// Rules are asked when an operation is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, operable, written, credit, termed}
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-09-20", ApprovedOn: "2026-08-01", From: "2026-09-01", Until: "2028-08-31", Given: true, Code: true, Resources: []ResourceFact{{1, "307025001/000001", true, true}}}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

var secret = measures.Rule[Facts]{
	ID: "A30.1-operation", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容，不能录入本系统，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same), ex(measures.ExampleFail, measures.Fail, "目的写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "运营目的" })},
}

var operable = measures.Rule[Facts]{
	ID: "A22.1-operable", Clause: "A22.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce, Title: "目录写明可用于授权运营", Source: "“对用于授权运营的数据进行监督管理”：哪些数据可以用于授权运营，以目录写明为准",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Resources) == 0 {
			return measures.Failed("", "请至少列出一个数据资源")
		}
		first := map[string]int64{}
		var ps []measures.Problem
		for _, r := range f.Resources {
			at := fmt.Sprintf("line:%d/code", r.Seq)
			switch n, twice := first[r.Code]; {
			case !r.Found:
				ps = append(ps, measures.Problem{Anchor: at, Message: fmt.Sprintf("第 %d 个资源：本单位的目录里没有代码“%s”", r.Seq, r.Code)})
			case !r.Authorised:
				ps = append(ps, measures.Problem{Anchor: at, Message: fmt.Sprintf("第 %d 个资源：目录没有写明可用于授权运营，请先变更目录", r.Seq)})
			case twice:
				ps = append(ps, measures.Problem{Anchor: at, Message: fmt.Sprintf("第 %d 个资源与第 %d 个重复", r.Seq, n)})
			default:
				first[r.Code] = r.Seq
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "目录写明可以", "可以登记", same),
		ex(measures.ExampleFail, measures.Fail, "目录没有写明", "以目录为准", func(f *Facts) { f.Resources[0].Authorised = false }),
		ex(measures.ExampleFail, measures.Fail, "目录里没有这个代码", "无从监督", func(f *Facts) { f.Resources[0].Found = false }),
		ex(measures.ExampleFail, measures.Fail, "同一资源列两次", "重复", func(f *Facts) { f.Resources = append(f.Resources, ResourceFact{2, "307025001/000001", true, true}) }),
		ex(measures.ExampleFail, measures.Fail, "没有资源", "不知道运营什么", func(f *Facts) { f.Resources = nil })},
}

var written = measures.Rule[Facts]{
	ID: "A22.1-approval", Clause: "A22.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "目的、批准和期限写得出来", Source: "登记供监督检查查阅，须能核对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if !f.Given {
			ps = append(ps, measures.Problem{Anchor: "form/purpose", Message: "请写明运营目的、批准文件和文号"})
		}
		if f.ApprovedOn > f.On {
			ps = append(ps, measures.Problem{Anchor: "form/approved_on", Message: "批准日期不晚于今天"})
		}
		if f.Until < f.From {
			ps = append(ps, measures.Problem{Anchor: "form/until", Message: "期限的结束早于开始"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都写明", "可以核对", same),
		ex(measures.ExampleFail, measures.Fail, "文号写“无”", "无从核对", func(f *Facts) { f.Given = false }),
		ex(measures.ExampleBoundary, measures.Pass, "今天批准", "不晚于今天", func(f *Facts) { f.ApprovedOn = "2026-09-20" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天批准", "还没有批准", func(f *Facts) { f.ApprovedOn = "2026-09-21" }),
		ex(measures.ExampleBoundary, measures.Pass, "期限一天", "开始和结束同一天", func(f *Facts) { f.Until = f.From }),
		ex(measures.ExampleBoundary, measures.Fail, "结束早一天", "没有期限", func(f *Facts) { f.Until = "2026-08-31" })},
}

var credit = measures.Rule[Facts]{
	ID: "A22.1-operator", Clause: "A22.1", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: inForce, Title: "运营单位的信用代码校验相符", Source: "GB 32100—2015 法人和其他组织统一社会信用代码编码规则",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.Code {
			return measures.Failed("form/uscc", "统一社会信用代码的校验位不符，请核对；确属如此的请说明")
		}
		return measures.Passed("校验位相符")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "校验相符", "可以核对到单位", same), ex(measures.ExampleFail, measures.Fail, "校验位不符", "可能录错", func(f *Facts) { f.Code = false })},
}

var termed = measures.Rule[Facts]{
	ID: "A22.1-term", Clause: "A22.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: inForce, Boundary: true, Title: "先批准后运营，期限未过", Quote: "对用于授权运营的数据进行监督管理",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.From < f.ApprovedOn {
			ps = append(ps, measures.Problem{Anchor: "form/from", Message: fmt.Sprintf("运营从 %s 开始，%s 才批准，请说明", f.From, f.ApprovedOn)})
		}
		if f.Until < f.On {
			ps = append(ps, measures.Problem{Anchor: "form/until", Message: fmt.Sprintf("期限 %s 已过，登记后标为“期限已过”，请说明是否仍在运营", f.Until)})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "先批准后运营", "期限未过", same),
		ex(measures.ExampleFail, measures.Fail, "批准前已运营一年", "如实登记，说明", func(f *Facts) { f.From = "2025-08-01" }),
		ex(measures.ExampleBoundary, measures.Pass, "批准当天开始", "可以", func(f *Facts) { f.From = "2026-08-01" }),
		ex(measures.ExampleBoundary, measures.Fail, "批准前一天开始", "还没有批准", func(f *Facts) { f.From = "2026-07-31" }),
		ex(measures.ExampleBoundary, measures.Pass, "今天到期", "还在期限内", func(f *Facts) { f.Until = "2026-09-20" }),
		ex(measures.ExampleBoundary, measures.Fail, "昨天到期", "期限已过", func(f *Facts) { f.Until = "2026-09-19" })},
}

// DayFacts are a day that is recorded of an operation.
type DayFacts struct {
	On    calendar.Date `json:"on"`
	Since calendar.Date `json:"since"`
	Date  calendar.Date `json:"date"`
	Empty bool          `json:"empty,omitempty"` // nothing is said of what was found
}

func gatherDay(_ context.Context, _ db.Querier, c *matter.Case) (DayFacts, error) {
	f := DayFacts{On: c.Today, Since: matter.FormOf[Operation](c).From}
	switch in := c.Input.(type) {
	case *Watching:
		f.Date, f.Empty = in.On, !hanzi.Given(in.Found)
	case *End:
		f.Date = in.On
	}
	return f, nil
}

func dayEx(kind measures.ExampleKind, want measures.Outcome, name, why string, date calendar.Date, empty bool) measures.Example[DayFacts] {
	return measures.Example[DayFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: DayFacts{"2026-12-20", "2026-09-01", date, empty}}
}

var dated = measures.Rule[DayFacts]{
	ID: "A22.1-watched", Clause: "A22.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "监督有日期、有情况", Quote: "对用于授权运营的数据进行监督管理",
	Judge: func(f DayFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.Empty:
			return measures.Failed("input/found", "请写明监督的情况")
		case f.Date == "" || f.Date > f.On:
			return measures.Failed("input/on_date", "请填写日期，不晚于今天")
		case f.Date < f.Since:
			return measures.Failed("input/on_date", "日期早于运营开始的 %s", f.Since)
		}
		return measures.Passed("%s", f.Date)
	},
	Examples: []measures.Example[DayFacts]{dayEx(measures.ExamplePass, measures.Pass, "十二月监督", "写明", "2026-12-01", false),
		dayEx(measures.ExampleFail, measures.Fail, "情况写“无”", "看不出监督了什么", "2026-12-01", true),
		dayEx(measures.ExampleBoundary, measures.Pass, "开始当天", "可以", "2026-09-01", false), dayEx(measures.ExampleBoundary, measures.Fail, "开始前一天", "还没有运营", "2026-08-31", false),
		dayEx(measures.ExampleBoundary, measures.Pass, "今天", "不晚于今天", "2026-12-20", false), dayEx(measures.ExampleBoundary, measures.Fail, "明天", "还没有发生", "2026-12-21", false)},
}

// RenewalFacts are what is judged of a new term.
type RenewalFacts struct {
	Until    calendar.Date `json:"until"`
	NewUntil calendar.Date `json:"new_until"`
}

func gatherRenewal(_ context.Context, _ db.Querier, c *matter.Case) (RenewalFacts, error) {
	f := RenewalFacts{Until: matter.FormOf[Operation](c).Until}
	if r, ok := c.Input.(*Renewal); ok {
		f.NewUntil = r.Until
	}
	return f, nil
}

var renewed = measures.Rule[RenewalFacts]{
	ID: "A22.1-renewed", Clause: "A22.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "续期晚于原期限", Source: "续期是新的批准，期限须往后",
	Judge: func(f RenewalFacts, _ measures.Values) measures.Verdict {
		if f.NewUntil <= f.Until {
			return measures.Failed("input/until", "新的期限不晚于原来的 %s；提前结束的请登记终止", f.Until)
		}
		return measures.Passed("到 %s", f.NewUntil)
	},
	Examples: []measures.Example[RenewalFacts]{{Name: "延长一年", Kind: measures.ExamplePass, Want: measures.Pass, Why: "往后", Facts: RenewalFacts{"2026-08-31", "2027-08-31"}},
		{Name: "缩短", Kind: measures.ExampleFail, Want: measures.Fail, Why: "提前结束登记终止", Facts: RenewalFacts{"2026-08-31", "2026-06-30"}},
		{Name: "晚一天", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "往后", Facts: RenewalFacts{"2026-08-31", "2026-09-01"}},
		{Name: "同一天", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "没有延长", Facts: RenewalFacts{"2026-08-31", "2026-08-31"}}},
}
