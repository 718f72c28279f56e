package demo

import (
	"fmt"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/connection"
	"zhengcheng/internal/construction/course"
	"zhengcheng/internal/construction/progress"
	"zhengcheng/internal/matter"
)

// progress shows Articles 14 and 15 from late August 2026 on: one project extended
// and on time by its plan, one behind it with a report that has gone stale, the
// connections of a system on file.
func (s *season) progress() error {
	if s.until < "2026-09-03" {
		return nil
	}
	fire, err := s.building("市应急局", "汛期应急指挥通信保障能力提升")
	if err != nil {
		return err
	}
	if err := s.extend(fire, "2026-08-21"); err != nil {
		return fmt.Errorf("extension: %w", err)
	}
	plan := map[string]map[string]string{"合同签订": {"planned_on": "2026-08-14", "percent": "30", "pay": "95.2"}, "初步验收（上线试运行）": {"planned_on": "2026-10-31", "percent": "80", "pay": "190.4"}, "最终验收": {"pay": "238"}}
	if err := s.implement(fire, "2026-08-27", map[string]string{"started_on": "2026-08-14", "supervisor": "贵州凉都信息工程监理有限公司，YJJ-2026-09"}, plan, nil,
		told{"2026-08-14", "30", "95.2", "", []string{"合同签订"}}, told{"2026-08-31", "35", "95.2", "", nil}); err != nil {
		return fmt.Errorf("project on time: %w", err)
	}
	video, err := s.building("市公安局", "重点区域视频图像应用（二期）")
	if err != nil {
		return err
	}
	lines := []map[string]string{{"name": "合同签订", "planned_on": "2025-10-31", "percent": "20", "pay": "152"}, {"name": "前端和平台部署", "planned_on": "2026-07-15", "percent": "60", "pay": "456"},
		{"name": "初步验收（上线试运行）", "planned_on": "2026-08-31", "percent": "80", "pay": "608"}, {"name": "最终验收", "planned_on": "2026-12-15", "percent": "100", "pay": "760"}}
	if err := s.implement(video, "2026-08-20", map[string]string{"supervisor": "贵州凉都信息工程监理有限公司，GAJ-2025-21"}, nil, lines,
		told{"2025-10-31", "20", "152", "", []string{"合同签订"}}, told{"2026-07-31", "60", "152", "结构化算法到货推迟，不影响总工期。", []string{"前端和平台部署"}}); err != nil {
		return fmt.Errorf("project behind: %w", err)
	}
	return s.connect("2026-08-24")
}

// extend makes an extension known to the bureau and the finance bureau.
func (s *season) extend(p site, day calendar.Date) error {
	s.at(day, 9, 40)
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: course.Key, SubjectID: p.id, Form: map[string]string{"kind": course.Extend, "on_date": string(day), "until": "2026-12-20",
		"reason": "采购重新组织，合同 8 月 14 日才签订，按合同 12 月 15 日前完成；汛期先用应急调拨设备保障。", "contracts": "合同按约定期限履行，不作变更。", "settlement": "已支付首付款，其余按合同节点支付。"}})
	if err != nil {
		return err
	}
	if err := s.steps(res.Matter, step{p.clerk, matter.Submit}, step{p.head, matter.SignOff}); err != nil {
		return err
	}
	c, err := s.engine.Load(s.ctx, s.people["DSJ/clerk"], res.Matter)
	if err != nil {
		return err
	}
	seats, err := matter.SeatsNow(s.ctx, s.engine.DB.Reader(s.ctx), c)
	if err != nil {
		return err
	}
	for i, who := range []string{"CZJ/clerk", "DSJ/clerk"} { // the bureau's note ends it
		s.at(day.AddDays(3), 10+i, 20)
		if _, err := s.engine.Opine(s.ctx, s.people[who], matter.OpineRequest{Matter: res.Matter, Seat: seats[1-i].ID, Opinion: course.Noted}); err != nil {
			return err
		}
	}
	return nil
}

// told is a report of progress and the milestones done by then.
type told struct {
	on                     calendar.Date
	percent, paid, problem string
	done                   []string
}

// implement begins a project, changing the milestones it was given or adding those
// named, and reports its progress; the unit calls itself on time.
func (s *season) implement(p site, day calendar.Date, form map[string]string, plan map[string]map[string]string, lines []map[string]string, reports ...told) error {
	rules, err := s.document("项目管理制度.docx", "信息化项目管理制度（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	s.at(day, 9, 30)
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: progress.Key, SubjectID: p.id, Form: form, Lines: lines})
	if err != nil {
		return err
	}
	if err := s.fill(p, res.Matter, func(ln matter.Line) map[string]string { return plan[matter.BodyOf[progress.Milestone](ln).Name] }); err != nil {
		return err
	}
	if _, err := s.engine.Attach(s.ctx, p.clerk, res.Matter, "rules", rules); err != nil {
		return err
	}
	if err := s.steps(res.Matter, step{p.clerk, matter.Submit}, step{p.head, matter.SignOff}); err != nil {
		return err
	}
	c, err := s.engine.Load(s.ctx, p.head, res.Matter)
	if err != nil {
		return err
	}
	for i, r := range reports {
		act := matter.Request{Matter: res.Matter, Action: progress.Tell, Input: map[string]string{"on": string(r.on), "percent": r.percent, "paid": r.paid, "rating": progress.OnTime, "problem": r.problem}}
		for _, ln := range c.Lines {
			if slices.Contains(r.done, matter.BodyOf[progress.Milestone](ln).Name) {
				act.Lines = append(act.Lines, ln.ID)
			}
		}
		s.at(max(day, r.on).AddDays(1), 16, 10+i)
		if err := s.act(p.head, act); err != nil {
			return err
		}
	}
	return nil
}

// connect files which platforms a system is connected to.
func (s *season) connect(day calendar.Date) error {
	p, err := s.building("市教育局", "智慧教育云平台")
	if err != nil {
		return err
	}
	proof, err := s.document("接入证明.docx", "平台接入证明（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	s.at(day, 9, 50)
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: connection.Key, SubjectID: p.id, Form: map[string]string{"contact": "陆明"}})
	if err != nil {
		return err
	}
	joined := map[string]map[string]string{"省数据共享交换平台": {"since": "2024-03-18", "evidence": "黔数接〔2024〕117号"}, "市数据共享交换平台": {"since": "2024-03-11", "evidence": "工单 20240311-06"}, "政务服务网": {"since": "2024-05-20", "evidence": "工单 20240520-02"},
		"数据接口标准": {"since": "2024-03-11", "evidence": "接口符合性测试报告 2024-09"}}
	if err := s.fill(p, res.Matter, func(ln matter.Line) map[string]string {
		c := matter.BodyOf[connection.Connection](ln)
		if on := joined[c.Platform]; on != nil {
			return map[string]string{"connection": connection.Joined, "since": on["since"], "evidence": on["evidence"]}
		}
		return map[string]string{"connection": connection.Unneeded, "reason": "经省平台间接共享，没有直接接入的需求"}
	}); err != nil {
		return err
	}
	if _, err := s.engine.Attach(s.ctx, p.clerk, res.Matter, "evidence", proof); err != nil {
		return err
	}
	if err := s.steps(res.Matter, step{p.clerk, matter.Submit}, step{p.head, matter.SignOff}); err != nil {
		return err
	}
	s.at(day.AddDays(1), 10, 30)
	return s.steps(res.Matter, step{s.people["DSJ/clerk"], matter.Acknowledge})
}
