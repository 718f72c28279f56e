package demo

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/construction/estimate"
	"zhengcheng/internal/db"
	"zhengcheng/internal/matter"
)

// controlled are projects under way whose estimate was approved (万元
// by line), and what each moved from one line to another: 9.9 %, exactly 10 %
// and 10.01 % of the estimate (Article 17).
var controlled = []struct {
	unit, project, number string
	approved, adjusted    calendar.Date
	total                 string
	dev, data, security   string
	devAfter, dataAfter   string
	filed                 bool
}{
	{"市政府政务服务中心", "“一网通办”主题集成服务", "六盘水发改投资〔2026〕22号", "2026-03-16", "2026-05-12", "142", "90", "32", "20", "104.058", "17.942", true},
	{"市公安局", "重点区域视频图像应用（二期）", "六盘水发改投资〔2026〕25号", "2026-03-23", "2026-06-15", "760", "420", "210", "130", "496", "134", true},
	{"市应急局", "森林草原火灾应急通信补盲", "六盘水发改投资〔2026〕27号", "2026-04-07", "2026-08-31", "148", "80", "43", "25", "94.8148", "28.1852", false},
}

// control records approved estimates and adjusts them: two are filed, one is
// above the limit and before the two offices.
func (s *season) control() error {
	approval, err := s.document("概算批复.docx", "概算批复（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	minutes, err := s.document("会议纪要.docx", "党组会议纪要（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	for _, p := range controlled {
		if s.until < p.approved.AddDays(10) {
			continue
		}
		u, _ := s.units.Match(City, p.unit)
		clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
		subject, err := db.Value[string](s.ctx, s.engine.DB.Reader(s.ctx), `SELECT id FROM project WHERE unit_id = $1 AND name = $2`, u.ID, p.project)
		if err != nil {
			return fmt.Errorf("project %s: %w", p.project, err)
		}
		s.at(p.approved.AddDays(4), 9, 30)
		res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: estimate.Key, SubjectID: subject, Form: map[string]string{"issuer": "六盘水市发展和改革委员会", "title": "关于" + p.project + "概算的批复",
			"number": p.number, "date": string(p.approved), "amount": p.total},
			Lines: []map[string]string{{"name": "应用软件开发", "category": "dev", "amount": p.dev, "spec": "业务应用和接口开发"}, {"name": "数据治理和历史数据入库", "category": "data", "amount": p.data, "spec": "历史数据清洗、编目和入库"},
				{"name": "安全与密码建设", "category": "security", "amount": p.security, "spec": "等级保护和国密改造"}}})
		if err != nil {
			return err
		}
		if _, err := s.engine.Attach(s.ctx, clerk, res.Matter, "approval", approval); err != nil {
			return err
		}
		if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
			return err
		}
		s.at(p.approved.AddDays(6), 10, 15)
		if err := s.steps(res.Matter, step{s.people["DSJ/clerk"], matter.Acknowledge}); err != nil {
			return err
		}
		if s.until < p.adjusted.AddDays(6) {
			continue
		}
		s.at(p.adjusted.AddDays(1), 14, 30)
		res, err = s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: adjustment.Key, SubjectID: subject, Form: map[string]string{"situation": "improved", "goal": adjustment.Yes, "must": adjustment.Yes,
			"why": "省级平台统一了数据标准，历史数据由省级批量入库；节约的资金用于完善移动端和预警应用。", "schedule": "不影响进度", "meeting": "2026 年第 9 次党组会议", "decided_on": string(p.adjusted)}})
		if err != nil {
			return err
		}
		c, err := s.engine.Load(s.ctx, clerk, res.Matter)
		if err != nil {
			return err
		}
		for i, after := range []map[string]string{{"after_amount": p.devAfter, "after_content": "业务应用、接口、移动端和预警应用"}, {"after_amount": p.dataAfter, "after_content": "本地增量数据清洗和编目"}} {
			if _, err := s.engine.Save(s.ctx, clerk, matter.SaveRequest{Matter: res.Matter, Line: c.Lines[i].ID, Rev: c.Lines[i].Rev, Values: after}); err != nil {
				return err
			}
		}
		if _, err := s.engine.Attach(s.ctx, clerk, res.Matter, "minutes", minutes); err != nil {
			return err
		}
		if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
			return fmt.Errorf("adjustment of %s: %w", p.project, err)
		}
		if p.filed {
			s.at(p.adjusted.AddDays(4), 10, 0)
			if err := s.steps(res.Matter, step{s.people["DSJ/clerk"], matter.Acknowledge}); err != nil {
				return err
			}
		}
	}
	return nil
}
