package retirement

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

const inForce calendar.Date = "2025-12-01"

// Facts are what the rules judge.
type Facts struct {
	On        calendar.Date `json:"on"`
	Trigger   string        `json:"trigger"`
	StoppedOn calendar.Date `json:"stopped_on"`
	Reason    bool          `json:"reason,omitempty"`
	Told      bool          `json:"told,omitempty"`
	Successor string        `json:"successor,omitempty"` // as written
	Next      string        `json:"next,omitempty"`      // state of the successor, "" when the register has none
	Itself    bool          `json:"itself,omitempty"`    // the successor is the system itself

	Left    []string      `json:"left,omitempty"` // entries of the catalogue neither withdrawn nor moved
	Data    []DataFacts   `json:"data"`
	Impacts []ImpactFacts `json:"impacts,omitempty"`

	Method   string        `json:"method"`
	Media    bool          `json:"media,omitempty"`
	ErasedOn calendar.Date `json:"erased_on"`
	By       string        `json:"by"`
	Witness  string        `json:"witness"`
	Verified bool          `json:"verified,omitempty"`
	Record   bool          `json:"record,omitempty"` // of the erasure, attached

	Cloud      string        `json:"cloud"` // yes, no, or unknown
	ReleasedOn calendar.Date `json:"released_on,omitempty"`
	Release    bool          `json:"release,omitempty"`
	Filing     string        `json:"filing,omitempty"`
	UnfiledOn  calendar.Date `json:"unfiled_on,omitempty"`
	Unfiling   bool          `json:"unfiling,omitempty"`

	Asset     string        `json:"asset"`
	AssetDoc  bool          `json:"asset_doc,omitempty"`
	AssetOn   calendar.Date `json:"asset_on,omitempty"`
	AssetFile bool          `json:"asset_file,omitempty"`
	AssetNote bool          `json:"asset_note,omitempty"`

	Secret string `json:"secret,omitempty"`
}

// DataFacts are the facts of one set of data.
type DataFacts struct {
	Seq         int64  `json:"seq"`
	Name        string `json:"name"`
	Given       bool   `json:"given"`
	Disposition string `json:"disposition"`
	Place       bool   `json:"place,omitempty"`
	Kept        bool   `json:"kept,omitempty"`
}

// ImpactFacts are the facts of one interface or service.
type ImpactFacts struct {
	Seq      int64         `json:"seq"`
	Name     string        `json:"name"`
	Given    bool          `json:"given"`
	Handling string        `json:"handling"`
	On       calendar.Date `json:"on,omitempty"`
	Remark   bool          `json:"remark,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	r := matter.FormOf[Retirement](c)
	f := Facts{On: c.Today, Trigger: r.Trigger, StoppedOn: r.StoppedOn, Reason: hanzi.Given(r.Reason), Told: hanzi.Given(r.Told), Successor: strings.TrimSpace(r.Successor), Data: []DataFacts{},
		Method: r.Method, Media: hanzi.Given(r.Media), ErasedOn: r.ErasedOn, By: hanzi.Tidy(r.By), Witness: hanzi.Tidy(r.Witness), Verified: hanzi.Given(r.Verified), Record: c.Has("erasure"),
		ReleasedOn: r.ReleasedOn, Release: hanzi.Given(r.Release), Filing: r.Filing, UnfiledOn: r.UnfiledOn, Unfiling: hanzi.Given(r.Unfiling),
		Asset: r.Asset, AssetDoc: hanzi.Given(r.AssetDoc), AssetOn: r.AssetOn, AssetFile: c.Has("asset"), AssetNote: hanzi.Given(r.AssetNote), Secret: measures.SecretField(retirementForm, r)}
	for _, ln := range c.LinesOf("") {
		d := matter.BodyOf[Data](ln)
		f.Data = append(f.Data, DataFacts{ln.Seq, d.Name, hanzi.Given(d.Name), d.Disposition, hanzi.Given(d.Place), hanzi.Given(d.Kept)})
		if s := measures.SecretField(data.Form, d); s != "" {
			f.Secret = fmt.Sprintf("第 %d 个数据集的%s", ln.Seq, s)
		}
	}
	for _, ln := range c.LinesOf(impacts.Key) {
		i := matter.BodyOf[Impact](ln)
		f.Impacts = append(f.Impacts, ImpactFacts{ln.Seq, i.Name, hanzi.Given(i.Name), i.Handling, i.On, hanzi.Given(i.Remark)})
		if s := measures.SecretField(impacts.Form, i); s != "" {
			f.Secret = fmt.Sprintf("第 %d 个接口和服务的%s", ln.Seq, s)
		}
	}
	y, err := registry.OwnSystem(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Cloud = cloudOf(y.Sheet.Hosting)
	next, err := successor(ctx, q, c, r)
	if err != nil {
		return f, err
	}
	f.Next, f.Itself = next.State, next.ID == y.ID
	entries, err := catalogue.OfSystem(ctx, q, y.ID)
	for _, e := range entries {
		f.Left = append(f.Left, e.Code+" "+e.Name)
	}
	return f, err
}

func cloudOf(hosting string) string {
	switch {
	case hosting == "":
		return "unknown"
	case slices.Contains(clouds, hosting):
		return "yes"
	}
	return "no"
}

// Rules are asked when a case is handed in, signed and confirmed.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, grounded, handled, placed, catalogued, erased, witnessed, released, unfiled, disposed}
}

// a second-level system on the city's cloud, merged into another on 2026-09-01
func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-10-08", Trigger: Merged, StoppedOn: "2026-09-01", Reason: true, Told: true, Successor: "XT-0002", Next: "operating",
		Data:    []DataFacts{{1, "取水许可数据", true, Moved, true, false}, {2, "操作日志", true, Erased, false, false}},
		Impacts: []ImpactFacts{{1, "取水许可接口", true, Switched, "2026-09-01", false}},
		Method:  "overwrite", Media: true, ErasedOn: "2026-09-20", By: "陈丽", Witness: "吴海", Verified: true, Record: true,
		Cloud: "yes", ReleasedOn: "2026-09-25", Release: true, Filing: "52020099001-26001", UnfiledOn: "2026-09-28", Unfiling: true,
		Asset: "scrapped", AssetDoc: true, AssetOn: "2026-09-30", AssetFile: true}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

// asked collects what is missing.
type asked []measures.Problem

func (a *asked) at(wrong bool, field, format string, args ...any) {
	if wrong {
		*a = append(*a, measures.Problem{Anchor: field, Message: fmt.Sprintf(format, args...)})
	}
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-retirement", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容。涉密系统的停用不得在本系统办理，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "停用说明" })},
}

var grounded = measures.Rule[Facts]{
	ID: "A26.1-grounded", Clause: "A26.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "停用的缘由、日期和接替系统可以核对", Source: "停用使系统数减少，缘由和接替系统要能和台账核对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var a asked
		a.at(!f.Reason, "form/reason", "请写明停用的决定或者情况")
		a.at(!f.Told, "form/told", "请写明怎样告知使用单位和服务对象")
		a.at(f.StoppedOn == "" || f.StoppedOn > f.On, "form/stopped_on", "请填写停止服务日期，不晚于今天")
		switch needs := f.Trigger == Replaced || f.Trigger == Merged; {
		case f.Successor == "":
			a.at(needs, "form/successor", "被替代、并入的，请填写接替系统")
		case f.Itself:
			a.at(true, "form/successor", "接替系统不能是它自己")
		case f.Next == "":
			a.at(true, "form/successor", "台账里没有“%s”，请先登记接替系统，或者按台账里的编号填写", f.Successor)
		case f.Next == registry.Retired:
			a.at(true, "form/successor", "“%s”已经停用，不能接替", f.Successor)
		}
		return measures.FailedWith(a...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "并入在用的系统", "台账里有", same),
		ex(measures.ExamplePass, measures.Pass, "闲置清理，没有接替", "不需要接替", func(f *Facts) { f.Trigger, f.Successor, f.Next = Idle, "", "" }),
		ex(measures.ExampleFail, measures.Fail, "并入，没有写接替系统", "无从核对", func(f *Facts) { f.Successor, f.Next = "", "" }),
		ex(measures.ExampleFail, measures.Fail, "接替系统不在台账", "数据去了哪里看不出", func(f *Facts) { f.Next = "" }),
		ex(measures.ExampleFail, measures.Fail, "接替系统已停用", "不能接替", func(f *Facts) { f.Next = registry.Retired }),
		ex(measures.ExampleFail, measures.Fail, "接替系统是它自己", "没有接替", func(f *Facts) { f.Itself = true }),
		ex(measures.ExampleBoundary, measures.Pass, "今天停止服务", "不晚于今天", func(f *Facts) { f.StoppedOn = "2026-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天停止服务", "还在服务", func(f *Facts) { f.StoppedOn = "2026-10-09" })},
}

var handled = measures.Rule[Facts]{
	ID: "A26.1-handled", Clause: "A26.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "接口和服务逐项处理", Source: "停用以前，用着它的单位和事项要有着落",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var a asked
		for _, i := range f.Impacts {
			field := func(name string) string { return fmt.Sprintf("impact:%d/%s", i.Seq, name) }
			a.at(!i.Given, field("name"), "第 %d 个接口或服务没有名称", i.Seq)
			switch {
			case i.Handling == "":
				a.at(true, field("handling"), "“%s”：请选择怎样处理", i.Name)
			case i.Handling == Kept:
				a.at(!i.Remark, field("remark"), "“%s”：不受影响的请写明理由", i.Name)
			default:
				a.at(i.On == "" || i.On > f.On, field("handled_on"), "“%s”：请填写处理日期，不晚于今天", i.Name)
			}
		}
		if len(a) == 0 {
			return measures.Passed("%d 项都已处理", len(f.Impacts))
		}
		return measures.FailedWith(a...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "接口已切换", "有着落", same),
		ex(measures.ExamplePass, measures.Pass, "没有接口和服务", "没有要处理的", func(f *Facts) { f.Impacts = nil }),
		ex(measures.ExampleFail, measures.Fail, "没有处理", "还有人在用", func(f *Facts) { f.Impacts[0].Handling = "" }),
		ex(measures.ExampleFail, measures.Fail, "不受影响，没有理由", "无从核对", func(f *Facts) { f.Impacts[0].Handling = Kept }),
		ex(measures.ExampleBoundary, measures.Pass, "今天切换", "不晚于今天", func(f *Facts) { f.Impacts[0].On = "2026-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天切换", "还没有切换", func(f *Facts) { f.Impacts[0].On = "2026-10-09" })},
}

var placed = measures.Rule[Facts]{
	ID: "A26.1-placed", Clause: "A26.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "每个数据集有去向", Source: "逐项写明去向，才看得出清除的是不是全部",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Data) == 0 {
			return measures.Failed("", "还没有数据集，请至少列出一个；没有业务数据的，列出日志和配置")
		}
		var a asked
		for _, d := range f.Data {
			field := func(name string) string { return fmt.Sprintf("line:%d/%s", d.Seq, name) }
			a.at(!d.Given, field("name"), "第 %d 个数据集没有名称", d.Seq)
			a.at(d.Disposition == "", field("disposition"), "“%s”：请选择去向", d.Name)
			a.at((d.Disposition == Moved || d.Disposition == Archived) && !d.Place, field("place"), "“%s”：请写明迁移、归档到哪里", d.Name)
			a.at(d.Disposition == Archived && !d.Kept, field("kept"), "“%s”：归档的请写明保管期限", d.Name)
		}
		if len(a) == 0 {
			return measures.Passed("%d 个数据集都有去向", len(f.Data))
		}
		return measures.FailedWith(a...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "一个迁移，一个清除", "都有去向", same),
		ex(measures.ExampleFail, measures.Fail, "没有选去向", "不知道去了哪里", func(f *Facts) { f.Data[1].Disposition = "" }),
		ex(measures.ExampleFail, measures.Fail, "迁移，没有写到哪里", "不知道去了哪里", func(f *Facts) { f.Data[0].Place = false }),
		ex(measures.ExampleFail, measures.Fail, "归档，没有保管期限", "不知道留到何时", func(f *Facts) { f.Data[0].Disposition = Archived }),
		ex(measures.ExampleBoundary, measures.Fail, "没有数据集", "至少一个", func(f *Facts) { f.Data = nil }),
		ex(measures.ExampleBoundary, measures.Pass, "一个数据集", "至少一个", func(f *Facts) { f.Data = f.Data[:1] })},
}

var catalogued = measures.Rule[Facts]{
	ID: "A26.1-catalogued", Clause: "A26.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "目录已撤销或者转到接替系统", Source: "停用的系统不能再向其他单位提供数据，审计核对目录与系统的关联",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var a asked
		for _, e := range f.Left {
			a.at(true, "", "目录“%s”还挂在这个系统上，请先撤销或者转到接替系统", e)
		}
		if len(a) == 0 {
			return measures.Passed("目录里没有这个系统的资源")
		}
		return measures.FailedWith(a...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "目录已处理", "没有挂着的", same),
		ex(measures.ExampleFail, measures.Fail, "一条目录没有撤销", "停用后无人提供", func(f *Facts) { f.Left = []string{"307025001/000001 取水许可证信息"} })},
}
