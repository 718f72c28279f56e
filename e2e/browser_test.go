// Package e2e walks the product as people do, in a real headless Chromium
// against the real program. The journeys leave their screenshots in
// docs/screens when ZHENGCHENG_SCREENS is set.
package e2e

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long a page may take on a machine that is busy with other tests.
const patience = time.Minute

// city is a running demo city and a browser on it.
type city struct {
	t    *testing.T
	url  string
	ctx  context.Context
	data string
	bin  string
}

func start(t *testing.T, at string) *city {
	t.Helper()
	c := &city{t: t, data: t.TempDir(), bin: program(t)}
	c.url = "http://" + serve(t, c.bin, c.data, at)
	opts := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1366, 768), chromedp.Flag("lang", "zh-CN")}
	for _, f := range []string{"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage", "hide-scrollbars"} {
		opts = append(opts, chromedp.Flag(f, true))
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	ctx, cancel := context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(cancel)
	c.ctx = ctx
	// the first run starts the browser, whose life is that run's context
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1366, 768)); err != nil {
		t.Fatal(err)
	}
	return c
}

func program(t *testing.T) string {
	t.Helper()
	if bin := os.Getenv("ZHENGCHENG_BIN"); bin != "" {
		return bin
	}
	bin := filepath.Join(t.TempDir(), "zhengcheng")
	cmd := exec.Command("go", "build", "-o", bin, "./cmd/zhengcheng")
	cmd.Dir = ".."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	t.Fatal("no Chromium: install the package chromium (make test says how)")
	return ""
}

// serve starts the program and waits until it says it is healthy.
func serve(t *testing.T, bin, data, at string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	cmd := exec.Command(bin, "demo", "--listen", addr, "--data", data, "--at", at)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // it may have ended
		cmd.Wait()                          //nolint:errcheck // ended by signal
	})
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		res, err := http.Get("http://" + addr + "/healthz")
		if err != nil {
			continue
		}
		io.Copy(io.Discard, res.Body) //nolint:errcheck // a few bytes
		res.Body.Close()
		if res.StatusCode == http.StatusOK {
			return addr
		}
	}
	t.Fatal("the demo city was not ready within 30 seconds")
	return ""
}

func (c *city) do(steps ...chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		c.shot("failed-" + strings.ReplaceAll(c.t.Name(), "/", "-"))
		c.t.Fatalf("%v\n%s", err, c.text())
	}
}

func (c *city) goTo(path string) {
	c.t.Helper()
	c.do(chromedp.Navigate(c.url + path))
}

// click clicks and waits for the page that follows.
func (c *city) click(css string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(css))); err != nil {
		c.shot("failed-" + strings.ReplaceAll(c.t.Name(), "/", "-"))
		c.t.Fatalf("click %s: %v\n%s", css, err, c.text())
	}
}

// as becomes another person by the switch bar.
func (c *city) as(login string) {
	c.t.Helper()
	c.goTo("/demo/people")
	mark := fmt.Sprintf(`(() => { for (const r of document.querySelectorAll("tbody tr")) if (r.cells[4].textContent.trim() === %q) { r.querySelector("button").id = "switch"; return true } return false })()`, login)
	if ok := eval[bool](c, mark); !ok {
		c.t.Fatalf("nobody signs in as %s", login)
	}
	c.click("#switch")
}

func eval[T any](c *city, script string) T {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		c.t.Fatalf("evaluate: %v", err)
	}
	return v
}

func (c *city) text() string {
	ctx, cancel := context.WithTimeout(c.ctx, 5*time.Second)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector("main")?.innerText ?? document.body.innerText`))
	if err != nil && !errors.Is(err, context.Canceled) {
		return err.Error()
	}
	return s
}

func (c *city) sees(words ...string) {
	c.t.Helper()
	text := c.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			c.shot("failed-" + strings.ReplaceAll(c.t.Name(), "/", "-"))
			c.t.Fatalf("the page does not say %q:\n%s", w, text)
		}
	}
}

// shot keeps a picture of the whole page for docs/screens.
func (c *city) shot(name string) {
	dir := os.Getenv("ZHENGCHENG_SCREENS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	// what sticks to an edge would stand in the middle of a picture of the whole page
	loose := `document.querySelectorAll(".zc-top, .zc-side, .zc-side > ul, .zc-actionbar, .zc-pager, .zc-bulk, .zc-follow, tfoot td").forEach(e => { e.style.position = %q })`
	eval[any](c, fmt.Sprintf(loose, "static"))
	defer eval[any](c, fmt.Sprintf(loose, ""))
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		c.t.Logf("screenshot %s: %v", name, err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		c.t.Error(err)
	}
}
