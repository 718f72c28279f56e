package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/construction/connection"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/inventory"
	"zhengcheng/internal/datasharing/opening"
	"zhengcheng/internal/datasharing/operation"
	"zhengcheng/internal/datasharing/quality"
	"zhengcheng/internal/datasharing/sharing"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/registry"
)

// ByLine names a line of a case in the path.
type ByLine struct {
	ByID
	Line string `path:"line"`
}

// ReserveEntry is an entry of the reserve library.
type ReserveEntry struct{ reserve.Entry }

func (d *Door) drafts(a huma.API) {
	huma.Register(a, op("save-form", http.MethodPatch, "/matters/{id}/form", "保存草稿"), func(ctx context.Context, in *struct {
		ByID
		Body matter.SaveRequest
	}) (*body[matter.Saved], error) {
		in.Body.Matter = in.ID
		return answer(d.Engine.Save(ctx, actorOf(ctx), in.Body))
	})
	huma.Register(a, op("add-line", http.MethodPost, "/matters/{id}/lines", "增加一项"), func(ctx context.Context, in *struct {
		ByID
		Group string `query:"group" doc:"明细的种类；空为主要明细"`
		Body  map[string]string
	}) (*body[matter.Saved], error) {
		return answer(d.Engine.AddLine(ctx, actorOf(ctx), in.ID, in.Group, in.Body))
	})
	huma.Register(a, op("add-table", http.MethodPost, "/matters/{id}/table", "从表格增加多项"), func(ctx context.Context, in *struct {
		ByID
		Group string `query:"group" doc:"明细的种类；空为主要明细"`
		Body  struct {
			Table string `json:"table" doc:"从电子表格复制的内容或 CSV 文本，第一行写栏目名称"`
		}
	}) (*body[Added], error) {
		n, err := d.Engine.AddTable(ctx, actorOf(ctx), in.ID, in.Group, in.Body.Table)
		return answer(Added{n}, err)
	})
	huma.Register(a, op("save-line", http.MethodPatch, "/matters/{id}/lines/{line}", "保存一项"), func(ctx context.Context, in *struct {
		ByLine
		Body matter.SaveRequest
	}) (*body[matter.Saved], error) {
		in.Body.Matter, in.Body.Line = in.ID, in.Line
		return answer(d.Engine.Save(ctx, actorOf(ctx), in.Body))
	})
	huma.Register(a, op("remove-line", http.MethodDelete, "/matters/{id}/lines/{line}", "删除一项"), func(ctx context.Context, in *ByLine) (*struct{}, error) {
		return nil, refuse(d.Engine.RemoveLine(ctx, actorOf(ctx), in.ID, in.Line))
	})
}

// SystemYears is how many systems the units had at the end of each year.
type SystemYears struct {
	Years []int64             `json:"years"`
	Units []inventory.Numbers `json:"units"`
}

func (d *Door) lists(a huma.API) {
	huma.Register(a, op("list-matters", http.MethodGet, "/matters", "案卷列表"), func(ctx context.Context, in *struct {
		Procedure string `query:"procedure"`
		Year      int64  `query:"year"`
		State     string `query:"state"`
		After     string `query:"after"`
		Limit     int64  `query:"limit"`
	}) (*body[[]matter.Row], error) {
		return answer(d.Engine.List(ctx, actorOf(ctx), matter.Filter{Procedure: in.Procedure, Year: in.Year, State: matter.State(in.State), After: in.After, Limit: in.Limit}))
	})
	huma.Register(a, op("inbox", http.MethodGet, "/inbox", "待我办"), func(ctx context.Context, _ *struct{}) (*body[[]matter.Task], error) {
		return answer(d.Engine.Inbox(ctx, actorOf(ctx), 200))
	})
	huma.Register(a, op("duties", http.MethodGet, "/duties", "本单位职责"), func(ctx context.Context, _ *struct{}) (*body[[]duty.Duty], error) {
		return answer(duty.OfUnit(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx)))
	})
	huma.Register(a, op("projects", http.MethodGet, "/projects", "项目总库"), func(ctx context.Context, in *struct {
		Year  int64  `query:"year"`
		After string `query:"after"`
		Limit int64  `query:"limit"`
	}) (*body[[]registry.Project], error) {
		return answer(registry.Whole(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), registry.Filter{Year: in.Year, After: in.After, Limit: in.Limit}))
	})
	huma.Register(a, op("systems", http.MethodGet, "/systems", "系统台账"), func(ctx context.Context, in *struct {
		Unit     string `query:"unit"`
		State    string `query:"state"`
		Category string `query:"category"`
		Idle     bool   `query:"idle" doc:"只列闲置核查对象"`
		Q        string `query:"q"`
		After    string `query:"after"`
		Limit    int64  `query:"limit" maximum:"500"`
	}) (*body[[]registry.System], error) {
		f := registry.SystemFilter{UnitID: in.Unit, State: in.State, Category: in.Category, Text: in.Q, After: in.After, Limit: in.Limit}
		q, today := d.Engine.DB.Reader(ctx), d.Engine.Clock.Today()
		if in.Idle {
			v, err := d.Engine.Parameters(ctx, q, actorOf(ctx).Jurisdiction, today)
			if err != nil {
				return nil, refuse(err)
			}
			f.Where = func(args *db.Args) string { return inventory.IdleWhere(args, today, v) }
		}
		return answer(registry.Systems(ctx, q, actorOf(ctx), f))
	})
	huma.Register(a, op("system-years", http.MethodGet, "/system-years", "各单位历年系统数"), func(ctx context.Context, in *struct {
		Unit string `query:"unit"`
	}) (*body[SystemYears], error) {
		today := d.Engine.Clock.Today()
		units, err := inventory.Count(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), in.Unit, today)
		return answer(SystemYears{inventory.Ends(today), units}, err)
	})
	huma.Register(a, op("catalogue", http.MethodGet, "/catalogue", "数据目录"), func(ctx context.Context, in *struct {
		Unit   string `query:"unit"`
		System string `query:"system"`
		State  string `query:"state"`
		Late   string `query:"late" doc:"unshelved 逾期未上架；stale 逾期未更新"`
		Q      string `query:"q"`
		After  string `query:"after"`
		Limit  int64  `query:"limit"`
	}) (*body[[]catalogue.Resource], error) {
		return answer(catalogue.List(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), catalogue.Filter{UnitID: in.Unit, SystemID: in.System, State: in.State, Trouble: in.Late, Text: in.Q, After: in.After, Limit: in.Limit, Today: d.Engine.Clock.Today(),
			Units: func(word string) []string { return d.Engine.Units.Named(actorOf(ctx).Jurisdiction, word) }}))
	})
	huma.Register(a, op("data-sharing", http.MethodGet, "/data-sharing", "数据共享申请"), func(ctx context.Context, in *struct {
		Resource string `query:"resource" doc:"目录 id"`
		Unit     string `query:"unit" doc:"申请单位 id"`
		Provider string `query:"provider" doc:"资源提供方单位 id"`
		Late     bool   `query:"late" doc:"只列逾期答复的"`
		Unused   bool   `query:"unused" doc:"只列提供了没有使用的"`
		After    string `query:"after"`
		Limit    int64  `query:"limit"`
	}) (*body[[]sharing.Asked], error) {
		return answer(sharing.List(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), sharing.Filter{ResourceID: in.Resource, UnitID: in.Unit, ProviderID: in.Provider, Late: in.Late, Unused: in.Unused, After: in.After, Limit: in.Limit, Today: d.Engine.Clock.Today()}))
	})
	huma.Register(a, op("opening-requests", http.MethodGet, "/opening-request", "开放申请"), func(ctx context.Context, in *struct {
		Resource string `query:"resource" doc:"目录 id"`
	}) (*body[[]opening.Applied], error) {
		return answer(opening.Requests(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), in.Resource))
	})
	huma.Register(a, op("data-quality", http.MethodGet, "/data-quality", "数据质量问题"), func(ctx context.Context, in *struct {
		Resource string `query:"resource" doc:"目录 id"`
		Provider string `query:"provider" doc:"资源提供方单位 id"`
		Open     bool   `query:"open" doc:"只列没有销号的"`
		After    string `query:"after"`
		Limit    int64  `query:"limit"`
	}) (*body[[]quality.Raised], error) {
		return answer(quality.List(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), quality.Filter{ResourceID: in.Resource, ProviderID: in.Provider, Open: in.Open, After: in.After, Limit: in.Limit}))
	})
	huma.Register(a, op("data-operation", http.MethodGet, "/data-operation", "授权运营"), func(ctx context.Context, in *struct {
		Resource string `query:"resource" doc:"目录 id"`
		Unit     string `query:"unit" doc:"单位 id"`
		Past     bool   `query:"past" doc:"只列期限已过、没有终止的"`
	}) (*body[[]operation.Entered], error) {
		return answer(operation.List(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), operation.Filter{ResourceID: in.Resource, UnitID: in.Unit, Past: in.Past, Today: d.Engine.Clock.Today()}))
	})
	huma.Register(a, op("contracts", http.MethodGet, "/contracts", "合同台账"), func(ctx context.Context, in *struct {
		Year   int64  `query:"year"`
		Unit   string `query:"unit"`
		Marked bool   `query:"marked" doc:"只列带标记的"`
		After  string `query:"after"`
	}) (*body[[]contract.Listed], error) {
		return answer(contract.List(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), contract.Filter{Year: in.Year, UnitID: in.Unit, Marked: in.Marked, After: in.After, Limit: 100}))
	})
	huma.Register(a, op("connections", http.MethodGet, "/connections", "接入台账"), func(ctx context.Context, in *struct {
		Platform string `query:"platform" doc:"平台的名称"`
		State    string `query:"state" enum:"joined,apart,unneeded" doc:"已接入、未接入、不涉及；空为全部"`
		Unit     string `query:"unit"`
		After    string `query:"after" doc:"上一页最后一行的 matter_id/seq"`
	}) (*body[[]connection.Linked], error) {
		return answer(connection.List(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), connection.Filter{Platform: in.Platform, State: in.State, UnitID: in.Unit, After: in.After, Limit: 100}))
	})
	huma.Register(a, op("marks", http.MethodGet, "/marks", "带标记的记录"), func(ctx context.Context, in *struct {
		Article int64  `query:"article" doc:"《办法》的条，14 到 21"`
		Unit    string `query:"unit"`
		Rectify bool   `query:"rectify" doc:"只列建议列入整改的"`
		After   string `query:"after" doc:"上一页最后一条的 on/id"`
	}) (*body[[]registry.Marked], error) {
		return answer(registry.Marks(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), registry.MarkFilter{Article: in.Article, UnitID: in.Unit, Rectify: in.Rectify, After: in.After, Limit: 100}, d.Engine.Clock.Today(),
			registry.MarkWords{Book: d.Book, Duty: d.Engine.DutyKind}))
	})
	huma.Register(a, op("reserve-library", http.MethodGet, "/reserve", "项目储备库"), func(ctx context.Context, in *struct {
		State string `query:"state" doc:"valid、planned、expired、left；空为全部"`
		Year  int64  `query:"year"`
	}) (*body[[]ReserveEntry], error) {
		list, err := reserve.Library(ctx, d.Engine.DB.Reader(ctx), actorOf(ctx), reserve.Filter{State: in.State, Year: in.Year})
		out := make([]ReserveEntry, 0, len(list))
		for _, e := range list {
			out = append(out, ReserveEntry{e})
		}
		return answer(out, err)
	})
	huma.Register(a, op("protection", http.MethodGet, "/protection", "安全态势"), func(ctx context.Context, in *struct {
		Unit   string `query:"unit"`
		Colour string `query:"colour" enum:"red,amber,green,grey" doc:"系统最急的一盏灯"`
	}) (*body[[]protection.Standing], error) {
		return answer(protection.Today(ctx, d.Engine, actorOf(ctx), protection.Filter{UnitID: in.Unit, Colour: in.Colour}))
	})
	huma.Register(a, op("law", http.MethodGet, "/law", "法规依据"), func(context.Context, *struct{}) (*body[measures.Law], error) {
		return answer(d.Book.Law(), nil)
	})
}

// Added is how many lines a table gave.
type Added struct {
	Added int `json:"added"`
}
