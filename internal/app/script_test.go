package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zhengcheng/internal/app"
	"zhengcheng/internal/dbtest"
)

// The scripts of testdata/script walk whole procedures against the real
// program, on SQLite and on PostgreSQL. Their commands:
//
//	city DAY [--keep]       start the demo city as of a day; --keep goes on with what is there
//	kill                    kill -9 the running city
//	as LOGIN                who makes the requests that follow
//	[!] call METHOD PATH [JSON|@FILE]  a request to the API; ! expects a refusal, whose text is on stdout
//	keep NAME PATH          keep a value of the last answer, such as matters[unit=市水务局].id
//	want PATH VALUE         hold a value of the last answer to what is wanted
//	day DAY                 move the clock forward
//	page PATH               a web page as the same person; its text is on stdout
//	[!] fetch FILE PATH     save what a page serves; the text of a DOCX is on stdout
//	xlsx FILE SHEET         what a sheet of a workbook holds, tabs between cells
//	tamper FILE OLD NEW     change what stands in a file, wherever it stands
//	panel MATTER            which of the 48 experts sit on a case: E1, E2… are their logins, S1, S2… their open seats, OUT sits elsewhere
//	book FILE TEXT [N]      make a workbook of the tabbed lines of a file, with N numbered rows of its last line below
//	[!] sheet MATTER FILE   upload a workbook as the lines of a case, as the page does
//	fill MATTER JSON        the same values on every line of a case
//	[!] attach MATTER KIND FILE  upload a document to a case, as the page does
//	[!] signin LOGIN PASSWORD    sign in as a browser does; the requests that follow carry the cookie until as
//	cross PATH [NAME=VALUE...]   send the form of a page from another site; it must be refused
//	idle MINUTES            let every session rest, as if nobody had clicked
//	zhengcheng ARGS...      the command line on the same city (exec)
//	[sqlite] …, [postgres] …  only on that database
//
// The import of plan workbooks and bad input have commands of their own, in
// scriptimport_test.go and scriptbad_test.go.
func TestScripts(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, testscript.Params{
				Dir: "../../testdata/script", RequireExplicitExec: true,
				Condition: func(cond string) (bool, error) {
					if cond != "sqlite" && cond != "postgres" {
						return false, fmt.Errorf("the scripts know the conditions sqlite and postgres, not %s", cond)
					}
					return cond == engine, nil
				},
				Setup: func(env *testscript.Env) error {
					env.Setenv("ZHENGCHENG_DATA", filepath.Join(env.WorkDir, "data"))
					if engine == "postgres" {
						env.Setenv("ZHENGCHENG_DATABASE", dbtest.Postgres(t))
					}
					fixtures, err := filepath.Abs("../planning/unitplan/workbook/testdata")
					env.Setenv("FIXTURES", fixtures)
					env.Values["session"] = &session{}
					return err
				},
				Cmds: map[string]func(*testscript.TestScript, bool, []string){
					"city": city, "kill": kill, "as": as, "call": call, "keep": keep, "want": want, "day": day, "page": page, "attach": attach,
					"fill": fill, "fetch": fetch, "panel": panel, "tamper": tamper, "xlsx": xlsx, "book": book, "sheet": sheetOf,
					"upload": upload, "columns": columns, "confirm": confirm, "nowhere": nowhere,
					"craft": craft, "post": post, "send": send, "memory": memory,
					"signin": signin, "cross": cross, "idle": idle,
				},
			})
		})
	}
}

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"zhengcheng": func() { os.Exit(app.Main(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }})
}

type session struct {
	url, login string
	cookie     string // instead of the login, after signin
	answer     any
	confirmed  string // the form of the last import, as it was sent
	server     *exec.Cmd
	ended      chan struct{}
}

// serverLog is where the city's log goes, below $WORK.
const serverLog = "server.log"

func of(ts *testscript.TestScript) *session { return ts.Value("session").(*session) }

func city(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	addr := l.Addr().String()
	ts.Check(l.Close())
	program, err := lookPath(ts.Getenv("PATH"), "zhengcheng")
	ts.Check(err)
	s.server = exec.Command(program, append([]string{"demo", "--listen", addr, "--at", args[0]}, args[1:]...)...)
	s.server.Dir = ts.Getenv("WORK")
	s.server.Env = []string{"ZHENGCHENG_DATA=" + ts.Getenv("ZHENGCHENG_DATA"), "ZHENGCHENG_DATABASE=" + ts.Getenv("ZHENGCHENG_DATABASE"), "PATH=" + ts.Getenv("PATH"), "TMPDIR=" + ts.Getenv("TMPDIR")}
	log, err := os.OpenFile(ts.MkAbs(serverLog), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	ts.Check(err)
	s.server.Stderr = log
	ts.Check(s.server.Start())
	running, ended := s.server, make(chan struct{})
	go func() {
		running.Wait() //nolint:errcheck // ended by signal, or its log says why
		close(ended)
	}()
	s.ended = ended
	ts.Defer(func() {
		running.Process.Kill() //nolint:errcheck // it may have ended
		<-ended
		log.Close() //nolint:errcheck // only written by the city
		ts.Logf("%s", ts.ReadFile(serverLog))
	})
	s.url = "http://" + addr
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		select {
		case <-ended:
			ts.Fatalf("the city ended:\n%s", ts.ReadFile(serverLog))
		default:
		}
		res, err := http.Get(s.url + "/healthz")
		if err != nil {
			continue
		}
		res.Body.Close() //nolint:errcheck // only the status matters
		if res.StatusCode == http.StatusOK {
			return
		}
	}
	ts.Fatalf("the city was not ready within 60 seconds:\n%s", ts.ReadFile(serverLog))
}

func lookPath(path, name string) (string, error) {
	for _, dir := range filepath.SplitList(path) {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return filepath.Join(dir, name), nil
		}
	}
	return "", fmt.Errorf("%s is not in %s", name, path)
}

func kill(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	ts.Check(s.server.Process.Kill())
	<-s.ended
}

func as(ts *testscript.TestScript, neg bool, args []string) {
	of(ts).login, of(ts).cookie = args[0], ""
}

// do sends a request; in scripts spaces separate arguments, so JSON comes quoted or from a file.
func (s *session) do(ts *testscript.TestScript, method, path string, body io.Reader, contentType string) (int, []byte) {
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
	return res.StatusCode, raw
}

func call(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	var body io.Reader
	if len(args) > 2 {
		text := strings.Join(args[2:], " ")
		if file, ok := strings.CutPrefix(text, "@"); ok {
			text = os.Expand(ts.ReadFile(file), ts.Getenv)
		}
		body = strings.NewReader(text)
	}
	status, raw := s.do(ts, args[0], "/api/v1"+args[1], body, "application/json")
	s.answer = nil
	if len(raw) > 0 {
		ts.Check(json.Unmarshal(raw, &s.answer))
	}
	fmt.Fprintf(ts.Stdout(), "%d %s\n", status, raw)
	switch {
	case neg && status < 400:
		ts.Fatalf("%s %s was not refused: %d %s", args[0], args[1], status, raw)
	case neg && status >= 500, !neg && status >= 400:
		ts.Fatalf("%s %s: %d %s", args[0], args[1], status, raw)
	}
}

func keep(ts *testscript.TestScript, neg bool, args []string) {
	v, err := find(of(ts).answer, args[1])
	if err != nil {
		ts.Fatalf("%v", err)
	}
	ts.Setenv(args[0], v)
}

func want(ts *testscript.TestScript, neg bool, args []string) {
	v, err := find(of(ts).answer, args[0])
	if err != nil && !neg {
		ts.Fatalf("%v", err)
	}
	if (v == strings.Join(args[1:], " ")) == neg {
		ts.Fatalf("%s is %q, want %q", args[0], v, strings.Join(args[1:], " "))
	}
}

var step = regexp.MustCompile(`^([^\[]*)((?:\[[^\]]*\])*)$`)

// find reads a path such as lines[2].values.name, [title=…].id or findings[rule=A06.0-nil].outcome;
// count is the number of elements, lines[*]/id the list of all.
func find(v any, path string) (string, error) {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		m := step.FindStringSubmatch(part)
		if m == nil {
			return "", fmt.Errorf("bad path %s", path)
		}
		if m[1] == "count" {
			list, _ := v.([]any)
			return strconv.Itoa(len(list)), nil
		}
		if m[1] != "" {
			object, ok := v.(map[string]any)
			if !ok {
				return "", fmt.Errorf("%s: nothing to find %s in", path, m[1])
			}
			v = object[m[1]]
		}
		for _, pick := range strings.FieldsFunc(m[2], func(r rune) bool { return r == '[' || r == ']' }) {
			list, ok := v.([]any)
			if !ok {
				return "", fmt.Errorf("%s: no list at %s", path, part)
			}
			if pick == "*" {
				return every(list, strings.Join(parts[i+1:], "/"))
			}
			if v, ok = choose(list, pick); !ok {
				return "", fmt.Errorf("%s: no element %s", path, pick)
			}
		}
	}
	switch x := v.(type) {
	case string:
		return x, nil
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64), nil
	case nil:
		return "", nil
	default:
		raw, err := json.Marshal(x)
		return string(raw), err
	}
}

func every(list []any, path string) (string, error) {
	out := []string{}
	for _, e := range list {
		v, err := find(e, path)
		if err != nil {
			return "", err
		}
		out = append(out, v)
	}
	raw, err := json.Marshal(out)
	return string(raw), err
}

func choose(list []any, pick string) (any, bool) {
	if n, err := strconv.Atoi(pick); err == nil {
		if n < 0 || n >= len(list) {
			return nil, false
		}
		return list[n], true
	}
	key, value, _ := strings.Cut(pick, "=")
	for _, e := range list {
		if got, err := find(e, strings.ReplaceAll(key, ".", "/")); err == nil && got == value {
			return e, true
		}
	}
	return nil, false
}

func day(ts *testscript.TestScript, neg bool, args []string) {
	status, raw := of(ts).do(ts, "POST", "/demo/clock", strings.NewReader(url.Values{"day": {args[0]}}.Encode()), "application/x-www-form-urlencoded")
	if (status >= 400) != neg {
		ts.Fatalf("day %s: %d %s", args[0], status, raw)
	}
}

var tag = regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>`)

// page reads a page as the person does: signed in by the demo's switch.
func page(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	status, raw := s.do(ts, "GET", args[0], nil, "")
	if (status >= 400) != neg {
		ts.Fatalf("page %s: %d", args[0], status)
	}
	fmt.Fprintf(ts.Stdout(), "%d %s\n", status, textOf(raw))
}

// textOf is what a page says, without its markup.
func textOf(page []byte) []byte {
	return regexp.MustCompile(`\s+`).ReplaceAll(tag.ReplaceAll(page, []byte(" ")), []byte(" "))
}

// fetch saves a file as the browser would and says what stands in it.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	status, raw := of(ts).do(ts, "GET", args[1], nil, "")
	if (status >= 400) != neg {
		ts.Fatalf("fetch %s: %d %s", args[1], status, textOf(raw))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), raw, 0o600))
	if z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw))); err == nil {
		raw = nil
		if f, err := z.Open("word/document.xml"); err == nil {
			defer f.Close() //nolint:errcheck // only read
			if raw, err = io.ReadAll(f); err != nil {
				ts.Fatalf("fetch %s: %v", args[1], err)
			}
			raw = textOf(raw)
		}
	}
	fmt.Fprintf(ts.Stdout(), "%d %s\n", status, raw)
}

func tamper(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not stand in %s", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, args[1], args[2])), 0o600))
}

// panel finds out who was drawn: the draw is random, and only who sits there
// may open the case.
func panel(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	n, out, was := 0, "", s.login
	for i := 1; i <= 48; i++ {
		s.login = fmt.Sprintf("expert-%02d", i)
		status, raw := s.do(ts, "GET", "/api/v1/matters/"+args[0]+"/seats", nil, "")
		if status == http.StatusNotFound {
			out = s.login
			continue
		}
		if status == http.StatusUnauthorized { // they have left
			continue
		}
		var seats []struct{ ID, Status string }
		ts.Check(json.Unmarshal(raw, &seats))
		for _, t := range seats {
			if t.Status == "open" {
				n++
				ts.Setenv("E"+strconv.Itoa(n), s.login)
				ts.Setenv("S"+strconv.Itoa(n), t.ID)
			}
		}
	}
	s.login = was
	ts.Setenv("OUT", out)
	fmt.Fprintf(ts.Stdout(), "%d seats\n", n)
}

// attach uploads a file as the form of the page does. A document stands where it
// was put, so the answer of a success is the way back to the case.
func attach(ts *testscript.TestScript, neg bool, args []string) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	ts.Check(form.WriteField("kind", args[1]))
	part, err := form.CreateFormFile("file", filepath.Base(args[2]))
	ts.Check(err)
	_, err = io.WriteString(part, ts.ReadFile(args[2]))
	ts.Check(err)
	ts.Check(form.Close())
	status, raw := of(ts).do(ts, "POST", "/matters/"+args[0]+"/files", &body, form.FormDataContentType())
	fmt.Fprintf(ts.Stdout(), "%d %s\n", status, textOf(raw))
	switch {
	case neg && (status < 400 || status >= 500), !neg && status >= 400:
		ts.Fatalf("attach %s %s: %d %s", args[1], args[2], status, textOf(raw))
	}
}
