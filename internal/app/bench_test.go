package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"zhengcheng/internal/app"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
)

// The sizes a city is measured at.
var sizes = []growth{
	{projects: 10_000, events: 100_000, units: 200, years: 10, waiting: 60, searchable: true},
	{projects: 100_000, events: 100_000, units: 200, years: 10, waiting: 60},
}

// BenchmarkPages measures the CPU of one request against its floor, and the
// statements it takes. The limits and what was measured are in docs/performance.md.
func BenchmarkPages(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("projects=%d", size.projects), func(b *testing.B) {
			data := b.TempDir()
			a := openCity(b, data, "")
			g := grow(b, a, size)
			h := a.Handler(false)
			cookie := signIn(b, a, h, "zhoumin")
			read, err := sql.Open("sqlite", "file:"+filepath.Join(data, "zhengcheng.db")+"?_pragma=cache_size(-16384)&_pragma=query_only(1)")
			must(b, err)
			defer read.Close() //nolint:errcheck // read only
			floor := floorList(b, a, read)
			for _, p := range []struct{ name, path string }{
				{"list", "/projects"}, {"list-filtered", "/projects?year=2024&stage=building"}, {"list-deep", "/projects?after=" + g.middle},
				{"desk", "/"}, {"case", "/matters/" + g.plan}, {"case-open", "/matters/" + g.waiting}, {"project", "/projects/" + g.project},
				{"search", "/search?q=" + url.QueryEscape("城市防洪预警")}, {"plans", "/plans"}, {"law", "/law"},
			} {
				b.Run(p.name, func(b *testing.B) {
					ctx, n := db.WithCounter(context.Background())
					get(b, h, ctx, p.path, cookie)
					statements := n.Load()
					against(b, func() { get(b, h, context.Background(), p.path, cookie) }, func() { get(b, floor, context.Background(), "/", cookie) }, func() {})
					b.ReportMetric(float64(statements), "statements")
				})
			}
		})
	}
}

// clients is how many people use a page at the same moment.
const clients = 10

// BenchmarkConcurrent measures how long one of ten people waits who ask at the
// same time.
func BenchmarkConcurrent(b *testing.B) {
	a := openCity(b, b.TempDir(), "")
	g := grow(b, a, sizes[0])
	h := a.Handler(false)
	cookie := signIn(b, a, h, "zhoumin")
	for _, p := range []struct{ name, path string }{
		{"list", "/projects"}, {"desk", "/"}, {"case", "/matters/" + g.plan}, {"search", "/search?q=" + url.QueryEscape("城市防洪预警")},
	} {
		b.Run(p.name, func(b *testing.B) {
			var mu sync.Mutex
			var took []time.Duration
			var left sync.WaitGroup
			work := make(chan struct{})
			for range clients {
				left.Go(func() {
					for range work {
						start := time.Now()
						get(b, h, context.Background(), p.path, cookie)
						d := time.Since(start)
						mu.Lock()
						took = append(took, d)
						mu.Unlock()
					}
				})
			}
			for range b.N {
				work <- struct{}{}
			}
			close(work)
			left.Wait()
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}

// turn is how many requests run before the floor takes its turn.
const turn = 25

// against measures op and floor in turns, so that both meet the same noise, and
// reports the median CPU of each and their ratio. Between the turns nothing is measured.
func against(b *testing.B, op, floor, between func()) {
	b.Helper()
	var ops, floors []float64
	floor()
	b.ResetTimer()
	for done := 0; done < b.N; done += turn {
		n := min(turn, b.N-done)
		ops = append(ops, cpuOf(n, op))
		b.StopTimer()
		floors = append(floors, cpuOf(n, floor))
		between()
		b.StartTimer()
	}
	b.ReportMetric(median(ops), "cpu-ns/op")
	b.ReportMetric(median(floors), "floor-ns/op")
	b.ReportMetric(median(ops)/median(floors), "x-floor")
}

// cpuOf is the user and system time of the whole process per call of fn.
func cpuOf(n int, fn func()) float64 {
	start := cpu()
	for range n {
		fn()
	}
	return float64(cpu()-start) / float64(n)
}

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// signIn takes an identity in the demo and returns the session's cookie.
func signIn(tb testing.TB, a *app.App, h http.Handler, login string) *http.Cookie {
	tb.Helper()
	p, err := identity.ActorByLogin(context.Background(), a.DB, login)
	must(tb, err)
	r := httptest.NewRequest(http.MethodPost, "/demo/switch", strings.NewReader(url.Values{"person": {p.ID}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	cookies := w.Result().Cookies()
	if len(cookies) != 1 {
		tb.Fatalf("sign in: %d, %d cookies", w.Code, len(cookies))
	}
	return cookies[0]
}

// sink takes a response and forgets it.
type sink struct {
	header http.Header
	status int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(status int)      { s.status = status }
func (s *sink) Write(p []byte) (int, error) { return io.Discard.Write(p) }

func get(tb testing.TB, h http.Handler, ctx context.Context, path string, cookie *http.Cookie) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, path, http.NoBody)
	must(tb, err)
	r.AddCookie(cookie)
	w := &sink{header: http.Header{}, status: http.StatusOK}
	h.ServeHTTP(w, r)
	if w.status != http.StatusOK {
		tb.Errorf("GET %s: %d", path, w.status)
	}
}
