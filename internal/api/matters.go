package api

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/problem"
)

// View is a case as the API shows it.
type View struct {
	ID          string            `json:"id"`
	Procedure   string            `json:"procedure"`
	Title       string            `json:"title"`
	Unit        string            `json:"unit"`
	Year        int64             `json:"year,omitempty"`
	State       matter.State      `json:"state"`
	StateTitle  string            `json:"state_title"`
	Rev         int64             `json:"rev"`
	FormRev     int64             `json:"form_rev"`
	Version     int64             `json:"version"`
	Number      string            `json:"number,omitempty"`
	Amount      string            `json:"amount_wan"`
	Origin      matter.Origin     `json:"origin"`
	OwnBuild    bool              `json:"own_build,omitempty"`
	OwnReview   bool              `json:"own_review,omitempty"`
	LateDays    int64             `json:"late_days,omitempty"`
	Due         string            `json:"due,omitempty"`
	SubmittedAt int64             `json:"submitted_at,omitempty"`
	Form        map[string]string `json:"form"`
	Lines       []LineView        `json:"lines,omitempty"`
	Files       []FileView        `json:"files,omitempty"`
	Actions     []string          `json:"actions"`
}

// LineView is one line of a case.
type LineView struct {
	ID     string            `json:"id"`
	Seq    int64             `json:"seq"`
	Rev    int64             `json:"rev"`
	State  string            `json:"state"`
	Note   string            `json:"note,omitempty"`
	Group  string            `json:"group,omitempty"`
	Values map[string]string `json:"values"`
}

// FileView is a document attached to a case.
type FileView struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Digest string `json:"sm3"`
}

func values(s form.Spec, v any) map[string]string {
	out := map[string]string{}
	for _, f := range s.Fields() {
		if in := f.Input(v); in != "" {
			out[f.Key] = in
		}
	}
	return out
}

func (d *Door) view(ctx context.Context, c *matter.Case) (View, error) {
	v := View{ID: c.ID, Procedure: c.Procedure.Key, Title: c.Title, Unit: c.Unit.ShortName, Year: c.Year, State: c.State, StateTitle: c.StateDef().Title,
		Rev: c.Rev, FormRev: c.FormRev, Version: c.Version, Number: c.Number, Amount: c.Amount.Wan(), Origin: c.Origin, OwnBuild: c.OwnBuild, OwnReview: c.OwnReview,
		LateDays: c.LateDays, Due: string(c.Due), SubmittedAt: c.SubmittedAt, Form: values(c.Procedure.Form, c.Form), Actions: []string{}}
	for _, ln := range c.Lines {
		v.Lines = append(v.Lines, LineView{ID: ln.ID, Seq: ln.Seq, Rev: ln.Rev, State: ln.State, Note: ln.Note, Group: ln.Of.Key, Values: values(ln.Of.Form, ln.Body)})
	}
	for _, f := range c.Files {
		v.Files = append(v.Files, FileView{ID: f.ID, Kind: f.Kind, Name: f.Name, Size: f.Size, Digest: f.Digest})
	}
	acts, err := d.Engine.Doables(ctx, actorOf(ctx), c)
	for _, s := range acts {
		if s.Refused == "" {
			v.Actions = append(v.Actions, string(s.Do))
		}
	}
	return v, err
}

// ByID names a case in the path.
type ByID struct {
	ID string `path:"id"`
}

func (d *Door) matters(a huma.API) {
	huma.Register(a, op("get-matter", http.MethodGet, "/matters/{id}", "一份案卷"), func(ctx context.Context, in *ByID) (*body[View], error) {
		c, err := d.Engine.Load(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, refuse(err)
		}
		return answer(d.view(ctx, c))
	})
	huma.Register(a, op("act", http.MethodPost, "/matters/{id}/acts", "办理"), func(ctx context.Context, in *struct {
		ByID
		Key  string `header:"Idempotency-Key"`
		Body matter.Request
	}) (*body[matter.Result], error) {
		in.Body.Matter = in.ID
		if in.Key != "" {
			in.Body.Idem = in.Key
		}
		return answer(d.Engine.Act(ctx, actorOf(ctx), in.Body))
	})
	huma.Register(a, op("opine", http.MethodPost, "/matters/{id}/opinions", "出具意见"), func(ctx context.Context, in *struct {
		ByID
		Body matter.OpineRequest
	}) (*body[matter.Result], error) {
		in.Body.Matter = in.ID
		return answer(d.Engine.Opine(ctx, actorOf(ctx), in.Body))
	})
	huma.Register(a, op("seats", http.MethodGet, "/matters/{id}/seats", "席位"), func(ctx context.Context, in *ByID) (*body[[]matter.Seat], error) {
		c, err := d.Engine.Load(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, refuse(err)
		}
		return answer(d.Engine.Seats(ctx, actorOf(ctx), c))
	})
	huma.Register(a, op("add-seat", http.MethodPost, "/matters/{id}/seats", "增加会签或征求意见"), func(ctx context.Context, in *struct {
		ByID
		Body struct {
			Unit string        `json:"unit"`
			Post string        `json:"post,omitempty"`
			Due  calendar.Date `json:"due,omitempty"`
		}
	}) (*struct{}, error) {
		u, ok := d.Engine.Units.Match(actorOf(ctx).Jurisdiction, in.Body.Unit)
		if !ok {
			return nil, refuse(problem.Missing("这个单位"))
		}
		post := cmp.Or(in.Body.Post, identity.Head)
		return nil, refuse(d.Engine.AddSeat(ctx, actorOf(ctx), in.ID, matter.SeatSpec{UnitID: u.ID, Post: post, Title: u.ShortName, Due: in.Body.Due}))
	})
	huma.Register(a, op("draw", http.MethodGet, "/matters/{id}/draw", "抽取专家的记录，任何人可据以重算"), func(ctx context.Context, in *ByID) (*body[review.Record], error) {
		c, err := d.Engine.Load(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, refuse(err)
		}
		return answer(review.RecordOf(ctx, d.Engine, actorOf(ctx), c))
	})
	huma.Register(a, op("check-matter", http.MethodGet, "/matters/{id}/check/{action}", "合规检查"), func(ctx context.Context, in *struct {
		ByID
		Action string `path:"action"`
	}) (*body[[]measures.Finding], error) {
		c, err := d.Engine.Load(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, refuse(err)
		}
		for _, s := range c.Procedure.Steps(c.State) {
			if string(s.Do) == in.Action {
				return answer(d.Engine.Check(ctx, c, s))
			}
		}
		return nil, refuse(problem.Missing("这个办理动作"))
	})
	huma.Register(a, op("matter-history", http.MethodGet, "/matters/{id}/history", "办理经过"), func(ctx context.Context, in *ByID) (*body[[]matter.Entry], error) {
		c, err := d.Engine.Load(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, refuse(err)
		}
		return answer(d.Engine.History(ctx, actorOf(ctx), c))
	})
	huma.Register(a, op("matter-replay", http.MethodGet, "/matters/{id}/events/{event}/replay", "重新判断当时的事实"), func(ctx context.Context, in *struct {
		ByID
		Event string `path:"event"`
	}) (*body[[]matter.Replayed], error) {
		c, err := d.Engine.Load(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, refuse(err)
		}
		return answer(d.Engine.Replay(ctx, actorOf(ctx), c, in.Event))
	})
	huma.Register(a, op("matter-input", http.MethodGet, "/matters/{id}/events/{event}/input", "这次办理记录的内容"), func(ctx context.Context, in *struct {
		ByID
		Event string `path:"event"`
	}) (*body[map[string]string], error) {
		c, err := d.Engine.Load(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, refuse(err)
		}
		spec, v, err := d.Engine.Recorded(ctx, actorOf(ctx), c, in.Event)
		if err != nil {
			return nil, refuse(err)
		}
		return answer(values(spec, v), nil)
	})
	huma.Register(a, op("matter-proof", http.MethodGet, "/matters/{id}/proof", "最近一次办理的存证证明"), func(ctx context.Context, in *ByID) (*body[ledger.Proof], error) {
		c, err := d.Engine.Load(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, refuse(err)
		}
		entries, err := d.Engine.History(ctx, actorOf(ctx), c)
		if err != nil || len(entries) == 0 {
			return nil, refuse(err)
		}
		return answer(ledger.Prove(ctx, d.Engine.DB.Reader(ctx), entries[0].Event))
	})
	huma.Register(a, op("bulk", http.MethodPost, "/acts", "批量办理"), func(ctx context.Context, in *struct {
		Body struct {
			matter.Request
			Matters []string `json:"matters"`
		}
	}) (*body[[]BulkItem], error) {
		items, err := d.Engine.Bulk(ctx, actorOf(ctx), in.Body.Request, in.Body.Matters)
		if err != nil {
			return nil, refuse(err)
		}
		out := []BulkItem{}
		for _, i := range items {
			b := BulkItem{Matter: i.Matter, State: i.Result.State, Number: i.Result.Number}
			if i.Err != nil {
				b.Refused = problem.Message(i.Err)
			}
			out = append(out, b)
		}
		return answer(out, nil)
	})
}

// BulkItem is what became of one case of a bulk act.
type BulkItem struct {
	Matter  string       `json:"matter"`
	State   matter.State `json:"state,omitempty"`
	Number  string       `json:"number,omitempty"`
	Refused string       `json:"refused,omitempty"`
}

// OpenInput opens a draft; its form has the schema of the procedure.
type OpenInput struct {
	Unit    string              `json:"unit,omitempty" doc:"为哪个单位代录；空为本单位"`
	Year    int64               `json:"year,omitempty"`
	Subject string              `json:"subject,omitempty"`
	Form    map[string]string   `json:"form,omitempty"`
	Lines   []map[string]string `json:"lines,omitempty"`
	Idem    string              `json:"idem,omitempty"`
}

// open registers the operation that opens a draft of one procedure, with the
// schema that follows from its declared fields.
func (d *Door) open(a huma.API, p *matter.Procedure) {
	o := op("open-"+p.Key, http.MethodPost, "/"+p.Key, "新建："+p.Title)
	props := map[string]*huma.Schema{"unit": {Type: "string"}, "year": {Type: "integer"}, "subject": {Type: "string"}, "idem": {Type: "string"}, "form": schema(p.Form)}
	if p.Lines != nil {
		props["lines"] = &huma.Schema{Type: "array", Items: schema(p.Lines.Form)}
	}
	o.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: "object", Properties: props}}}}
	huma.Register(a, o, func(ctx context.Context, in *struct{ RawBody []byte }) (*body[matter.Result], error) {
		var r OpenInput
		if err := json.Unmarshal(in.RawBody, &r); err != nil {
			return nil, refuse(&problem.Error{Kind: problem.Invalid, Msg: "请求不是有效的 JSON", Err: err})
		}
		origin := matter.Own
		unit := ""
		if r.Unit != "" {
			u, ok := d.Engine.Units.Match(actorOf(ctx).Jurisdiction, r.Unit)
			if !ok {
				return nil, refuse(problem.Missing("这个单位"))
			}
			unit = u.ID
			if unit != actorOf(ctx).UnitID {
				origin = matter.ByProxy
			}
		}
		return answer(d.Engine.Open(ctx, actorOf(ctx), matter.OpenRequest{Procedure: p.Key, UnitID: unit, Year: r.Year, SubjectID: r.Subject, Form: r.Form, Lines: r.Lines, Origin: origin, Idem: r.Idem}))
	})
}
