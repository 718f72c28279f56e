package demo

import (
	"fmt"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/attachment"
	"zhengcheng/internal/matter"
)

// accept shows two acceptances that do not come to their end: one overdue since
// the completion, one that passed the conformity check and is stopped by its
// archive (Articles 20 and 21).
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
	if s.until < "2026-09-14" {
		return nil
	}
	road, err := s.building("市交通运输局", "治超联网监管系统")
	if err != nil {
		return err
	}
	scan, err := s.document("验收材料.docx", "验收材料（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	if err := s.passed(road, scan); err != nil {
		return fmt.Errorf("acceptance: %w", err)
	}
	return s.unarchived(road, scan)
}

// passed takes an application through the conformity check.
func (s *season) passed(p site, scan attachment.Stored) error {
	s.at("2026-08-19", 9, 30)
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: conformity.Key, SubjectID: p.id, Form: map[string]string{"preliminary_on": "2026-05-08", "trial_from": "2026-05-11", "trial_to": "2026-08-17",
		"applied_on": "2026-08-19", "usage": "接入 6 个治超站点、42 辆执法车"}})
	if err != nil {
		return err
	}
	for _, kind := range []string{"letter", "contract", "summary", "technical", "trial", "test", "components", "finance"} {
		if _, err := s.engine.Attach(s.ctx, p.clerk, res.Matter, kind, scan); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}
	if err := s.fill(p, res.Matter, func(ln matter.Line) map[string]string {
		i, ok := ln.Body.(*conformity.Item)
		if !ok {
			return map[string]string{"done": "full", "completed": "站点联网、执法终端和监管应用全部建成。"}
		}
		if why := map[string]string{"mlps": "定为第一级，不需要测评", "connection": "数据经省级治超平台共享，不另行接入"}[i.Key]; why != "" {
			return map[string]string{"waived": "1", "reason": why}
		}
		return nil
	}); err != nil {
		return err
	}
	if err := s.steps(res.Matter, step{p.clerk, matter.Submit}, step{p.head, matter.SignOff}); err != nil {
		return err
	}
	s.at("2026-08-26", 10, 30)
	return s.steps(res.Matter, step{s.people["DSJ/clerk"], conformity.Propose}, step{s.people["DSJ/head"], conformity.Pass})
}

// unarchived records an archive acceptance that is not qualified.
func (s *season) unarchived(p site, scan attachment.Stored) error {
	s.at("2026-09-09", 9, 30)
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: archive.Key, SubjectID: p.id, Form: map[string]string{"organiser": "市档案局", "accepted_on": "2026-09-08", "result": "unqualified",
		"opinion": "设计文件和源代码没有归档。", "mend": "9 月底前补齐设计文件、源代码和部署说明。"}})
	if err != nil {
		return err
	}
	if _, err := s.engine.Attach(s.ctx, p.clerk, res.Matter, "opinion", scan); err != nil {
		return err
	}
	if err := s.fill(p, res.Matter, func(ln matter.Line) map[string]string {
		switch i := ln.Body.(*archive.Item); i.Key {
		case "design":
			return map[string]string{"status": "missing", "reason": "正在向承建单位收集，9 月底前补齐"}
		case "supervision", "sound":
			return map[string]string{"status": "na", "reason": "没有形成这类材料"}
		case "scheme":
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
	s.at("2026-09-11", 10, 0)
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
