package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"zhengcheng/internal/api"
	"zhengcheng/internal/web"
)

// start listens before the city is loaded: until then every page says so and
// /healthz is 503. A nil server means the address could not be used.
func (a *App) start(listen string, secure bool) (*http.Server, error) {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", listen, err)
	}
	s := &http.Server{Handler: a.Handler(secure), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	go func() {
		if err := s.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			slog.Error("serve", "err", err)
		}
	}()
	return s, nil
}

// Handler is the whole program as one HTTP handler.
func (a *App) Handler(secure bool) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		if !a.ready.Load() {
			http.Error(w, "loading", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	mux.Handle("/api/v1/", (&api.Door{Engine: a.Engine, Book: a.Book}).Handler())
	mux.Handle("/", web.New(web.City{Engine: a.Engine, Book: a.Book, Units: a.Units, Store: a.Store, Advance: a.Advance}, secure))
	return heardOut(mux)
}

// maxUnread is how much of a refused request is read and thrown away.
const maxUnread = 32 << 20

// heardOut lets a client finish sending what was refused half-way, so that it
// reads the answer and not a broken connection.
func heardOut(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent := r.Body
		next.ServeHTTP(w, r)
		io.CopyN(io.Discard, sent, maxUnread) //nolint:errcheck // it may have been read to its end
	})
}

func (a *App) serve(ctx context.Context, listen string, secure bool, out io.Writer) error {
	a.ready.Store(true)
	s, err := a.start(listen, secure)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "政程 http://%s/\n", listen)
	return a.until(ctx, s)
}

// until runs the clockwork and ends the server gracefully with the context.
func (a *App) until(ctx context.Context, s *http.Server) error {
	a.Run(ctx)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return s.Shutdown(end)
}
