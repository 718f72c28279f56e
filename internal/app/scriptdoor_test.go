package app_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zhengcheng/internal/db"
)

// submit sends a form as a browser does, without following where it leads.
func (s *session) submit(ts *testscript.TestScript, path string, form url.Values, header http.Header) (*http.Response, []byte) {
	r, err := http.NewRequest(http.MethodPost, s.url+path, strings.NewReader(form.Encode()))
	ts.Check(err)
	for k, v := range header {
		r.Header[k] = v
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s.identify(r)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	ts.Check(err)
	defer res.Body.Close() //nolint:errcheck // read below
	raw, err := io.ReadAll(res.Body)
	ts.Check(err)
	return res, raw
}

// identify says who makes a request: by cookie after signin, by name after as.
func (s *session) identify(r *http.Request) {
	if s.cookie != "" {
		r.Header.Set("Cookie", "zc="+s.cookie)
		return
	}
	r.Header.Set("Authorization", "Demo "+s.login)
}

// signin signs in with a password; the requests that follow carry its cookie.
func signin(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	s.login, s.cookie = "", ""
	res, raw := s.submit(ts, "/signin", url.Values{"login": {args[0]}, "password": {args[1]}, "next": {"/"}}, nil)
	fmt.Fprintf(ts.Stdout(), "%d %s\n", res.StatusCode, textOf(raw))
	if (res.StatusCode != http.StatusSeeOther) != neg {
		ts.Fatalf("sign in as %s: %d %s", args[0], res.StatusCode, textOf(raw))
	}
	for _, c := range res.Cookies() {
		if c.Name == "zc" && c.MaxAge >= 0 {
			s.cookie = c.Value
		}
	}
}

// cross sends the form of a page from another site, which must be refused.
func cross(ts *testscript.TestScript, neg bool, args []string) {
	form := url.Values{}
	for _, a := range args[1:] {
		k, v, _ := strings.Cut(a, "=")
		form.Add(k, v)
	}
	res, raw := of(ts).submit(ts, args[0], form, http.Header{"Origin": {"http://elsewhere.example"}, "Sec-Fetch-Site": {"cross-site"}})
	fmt.Fprintf(ts.Stdout(), "%d %s\n", res.StatusCode, textOf(raw))
	if res.StatusCode != http.StatusForbidden {
		ts.Fatalf("post %s from another site: %d %s", args[0], res.StatusCode, textOf(raw))
	}
}

// idle lets every session rest for so many minutes, and locks with them.
func idle(ts *testscript.TestScript, neg bool, args []string) {
	minutes, err := strconv.Atoi(args[0])
	ts.Check(err)
	ctx := context.Background()
	d, err := db.Open(ctx, cmp.Or(ts.Getenv("ZHENGCHENG_DATABASE"), filepath.Join(ts.Getenv("ZHENGCHENG_DATA"), "zhengcheng.db")))
	ts.Check(err)
	defer d.Close() //nolint:errcheck // the script goes on
	ms := (time.Duration(minutes) * time.Minute).Milliseconds()
	ts.Check(d.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE session SET seen_at = seen_at - $1`, ms); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE person SET locked_until = locked_until - $1 WHERE locked_until > 0`, ms)
		return err
	}))
}
