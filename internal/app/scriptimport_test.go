package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zhengcheng/internal/db"
)

// The commands of an import through the page:
//
//	[!] upload FILE YEAR        preview a workbook; the text of the page is on stdout, its key in $IMPORT
//	[!] columns sheet=S header=ROW A=FIELD...  read it again with other columns
//	[!] confirm [ROW...]        import the rows, all that the page offers when none is named
//	confirm --again             the same click once more
//	confirm --killed            kill -9 the city while it writes
//	nowhere WORD...             neither tables, files of the data folder, temporary files nor log hold the words

// browse is one request of a browser that follows redirects; its end is the last address.
func (s *session) browse(ts *testscript.TestScript, method, path string, body io.Reader, contentType string) (status int, text []byte, end string) {
	r, err := http.NewRequest(method, s.url+path, body)
	ts.Check(err)
	s.identify(r)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	res, err := http.DefaultClient.Do(r)
	ts.Check(err)
	defer res.Body.Close() //nolint:errcheck // read below
	raw, err := io.ReadAll(res.Body)
	ts.Check(err)
	return res.StatusCode, raw, res.Request.URL.Path
}

// sheetTable is the table of a preview; a page reads better in a log without it.
var sheetTable = regexp.MustCompile(`(?s)<table class="zc-sheet.*?</table>`)

// shown prints a page and holds it to what was expected.
func shown(ts *testscript.TestScript, neg bool, what string, status int, raw []byte) {
	raw = sheetTable.ReplaceAll(raw, nil)
	fmt.Fprintf(ts.Stdout(), "%d %s\n", status, textOf(raw))
	if neg && (status < 400 || status >= 500) || !neg && status >= 400 {
		ts.Fatalf("%s: %d %s", what, status, textOf(raw))
	}
}

func upload(ts *testscript.TestScript, neg bool, args []string) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	ts.Check(form.WriteField("year", args[1]))
	part, err := form.CreateFormFile("file", filepath.Base(args[0]))
	ts.Check(err)
	_, err = io.WriteString(part, ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(form.Close())
	status, raw, end := of(ts).browse(ts, "POST", "/plans/import", &body, form.FormDataContentType())
	shown(ts, neg, "upload "+args[0], status, raw)
	if !neg {
		ts.Setenv("IMPORT", filepath.Base(end))
	}
}

const formType = "application/x-www-form-urlencoded"

func columns(ts *testscript.TestScript, neg bool, args []string) {
	v := url.Values{}
	for _, a := range args {
		key, value, _ := strings.Cut(a, "=")
		if key != "sheet" && key != "header" {
			key = "col." + key
		}
		v.Set(key, value)
	}
	status, raw, _ := of(ts).browse(ts, "POST", "/plans/import/"+ts.Getenv("IMPORT")+"/columns", strings.NewReader(v.Encode()), formType)
	shown(ts, neg, "columns", status, raw)
}

var (
	offered = regexp.MustCompile(`name="row" value="(\d+)"`)
	token   = regexp.MustCompile(`name="idem" value="([^"]+)"`)
)

func confirm(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	path := "/plans/import/" + ts.Getenv("IMPORT")
	if !slices.Contains(args, "--again") {
		status, raw, _ := s.browse(ts, "GET", path, nil, "")
		if status != http.StatusOK {
			shown(ts, neg, "preview", status, raw)
			return
		}
		form := url.Values{"idem": {string(token.FindSubmatch(raw)[1])}}
		for _, m := range offered.FindAllSubmatch(raw, -1) {
			form.Add("row", string(m[1]))
		}
		if len(args) > 0 && args[0] != "--killed" {
			form["row"] = args
		}
		s.confirmed = form.Encode()
	}
	if slices.Contains(args, "--killed") {
		s.killWriting(ts, path)
		return
	}
	status, raw, _ := s.browse(ts, "POST", path, strings.NewReader(s.confirmed), formType)
	shown(ts, neg, "confirm", status, raw)
}

// killWriting kills the city between the first and the last write of an import.
// The transaction is seen from outside: PostgreSQL says so, SQLite refuses a
// second writer for as long as it lasts.
func (s *session) killWriting(ts *testscript.TestScript, path string) {
	d := openTables(ts)
	defer d.Close() //nolint:errcheck // only read
	writing := func() bool {
		n, err := db.Value[int64](context.Background(), d, `SELECT COUNT(*) FROM pg_locks WHERE locktype = 'relation' AND relation = 'plan_item'::regclass AND mode = 'RowExclusiveLock'`)
		return err == nil && n > 0
	}
	if d.Dialect() == db.SQLite {
		raw, err := sql.Open("sqlite", filepath.Join(ts.Getenv("ZHENGCHENG_DATA"), "zhengcheng.db")+"?_pragma=busy_timeout(0)")
		ts.Check(err)
		defer raw.Close() //nolint:errcheck // only read
		raw.SetMaxOpenConns(1)
		writing = func() bool {
			if _, err := raw.Exec(`BEGIN IMMEDIATE`); err != nil {
				return true
			}
			_, err := raw.Exec(`ROLLBACK`)
			ts.Check(err)
			return false
		}
		for end := time.Now().Add(10 * time.Second); writing() && time.Now().Before(end); { // another writer first ends
			runtime.Gosched()
		}
	}
	if d.Dialect() == db.Postgres { // it halts where it writes the lines of its first draft
		halt, err := d.SQL().Begin()
		ts.Check(err)
		defer halt.Rollback() //nolint:errcheck // only a lock
		_, err = halt.Exec(`LOCK TABLE plan_item IN SHARE MODE`)
		ts.Check(err)
	}
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		r, err := http.NewRequest("POST", s.url+path, strings.NewReader(s.confirmed))
		if err != nil {
			return
		}
		s.identify(r)
		r.Header.Set("Content-Type", formType)
		if res, err := http.DefaultClient.Do(r); err == nil {
			res.Body.Close() //nolint:errcheck // the city is dead
		}
	}()
	for !writing() {
		select {
		case <-answered:
			ts.Fatalf("the import was over before it was seen to write")
		default:
		}
	}
	ts.Check(s.server.Process.Kill())
	<-s.ended
	<-answered
}

func openTables(ts *testscript.TestScript) *db.DB {
	spec := ts.Getenv("ZHENGCHENG_DATABASE")
	if spec == "" {
		spec = filepath.Join(ts.Getenv("ZHENGCHENG_DATA"), "zhengcheng.db")
	}
	d, err := db.Open(context.Background(), spec)
	ts.Check(err)
	return d
}

func nowhere(ts *testscript.TestScript, neg bool, args []string) {
	found := func(where string, text []byte) {
		for _, w := range args {
			if bytes.Contains(text, []byte(w)) {
				ts.Fatalf("%s holds %q", where, w)
			}
		}
	}
	d := openTables(ts)
	defer d.Close() //nolint:errcheck // only read
	tables := dump(ts, d)
	found("the database", tables)
	if !bytes.Contains(tables, []byte("市水务局")) {
		ts.Fatalf("the dump of the tables is empty")
	}
	for _, dir := range []string{ts.Getenv("ZHENGCHENG_DATA"), ts.Getenv("TMPDIR")} {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			found(path, raw)
			return err
		})
		ts.Check(err)
	}
	found(serverLog, []byte(ts.ReadFile(serverLog)))
}

// dump reads every row of every table as text.
func dump(ts *testscript.TestScript, d *db.DB) []byte {
	list := `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`
	if d.Dialect() == db.SQLite {
		list = `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
	}
	names, err := db.Column[string](context.Background(), d, list)
	ts.Check(err)
	var out bytes.Buffer
	for _, name := range names {
		rows, err := d.SQL().Query(`SELECT * FROM "` + name + `"`)
		ts.Check(err)
		cols, err := rows.Columns()
		ts.Check(err)
		values, dest := make([]any, len(cols)), make([]any, len(cols))
		for i := range values {
			dest[i] = &values[i]
		}
		for rows.Next() {
			ts.Check(rows.Scan(dest...))
			for _, v := range values {
				if b, ok := v.([]byte); ok {
					v = string(b)
				}
				fmt.Fprintf(&out, "%v\t", v)
			}
			out.WriteByte('\n')
		}
		ts.Check(rows.Err())
	}
	return out.Bytes()
}
