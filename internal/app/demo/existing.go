package demo

import (
	"bytes"
	_ "embed"
	"fmt"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/planning/existing"
)

//go:embed existing.csv
var existingCSV string

// registerExisting enters what was begun before the Measures (存量, Article 37),
// between December 2025 and March 2026: projects in every stage and the systems
// they built.
func (s *season) registerExisting() error {
	list, err := rows(existingCSV)
	if err != nil {
		return err
	}
	approval, err := s.document("原批准文件.docx", "关于年度信息化项目的批复（演示）", "同意所列项目实施。演示材料，不具效力。")
	if err != nil {
		return err
	}
	for n, r := range list {
		if err := s.registerOne(r, n, approval); err != nil {
			return fmt.Errorf("existing %s: %w", r[1], err)
		}
	}
	return nil
}

func (s *season) registerOne(r []string, n int, approval attachment.Stored) error {
	day := calendar.Date("2025-12-10").AddDays(n * 4)
	if last := calendar.Date(r[6]); day < last { // registered after its approval
		day = last.AddDays(3)
	}
	if day.AddDays(4) > s.until {
		return nil
	}
	u, ok := s.units.Match(City, r[0])
	if !ok {
		return fmt.Errorf("unknown unit %s", r[0])
	}
	clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
	s.at(day, 9, n%50)
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: existing.Key, Form: map[string]string{
		"name": r[1], "build_kind": r[2], "class": r[3], "approval_issuer": r[4], "approval_title": "关于" + r[6][:4] + "年度信息化项目的批复", "approval_number": r[5], "approved_on": r[6],
		"approved_amount": r[7], "start_on": r[8], "stage": r[9], "system": r[10], "paid": r[11], "content": r[12]}})
	if err != nil {
		return err
	}
	if _, err := s.engine.Attach(s.ctx, clerk, res.Matter, "approval", approval); err != nil {
		return err
	}
	s.at(day.AddDays(1), 10, n%50)
	if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
		return err
	}
	if u.ParentID != "" {
		parent, _ := s.units.ByID(u.ParentID)
		if err := s.act(s.people[parent.Code+"/head"], matter.Request{Matter: res.Matter, Action: matter.Consent}); err != nil {
			return err
		}
	}
	by := s.people["DSJ/clerk"]
	if u.Office == identity.BigData { // 自建: confirmed by a second person
		by = s.people["DSJ/second-clerk"]
	}
	s.at(day.AddDays(4), 15, n%50)
	return s.steps(res.Matter, step{by, existing.Confirm})
}

// document makes a paper of the demo and stores it.
func (s *season) document(name, title, text string) (attachment.Stored, error) {
	d := paper.Document{Title: title, Blocks: []paper.Block{paper.Paragraph(text)}}
	raw, err := d.DOCX()
	if err != nil {
		return attachment.Stored{}, err
	}
	return s.engine.Store.Put(name, bytes.NewReader(raw))
}
