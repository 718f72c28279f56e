package demo

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/provisions/interpretation"
)

// notes of the demo city; the texts are made up.
var notes = []struct {
	day       calendar.Date
	form      map[string]string
	sentences []string
}{
	{"2026-01-15", map[string]string{"kind": interpretation.Reading, "title": "关于财政资金范围的解释（演示）", "number": "六盘水数发〔2026〕1号", "from_on": "2026-01-15",
		"text": "第三条所称财政资金，包括一般公共预算、政府性基金、国有资本经营预算安排的资金，以及中央、省级转移支付和政府债券资金。\n同一项目有多个资金来源的，只要其中有财政资金，即适用《办法》。"}, []string{"s03.0"}},
	{"2026-03-02", map[string]string{"kind": interpretation.Rules, "title": "项目储备实施细则（演示）", "number": "六盘水数发〔2026〕4号", "from_on": "2026-04-01", "with_finance": "1", "with_ndrc": "1",
		"text": "一、实施方案按市大数据发展管理局发布的提纲编制，附可行性论证报告。\n二、单位内部按轻重缓急排序，排序在前的优先组织评审。\n三、每年9月底前未完成储备的，不列入次年度计划。"}, []string{"s07.1", "s07.3"}},
}

// interpret publishes the notes, as far as the day has come.
func (s *season) interpret() error {
	clerk, head := s.people["DSJ/clerk"], s.people["DSJ/head"]
	for _, n := range notes {
		if s.until < n.day {
			return nil
		}
		s.at(n.day, 10, 20)
		var lines []map[string]string
		for _, id := range n.sentences {
			lines = append(lines, map[string]string{"sentence": id})
		}
		res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: interpretation.Key, Form: n.form, Lines: lines})
		if err != nil {
			return fmt.Errorf("interpretation %s: %w", n.form["number"], err)
		}
		if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
			return err
		}
	}
	return nil
}
