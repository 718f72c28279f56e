package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

const canteen = "校园食品安全视频监管"

// A clerk who has never done it applies for the acceptance of a project: the page says
// what is missing before anything is handed in, the bureau asks for one thing more, the
// clerk mends just that, and the check is passed (Article 20).
func TestAcceptanceIsAppliedForAndMended(t *testing.T) {
	c := start(t, "2026-09-20")
	c.as("jyj-clerk")
	c.goTo("/projects")
	c.mark(`td a`, canteen, "project")
	c.click("#project")
	c.mark(`form button`, "项目验收", "begin")
	c.click("#begin")
	c.sees("草稿", "符合性审查清单", "验收申请（公文）", "缺")
	here := eval[string](c, `location.pathname`)
	c.click(`button[value="submit"]`)
	c.sees("请填写")
	c.goTo(here)
	c.apply(here)
	c.shot("acceptance-draft")
	c.click(`button[value="submit"]`)
	c.sees("待签发申请")
	c.signed(here)

	c.as("zhoumin")
	c.goTo(here)
	c.click(`button[value="propose"]`)
	c.sees("不符合", "等级保护定级备案证明和测评报告")
	c.goTo(here)
	c.do(chromedp.Click(chromedp.CSS(`input[aria-label^="要求补正 等级保护"]`)))
	c.do(chromedp.SetValue(chromedp.CSS(`#form-supplement [name="reason"]`), "请补充等级保护测评报告，或者说明定级情况"))
	c.click(`#form-supplement button[value="supplement"]`)
	c.sees("待补正")

	c.as("jyj-clerk")
	c.openWork(canteen)
	c.sees("请补充等级保护测评报告，或者说明定级情况")
	c.waive("等级保护", "定为第一级，不需要测评")
	c.shot("acceptance-mending")
	c.click(`button[value="submit"]`)
	c.sees("待签发申请")
	c.signed(here)

	c.as("zhoumin")
	c.goTo(here)
	c.sees("定为第一级，不需要测评")
	c.answer("验收前补齐，由经办人跟踪")
	c.click(`button[value="propose"]`)
	c.sees("待签发审查意见")
	c.as("liufeng")
	c.goTo(here)
	c.answer("同意，验收前补齐")
	c.click(`button[value="pass"]`)
	c.sees("待组织验收", "六盘水数验审")
}

// mark gives the first element with that text an id to click.
func (c *city) mark(css, words, id string) {
	c.t.Helper()
	eval[string](c, `[...document.querySelectorAll("`+css+`")].find(e => e.textContent.includes("`+words+`")).id = "`+id+`"`)
}

// apply fills in an application with what was done and its documents.
func (c *city) apply(here string) {
	c.t.Helper()
	c.fill(map[string]string{"preliminary_on": "2026-05-08", "trial_from": "2026-05-11", "trial_to": "2026-09-10", "applied_on": "2026-09-19", "usage": "接入 126 所学校"})
	c.waitSaved()
	c.click(`#lines td a`)
	c.fill(map[string]string{"completed": "后厨视频接入和智能识别全部建成。", "done": "full"})
	c.click(`button[form="line"]`)
	c.goTo(here)
	for _, kind := range []string{"letter", "contract", "summary", "technical", "trial", "test", "finance"} {
		c.attach(kind, kind+".pdf")
	}
	c.sees("已附 7 种")
	c.waive("密码应用", "定为第一级，按等级不要求评估")
	c.waive("关键部件", "只使用政务云已有资源")
}

// signed lets the unit's head sign the application.
func (c *city) signed(here string) {
	c.t.Helper()
	c.as("jyj-head")
	c.goTo(here)
	c.click(`button[value="sign"]`)
	c.sees("符合性审查")
}

// waive says of an item of the checklist that it does not concern the project.
func (c *city) waive(words, why string) {
	c.t.Helper()
	eval[string](c, `(() => {
		const row = [...document.querySelectorAll("tr")].find(r => r.textContent.includes("`+words+`") && r.querySelector('[name="f.waived"]'));
		const set = (e, v) => { e.value = v; e.dispatchEvent(new Event("input", { bubbles: true })); e.dispatchEvent(new Event("change", { bubbles: true })) };
		set(row.querySelector('[name="f.waived"]'), "1"); set(row.querySelector('[name="f.reason"]'), "`+why+`"); return "set" })()`)
	c.waitSaved()
}
