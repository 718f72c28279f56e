package demo

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/retirement"
	"zhengcheng/internal/db"
	"zhengcheng/internal/matter"
)

// retire takes one idle system of the demo out of use, as far as the day has come:
// it is erased in August and confirmed in September.
func (s *season) retire() error {
	const stopped, confirmed calendar.Date = "2026-08-14", "2026-09-02"
	if s.until < confirmed {
		return nil
	}
	u, ok := s.units.Match(City, "市外事办")
	if !ok {
		return fmt.Errorf("the demo has no unit 市外事办")
	}
	system, err := db.Value[string](s.ctx, s.engine.DB.Reader(s.ctx), `SELECT id FROM info_system WHERE unit_id = $1 ORDER BY id DESC LIMIT 1`, u.ID)
	if err != nil {
		return err
	}
	clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
	s.at(stopped.AddDays(12), 10, 0)
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: retirement.Key, SubjectID: system, Form: map[string]string{
		"trigger": retirement.Idle, "stopped_on": string(stopped), "reason": "2025 年以来没有业务，经办公会研究停用。", "told": "8 月 3 日在内部办公网公告。",
		"media": "应用服务器、数据库和备份硬盘各一台", "method": "overwrite", "erased_on": string(stopped.AddDays(6)), "erased_by": clerk.Name, "witness": head.Name, "verified": "覆写三遍，恢复工具抽查不能恢复。",
		"release": "部署在单位机房，没有用云资源", "asset": retirement.Unbooked, "asset_note": "软件已摊销完毕，服务器转作他用。"},
		Lines: []map[string]string{{"name": "历史业务数据", "disposition": retirement.Archived, "place": "单位档案室", "kept": "10 年"}, {"name": "操作日志和缓存", "disposition": retirement.Erased}}})
	if err != nil {
		return err
	}
	record, err := s.document("数据清除记录.docx", "数据清除记录", "应用服务器、数据库和备份硬盘覆写三遍，恢复工具抽查不能恢复。（演示）")
	if err != nil {
		return err
	}
	if _, err := s.engine.Attach(s.ctx, clerk, res.Matter, "erasure", record); err != nil {
		return err
	}
	if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
		return err
	}
	s.at(confirmed, 15, 0)
	return s.steps(res.Matter, step{s.people["DSJ/clerk"], retirement.Confirm})
}
