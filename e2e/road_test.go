package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The season begins with nothing filed. The journey walks the whole planning
// half of the year: the bureau imports the workbook, a unit completes its draft,
// its head signs, the bureau acknowledges; the unit writes a scheme, drawn
// experts review it, it enters the reserve; the annual plan is compiled, jointly
// reviewed, reported and approved, and its papers are downloaded. Then the
// record verifies.
func TestFromWorkbookToApprovedPlan(t *testing.T) {
	c := start(t, "2026-06-20")
	c.importWorkbook()
	c.filePlan()
	c.reserveProject()
	c.approvePlan()
	time.Sleep(time.Second) // the record is sequenced within a second
	for _, check := range [][]string{{"verify", "--data", c.data}, {"check", "--data", c.data}} {
		if out, err := exec.Command(c.bin, check...).CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "ok:") {
			t.Errorf("%s: %v\n%s", check[0], err, out)
		}
	}
}

func (c *city) importWorkbook() {
	c.t.Helper()
	book, err := filepath.Abs("../internal/planning/unitplan/workbook/testdata/plan-workbook-2027.xlsx")
	if err != nil {
		c.t.Fatal(err)
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
		c.t.Error("the words of the secret row are on the page")
	}
	c.click("#confirm .zc-actionbar button")
	c.sees("加入 52 个项目")
	c.shot("import-done")
	c.goTo("/plans?year=2027")
	c.sees("草稿")
}

// filePlan completes the plan of 市水务局 and brings it to its receipt.
func (c *city) filePlan() {
	c.t.Helper()
	c.as("chenli")
	c.sees("市水务局 2027 年度部门项目计划")
	c.shot("desk-unit-june")
	c.openWork("部门项目计划")
	c.sees("代录", "七项需求齐全")
	c.shot("case-incomplete")
	c.click(`button[value="submit"]`)
	c.sees("请填写")
	c.fill(map[string]string{"leader": "吴海", "contact": "陈丽", "contact_phone": "0858-5550037"})
	c.waitSaved()
	for _, n := range []string{"1", "2"} {
		c.complete(n)
	}
	c.answer("已与有关单位商定，不重复建设。")
	c.shot("case-ready")
	c.click(`button[value="submit"]`)
	c.sees("待签发")

	c.as("wuhai")
	c.openWork("部门项目计划")
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
}

// reserveProject brings the first filed project of 市水务局 into the reserve.
func (c *city) reserveProject() {
	c.t.Helper()
	c.goTo("/reserve")
	c.sees("可以申报储备的计划项目")
	c.click(`td form button`)
	c.sees("储备申报", "实施方案")
	chapter := "本章按提纲编写：现状和需求已经调研核实，目标明确、可以考核，方案依托政务云和共性能力，不重复建设。"
	values := map[string]string{"place": "1", "priority": "important", "feasible_on": "2026-06-18", "feasible": "符合政策要求，技术可行，投资合理。", "compiled_by": "六盘水市水务局",
		"level": "3", "deploy": "gov_cloud", "cipher": "按等级保护第三级同步规划密码应用。", "trusted": "执行政府采购需求标准，关键部件达到安全可靠测评等级。"}
	for _, key := range []string{"overview", "present", "necessity", "demand", "design", "sharing", "build", "safety", "operation", "organise", "invest", "effect"} {
		values["c_"+key] = chapter
	}
	c.fill(values)
	c.waitSaved()
	sum := eval[string](c, `String(["general","gov","soe","central","provincial","bond","own","other"].map(k => Number(document.getElementById("f-fund_" + k).value || 0)).reduce((a, b) => a + b))`)
	here := eval[string](c, `location.pathname`)
	c.click(`#lines .zc-more button`)
	c.fill(map[string]string{"name": "平台建设", "category": "dev", "amount": sum, "basis": "询价"})
	c.click(`button[form="line"]`)
	report := filepath.Join(c.t.TempDir(), "可行性论证报告.pdf")
	if err := os.WriteFile(report, []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.do(chromedp.SetValue(chromedp.CSS("#kind"), "feasibility"), chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{report}))
	c.click(`#files .zc-upload button`)
	c.answer("已核对。")
	c.shot("scheme-ready")
	c.click(`button[value="submit"]`)
	c.sees("待签发")
	c.as("wuhai")
	c.openWork("储备申报")
	c.click(`button[value="sign"]`)
	c.sees("待受理")

	c.as("zhoumin")
	c.goTo("/review")
	c.shot("review-desk")
	c.goTo(here)
	c.shot("case-convene")
	c.click(`#act-convene button[value="convene"]`)
	c.sees("评审中")
	c.shot("case-panel")
	experts := eval[[]string](c, fetched("/draw.json", `JSON.parse(text).candidates.filter(x => x.drawn).map(x => x.id)`))
	if len(experts) < 3 {
		c.t.Fatalf("%d experts drawn", len(experts))
	}
	for i, id := range experts {
		c.become(id)
		c.openWork("储备申报")
		c.score()
		if i == 0 {
			c.shot("expert-seat")
		}
		c.click(`#seat button[type="submit"]`)
		c.sees("通过")
	}

	c.as("zhoumin")
	c.goTo(here)
	c.sees("待形成意见")
	c.do(chromedp.SendKeys(chromedp.CSS("#input-leader"), "组长"), chromedp.SendKeys(chromedp.CSS("#input-opinion"), "项目符合政策要求，建设必要，方案可行。"))
	c.shot("case-conclude")
	c.click(`#act-conclude button[value="conclude"]`)
	c.sees("待签发结论")
	c.as("liufeng")
	c.goTo(here)
	c.click(`button[value="sign"]`)
	c.sees("已入库", "储备库条目")
	c.shot("case-reserved")
	c.goTo("/reserve")
	c.shot("reserve")
}

// approvePlan compiles the annual plan of what stands in the reserve and brings
// it to the government's decision.
func (c *city) approvePlan() {
	c.t.Helper()
	c.as("zhoumin")
	c.goTo("/annual")
	c.click(`.zc-acts button`)
	c.sees("编制中")
	board := eval[string](c, `location.pathname`)
	c.shot("board-compiling")
	c.click(`button[value="submit"]`)
	c.sees("联合审查中")
	for _, head := range []string{"liufeng", "fgw-head", "wxb-head"} {
		c.as(head)
		c.goTo(board)
		c.do(chromedp.Click(chromedp.CSS("#opinion-agree")))
		c.shot("board-joint")
		c.click(`button[form="seat-form"], #seat-form button`)
	}
	c.as("liufeng")
	c.goTo(board)
	c.sees("联审通过")
	c.do(chromedp.SendKeys(chromedp.CSS("#input-number"), "六盘水数呈〔2026〕18号"))
	c.click(`button[value="report"]`)
	c.sees("待市政府审批")

	c.as("hechuan") // whoever compiled the plan may not record its decision
	c.goTo(board)
	scan := filepath.Join(c.t.TempDir(), "批复.pdf")
	if err := os.WriteFile(scan, []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.do(chromedp.SetValue(chromedp.CSS("#kind"), "decision"), chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{scan}))
	c.click(`#files .zc-upload button`)
	c.do(chromedp.SendKeys(chromedp.CSS("#input-number"), "六盘水府函〔2026〕88号"), chromedp.SetValue(chromedp.CSS("#input-date"), "2026-06-20"))
	c.click(`#act-record button[value="record"]`)
	c.sees("待复核批复")
	c.as("hongmei")
	c.goTo(board)
	c.click(`button[value="confirm"]`)
	c.sees("已批准")
	c.shot("board-approved")
	for _, file := range []string{"summary.xlsx", "request.docx"} {
		size := eval[float64](c, fetched("/"+file, `text.startsWith("PK") ? text.length : -1`))
		if size < 2000 {
			c.t.Errorf("%s has %v bytes", file, size)
		}
	}
	c.as("wuhai")
	c.goTo("/projects")
	c.sees("已批准")
	c.click(`tbody a[href^="/projects/"]`)
	c.sees("各阶段案卷", "年度计划")
	c.shot("project-approved")
}

// fetched is a script that downloads a file below the page and says something of
// its text; bytes count as characters.
func fetched(path, say string) string {
	return fmt.Sprintf(`(() => { const x = new XMLHttpRequest(); x.open("GET", location.pathname + %q, false); x.overrideMimeType("text/plain; charset=x-user-defined"); x.send(); const text = x.responseText; return %s })()`, path, say)
}

// openWork opens the first case on the desk whose title says the words.
func (c *city) openWork(words string) {
	c.t.Helper()
	c.goTo("/")
	mark := fmt.Sprintf(`(() => { for (const a of document.querySelectorAll('tbody a.zc-link-ink[href^="/matters/"]')) if (a.textContent.includes(%q)) { a.id = "work"; return true } return false })()`, words)
	if !eval[bool](c, mark) {
		c.t.Fatalf("no work says %q:\n%s", words, c.text())
	}
	c.click("#work")
}

// become takes the identity of a person by id.
func (c *city) become(id string) {
	c.t.Helper()
	c.goTo("/demo/people")
	if !eval[bool](c, fmt.Sprintf(`(() => { const b = document.querySelector('button[name="person"][value=%q]'); if (!b) return false; b.id = "switch"; return true })()`, id)) {
		c.t.Fatalf("nobody has the id %s", id)
	}
	c.click("#switch")
}

// fill types into the fields of a draft as a person does, so that it saves itself.
func (c *city) fill(values map[string]string) {
	c.t.Helper()
	for key, value := range values {
		if !eval[bool](c, fmt.Sprintf(`(() => { const e = document.getElementById("f-%s"); if (!e) return false; e.value = %q; e.dispatchEvent(new Event("input", { bubbles: true })); return true })()`, key, value)) {
			c.t.Fatalf("no field %s:\n%s", key, c.text())
		}
	}
}

// answer gives the reason for every warning that asks for one.
func (c *city) answer(reason string) {
	c.t.Helper()
	eval[float64](c, fmt.Sprintf(`[...document.querySelectorAll("textarea[form=act]")].map(t => t.value = %q).length`, reason))
}

// score gives full marks and the opinion 通过.
func (c *city) score() {
	c.t.Helper()
	eval[float64](c, `[...document.querySelectorAll("#seat .zc-mark input")].map(i => i.value = i.closest("tr").cells[2].textContent.trim()).length`)
	c.do(chromedp.Click(chromedp.CSS("#opinion-pass")))
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
	c.sees("七项需求齐全", "由人工推算")
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
