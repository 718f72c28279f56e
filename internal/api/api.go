// Package api is the JSON door (OpenAPI 3.1, RFC 9457): the same engine, the
// same findings and the same refusals as the pages. A bearer token speaks for
// one person; in the demo "Authorization: Demo <login>" does.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// Door is the API over an engine.
type Door struct {
	Engine *matter.Engine
	Book   *measures.Book
}

type actorKey struct{}

func actorOf(ctx context.Context) identity.Actor {
	a, _ := ctx.Value(actorKey{}).(identity.Actor)
	return a
}

// Handler serves everything below /api/v1/.
func (d *Door) Handler() http.Handler {
	mux := http.NewServeMux()
	cfg := huma.DefaultConfig("政程 zhengcheng", "1")
	cfg.OpenAPIPath = "/api/v1/openapi"
	cfg.DocsPath = "" // the default page loads a script from elsewhere
	cfg.SchemasPath = ""
	cfg.CreateHooks = nil
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer"}}
	a := humago.New(mux, cfg)
	a.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) { d.authenticate(a, ctx, next) })
	d.matters(a)
	d.drafts(a)
	d.lists(a)
	d.administration(a)
	for _, p := range d.Engine.Procedures() {
		d.open(a, p)
	}
	mux.HandleFunc("/api/v1/", func(w http.ResponseWriter, r *http.Request) { unknown(a, w, r) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !hanzi.Legible(r.URL.Path) {
			unknown(a, w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// unknown answers what no operation is registered for.
func unknown(a huma.API, w http.ResponseWriter, r *http.Request) {
	ctx := humago.NewContext(&huma.Operation{}, r, w)
	huma.WriteErr(a, ctx, http.StatusNotFound, "") //nolint:errcheck // the client is gone
}

func (d *Door) authenticate(a huma.API, ctx huma.Context, next func(huma.Context)) {
	actor, err := d.actor(ctx.Context(), ctx.Header("Authorization"))
	if err != nil {
		huma.WriteErr(a, ctx, http.StatusUnauthorized, problem.Message(err)) //nolint:errcheck // the client is gone
		return
	}
	next(huma.WithValue(ctx, actorKey{}, actor))
}

func (d *Door) actor(ctx context.Context, header string) (identity.Actor, error) {
	scheme, value, _ := strings.Cut(header, " ")
	switch {
	case strings.EqualFold(scheme, "bearer"):
		return identity.ActorByToken(ctx, d.Engine.DB.Reader(ctx), value, time.Now())
	case strings.EqualFold(scheme, "demo") && d.Engine.Clock.Demo():
		a, err := identity.ActorByLogin(ctx, d.Engine.DB.Reader(ctx), value)
		if db.None(err) {
			return a, problem.New(problem.Forbidden, "演示中没有这个人")
		}
		return a, err
	}
	return identity.Actor{}, problem.New(problem.Forbidden, "请在 Authorization 中给出访问令牌")
}

// Refused is the answer to a refused request (RFC 9457).
type Refused struct {
	Status   int                `json:"status"`
	Title    string             `json:"title"`
	Kind     string             `json:"kind"`
	Fields   map[string]string  `json:"fields,omitempty"`
	Findings []measures.Finding `json:"findings,omitempty"`
	Rev      int64              `json:"rev,omitempty"`
	Theirs   map[string]string  `json:"theirs,omitempty"`
	Yours    map[string]string  `json:"yours,omitempty"`
	Matter   string             `json:"matter,omitempty"`
}

func (p *Refused) Error() string { return p.Kind + ": " + p.Title }

// GetStatus tells huma the HTTP status.
func (p *Refused) GetStatus() int { return p.Status }

// ContentType marks the body as a problem.
func (p *Refused) ContentType(string) string { return "application/problem+json" }

var statusOf = map[problem.Kind]int{problem.Invalid: 422, problem.Forbidden: 403, problem.NotFound: 404, problem.Conflict: 409, problem.Blocked: 409, problem.Internal: 500}

// refuse turns any error into a refusal; what is internal is logged and not told.
func refuse(err error) error {
	if err == nil {
		return nil
	}
	kind := problem.KindOf(err)
	out := &Refused{Status: statusOf[kind], Kind: kind.String(), Title: problem.Message(err)}
	var e *problem.Error
	if errors.As(err, &e) {
		out.Fields = e.Fields
	}
	var r *measures.Refusal
	if errors.As(err, &r) {
		out.Findings = r.Findings
	}
	var s *matter.Stale
	if errors.As(err, &s) {
		out.Rev, out.Theirs, out.Yours = s.Rev, s.Theirs, s.Yours
	}
	var x *matter.Exists
	if errors.As(err, &x) {
		out.Matter = x.Matter
	}
	if kind == problem.Internal {
		slog.Error("api", "err", err)
	}
	return out
}

// body is an answer of one JSON value.
type body[T any] struct{ Body T }

func answer[T any](v T, err error) (*body[T], error) {
	if err != nil {
		return nil, refuse(err)
	}
	return &body[T]{v}, nil
}

func op(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: "/api/v1" + path, Summary: summary, Security: []map[string][]string{{"bearer": {}}}, MaxBodyBytes: 1 << 20, SkipValidateBody: true}
}

// schema is the JSON schema of a form declaration; every value is written as
// people type it, amounts in 万元.
func schema(s form.Spec) *huma.Schema {
	out := &huma.Schema{Type: "object", Properties: map[string]*huma.Schema{}, AdditionalProperties: false}
	for _, f := range s.Fields() {
		p := &huma.Schema{Type: "string", Title: f.Label, Description: f.Help}
		for _, o := range f.Options {
			p.Enum = append(p.Enum, o.ID)
		}
		if len(p.Enum) > 0 {
			p.Enum = append(p.Enum, "")
		}
		if f.Kind == form.Text || f.Kind == form.Long {
			n := f.Max
			p.MaxLength = &n
		}
		if f.Kind == form.Money {
			p.Description = strings.TrimSpace(p.Description + " 单位：万元")
		}
		out.Properties[f.Key] = p
	}
	return out
}
