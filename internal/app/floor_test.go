package app_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"html"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/app"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// floorList is what a list of 100 projects costs at least: session, grant and
// scope, one keyset query, HTML written by hand; no navigation, no totals.
func floorList(tb testing.TB, a *app.App, read *sql.DB) http.Handler {
	tb.Helper()
	prepare := func(text string) *sql.Stmt {
		s, err := read.Prepare(text)
		must(tb, err)
		tb.Cleanup(func() { s.Close() }) //nolint:errcheck // read only
		return s
	}
	session := prepare(`SELECT person_id FROM session WHERE token = $1 AND expires_at > $2`)
	grant := prepare(`SELECT p.jurisdiction, p.unit_id, u.office, (SELECT string_agg(r.role, ',') FROM person_role r WHERE r.person_id = p.id)
		FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1 AND p.active = 1`)
	list := prepare(`SELECT id, code, name, unit_id, year, build_kind, stage, own_build, estimate, reviewed FROM project WHERE jurisdiction = $1 ORDER BY id DESC LIMIT 100`)
	units := map[string]string{}
	all, err := identity.Units(context.Background(), a.DB, "lps")
	must(tb, err)
	for _, u := range all {
		units[u.ID] = u.ShortName
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie("zc")
		must(tb, err)
		sum := sha256.Sum256([]byte(cookie.Value))
		var person, jurisdiction, unit, office, roles string
		must(tb, session.QueryRowContext(r.Context(), base64.RawURLEncoding.EncodeToString(sum[:]), time.Now().UnixMilli()).Scan(&person))
		must(tb, grant.QueryRowContext(r.Context(), person).Scan(&jurisdiction, &unit, &office, &roles))
		if office != identity.BigData || !strings.Contains(roles, identity.Clerk) {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		rows, err := list.QueryContext(r.Context(), jurisdiction)
		must(tb, err)
		defer rows.Close() //nolint:errcheck // read to the end
		var b bytes.Buffer
		b.WriteString("<!DOCTYPE html><html><body><table class=\"table\"><tbody>")
		for rows.Next() {
			var id, code, name, unitID, kind, stage string
			var year, own int64
			var estimate, reviewed money.Fen
			must(tb, rows.Scan(&id, &code, &name, &unitID, &year, &kind, &stage, &own, &estimate, &reviewed))
			b.WriteString(`<tr><td><a class="zc-link-ink" href="/projects/`)
			b.WriteString(html.EscapeString(id))
			b.WriteString(`">`)
			b.WriteString(html.EscapeString(name))
			b.WriteString(`</a><span class="zc-sub">`)
			b.WriteString(html.EscapeString(code))
			if own == 1 {
				b.WriteString("· 自建")
			}
			for _, cell := range []string{units[unitID], strconv.FormatInt(year, 10), form.Label(registry.BuildKinds, kind), form.Label(registry.Stages, stage), estimate.Wan(), reviewed.Wan()} {
				b.WriteString("</td><td>")
				b.WriteString(html.EscapeString(cell))
			}
			b.WriteString("</td></tr>")
		}
		must(tb, rows.Err())
		b.WriteString("</tbody></table></body></html>")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, err = w.Write(b.Bytes())
		must(tb, err)
	})
}
