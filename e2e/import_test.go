package e2e

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The preview of an import: a problem leads to its cell, what will happen keeps
// pace with the ticks, and another meaning of a column is read at once.
func TestImportPreviewAnswersAtOnce(t *testing.T) {
	c := start(t, "2026-06-20")
	book, err := filepath.Abs("../internal/planning/unitplan/workbook/testdata/plan-workbook-2027.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	c.as("zhoumin")
	c.upload(book)
	c.picked("52")
	c.sees("导入后：36 份草稿")
	c.press(`[data-jump="c-J61"]`)
	if !eval[bool](c, `(() => { const d = document.getElementById("c-J61"), r = d.getBoundingClientRect(); return d.classList.contains("is-here") && r.top > 0 && r.bottom < innerHeight })()`) {
		t.Error("the problem does not lead to its cell")
	}
	c.press(`[data-pick="none"]`)
	c.picked("0")
	c.sees("没有选中的行")
	if !eval[bool](c, `document.querySelector("#confirm button[type=submit]").disabled`) {
		t.Error("an import of nothing can be sent")
	}
	c.press(`[data-pick="ready"]`)
	c.picked("36")
	hidden := `getComputedStyle([...document.querySelectorAll(".zc-sheet th")].find(h => h.textContent.startsWith("E编制依据"))).display === "none"`
	if !eval[bool](c, hidden) {
		t.Error("columns without a problem are shown at first")
	}
	c.press(`[data-brief]`)
	if eval[bool](c, hidden) {
		t.Error("all columns are not shown when asked for")
	}

	c.upload(c.template())
	c.press("#columns summary")
	c.do(chromedp.WaitVisible(chromedp.CSS("#col-F")))
	eval[bool](c, `(() => { const s = document.querySelector("#col-F"); s.value = "remark"; setTimeout(() => s.dispatchEvent(new Event("change", {bubbles: true}))); return true })()`)
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if eval[bool](c, `document.readyState === "complete" && [...document.querySelectorAll(".zc-remap .zc-tag")].some(b => b.textContent === "手工对应")`) {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the column was not read again:\n%s", c.text())
		}
	}
}

// picked holds the number of rows on the button to what is ticked.
func (c *city) picked(rows string) {
	c.t.Helper()
	if got := eval[string](c, `document.querySelector("[data-rows]").textContent`); got != rows {
		c.t.Errorf("the button says %s rows, want %s", got, rows)
	}
}

func (c *city) upload(file string) {
	c.t.Helper()
	c.goTo("/plans/import?year=2027")
	c.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	c.click(".zc-upload-big button")
	eval[string](c, `document.documentElement.style.scrollBehavior = "auto"`) // clicks do not wait for a page that glides
}

// press clicks what does not lead to another page, clear of the bars above and below.
func (c *city) press(css string) {
	c.t.Helper()
	eval[bool](c, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView({ block: "center" }), true)`, css))
	c.do(chromedp.Click(chromedp.CSS(css)))
}

// template downloads the empty workbook.
func (c *city) template() string {
	c.t.Helper()
	r, err := http.NewRequest("GET", c.url+"/plans/template.xlsx?year=2027", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Demo zhoumin")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	name := filepath.Join(c.t.TempDir(), "template.xlsx")
	if err := os.WriteFile(name, raw, 0o600); err != nil {
		c.t.Fatal(err)
	}
	return name
}
