package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const road = "治超联网监管系统"

// A clerk prepares an acceptance, sees what is missing, mends it, passes: the
// project stands still because its archive is not qualified (Article 21); the clerk
// records a second archive acceptance, then the meeting, and the project operates.
func TestAcceptanceStoppedByTheArchivePasses(t *testing.T) {
	c := start(t, "2026-09-20")
	c.as("jtj-clerk")
	c.openWork(road)
	c.sees("待组织验收", "通过验收的条件", "符合性审查清单", "请您办理：登记验收会议，或者登记决算")
	here := eval[string](c, `location.pathname`)
	c.shot("acceptance-checklist")
	c.stopped()
	c.mendArchive()
	c.meet(here)
	c.goTo("/systems?q=" + road)
	c.sees(road, "运行")
	time.Sleep(time.Second) // the record is sequenced within a second
	for _, check := range [][]string{{"verify", "--data", c.data}, {"check", "--data", c.data}} {
		if out, err := exec.Command(c.bin, check...).CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "ok:") {
			t.Errorf("%s: %v\n%s", check[0], err, out)
		}
	}
}

// stopped tries to record the meeting as passed; the refusal stands beside the form,
// keeps what was typed, and leads to where it is mended.
func (c *city) stopped() {
	c.t.Helper()
	meeting := map[string]string{"organiser": "市交通运输局", "date": "2026-09-18", "experts": "王一、李二、张三", "result": "passed", "settled": "191.8"}
	c.record(meeting)
	c.click(`#form-record button[value="record"]`)
	c.sees("档案验收不合格，不得通过项目验收", "《办法》第21条")
	for key, want := range meeting {
		if got := c.value(`#form-record [name="input.` + key + `"]`); got != want {
			c.t.Errorf("after the refusal %s is %q, want %q", key, got, want)
		}
	}
	if got := c.value(`#form-settle [name="input.date"]`); got != "" {
		c.t.Errorf("the date of the meeting stands in the final account: %q", got)
	}
	if n := eval[float64](c, `[...document.querySelectorAll("[id]")].length - new Set([...document.querySelectorAll("[id]")].map(e => e.id)).size`); n != 0 {
		c.t.Errorf("%v ids stand twice on the page", n)
	}
	c.shot("acceptance-refused")
	c.click(`.zc-checks .is-stop a`)
	c.sees("档案验收 不合格（整改）", "资金链")
	c.shot("project-money")
}

// mendArchive records a second archive acceptance from the project page.
func (c *city) mendArchive() {
	c.t.Helper()
	project := eval[string](c, `location.pathname`)
	c.click(`#acceptance button`)
	c.sees("归档材料", "草稿")
	draft := eval[string](c, `location.pathname`)
	c.click(`button[value="submit"]`)
	c.sees("请填写")
	c.fill(map[string]string{"organiser": "市档案局", "accepted_on": "2026-09-19", "result": "qualified", "opinion": "档案齐全、完整、系统，同意通过验收。"})
	c.waitSaved()
	c.sees("请上传档案验收意见扫描件")
	c.goTo(draft)
	c.shelve()
	c.attach("opinion", "档案验收意见.pdf")
	c.shot("archive-list")
	c.click(`button[value="submit"]`)
	c.sees("待签发")

	c.as("jtj-head")
	c.openWork("档案验收")
	c.twice(`button[value="sign"]`)
	c.sees("待备案")

	c.as("zhoumin")
	c.goTo(draft)
	c.click(`button[value="acknowledge"]`)
	c.sees("已备案", "六盘水数档备")
	c.goTo(project)
	c.sees("档案验收 合格")
}

// meet records the meeting and takes it to the receipt.
func (c *city) meet(here string) {
	c.t.Helper()
	c.as("jtj-clerk")
	c.goTo(here)
	c.attach("report", "验收报告.pdf")
	c.record(map[string]string{"organiser": "市交通运输局", "date": "2026-09-20", "experts": "王一、李二、张三", "result": "passed", "settled": "191.8"})
	c.click(`#form-record button[value="record"]`)
	c.sees("待签发验收结论")

	c.as("jtj-head")
	c.stale(here, `button[value="sign"]`)
	c.goTo(here)
	c.sees("待验收备案")

	c.as("zhoumin")
	c.openWork(road)
	c.click(`button[value="acknowledge"]`)
	c.sees("已验收备案", "六盘水数验备")
	c.click(`.zc-acts a[href^="/projects/"]`)
	c.sees("运行", "决算", "191.80", "验收会议 合格", "已验收备案")
	c.shot("project-accepted")
}

// record types into the form of the meeting.
func (c *city) record(values map[string]string) {
	c.t.Helper()
	for key, value := range values {
		c.do(chromedp.SetValue(chromedp.CSS(`#form-record [name="input.`+key+`"]`), value))
	}
}

func (c *city) value(css string) string {
	c.t.Helper()
	return eval[string](c, "document.querySelector(`"+css+"`).value")
}

// shelve answers every row of the archive list that is not answered, in the table.
func (c *city) shelve() {
	c.t.Helper()
	if n := eval[float64](c, `(() => {
		let n = 0;
		for (const row of document.querySelectorAll("#lines tbody tr")) {
			const status = row.querySelector('[name="f.status"]'), reason = row.querySelector('[name="f.reason"]');
			if (status.value && status.value !== "missing") continue;
			const none = /监理|声像|实施方案/.test(row.cells[1].textContent);
			status.value = none ? "na" : "found";
			status.dispatchEvent(new Event("input", { bubbles: true }));
			if (none) { reason.value = "没有形成这类材料"; reason.dispatchEvent(new Event("input", { bubbles: true })) }
			n++;
		}
		return n })()`); n == 0 {
		c.t.Fatalf("no row of the archive list was open:\n%s", c.text())
	}
	c.waitSaved()
}

// attach uploads a small document of a kind.
func (c *city) attach(kind, name string) {
	c.t.Helper()
	path := filepath.Join(c.t.TempDir(), name)
	if err := os.WriteFile(path, []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.do(chromedp.SetValue(chromedp.CSS("#kind"), kind), chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}))
	c.click(`#files .zc-upload button`)
	c.sees(name)
}

// twice clicks a button as an impatient hand does; the act is taken once.
func (c *city) twice(css string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.DoubleClick(chromedp.CSS(css))); err != nil {
		c.t.Fatalf("double click %s: %v\n%s", css, err, c.text())
	}
}

// stale acts in a page that another tab has overtaken.
func (c *city) stale(path, css string) {
	c.t.Helper()
	c.goTo(path)
	sent := "(() => { const b = document.querySelector(`" + css + "`), f = new URLSearchParams(new FormData(b.form, b)); const x = new XMLHttpRequest(); x.open('POST', b.form.getAttribute('action'), false); x.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded'); f.set('idem', 'other-tab'); x.send(f.toString()); return x.status })()"
	if got := eval[float64](c, sent); got != 200 {
		c.t.Fatalf("the other tab got %v", got)
	}
	c.click(css)
	c.sees("这份案卷已到", "请看最新的办理经过")
}
