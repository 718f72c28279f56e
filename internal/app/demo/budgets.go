package demo

import (
	"fmt"

	"zhengcheng/internal/budgeting/budget"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/decision"
)

// budgets are those of the supplement of 2026 and, in December, of the approved
// plan of 2027 (Article 12).
func (s *season) budgets() error {
	if s.until < "2026-06-26" {
		return nil
	}
	unit, _ := s.units.Match(City, "市应急局")
	if err := s.declareBudget(unit, 2026, "2026-06-09"); err != nil {
		return err
	}
	if err := s.arrange(2026, "2026-06-15", "六盘水财预〔2026〕21号"); err != nil {
		return err
	}
	if s.until < "2026-12-08" {
		return nil
	}
	for n, u := range s.units.Of(City) {
		if err := s.declareBudget(u, 2027, calendar.Date("2026-12-03").AddDays(n%3)); err != nil {
			return fmt.Errorf("budget of %s: %w", u.ShortName, err)
		}
	}
	if s.until < "2026-12-20" {
		return nil
	}
	return s.arrange(2027, "2026-12-09", "六盘水府预〔2026〕9号")
}

// declareBudget declares what the plan of the year gives a unit; one without
// projects declares nothing.
func (s *season) declareBudget(u identity.Unit, year int64, day calendar.Date) error {
	clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
	planned, err := budget.Planned(s.ctx, s.engine.DB.Reader(s.ctx), u.ID, year)
	if err != nil || planned == 0 {
		return err
	}
	s.at(day, 9, 40)
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: budget.Key, Year: year, Form: map[string]string{"contact": clerk.Name, "contact_phone": "0858-5550" + fmt.Sprint(100+len(u.Name))}})
	if err != nil {
		return err
	}
	c, err := s.engine.Load(s.ctx, clerk, res.Matter)
	if err != nil {
		return err
	}
	for _, ln := range c.LinesOf("") {
		l := matter.BodyOf[budget.Line](ln)
		values := map[string]string{}
		if l.Category == "" {
			values["category"] = "dev"
		}
		if year == 2026 { // what the centre gives to the supplement
			values["fund_general"], values["fund_central"], values["document"] = "56", "200", "国汛办电〔2026〕7号"
		} else if l.Funds.Total() > l.Funds.City() {
			values["document"] = "黔财预〔2026〕112号"
		}
		if len(values) == 0 {
			continue
		}
		if _, err := s.engine.Save(s.ctx, clerk, matter.SaveRequest{Matter: res.Matter, Line: ln.ID, Rev: ln.Rev, Values: values}); err != nil {
			return err
		}
	}
	s.at(day.AddDays(1), 10, 20)
	if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
		return err
	}
	if u.ParentID != "" {
		parent, _ := s.units.ByID(u.ParentID)
		if err := s.act(s.people[parent.Code+"/head"], matter.Request{Matter: res.Matter, Action: matter.Consent}); err != nil {
			return err
		}
	}
	by := s.people["CZJ/clerk"]
	if u.Office == identity.Finance {
		by = s.people["CZJ/second-clerk"]
	}
	s.at(day.AddDays(2), 11, 10)
	return s.steps(res.Matter, step{by, matter.Acknowledge})
}

// arrange proposes what was declared, after a budget review of the larger ones,
// and records the approval.
func (s *season) arrange(year int64, day calendar.Date, number string) error {
	clerk, head := s.people["CZJ/clerk"], s.people["CZJ/head"]
	s.at(day, 9, 0)
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: budget.ArrangementKey, Year: year})
	if err != nil {
		return err
	}
	c, err := s.engine.Load(s.ctx, clerk, res.Matter)
	if err != nil {
		return err
	}
	s.at(day.AddDays(2), 14, 0)
	review := fmt.Sprintf("六盘水财评〔%d〕%d号", day.Year(), year-2008)
	for _, ln := range c.LinesOf("") {
		if i := matter.BodyOf[budget.Item](ln); i.Declared >= 1_000_000_00 {
			if _, err := s.engine.Save(s.ctx, clerk, matter.SaveRequest{Matter: res.Matter, Line: ln.ID, Rev: ln.Rev,
				Values: map[string]string{"checked": i.Declared.WanExact(), "review_number": review, "reviewed_on": string(day.AddDays(1))}}); err != nil {
				return err
			}
		}
	}
	conclusion, err := s.document("财政预算评审结论.docx", "财政预算评审结论（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	if _, err := s.engine.Attach(s.ctx, clerk, res.Matter, budget.ReviewPaper, conclusion); err != nil {
		return err
	}
	s.at(day.AddDays(2), 15, 0)
	if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
		return err
	}
	scan, err := s.document("预算批复.docx", "预算批复（演示）", "演示材料，不具效力。")
	if err != nil {
		return err
	}
	s.at(day.AddDays(9), 10, 0)
	if _, err := s.engine.Attach(s.ctx, clerk, res.Matter, decision.Kind, scan); err != nil {
		return err
	}
	if err := s.act(clerk, matter.Request{Matter: res.Matter, Action: decision.Record, Input: map[string]string{"number": number, "date": string(day.AddDays(8)), "result": decision.Approve}}); err != nil {
		return err
	}
	s.at(day.AddDays(10), 9, 30)
	return s.steps(res.Matter, step{head, decision.Confirm})
}
