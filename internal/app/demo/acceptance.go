package demo

import (
	"fmt"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/protection/component"
)

// accept shows four acceptances: one overdue since the completion, one passed and on
// file, one that passed the conformity check and is stopped by its archive, one that
// the check stops for its contract above the budgets (Articles 17, 20 and 21).
func (s *season) accept() error {
	if s.until < "2026-04-06" {
		return nil
	}
	cloud, err := s.building("市大数据局", "政务云国产化资源扩容")
	if err != nil {
		return err
	}
	s.at("2026-04-02", 9, 30)
	res, err := s.engine.Open(s.ctx, cloud.clerk, matter.OpenRequest{Procedure: conformity.Key, SubjectID: cloud.id})
	if err != nil {
		return err
	}
	if err := s.act(cloud.clerk, matter.Request{Matter: res.Matter, Action: conformity.Complete, Input: map[string]string{"date": "2026-02-27", "basis": "contract"}}); err != nil {
		return err
	}
	if s.until < "2026-09-17" {
		return nil
	}
	scan, err := s.document("验收材料.docx", "验收材料（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	for _, a := range handovers {
		if err := s.handOver(a, scan); err != nil {
			return fmt.Errorf("acceptance of %s: %w", a.project, err)
		}
	}
	return nil
}

// handover is an acceptance of the demo and how far it comes.
type handover struct {
	unit, project                        string
	applied                              calendar.Date
	preliminary, from, to, usage, done   string
	connection                           string        // why the system is not connected
	passed, archived, noted, met, signed calendar.Date // "" where it does not come so far
	qualified                            bool
	settled                              string
}

var handovers = []handover{
	{"市生态环境局", "入河排污口监测溯源系统", "2026-08-12", "2026-05-08", "2026-05-09", "2026-08-08", "接入 214 个入河排污口、9 个监测断面", "排污口台账、水质监测和溯源分析全部建成。", "监测数据只在本局使用，不接入交换平台",
		"2026-08-18", "2026-08-27", "2026-08-28", "2026-09-03", "2026-09-04", true, "79.2"},
	{"市交通运输局", "治超联网监管系统", "2026-08-19", "2026-05-08", "2026-05-11", "2026-08-17", "接入 6 个治超站点、42 辆执法车", "站点联网、执法终端和监管应用全部建成。", "数据经省级治超平台共享，不另行接入",
		"2026-08-26", "2026-09-09", "2026-09-11", "", "", false, ""},
	{"市政府政务服务中心", "“一网通办”主题集成服务", "2026-09-15", "2026-05-29", "2026-06-01", "2026-08-31", "上线主题集成服务 26 项", "主题集成服务、综合窗口受理和电子材料复用全部建成。", "经省级一体化政务服务平台对接", "", "", "", "", "", false, ""},
}

// handOver takes an acceptance as far as it comes.
func (s *season) handOver(a handover, scan attachment.Stored) error {
	p, err := s.building(a.unit, a.project)
	if err != nil {
		return err
	}
	id, err := s.apply(p, a, scan)
	if err != nil || a.passed == "" {
		return err
	}
	clerk := s.people["DSJ/clerk"]
	s.at(a.passed, 10, 30)
	if err := s.steps(id, step{clerk, conformity.Propose}, step{s.people["DSJ/head"], conformity.Pass}); err != nil {
		return err
	}
	if err := s.archive(p, a, scan); err != nil || a.met == "" {
		return err
	}
	s.at(a.met, 16, 0)
	for _, kind := range []string{conformity.Report, conformity.Experts} {
		if _, err := s.engine.Attach(s.ctx, p.clerk, id, kind, scan); err != nil {
			return err
		}
	}
	if err := s.act(p.clerk, matter.Request{Matter: id, Action: conformity.Record, Input: map[string]string{"organiser": a.unit, "date": string(a.met), "experts": "杨志远、陆明、何静", "result": conformity.Passed, "settled": a.settled}}); err != nil {
		return err
	}
	s.at(a.signed, 9, 40)
	if err := s.steps(id, step{p.head, matter.SignOff}); err != nil {
		return err
	}
	s.at(a.signed.AddDays(4), 10, 10)
	return s.steps(id, step{clerk, matter.Acknowledge})
}

// equip declares the key parts that went into a new system: declared, no list is there.
func (s *season) equip(p site, a handover, scan attachment.Stored) error {
	s.at(a.applied.AddDays(-7), 9, 30)
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: component.Key, SubjectID: p.id, Form: map[string]string{"checked_on": a.preliminary, "standards": "操作系统、数据库政府采购需求标准（2023年版）"},
		Lines: []map[string]string{{"kind": "os", "product": "某国产服务器操作系统", "version": "V10", "quantity": "2", "grade": "1", "notice_no": "演示公告 1 号"},
			{"kind": "db_central", "product": "某国产数据库管理系统", "version": "V8", "quantity": "1", "grade": "1", "notice_no": "演示公告 2 号"}}})
	if err != nil {
		return err
	}
	if _, err := s.engine.Attach(s.ctx, p.clerk, res.Matter, "delivery", scan); err != nil {
		return err
	}
	if err := s.steps(res.Matter, step{p.clerk, matter.Submit}, step{p.head, matter.SignOff}); err != nil {
		return err
	}
	s.at(a.applied.AddDays(-6), 9, 30)
	return s.steps(res.Matter, step{s.people["DSJ/clerk"], matter.Acknowledge})
}

// apply hands in an application with its documents.
func (s *season) apply(p site, a handover, scan attachment.Stored) (string, error) {
	if err := s.equip(p, a, scan); err != nil {
		return "", err
	}
	s.at(a.applied, 9, 30)
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: conformity.Key, SubjectID: p.id, Form: map[string]string{"preliminary_on": a.preliminary, "trial_from": a.from, "trial_to": a.to,
		"applied_on": string(a.applied), "usage": a.usage}})
	if err != nil {
		return "", err
	}
	for _, kind := range []string{"letter", "contract", "summary", "technical", "trial", "test", "finance"} {
		if _, err := s.engine.Attach(s.ctx, p.clerk, res.Matter, kind, scan); err != nil {
			return "", fmt.Errorf("%s: %w", kind, err)
		}
	}
	if err := s.fill(p, res.Matter, func(ln matter.Line) map[string]string {
		i, ok := ln.Body.(*conformity.Item)
		if !ok {
			return map[string]string{"done": "full", "completed": a.done}
		}
		if why := map[string]string{"mlps": "定为第一级，不需要测评", "cipher": "定为第一级，按等级不要求评估", "connection": a.connection}[i.Key]; why != "" {
			return map[string]string{"waived": "1", "reason": why}
		}
		return nil
	}); err != nil {
		return "", err
	}
	return res.Matter, s.steps(res.Matter, step{p.clerk, matter.Submit}, step{p.head, matter.SignOff})
}

// archive records how the archive of a project was accepted.
func (s *season) archive(p site, a handover, scan attachment.Stored) error {
	s.at(a.archived, 9, 30)
	form := map[string]string{"organiser": "市档案局", "accepted_on": string(a.archived.AddDays(-1)), "result": archive.Qualified, "opinion": "归档齐全，合格。"}
	if !a.qualified {
		form["result"], form["opinion"], form["mend"] = archive.Unqualified, "设计文件和源代码没有归档。", "9 月底前补齐设计文件、源代码和部署说明。"
	}
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: archive.Key, SubjectID: p.id, Form: form})
	if err != nil {
		return err
	}
	if _, err := s.engine.Attach(s.ctx, p.clerk, res.Matter, "opinion", scan); err != nil {
		return err
	}
	if err := s.fill(p, res.Matter, func(ln matter.Line) map[string]string {
		switch i := ln.Body.(*archive.Item); {
		case i.Key == "design" && !a.qualified:
			return map[string]string{"status": "missing", "reason": "正在向承建单位收集，9 月底前补齐"}
		case i.Key == "supervision", i.Key == "sound":
			return map[string]string{"status": "na", "reason": "没有形成这类材料"}
		case i.Key == "scheme":
			return map[string]string{"status": "na", "reason": "存量项目，立项时不要求编制"}
		default:
			return map[string]string{"status": "found", "medium": "paper"}
		}
	}); err != nil {
		return err
	}
	if err := s.steps(res.Matter, step{p.clerk, matter.Submit}, step{p.head, matter.SignOff}); err != nil {
		return err
	}
	s.at(a.noted, 10, 0)
	return s.steps(res.Matter, step{s.people["DSJ/clerk"], matter.Acknowledge})
}

// fill writes the lines of a draft, one by one; nil leaves a line as it is.
func (s *season) fill(p site, id string, values func(matter.Line) map[string]string) error {
	c, err := s.engine.Load(s.ctx, p.clerk, id)
	if err != nil {
		return err
	}
	for _, ln := range c.Lines {
		if v := values(ln); v != nil {
			if _, err := s.engine.Save(s.ctx, p.clerk, matter.SaveRequest{Matter: id, Line: ln.ID, Rev: ln.Rev, Values: v}); err != nil {
				return err
			}
		}
	}
	return nil
}
