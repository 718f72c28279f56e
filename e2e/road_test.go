package e2e

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The season begins with nothing filed: the bureau imports the workbook, a unit
// completes its draft, its head signs, the bureau acknowledges, the unit reads
// its receipt, and the record verifies.
func TestFromWorkbookToReceipt(t *testing.T) {
	c := start(t, "2026-06-20")
	book, err := filepath.Abs("../internal/planning/unitplan/workbook/testdata/plan-workbook-2027.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	c.as("zhoumin")
	c.sees("工作台", "2027 年度申报进展")
	c.shot("desk-bureau-june")
	c.goTo("/plans/import?year=2027")
	c.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{book}))
	c.click(".zc-upload-big button")
	c.sees("读到", "运维服务未填", "涉密", "属于其他辖区")
	c.shot("import-preview")
	if strings.Contains(c.text(), "线下办理)") {
		t.Error("the words of the secret row are on the page")
	}
	c.click("#confirm .zc-actionbar button")
	c.sees("加入 52 个项目")
	c.goTo("/plans?year=2027")
	c.sees("草稿")

	c.as("chenli")
	c.sees("市水务局 2027 年度部门项目计划")
	c.shot("desk-unit-june")
	c.goTo("/plans?year=2027")
	c.click("table a.zc-link-ink")
	c.sees("代录", "七项需求齐全")
	c.shot("case-incomplete")
	c.click(`button[value="submit"]`)
	c.sees("请填写")
	for _, f := range [][2]string{{"leader", "吴海"}, {"contact", "陈丽"}, {"contact_phone", "0858-5550037"}} {
		c.do(chromedp.SetValue(chromedp.CSS("#f-"+f[0]), f[1]), chromedp.SendKeys(chromedp.CSS("#f-"+f[0]), " "))
	}
	c.waitSaved()
	for _, n := range []string{"1", "2"} {
		c.complete(n)
	}
	for eval[bool](c, `document.querySelector("textarea[form=act]") !== null && [...document.querySelectorAll("textarea[form=act]")].some(t => !t.value)`) {
		eval[bool](c, `[...document.querySelectorAll("textarea[form=act]")].map(t => t.value = "已与有关单位商定，不重复建设。").length > 0`)
	}
	c.shot("case-ready")
	c.click(`button[value="submit"]`)
	c.sees("待签发")

	c.as("wuhai")
	c.click(`table a[href^="/matters/"]`)
	c.click(`button[value="sign"]`)
	c.sees("待备案")

	c.as("zhoumin")
	c.goTo("/plans?year=2027&show=checking")
	c.sees("市水务局")
	c.shot("plans-checking")
	c.click(`tbody a:has(.zc-state)`)
	c.shot("case-checking")
	c.click(`button[value="acknowledge"]`)
	c.sees("已备案", "号")

	c.as("chenli")
	c.goTo("/plans?year=2027")
	time.Sleep(time.Second) // the record is sequenced within a second
	c.click(`td a[href$="/receipt"]`)
	c.sees("备 案 回 执", "不代表对项目立项", "检查点")
	c.shot("receipt")
	out, err := exec.Command(c.bin, "verify", "--data", c.data).CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), "ok:") {
		t.Errorf("verify: %v\n%s", err, out)
	}
}

func (c *city) waitSaved() {
	c.t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if strings.Contains(c.text(), "已自动保存") {
			return
		}
	}
	c.t.Fatalf("the draft did not save itself:\n%s", c.text())
}

// complete fills what the import left open in the nth item.
func (c *city) complete(n string) {
	c.t.Helper()
	c.click(`#lines tbody tr:nth-child(` + n + `) a`)
	c.shot("item")
	eval[bool](c, `(() => {
		const set = (k, v) => { const e = document.getElementById("f-" + k); if (e && !e.value) e.value = v };
		set("basis_level", "city"); set("basis_issuer", "六盘水市人民政府办公室"); set("basis_number", "第六条"); set("reuse", "复用统一身份认证和数据共享交换平台。");
		set("operation", "免费运维期 12 个月，之后按年采购运维服务。");
		const year = Number(document.getElementById("f-year_amount").value);
		const sum = ["general","gov","soe","central","provincial","bond","own","other"].map(k => Number(document.getElementById("f-fund_" + k).value || 0)).reduce((a, b) => a + b);
		if (sum === 0) { document.getElementById("f-fund_central").value = year / 2; document.getElementById("f-fund_provincial").value = year / 2; }
		return true })()`)
	c.click(`button[form="line"]`)
}

func TestTheBureauSeesTheSeason(t *testing.T) {
	c := start(t, "2026-09-20")
	c.as("zhoumin")
	c.sees("未报 3 家", "迟报 1 家")
	c.shot("desk-bureau")
	c.goTo("/plans?year=2027&show=missing")
	c.sees("市供销社", "市科协", "市红十字会")
	c.shot("plans-missing")
	c.click(".zc-remind button")
	c.sees("催办", "已发出")
	c.goTo("/projects")
	c.sees("智慧养老服务平台")
	c.shot("projects")
	c.click("tbody tr a")
	c.shot("project")
	c.goTo("/law?clause=A06.2")
	c.sees("七项需求齐全", "手算用例")
	c.shot("law")
	for _, p := range []string{"units", "people", "parameters", "systems"} {
		c.goTo("/" + p)
		c.shot(p)
	}
	c.as("chenli")
	c.shot("desk-unit")
}

func TestSignInRefusesAndAdmits(t *testing.T) {
	c := start(t, "2026-09-20")
	c.goTo("/plans")
	c.do(chromedp.SendKeys(chromedp.CSS("#login"), "zhoumin"), chromedp.SendKeys(chromedp.CSS("#password"), "wrong"))
	c.click("button.btn-primary")
	c.sees("用户名或密码不正确")
	c.shot("sign-in")
	c.do(chromedp.SendKeys(chromedp.CSS("#password"), "Demo-2026-lps"))
	c.click("button.btn-primary")
	c.sees("部门项目计划")
}
