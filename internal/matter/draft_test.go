package matter_test

import (
	"fmt"
	"strings"
	"testing"

	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

func TestAStaleFormLosesNothing(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("water.clerk", "t-filing", "30")
		rev := c.load("water.clerk", id).FormRev
		save := func(login string, rev int64, values map[string]string) (matter.Saved, error) {
			return c.e.Save(c.ctx, c.as(login), matter.SaveRequest{Matter: id, Rev: rev, Values: values})
		}
		saved, err := save("water.clerk", rev, map[string]string{"subject": "甲写的", "doc_no": "水函1号"})
		must(t, err)
		equal(t, "revision", saved.Rev, rev+1)
		before := c.rows()
		_, err = save("water.clerk2", rev, map[string]string{"subject": "乙写的"})
		refused(t, "stale", err, problem.Conflict)
		s := asError[*matter.Stale](t, err)
		equal(t, "newest revision", s.Rev, rev+1)
		equal(t, "yours", fmt.Sprint(s.Yours), "map[subject:乙写的]")
		equal(t, "theirs, of the same fields", fmt.Sprint(s.Theirs), "map[subject:甲写的]")
		equal(t, "rows", c.rows(), before)
		equal(t, "what is kept", matter.FormOf[letter](c.load("water.clerk", id)).Subject, "甲写的")

		_, err = save("water.clerk2", s.Rev, s.Yours)
		must(t, err)
		form := matter.FormOf[letter](c.load("water.clerk", id))
		equal(t, "after choosing", *form, letter{Subject: "乙写的", DocNo: "水函1号"})
	})
}

func TestAStaleLineLosesNothing(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("water.clerk", "t-filing", "30", "40")
		ln := c.load("water.clerk", id).Lines[1]
		save := func(login string, rev int64, values map[string]string) error {
			_, err := c.e.Save(c.ctx, c.as(login), matter.SaveRequest{Matter: id, Line: ln.ID, Rev: rev, Values: values})
			return err
		}
		must(t, save("water.clerk", ln.Rev, map[string]string{"estimate": "41.5"}))
		s := asError[*matter.Stale](t, save("water.clerk2", ln.Rev, map[string]string{"estimate": "45", "remark": "乙"}))
		equal(t, "theirs", fmt.Sprint(s.Theirs), "map[estimate:41.5 remark:]")
		equal(t, "yours", fmt.Sprint(s.Yours), "map[estimate:45 remark:乙]")
		equal(t, "names the line", strings.Contains(s.Message(), "第 2 项"), true)
		first := c.load("water.clerk", id).Lines[0]
		must(t, func() error { // another line is another revision
			_, err := c.e.Save(c.ctx, c.as("water.clerk2"), matter.SaveRequest{Matter: id, Line: first.ID, Rev: first.Rev, Values: map[string]string{"estimate": "1"}})
			return err
		}())
		must(t, save("water.clerk2", s.Rev, s.Yours))
		equal(t, "amount in fen", int64(c.load("water.clerk", id).Amount), 46000000)
	})
}

func TestBadValuesAreNotWritten(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("water.clerk", "t-filing", "30", "30", "30")
		m := c.load("water.clerk", id)
		before := c.rows()
		_, err := c.e.Save(c.ctx, c.as("water.clerk"), matter.SaveRequest{Matter: id, Rev: m.FormRev,
			Values: map[string]string{"subject": "好", "doc_no": strings.Repeat("长", 21), "colour": "红"}})
		p := asError[*problem.Error](t, err)
		equal(t, "fields named", len(p.Fields), 2)
		equal(t, "too long", p.Fields["form/doc_no"], "文号最多 20 字，现有 21 字")
		_, err = c.e.Save(c.ctx, c.as("water.clerk"), matter.SaveRequest{Matter: id, Line: m.Lines[1].ID, Rev: 1, Values: map[string]string{"estimate": "很多"}})
		if p := asError[*problem.Error](t, err); p.Fields["line:2/estimate"] == "" {
			t.Errorf("the message stands at the line: %v", p.Fields)
		}
		_, err = c.e.AddLine(c.ctx, c.as("water.clerk"), id, "", map[string]string{"name": "第四个"})
		refused(t, "more lines than allowed", err, problem.Invalid)
		_, err = c.e.Open(c.ctx, c.as("water.clerk"), matter.OpenRequest{Procedure: "t-filing", Lines: []map[string]string{{"name": "好"}, {"estimate": "坏"}}})
		refused(t, "open with a bad line", err, problem.Invalid)
		equal(t, "rows", c.rows(), before)
		equal(t, "subject", matter.FormOf[letter](c.load("water.clerk", id)).Subject, "供水监测")
	})
}

func TestDifferencesBetweenTwoSubmissions(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("water.clerk", "t-filing", "30", "20")
		first := c.act("water.clerk", id, matter.Submit)
		c.act("water.clerk", id, matter.Withdraw)
		actor, m := c.as("water.clerk"), c.load("water.clerk", id)
		_, err := c.e.Save(c.ctx, actor, matter.SaveRequest{Matter: id, Rev: m.FormRev, Values: map[string]string{"doc_no": "水函2号"}})
		must(t, err)
		_, err = c.e.Save(c.ctx, actor, matter.SaveRequest{Matter: id, Line: m.Lines[0].ID, Rev: m.Lines[0].Rev, Values: map[string]string{"estimate": "35"}})
		must(t, err)
		must(t, c.e.RemoveLine(c.ctx, actor, id, m.Lines[1].ID))
		_, err = c.e.AddLine(c.ctx, actor, id, "", map[string]string{"name": "新增", "estimate": "5"})
		must(t, err)
		second := c.act("water.clerk", id, matter.Submit)

		m = c.load("water.clerk", id)
		was, err := c.e.FrozenAt(c.ctx, m, first.Event)
		must(t, err)
		now, err := c.e.FrozenAt(c.ctx, m, second.Event)
		must(t, err)
		fields, lines := m.Procedure.Diff(was, now)
		equal(t, "form", fmt.Sprint(fields), "[{doc_no 文号 — 水函2号}]")
		var got []string
		for _, l := range lines {
			got = append(got, l.Kind+" "+l.Title+fmt.Sprint(l.Changes))
		}
		equal(t, "lines", strings.Join(got, "; "), "changed 项目第 1 项 项目1[{estimate 总投资 30.00 35.00}]; added 项目第 2 项 新增[]; removed 项目第 2 项 项目2[]")
		fields, lines = m.Procedure.Diff(now, now)
		equal(t, "a version with itself", len(fields)+len(lines), 0)

		frozen := 0
		for _, n := range c.history("water.clerk", id) {
			if n.Frozen {
				frozen++
			}
		}
		equal(t, "versions in the history", frozen, 2)
		for _, event := range []string{"nothing", c.history("water.clerk", id)[1].Event} {
			_, err = c.e.FrozenAt(c.ctx, m, event)
			refused(t, "no version was handed in with it", err, problem.NotFound)
		}
	})
}
