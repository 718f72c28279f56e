package demo

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/protection/plan"
	"zhengcheng/internal/protection/yearly"
)

// secure shows Article 28 from late September 2026 on: one unit in order, one that has
// done half, a plan that is overdue for review. The others have not said anything.
func (s *season) secure() error {
	if s.until < "2026-09-24" {
		return nil
	}
	scan, err := s.document("网络安全材料.docx", "网络安全材料（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	for _, k := range []struct {
		code, procedure, paper string
		filed                  calendar.Date
		form                   map[string]string
	}{
		{"CZJ", plan.Key, "plan", "2026-09-08", emergency("罗静", "2026-04-16")},
		{"CZJ", yearly.Key, yearly.Report, "2026-09-09", done(protection.NetTest, "2026-06-24", "6", "0")},
		{"CZJ", yearly.Key, yearly.Report, "2026-09-10", done(protection.DataRisk, "2026-07-15", "3", "1")},
		{"CZJ", yearly.Key, yearly.Report, "2026-09-11", done(protection.Drill, "2026-08-27", "2", "0")},
		{"JYJ", plan.Key, "plan", "2026-09-14", emergency("王雪", "2025-08-20")},
		{"JYJ", yearly.Key, yearly.Report, "2026-09-15", done(protection.NetTest, "2026-08-05", "4", "2")},
	} {
		clerk, head := s.people[k.code+"/clerk"], s.people[k.code+"/head"]
		s.at(k.filed, 9, 20)
		res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: k.procedure, Form: k.form})
		if err != nil {
			return fmt.Errorf("%s of %s: %w", k.procedure, k.code, err)
		}
		if _, err := s.engine.Attach(s.ctx, clerk, res.Matter, k.paper, scan); err != nil {
			return err
		}
		if err := s.act(clerk, matter.Request{Matter: res.Matter, Action: matter.Submit, Answers: map[string]string{"A28.1-current": "机构改革后修订，10 月底前评审"}}); err != nil {
			return err
		}
		if err := s.steps(res.Matter, step{head, matter.SignOff}); err != nil {
			return err
		}
		s.at(k.filed.AddDays(1), 10, 40)
		if err := s.steps(res.Matter, step{s.people["DSJ/clerk"], matter.Acknowledge}); err != nil {
			return err
		}
	}
	return nil
}

func emergency(keeper string, reviewed calendar.Date) map[string]string {
	return map[string]string{"leader": "分管领导", "leader_post": "副局长", "keeper": keeper, "keeper_office": "办公室", "keeper_phone": "0858-5550199", "data_keeper": keeper, "title": "网络安全和数据安全事件应急预案",
		"issued_on": "2025-03-18", "reviewed_on": string(reviewed), "network": "1", "data": "1"}
}

func done(kind string, on calendar.Date, findings, open string) map[string]string {
	out := map[string]string{"kind": kind, "for_year": "2026", "done_on": string(on), "way": "agency", "agency": "贵州凉都信息安全测评有限公司（演示）", "scope": "全部在用系统和数据库", "findings": findings, "open": open}
	if open != "0" {
		out["mending"] = "11 月底前整改完。"
	}
	return out
}
