package demo

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/planning/supplement"
)

// supplements of 2026: one approved by the government in June, one under check
// by the two offices (Article 11).
func (s *season) supplements() error {
	if s.until < "2026-06-05" {
		return nil
	}
	basis, err := s.document("依据文件.docx", "依据文件（演示）", "各市（州）于主汛期前补齐应急指挥通信保障能力。演示材料，不具效力。")
	if err != nil {
		return err
	}
	apply := func(unit string, day calendar.Date, form map[string]string) (string, error) {
		u, _ := s.units.Match(City, unit)
		clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
		s.at(day, 10, 5)
		res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: supplement.Key, Year: 2026, Form: form})
		if err != nil {
			return "", err
		}
		if _, err := s.engine.Attach(s.ctx, clerk, res.Matter, "basis", basis); err != nil {
			return "", err
		}
		s.at(day.AddDays(1), 15, 20)
		return res.Matter, s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff})
	}
	id, err := apply("市应急局", "2026-05-11", map[string]string{"name": "汛期应急指挥通信保障能力提升", "build_kind": "extend", "system_class": "network", "basis_level": "state", "basis_issuer": "国家防汛抗旱总指挥部办公室",
		"basis_title": "关于提升汛期应急指挥通信保障能力的通知", "basis_number": "国汛办电〔2026〕7号", "basis_date": "2026-04-28", "basis_excerpt": "各地于主汛期前补齐应急指挥通信保障能力。", "unplanned": "2026 年 4 月下旬国家部署，编制 2026 年度计划时尚未安排。",
		"deadline": "2026-07-15", "goal": "主汛期前，重点乡镇应急通信不断、指挥可视。", "content": "卫星便携站、宽带自组网和融合通信网关，接入市应急指挥信息网。", "data_resources": "通信状态数据接入城市运行管理中心。", "security": "按等级保护第三级建设，专线和国密加密。",
		"estimate": "268", "year_amount": "268", "fund_central": "200", "fund_general": "68"})
	if err != nil {
		return err
	}
	if err := s.checkSupplement(id, "2026-05-15", "262", "256"); err != nil {
		return err
	}
	if err := s.approveSupplement(id); err != nil {
		return err
	}
	if s.until < "2026-09-15" {
		return nil
	}
	_, err = apply("市公安局", min(s.until.AddDays(-11), "2026-12-10"), map[string]string{"name": "反诈预警劝阻一体化平台", "build_kind": "new", "system_class": "business_app", "basis_level": "province", "basis_issuer": "贵州省打击治理电信网络诈骗工作联席会议办公室",
		"basis_title": "关于推进反诈预警劝阻一体化建设的通知", "basis_number": "黔反诈办〔2026〕15号", "basis_date": "2026-08-20", "basis_excerpt": "各市（州）于年底前建成市级预警劝阻能力。", "unplanned": "2026 年 8 月省级部署，编制 2026 年度计划时尚未安排。",
		"deadline": "2026-12-31", "goal": "预警线索十分钟内触达，劝阻成功率可统计。", "content": "线索接入、分级派发、劝阻反馈和统计应用。", "data_resources": "预警劝阻数据编目，按条件共享。", "security": "按等级保护第三级建设，同步规划密码应用。",
		"estimate": "198", "year_amount": "120", "fund_provincial": "60", "fund_general": "60"})
	return err
}

// checkSupplement gives the opinions of the two offices, the bureau leading.
func (s *season) checkSupplement(id string, day calendar.Date, bureau, finance string) error {
	c, err := s.engine.Load(s.ctx, s.people["DSJ/head"], id)
	if err != nil {
		return err
	}
	seats, err := matter.SeatsNow(s.ctx, s.engine.DB.Reader(s.ctx), c)
	if err != nil {
		return err
	}
	for i, say := range []struct{ who, amount, comment string }{{"DSJ/head", bureau, "与已有自组网统筹，核减重复设备。"}, {"CZJ/head", finance, "单价按询价低者核定。"}} {
		s.at(day.AddDays(i*3), 11, 10)
		if _, err := s.engine.Opine(s.ctx, s.people[say.who], matter.OpineRequest{Matter: id, Seat: seats[i].ID, Opinion: supplement.Agree,
			Input: map[string]string{"amount": say.amount, "comment": say.comment}}); err != nil {
			return err
		}
	}
	return nil
}

func (s *season) approveSupplement(id string) error {
	s.at("2026-05-20", 16, 0)
	if err := s.act(s.people["DSJ/head"], matter.Request{Matter: id, Action: supplement.Report, Input: map[string]string{"number": "六盘水数据呈〔2026〕14号", "date": "2026-05-20", "amount": "256"}}); err != nil {
		return err
	}
	return s.decide(id, "2026-06-03", map[string]string{"number": "六盘水府函〔2026〕38号", "date": "2026-06-02", "result": decision.Approve, "note": "同意增补，专款专用。"})
}

// decide records a decision of the government with its scan and has it confirmed
// by a second person.
func (s *season) decide(id string, day calendar.Date, input map[string]string, notApproved ...string) error {
	scan, err := s.document("市政府批复.docx", "六盘水市人民政府批复（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	clerk := s.people["DSJ/second-clerk"]
	s.at(day, 10, 0)
	if _, err := s.engine.Attach(s.ctx, clerk, id, decision.Kind, scan); err != nil {
		return err
	}
	if err := s.act(clerk, matter.Request{Matter: id, Action: decision.Record, Input: input, Lines: notApproved}); err != nil {
		return err
	}
	s.at(day, 16, 30)
	return s.steps(id, step{s.people["DSJ/second-head"], decision.Confirm})
}
