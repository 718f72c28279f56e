package sharing

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

const inForce calendar.Date = "2025-12-01"

func normal(name string) string { return hanzi.NormalName(name) }

// Facts are what is judged when a request is handed in.
type Facts struct {
	On       calendar.Date `json:"on"`
	Type     string        `json:"type"`  // sharing type as published today
	State    string        `json:"state"` // of the resource
	Basis    string        `json:"basis,omitempty"`
	Purpose  bool          `json:"purpose"`
	Business bool          `json:"business"`
	Unknown  []string      `json:"unknown,omitempty"` // items wanted that the catalogue does not have
	Kept     []string      `json:"kept,omitempty"`    // items wanted that it does not share
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until"`
	Secret   string        `json:"secret,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	x := matter.FormOf[Request](c)
	f := Facts{On: c.Today, Purpose: hanzi.Given(x.Purpose), Business: hanzi.Given(x.Business), From: x.From, Until: x.Until, Secret: measures.SecretField(requestForm, x)}
	r, err := catalogue.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Type, f.State, f.Basis = r.ShareType, r.State, r.ShareBasis
	have, err := itemsOf(ctx, q, c.SubjectID)
	for _, name := range form.Names(x.Items) {
		kept, known := have[normal(name)]
		switch {
		case len(have) > 0 && !known:
			f.Unknown = append(f.Unknown, name)
		case kept:
			f.Kept = append(f.Kept, name)
		}
	}
	return f, err
}

// Rules are asked when a request is handed in.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{secret, shared, told, listed} }

// a request of 21 September for a resource shared on condition, to be used for a year
func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-09-21", Type: catalogue.Conditional, State: string(catalogue.Shelved), Purpose: true, Business: true, From: "2026-10-01", Until: "2027-09-30"}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

var secret = measures.Rule[Facts]{
	ID: "A30.1-sharing", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "申请不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容，不能录入本系统，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "目的写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "使用目的" })},
}

// askable says why a resource cannot be asked for, "" when it can.
func askable(f Facts) string {
	switch {
	case f.Type == catalogue.None:
		return "这条资源不予共享，不能申请。目录载明的依据：" + f.Basis
	case f.State == string(catalogue.Published):
		return "这条资源还没有上架，暂不能申请；提供方逾期未上架的列入督促清单"
	case f.State == string(catalogue.Suspended):
		return "这条资源已暂停服务，恢复后可以申请"
	case f.State != string(catalogue.Shelved):
		return "这条资源的目录已经撤销，不能申请"
	}
	return ""
}

var shared = measures.Rule[Facts]{
	ID: "A24.1-askable", Clause: "A24.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "按目录的共享类型申请", Quote: "明确数据共享开放类型",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if says := askable(f); says != "" {
			return measures.Failed("", "%s", says)
		}
		return measures.Passed("%s", form.Label(catalogue.ShareTypes, f.Type))
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "有条件共享，已上架", "可以申请", same),
		ex(measures.ExamplePass, measures.Pass, "无条件共享，已上架", "可以申请", func(f *Facts) { f.Type = catalogue.Unconditional }),
		ex(measures.ExampleFail, measures.Fail, "不予共享", "目录“明确数据共享开放类型”", func(f *Facts) { f.Type, f.Basis = catalogue.None, "《中华人民共和国统计法》第十一条" }),
		ex(measures.ExampleFail, measures.Fail, "没有上架", "还没有服务", func(f *Facts) { f.State = string(catalogue.Published) }),
		ex(measures.ExampleFail, measures.Fail, "暂停服务", "暂时没有服务", func(f *Facts) { f.State = string(catalogue.Suspended) })},
}

var told = measures.Rule[Facts]{
	ID: "A24.1-purpose", Clause: "A24.1", Version: 1, Basis: measures.Practice, Source: "提供方按目的、事项和期限判断是否符合共享条件", Effect: measures.Block, From: inForce, Boundary: true, Title: "写明目的、事项和期限",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		ask := func(wrong bool, field, message string) {
			if wrong {
				ps = append(ps, measures.Problem{Anchor: "form/" + field, Message: message})
			}
		}
		ask(!f.Purpose, "purpose", "请写明使用目的")
		ask(!f.Business, "business", "请写明业务事项")
		ask(f.Until < f.From, "until", "使用结束早于开始")
		ask(f.Until >= f.From && f.Until < f.On, "until", "使用结束的日期已经过了")
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都写明", "可以判断", same),
		ex(measures.ExampleFail, measures.Fail, "目的写“无”", "无从判断", func(f *Facts) { f.Purpose = false }),
		ex(measures.ExampleBoundary, measures.Pass, "只用一天", "开始和结束同一天", func(f *Facts) { f.Until = f.From }),
		ex(measures.ExampleBoundary, measures.Fail, "结束比开始早一天", "没有期限", func(f *Facts) { f.Until = "2026-09-30" }),
		ex(measures.ExampleBoundary, measures.Pass, "今天结束", "今天还可以用", func(f *Facts) { f.From, f.Until = "2026-09-01", "2026-09-21" }),
		ex(measures.ExampleBoundary, measures.Fail, "昨天结束", "已经过了", func(f *Facts) { f.From, f.Until = "2026-09-01", "2026-09-20" })},
}

var listed = measures.Rule[Facts]{
	ID: "A24.1-wanted", Clause: "A24.1", Version: 1, Basis: measures.Practice, Source: "按目录里的信息项申请，才对得上、供得出", Effect: measures.Block, From: inForce, Title: "信息项在目录里、可以共享",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if len(f.Unknown) > 0 {
			ps = append(ps, measures.Problem{Anchor: "form/items", Message: fmt.Sprintf("目录里没有信息项“%s”，请按目录的名称填写；目录缺的，可以反馈数据质量问题", strings.Join(f.Unknown, "、"))})
		}
		if len(f.Kept) > 0 {
			ps = append(ps, measures.Problem{Anchor: "form/items", Message: fmt.Sprintf("信息项“%s”在目录里标明不共享", strings.Join(f.Kept, "、"))})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都在目录里", "对得上", same),
		ex(measures.ExampleFail, measures.Fail, "目录里没有", "供不出", func(f *Facts) { f.Unknown = []string{"法人电话"} }),
		ex(measures.ExampleFail, measures.Fail, "标明不共享", "目录不共享这一项", func(f *Facts) { f.Kept = []string{"身份证号"} })},
}

// GrantFacts are what is judged of a proposed consent.
type GrantFacts struct {
	Extra bool `json:"extra,omitempty"` // conditions beyond the published one
}

func gatherGrant(_ context.Context, _ db.Querier, c *matter.Case) (GrantFacts, error) {
	g, ok := c.Input.(*Grant)
	return GrantFacts{Extra: ok && hanzi.Given(g.Extra)}, nil
}

var plain = measures.Rule[GrantFacts]{
	ID: "A24.1-extra", Clause: "A24.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: inForce, Title: "不在目录以外另加条件", Source: "“明确数据共享开放类型”：共享条件以发布的目录为准，需要别的条件的先变更目录",
	Judge: func(f GrantFacts, _ measures.Values) measures.Verdict {
		if f.Extra {
			return measures.Failed("input/extra", "目录没有写这些条件，请说明为什么另加；长期需要的请变更目录")
		}
		return measures.Passed("没有另加条件")
	},
	Examples: []measures.Example[GrantFacts]{{Name: "没有另加", Kind: measures.ExamplePass, Want: measures.Pass, Why: "按目录的条件"},
		{Name: "另要求签保证书", Kind: measures.ExampleFail, Want: measures.Fail, Why: "目录没有写", Facts: GrantFacts{Extra: true}}},
}

// RefusalFacts are what is judged of a proposed refusal.
type RefusalFacts struct {
	Reason bool `json:"reason"`
	Basis  bool `json:"basis"`
	Named  bool `json:"named"` // the basis names a law or the published condition
}

func gatherRefusal(_ context.Context, _ db.Querier, c *matter.Case) (RefusalFacts, error) {
	r, ok := c.Input.(*Refusal)
	if !ok {
		return RefusalFacts{}, nil
	}
	return RefusalFacts{Reason: hanzi.Given(r.Reason), Basis: hanzi.Given(r.Basis), Named: strings.Contains(r.Basis, "《") || strings.Contains(r.Basis, "共享条件")}, nil
}

var grounded = measures.Rule[RefusalFacts]{
	ID: "A24.1-refusal", Clause: "A24.1", Version: 1, Basis: measures.Other, Effect: measures.Block, From: inForce, Title: "不予共享有理由、有依据", Source: "《政务信息资源共享管理暂行办法》（国发〔2016〕51号）：不予共享的要有依据",
	Judge: func(f RefusalFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if !f.Reason {
			ps = append(ps, measures.Problem{Anchor: "input/reason", Message: "请写明不予共享的理由"})
		}
		switch {
		case !f.Basis:
			ps = append(ps, measures.Problem{Anchor: "input/basis", Message: "请写明不予共享的依据"})
		case !f.Named:
			ps = append(ps, measures.Problem{Anchor: "input/basis", Message: "依据要写出文件名称，如《……法》第几条，或者目录发布的哪一项共享条件"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[RefusalFacts]{{Name: "事项不在共享条件内", Kind: measures.ExamplePass, Want: measures.Pass, Why: "有理由，依据是共享条件", Facts: RefusalFacts{true, true, true}},
		{Name: "没有理由", Kind: measures.ExampleFail, Want: measures.Fail, Why: "要有理由", Facts: RefusalFacts{false, true, true}},
		{Name: "没有依据", Kind: measures.ExampleFail, Want: measures.Fail, Why: "要有依据", Facts: RefusalFacts{true, false, false}},
		{Name: "依据写“领导要求”", Kind: measures.ExampleFail, Want: measures.Fail, Why: "没有指明文件或者共享条件", Facts: RefusalFacts{true, true, false}}},
}

// AnswerFacts are what is judged when an answer is signed.
type AnswerFacts struct {
	On  calendar.Date `json:"on"`
	Due calendar.Date `json:"due"`
}

func gatherAnswer(_ context.Context, _ db.Querier, c *matter.Case) (AnswerFacts, error) {
	return AnswerFacts{c.Today, matter.FormOf[Request](c).Due}, nil
}

var inTime = measures.Rule[AnswerFacts]{
	ID: "A24.1-answered", Clause: "A24.1", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: inForce, Boundary: true, Title: "在规定的工作日内答复", Source: ordinance + "：有条件共享的申请，10 个工作日内答复", Params: []measures.Param{AnswerDays},
	Judge: func(f AnswerFacts, _ measures.Values) measures.Verdict {
		if f.On > f.Due {
			return measures.Failed("", "应在 %s 前答复，迟了 %d 天，请说明原因", f.Due, f.Due.DaysUntil(f.On))
		}
		return measures.Passed("%s 前答复", f.Due)
	},
	Examples: []measures.Example[AnswerFacts]{
		{Name: "第三个工作日答复", Kind: measures.ExamplePass, Want: measures.Pass, Why: "9 月 21 日收到，24 日是第 3 个工作日", Facts: AnswerFacts{"2026-09-24", "2026-10-12"}},
		{Name: "迟了一个月", Kind: measures.ExampleFail, Want: measures.Fail, Why: "应在 10 月 12 日前", Facts: AnswerFacts{"2026-11-12", "2026-10-12"}},
		{Name: "第十个工作日答复", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "9 月 21 日收到，中秋、国庆放假，10 月 10 日补班，10 月 12 日是第 10 个工作日", Facts: AnswerFacts{"2026-10-12", "2026-10-12"}},
		{Name: "第十一个工作日答复", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "迟 1 天", Facts: AnswerFacts{"2026-10-13", "2026-10-12"}},
	},
}

// DayFacts are a day that is recorded after the answer, and the first it may be.
type DayFacts struct {
	On    calendar.Date `json:"on"`
	Since calendar.Date `json:"since"`
	Date  calendar.Date `json:"date"`
}

func gatherDay(_ context.Context, _ db.Querier, c *matter.Case) (DayFacts, error) {
	x := matter.FormOf[Request](c)
	f := DayFacts{On: c.Today, Since: max(x.AnsweredOn, x.DeliveredOn, x.UsedOn)}
	switch in := c.Input.(type) {
	case *Delivery:
		f.Date = in.On
	case *Use:
		f.Date = in.On
	case *End:
		f.Date = in.On
	}
	return f, nil
}

func dayEx(kind measures.ExampleKind, want measures.Outcome, name, why string, date calendar.Date) measures.Example[DayFacts] {
	return measures.Example[DayFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: DayFacts{"2026-10-20", "2026-10-12", date}}
}

var dated = measures.Rule[DayFacts]{
	ID: "A22.1-shared", Clause: "A22.1", Version: 1, Basis: measures.Practice, Source: "提供、使用、停止的日期前后相接，供核对“提供了没有用”", Effect: measures.Block, From: inForce, Boundary: true, Title: "日期可以核对",
	Judge: func(f DayFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.Date == "" || f.Date > f.On:
			return measures.Failed("input/on_date", "请填写日期，不晚于今天")
		case f.Date < f.Since:
			return measures.Failed("input/on_date", "日期早于前一步的 %s", f.Since)
		}
		return measures.Passed("%s", f.Date)
	},
	Examples: []measures.Example[DayFacts]{dayEx(measures.ExamplePass, measures.Pass, "在其间", "前后相接", "2026-10-15"),
		dayEx(measures.ExampleFail, measures.Fail, "没有日期", "无从核对", ""),
		dayEx(measures.ExampleBoundary, measures.Pass, "前一步当天", "可以", "2026-10-12"), dayEx(measures.ExampleBoundary, measures.Fail, "前一步的前一天", "还没有答复", "2026-10-11"),
		dayEx(measures.ExampleBoundary, measures.Pass, "今天", "不晚于今天", "2026-10-20"), dayEx(measures.ExampleBoundary, measures.Fail, "明天", "还没有发生", "2026-10-21")},
}
