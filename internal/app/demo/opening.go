package demo

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/opening"
	"zhengcheng/internal/datasharing/operation"
	"zhengcheng/internal/datasharing/quality"
	"zhengcheng/internal/matter"
)

// openAndOperate opens one resource without sensitive data, leaves one waiting for
// the verification of what was de-identified, records an operation whose term is
// over, and has two issues raised: one closed, one overdue.
func (s *season) openAndOperate(ids map[string]string) error {
	register, relief := ids["社会组织登记信息"], ids["最低生活保障对象信息"]
	clerk, head := s.people["MZ/clerk"], s.people["MZ/head"]
	if day := calendar.Date("2026-07-01"); s.until >= day.AddDays(2) && register != "" {
		s.at(day, 10, 0)
		res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: opening.Key, SubjectID: register, Form: map[string]string{"scope": "全部信息项，按月更新"}})
		if err != nil {
			return err
		}
		if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
			return err
		}
		s.at(day.AddDays(1), 9, 0)
		if err := s.act(clerk, matter.Request{Matter: res.Matter, Action: opening.Publish, Input: map[string]string{"platform": "贵州省政府数据开放平台六盘水专区", "address": "data.example.gov.cn/lps", "on_date": string(day.AddDays(1))}}); err != nil {
			return err
		}
	}
	if day := calendar.Date("2026-08-20"); s.until >= day && relief != "" {
		s.at(day, 15, 0)
		res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: opening.Key, SubjectID: relief, Form: map[string]string{"scope": "按区县汇总的保障人数和金额", "masker": clerk.Name, "masked_on": string(day), "tool": "脱敏脚本 v1"}})
		if err != nil {
			return err
		}
		c, err := s.engine.Load(s.ctx, clerk, res.Matter)
		if err != nil {
			return err
		}
		for _, ln := range c.Lines {
			if _, err := s.engine.Save(s.ctx, clerk, matter.SaveRequest{Matter: c.ID, Line: ln.ID, Rev: ln.Rev, Values: map[string]string{"method": "remove", "how": "不开放这一项，只开放汇总数"}}); err != nil {
				return err
			}
		}
		if err := s.steps(c.ID, step{clerk, matter.Submit}); err != nil {
			return err
		}
	}
	if day := calendar.Date("2026-06-25"); s.until >= day && register != "" {
		s.at(day, 11, 0)
		res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: operation.Key, SubjectID: register, Form: map[string]string{"operator": "六盘水市数据运营有限公司（演示）", "uscc": "91520200MA6DL1234E", "purpose": "社会组织信用查询服务",
			"scene": "金融机构核验社会组织主体资格", "approval": "公共数据授权运营批复（演示）", "number": "演示〔2026〕1号", "approved_on": "2026-03-01", "from": "2026-03-01", "until": "2026-08-31"}})
		if err != nil {
			return err
		}
		if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
			return err
		}
	}
	for _, i := range []struct {
		unit, kind, says string
		on               calendar.Date
		mended           bool
	}{
		{"SCJ", "data", "12 家已注销的社会组织状态仍为“正常”。", "2026-07-28", true},
		{"DSJ", "differs", "目录写 5 个信息项，接口只返回 4 个，缺“业务主管单位”。", "2026-08-24", false},
	} {
		if s.until < i.on.AddDays(10) || register == "" {
			continue
		}
		s.at(i.on, 10, 20)
		who := s.people[i.unit+"/clerk"]
		res, err := s.engine.Open(s.ctx, who, matter.OpenRequest{Procedure: quality.Key, SubjectID: register, Form: map[string]string{"kind": i.kind, "says": i.says}})
		if err != nil {
			return err
		}
		if err := s.steps(res.Matter, step{who, matter.Submit}); err != nil || !i.mended {
			return err
		}
		s.at(i.on.AddDays(6), 16, 0)
		if err := s.act(clerk, matter.Request{Matter: res.Matter, Action: quality.Answer, Input: map[string]string{"result": quality.Mended, "on_date": string(i.on.AddDays(6)), "measure": "已按注销公告更新 12 条，接口同步"}}); err != nil {
			return err
		}
		s.at(i.on.AddDays(8), 9, 0)
		if err := s.steps(res.Matter, step{who, quality.Close}); err != nil {
			return err
		}
	}
	return nil
}
