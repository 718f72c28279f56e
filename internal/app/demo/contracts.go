package demo

import (
	"fmt"

	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

const supplierName, supplierCode = "贵州乌蒙信息技术有限公司", "91520200MA6TT0001F" // made up

// contracts are two of August 2026: one within its budget, procured, filed and
// partly paid; one above its budget, recorded with its reason and marked
// (Articles 18 and 19).
func (s *season) contracts() error {
	if s.until < "2026-09-01" {
		return nil
	}
	scan, err := s.document("扫描件.docx", "合同扫描件（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	fire, err := s.building("市应急局", "汛期应急指挥通信保障能力提升")
	if err != nil {
		return err
	}
	number, err := s.record(fire, procurement.Key, "2026-08-13", map[string]string{"item": "应急指挥通信保障能力提升设备和集成", "plan_number": "52020026080012", "method": "open_tender", "source": "central", "budget": "256", "mixed": "none",
		"announced_on": "2026-07-03", "opened_on": "2026-07-27", "result": "awarded", "supplier": supplierName, "uscc": supplierCode, "award": "238", "notice_on": "2026-08-03"}, nil, "award", scan)
	if err != nil {
		return err
	}
	number, err = s.record(fire, contract.Key, "2026-08-17", map[string]string{"procurement": number, "contract_number": "YJJ-2026-08", "title": "汛期应急指挥通信保障能力提升合同", "kind": "build", "signed_on": "2026-08-14",
		"begin_on": "2026-08-15", "end_on": "2026-12-15", "warranty": "36"},
		[]map[string]string{{"node": "合同签订", "percent": "40", "amount": "95.2", "due_on": "2026-08-24"}, {"node": "初步验收", "percent": "40", "amount": "95.2"}, {"node": "最终验收", "percent": "20", "amount": "47.6"}}, contract.Scan, scan)
	if err != nil {
		return err
	}
	if _, err := s.record(fire, contract.PaymentKey, "2026-08-26", map[string]string{"contract": number, "node": "合同签订", "paid_on": "2026-08-25", "amount": "95.2", "voucher": "2026080017"}, nil, "voucher", scan); err != nil {
		return err
	}
	service, err := s.building("市政府政务服务中心", "“一网通办”主题集成服务")
	if err != nil {
		return err
	}
	_, err = s.record(service, contract.Key, "2026-08-20", map[string]string{"contract_number": "ZWZX-2026-05", "title": "“一网通办”主题集成服务合同", "kind": "build", "supplier": supplierName, "uscc": supplierCode, "amount": "138", "signed_on": "2026-05-18",
		"begin_on": "2026-05-20", "end_on": "2026-08-31"}, []map[string]string{{"node": "合同签订", "percent": "30", "amount": "41.4", "due_on": "2026-09-30"}, {"node": "最终验收", "percent": "70", "amount": "96.6"}}, contract.Scan, scan)
	return err
}

// site is a project with the people of its unit.
type site struct {
	id          string
	clerk, head identity.Actor
}

func (s *season) building(unit, project string) (site, error) {
	u, _ := s.units.Match(City, unit)
	id, err := db.Value[string](s.ctx, s.engine.DB.Reader(s.ctx), `SELECT id FROM project WHERE unit_id = $1 AND name = $2`, u.ID, project)
	if err != nil {
		return site{}, fmt.Errorf("project %s: %w", project, err)
	}
	return site{id, s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]}, nil
}

// record takes a case about a project from the clerk over the head to the bureau,
// where it goes there, and returns the number it was given.
func (s *season) record(p site, procedure string, day calendar.Date, form map[string]string, lines []map[string]string, kind string, paper attachment.Stored) (string, error) {
	s.at(day, 9, 20)
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: procedure, SubjectID: p.id, Form: form, Lines: lines})
	if err != nil {
		return "", fmt.Errorf("%s: %w", procedure, err)
	}
	if _, err := s.engine.Attach(s.ctx, p.clerk, res.Matter, kind, paper); err != nil {
		return "", err
	}
	if err := s.steps(res.Matter, step{p.clerk, matter.Submit}, step{p.head, matter.SignOff}); err != nil {
		return "", fmt.Errorf("%s: %w", procedure, err)
	}
	c, err := s.engine.Load(s.ctx, p.clerk, res.Matter)
	if err != nil || c.StateDef().Final {
		return c.Number, err
	}
	s.at(day.AddDays(1), 10, 40)
	last, err := s.engine.Act(s.ctx, s.people["DSJ/clerk"], matter.Request{Matter: res.Matter, Action: matter.Acknowledge, Answers: answers})
	return last.Number, err
}
