package opening

import (
	"context"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// RequestFacts are what is judged of an application.
type RequestFacts struct {
	On       calendar.Date `json:"on"`
	Received calendar.Date `json:"received"`
	Content  bool          `json:"content"`
	OpenType string        `json:"open_type"`
	Level    string        `json:"level"`
	State    string        `json:"state"`
	Secret   string        `json:"secret,omitempty"`
}

func gatherRequest(ctx context.Context, q db.Querier, c *matter.Case) (RequestFacts, error) {
	x := matter.FormOf[Request](c)
	r, err := catalogue.Subject(ctx, q, c)
	return RequestFacts{On: c.Today, Received: x.ReceivedOn, Content: hanzi.Given(x.Content), OpenType: r.OpenType, Level: r.Level, State: r.State, Secret: measures.SecretField(requestForm, x)}, err
}

func reqEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*RequestFacts)) measures.Example[RequestFacts] {
	f := RequestFacts{On: "2026-09-21", Received: "2026-09-20", Content: true, OpenType: catalogue.Conditional, Level: "general_2", State: string(catalogue.Shelved)}
	change(&f)
	return measures.Example[RequestFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func asIs(*RequestFacts) {}

var requestSecret = measures.Rule[RequestFacts]{
	ID: "A30.1-openingrequest", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f RequestFacts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容，不能录入本系统，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[RequestFacts]{reqEx(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", asIs), reqEx(measures.ExampleFail, measures.Fail, "内容写到涉密", "不得进入本系统", func(f *RequestFacts) { f.Secret = "申请的内容" })},
}

var received = measures.Rule[RequestFacts]{
	ID: "A24.1-received", Clause: "A24.1", Version: 1, Basis: measures.Practice, Source: "答复期限从收到之日起算，日期和内容须真实", Effect: measures.Block, From: inForce, Boundary: true, Title: "收到日期和内容写明",
	Judge: func(f RequestFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.Received > f.On {
			ps = append(ps, measures.Problem{Anchor: "form/received_on", Message: "收到日期不晚于今天"})
		}
		if !f.Content {
			ps = append(ps, measures.Problem{Anchor: "form/content", Message: "请写明申请的内容"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[RequestFacts]{reqEx(measures.ExamplePass, measures.Pass, "昨天收到", "可以计算期限", asIs),
		reqEx(measures.ExampleFail, measures.Fail, "内容写“略”", "不知道申请什么", func(f *RequestFacts) { f.Content = false }),
		reqEx(measures.ExampleBoundary, measures.Pass, "今天收到", "当天不计", func(f *RequestFacts) { f.Received = "2026-09-21" }),
		reqEx(measures.ExampleBoundary, measures.Fail, "明天收到", "还没有收到", func(f *RequestFacts) { f.Received = "2026-09-22" })},
}

var consentable = measures.Rule[RequestFacts]{
	ID: "A24.1-consent", Clause: "A24.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce, Title: "同意开放的，目录写明可以开放", Source: "“明确数据共享开放类型”：目录不予开放的先变更目录，核心和重要数据不开放",
	Judge: func(f RequestFacts, _ measures.Values) measures.Verdict {
		if says := openable(f.OpenType, f.Level, f.State); says != "" {
			return measures.Failed("", "%s", says)
		}
		return measures.Passed("可以开放")
	},
	Examples: []measures.Example[RequestFacts]{reqEx(measures.ExamplePass, measures.Pass, "有条件开放", "可以同意", asIs),
		reqEx(measures.ExampleFail, measures.Fail, "不予开放", "先变更目录", func(f *RequestFacts) { f.OpenType = catalogue.None }),
		reqEx(measures.ExampleFail, measures.Fail, "重要数据", "不开放", func(f *RequestFacts) { f.Level = "important" })},
}

// RefusalFacts are what is judged of a proposed refusal.
type RefusalFacts struct {
	Reason bool `json:"reason"`
	Named  bool `json:"named"` // the basis names a law, or the catalogue
}

func gatherRefusal(_ context.Context, _ db.Querier, c *matter.Case) (RefusalFacts, error) {
	r, ok := c.Input.(*Refusal)
	if !ok {
		return RefusalFacts{}, nil
	}
	return RefusalFacts{hanzi.Given(r.Reason), strings.Contains(r.Basis, "《") || strings.Contains(r.Basis, "开放类型") || strings.Contains(r.Basis, "开放条件")}, nil
}

var grounded = measures.Rule[RefusalFacts]{
	ID: "A24.1-openrefusal", Clause: "A24.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "不予开放有理由、有依据", Source: "答复申请人的，理由和依据要能核对",
	Judge: func(f RefusalFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if !f.Reason {
			ps = append(ps, measures.Problem{Anchor: "input/reason", Message: "请写明不予开放的理由"})
		}
		if !f.Named {
			ps = append(ps, measures.Problem{Anchor: "input/basis", Message: "依据要写出文件名称，如《……法》第几条，或者目录的开放类型、开放条件"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[RefusalFacts]{{Name: "引《统计法》", Kind: measures.ExamplePass, Want: measures.Pass, Why: "有理由、有依据", Facts: RefusalFacts{true, true}},
		{Name: "没有理由", Kind: measures.ExampleFail, Want: measures.Fail, Why: "要有理由", Facts: RefusalFacts{false, true}},
		{Name: "依据写“按惯例”", Kind: measures.ExampleFail, Want: measures.Fail, Why: "无从核对", Facts: RefusalFacts{true, false}}},
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
	ID: "A24.1-openanswered", Clause: "A24.1", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: inForce, Boundary: true, Title: "在规定的工作日内答复", Source: ordinance + "：15 个工作日内答复，可以延长 15 个工作日", Params: []measures.Param{AnswerDays, ExtendDays},
	Judge: func(f AnswerFacts, _ measures.Values) measures.Verdict {
		if f.On > f.Due {
			return measures.Failed("", "应在 %s 前答复，迟了 %d 天，请说明原因", f.Due, f.Due.DaysUntil(f.On))
		}
		return measures.Passed("%s 前答复", f.Due)
	},
	Examples: []measures.Example[AnswerFacts]{
		{Name: "十天后答复", Kind: measures.ExamplePass, Want: measures.Pass, Why: "9 月 21 日收到，期限到 10 月 19 日", Facts: AnswerFacts{"2026-10-01", "2026-10-19"}},
		{Name: "迟了十二天", Kind: measures.ExampleFail, Want: measures.Fail, Why: "应在 10 月 19 日前", Facts: AnswerFacts{"2026-10-31", "2026-10-19"}},
		{Name: "第十五个工作日答复", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "9 月 21 日收到，10 月 12 日是第 10 个、19 日是第 15 个工作日", Facts: AnswerFacts{"2026-10-19", "2026-10-19"}},
		{Name: "第十六个工作日答复", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "迟 1 天", Facts: AnswerFacts{"2026-10-20", "2026-10-19"}},
	},
}
