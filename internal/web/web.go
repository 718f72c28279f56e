// Package web is the door for people: server-rendered pages under a strict
// content security policy, every essential act a plain form that works without
// JavaScript. A route cannot be registered without saying who may use it.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/web/page"
	"zhengcheng/internal/web/ui"
)

// City is what the pages show.
type City struct {
	Engine *matter.Engine
	Book   *measures.Book
	Units  *identity.Directory
	Store  *attachment.Store
	// Advance takes every timed step up to now.
	Advance func(ctx context.Context) error
}

// Web serves the pages.
type Web struct {
	City
	sessions *scs.SessionManager
	mux      *http.ServeMux
	routes   []Route
	imports  *previews
}

// Who may use a route, checked before its handler runs. What they may see and
// do there is said by the engine.
type Who string

const (
	Anybody  Who = "anybody"  // signed in or not
	Signed   Who = "signed"   // any person
	Business Who = "business" // anybody but the three administrators
	Bureau   Who = "bureau"   // people of the bureau
	Admins   Who = "admins"   // the three administrators
	System   Who = "system"   // the system administrator
	Security Who = "security" // the security administrator
	Audit    Who = "audit"    // the audit administrator
	Demo     Who = "demo"     // only while the demo runs
)

// Route is a registered pattern with who may use it.
type Route struct {
	Pattern string
	Who     Who
}

// request is one request with who makes it.
type request struct {
	w     http.ResponseWriter
	r     *http.Request
	actor identity.Actor
	web   *Web
}

func (q *request) ctx() context.Context { return q.r.Context() }

// New builds the pages. secure marks cookies for HTTPS.
func New(c City, secure bool) http.Handler {
	w := &Web{City: c, sessions: identity.Sessions(c.Engine.DB, secure), mux: http.NewServeMux(), imports: newPreviews()}
	w.mux.Handle("GET /static/", ui.Static())
	w.register()
	w.mux.HandleFunc("/", w.unknown)
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.fail(&request{w: rw, r: r, web: w}, problem.New(problem.Forbidden, "这个请求来自别的网站，没有办理。请从本系统的页面办理"))
	}))
	return headers(cross.Handler(w.sessions.LoadAndSave(w.mux)))
}

// Routes lists every page with who may use it, for the golden access list.
func Routes(c City) []Route {
	w := &Web{City: c, sessions: identity.Sessions(c.Engine.DB, false), mux: http.NewServeMux(), imports: newPreviews()}
	w.register()
	return w.routes
}

func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if !strings.HasPrefix(r.URL.Path, "/static/") {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}

// unknown answers what no page is registered for.
func (w *Web) unknown(rw http.ResponseWriter, r *http.Request) {
	q := &request{w: rw, r: r, web: w}
	if err := w.admit(q, Anybody); err != nil {
		w.fail(q, err)
		return
	}
	w.fail(q, problem.Missing("这个页面"))
}

// maxBody bounds every form but uploads, which stream.
const maxBody = 4 << 20

// handle registers a page. A handler returns an error; one mapper shows it.
func (w *Web) handle(pattern string, who Who, fn func(*request) error) {
	w.handleUpTo(maxBody, pattern, who, fn)
}

// handleUpTo registers a page that takes uploads of a size.
func (w *Web) handleUpTo(limit int64, pattern string, who Who, fn func(*request) error) {
	w.routes = append(w.routes, Route{pattern, who})
	w.mux.HandleFunc(pattern, func(rw http.ResponseWriter, r *http.Request) {
		q := &request{w: rw, r: r, web: w}
		r.Body = http.MaxBytesReader(rw, r.Body, limit)
		if !hanzi.Legible(r.URL.Path) {
			w.fail(q, problem.Missing("这个页面"))
			return
		}
		if err := w.admit(q, who); err != nil {
			w.fail(q, err)
			return
		}
		if !legibleQuery(r) {
			w.fail(q, problem.New(problem.Invalid, "地址里有无法识别的字符，请从页面重新进入"))
			return
		}
		if err := fn(q); err != nil {
			w.fail(q, err)
		}
	})
}

// legibleQuery reports whether everything asked for in the address can have been typed.
func legibleQuery(r *http.Request) bool {
	for _, values := range r.URL.Query() {
		for _, v := range values {
			if !hanzi.Legible(v) {
				return false
			}
		}
	}
	return true
}

var (
	errSignedOut     = errors.New("signed out")
	errFirstPassword = problem.New(problem.Forbidden, "请先在“我的账号”把初始密码改成自己的密码")
)

func (w *Web) admit(q *request, who Who) error {
	if id := w.sessions.GetString(q.ctx(), identity.PersonKey); id != "" {
		a, err := identity.ActorByID(q.ctx(), w.Engine.DB, id)
		if err != nil && !db.None(err) {
			return err
		}
		q.actor = a
		identity.Touch(q.ctx(), w.sessions, time.Now())
	}
	if login, ok := strings.CutPrefix(q.r.Header.Get("Authorization"), "Demo "); ok && w.Engine.Clock.Demo() {
		a, err := identity.ActorByLogin(q.ctx(), w.Engine.DB, login)
		if err != nil && !db.None(err) {
			return err
		}
		q.actor = a
	}
	if who == Anybody || who == Demo && w.Engine.Clock.Demo() {
		return nil
	}
	if q.actor.ID == "" {
		return errSignedOut
	}
	if q.actor.MustChange && !strings.HasPrefix(q.r.URL.Path, "/account") && q.r.URL.Path != "/signout" {
		return errFirstPassword
	}
	ok := map[Who]bool{Signed: true, Business: !q.actor.Administrator(), Bureau: q.actor.Office == identity.BigData && !q.actor.Administrator(),
		Admins: q.actor.Administrator(), System: q.actor.Is(identity.SysAdmin), Security: q.actor.Is(identity.SecAdmin), Audit: q.actor.Is(identity.AudAdmin)}[who]
	if !ok {
		return problem.New(problem.Forbidden, "您的岗位不能使用这个页面")
	}
	return nil
}

var statusOf = map[problem.Kind]int{problem.Invalid: http.StatusUnprocessableEntity, problem.Forbidden: http.StatusForbidden, problem.NotFound: http.StatusNotFound,
	problem.Conflict: http.StatusConflict, problem.Blocked: http.StatusConflict, problem.Internal: http.StatusInternalServerError}

// fail is the one place where an error becomes a page or, for scripts on a
// page, a JSON answer.
func (w *Web) fail(q *request, err error) {
	if errors.Is(err, errSignedOut) {
		http.Redirect(q.w, q.r, "/signin?next="+nextOf(q.r), http.StatusSeeOther)
		return
	}
	if errors.Is(err, errFirstPassword) && q.r.Method == http.MethodGet && !q.wantsJSON() {
		http.Redirect(q.w, q.r, "/account", http.StatusSeeOther)
		return
	}
	var big *http.MaxBytesError
	var escape url.EscapeError
	switch {
	case errors.As(err, &big):
		err = problem.New(problem.Invalid, "内容太长：一次最多提交 %d MB", big.Limit>>20)
	case errors.As(err, &escape):
		err = problem.New(problem.Invalid, "提交的内容无法识别，请返回上一页重新填写")
	}
	kind := problem.KindOf(err)
	if kind == problem.Internal {
		slog.Error("page", "path", q.r.URL.Path, "err", err)
	}
	status := statusOf[kind]
	if q.wantsJSON() {
		q.writeJSON(status, page.Problem(err))
		return
	}
	v := page.ErrorView{Status: status, Message: problem.Message(err), Back: q.r.Header.Get("Referer")}
	var e *problem.Error
	if errors.As(err, &e) {
		for k, m := range e.Fields {
			v.Fields = append(v.Fields, page.Pair{Key: k, Text: m})
		}
		slices.SortFunc(v.Fields, func(a, b page.Pair) int { return strings.Compare(a.Key, b.Key) })
	}
	var refusal *measures.Refusal
	if errors.As(err, &refusal) {
		v.Findings = refusal.Findings
	}
	var stale *matter.Stale
	if errors.As(err, &stale) {
		v.Stale = stale
	}
	if renderErr := q.render(status, page.Error(w.shell(q, "不能办理", ""), v)); renderErr != nil {
		slog.Error("error page", "err", renderErr)
	}
}

func nextOf(r *http.Request) string {
	if r.Method != http.MethodGet || !strings.HasPrefix(r.URL.Path, "/") || strings.HasPrefix(r.URL.Path, "//") {
		return "/"
	}
	return r.URL.Path
}

// render writes a component through a buffer, so that no half page is sent.
func (q *request) render(status int, c templ.Component) error {
	b := templ.GetBuffer()
	defer templ.ReleaseBuffer(b)
	if err := c.Render(q.ctx(), b); err != nil {
		return err
	}
	q.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.w.WriteHeader(status)
	_, err := q.w.Write(b.Bytes())
	return err
}

func (q *request) page(c templ.Component) error { return q.render(http.StatusOK, c) }

func (q *request) seeOther(path string) error {
	http.Redirect(q.w, q.r, path, http.StatusSeeOther)
	return nil
}
