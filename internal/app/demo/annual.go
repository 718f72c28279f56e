package demo

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/planning/decision"
)

// annualPlan compiles the plan of 2027: from 19 October 2026 on its second
// version is in the joint review, from 20 November on it is approved.
func (s *season) annualPlan() error {
	if s.until < "2026-10-19" {
		return nil
	}
	p := &compiling{season: s, clerk: s.people["DSJ/clerk"]}
	s.at("2026-09-28", 9, 30)
	res, err := s.engine.Open(s.ctx, p.clerk, matter.OpenRequest{Procedure: annualplan.Key, Year: 2027})
	if err != nil {
		return err
	}
	p.id = res.Matter
	for _, step := range []func() error{p.compile, p.firstReview, p.secondVersion} {
		if err := step(); err != nil {
			return err
		}
	}
	if s.until < "2026-11-20" {
		return nil
	}
	return p.approve()
}

// compiling is the plan as its compiler works on it.
type compiling struct {
	*season
	clerk identity.Actor
	id    string
	lines map[string]matter.Line // by name, as they stood when last read
}

func (p *compiling) read() (*matter.Case, error) {
	c, err := p.engine.Load(p.ctx, p.clerk, p.id)
	if err != nil {
		return nil, err
	}
	p.lines = map[string]matter.Line{}
	for _, ln := range c.Lines {
		p.lines[matter.BodyOf[annualplan.Entry](ln).Name] = ln
	}
	return c, nil
}

func (p *compiling) line(name string) (matter.Line, error) {
	ln, ok := p.lines[name]
	if !ok {
		return ln, fmt.Errorf("demo plan has no item %s", name)
	}
	return ln, nil
}

func (p *compiling) save(name string, values map[string]string) error {
	ln, err := p.line(name)
	if err != nil {
		return err
	}
	_, err = p.engine.Save(p.ctx, p.clerk, matter.SaveRequest{Matter: p.id, Line: ln.ID, Rev: ln.Rev, Values: values})
	return err
}

// compile takes in half of what projects under way still need, leaves one out,
// and notes the control figure of the finance bureau.
func (p *compiling) compile() error {
	c, err := p.read()
	if err != nil {
		return err
	}
	for _, ln := range c.Lines {
		e := matter.BodyOf[annualplan.Entry](ln)
		if e.Source != annualplan.FromContinue {
			continue
		}
		half := ((e.Estimate - e.Prior) / 2 / (money.Wan / 100) * (money.Wan / 100)).WanExact()
		if err := p.save(e.Name, map[string]string{"included": "1", "year_amount": half, "fund_city": half}); err != nil {
			return err
		}
	}
	if err := p.save("招商引资项目调度管理系统", map[string]string{"included": "0", "remark": "与重大项目调度管理系统统筹，暂缓。"}); err != nil {
		return err
	}
	if c, err = p.read(); err != nil {
		return err
	}
	sums := annualplan.Count(c.Lines).All
	const step = 100 * money.Wan
	limit, upper := (sums.City/step+1)*step, sums.Upper()/step*step
	if _, err := p.engine.Save(p.ctx, p.clerk, matter.SaveRequest{Matter: p.id, Rev: c.FormRev, Values: map[string]string{"limit": limit.WanExact(), "upper": upper.WanExact(),
		"remarks": "优先保障运维和等保测评，新建项目先用共性能力。"}}); err != nil {
		return err
	}
	return p.freeze("2026-10-09")
}

func (p *compiling) freeze(day calendar.Date) error {
	p.at(day, 16, 0)
	return p.steps(p.id, step{p.clerk, matter.Submit})
}

type says struct {
	office, opinion, reason string
	day                     calendar.Date
	lines                   []itemSays
}

type itemSays struct{ name, opinion, reason string }

// review gives opinions of the newest round; seats stand in the order of the offices.
func (p *compiling) review(list ...says) error {
	c, err := p.read()
	if err != nil {
		return err
	}
	seats, err := matter.SeatsNow(p.ctx, p.engine.DB.Reader(p.ctx), c)
	if err != nil {
		return err
	}
	seats = seats[len(seats)-len(annualplan.Offices):]
	for _, one := range list {
		for i, o := range annualplan.Offices {
			if o != one.office {
				continue
			}
			r := matter.OpineRequest{Matter: p.id, Seat: seats[i].ID, Opinion: one.opinion, Reason: one.reason}
			for _, l := range one.lines {
				ln, err := p.line(l.name)
				if err != nil {
					return err
				}
				r.Lines = append(r.Lines, matter.LineOpinion{Line: ln.ID, Opinion: l.opinion, Reason: l.reason})
			}
			u, _ := p.units.ByOffice(City, o)
			p.at(one.day, 15, 10)
			if _, err := p.engine.Opine(p.ctx, p.people[u.Code+"/head"], r); err != nil {
				return fmt.Errorf("opinion of %s: %w", o, err)
			}
		}
	}
	return nil
}

func (p *compiling) firstReview() error {
	return p.review(
		says{office: identity.BigData, opinion: annualplan.Agree, day: "2026-10-12"},
		says{office: identity.NDRC, opinion: annualplan.Back, day: "2026-10-13", lines: []itemSays{
			{"智能煤矿数据汇聚平台", annualplan.Back, "与煤矿安全风险监测预警平台升级内容重叠，请说明分工"},
			{"一体化数字政府共性能力平台（二期）", annualplan.Assess, "投资较大，先完成决策评估审核再下达资金"}}},
		says{office: identity.CAC, opinion: annualplan.Back, day: "2026-10-14", lines: []itemSays{
			{"煤矿安全风险监测预警平台升级", annualplan.Back, "请补充数据分类分级和重要数据保护措施"},
			{"信访工作信息平台接口改造", annualplan.Strike, "省级平台已统一改造接口"}}},
	)
}

// secondVersion answers the first round; 发展改革 has returned one item of it again.
func (p *compiling) secondVersion() error {
	p.at("2026-10-15", 10, 0)
	if _, err := p.read(); err != nil {
		return err
	}
	for _, ch := range []struct {
		name   string
		values map[string]string
	}{
		{"信访工作信息平台接口改造", map[string]string{"included": "0"}},
		{"煤矿安全风险监测预警平台升级", map[string]string{"remark": "已补充数据分类分级和重要数据保护措施。"}},
		{"智能煤矿数据汇聚平台", map[string]string{"remark": "只做企业数据汇聚，预警应用由市应急局建设。"}},
		{"全民健康信息平台升级", map[string]string{"year_amount": "220", "fund_city": "70", "fund_central": "150", "remark": "分两年实施。"}},
	} {
		if err := p.save(ch.name, ch.values); err != nil {
			return err
		}
	}
	if err := p.freeze("2026-10-16"); err != nil {
		return err
	}
	return p.review(says{office: identity.NDRC, opinion: annualplan.Back, day: "2026-10-16", lines: []itemSays{
		{"智能煤矿数据汇聚平台", annualplan.Back, "分工仍不清楚，请会同市应急局明确后再报"}}})
}

// approve takes the third version through review and decision; one item is put off.
func (p *compiling) approve() error {
	if err := p.review(says{office: identity.BigData, opinion: annualplan.Agree, day: "2026-10-20"}, says{office: identity.CAC, opinion: annualplan.Agree, day: "2026-10-21"}); err != nil {
		return err
	}
	p.at("2026-10-22", 10, 0)
	if _, err := p.read(); err != nil {
		return err
	}
	if err := p.save("智能煤矿数据汇聚平台", map[string]string{"included": "0"}); err != nil {
		return err
	}
	if err := p.freeze("2026-10-23"); err != nil {
		return err
	}
	if err := p.review(says{office: identity.BigData, opinion: annualplan.Agree, day: "2026-10-26"}, says{office: identity.NDRC, opinion: annualplan.Agree, day: "2026-10-27"},
		says{office: identity.CAC, opinion: annualplan.Agree, day: "2026-10-28"}); err != nil {
		return err
	}
	p.at("2026-11-02", 11, 0)
	if err := p.act(p.people["DSJ/head"], matter.Request{Matter: p.id, Action: annualplan.Report, Input: map[string]string{"number": "六盘水数据呈〔2026〕31号"}}); err != nil {
		return err
	}
	later, err := p.line("中小学招生入学一件事平台")
	if err != nil {
		return err
	}
	return p.decide(p.id, "2026-11-19", map[string]string{"number": "六盘水府函〔2026〕83号", "date": "2026-11-18", "result": decision.Approve, "note": "原则同意。中小学招生入学一件事平台待省级平台明确后再定。"}, later.ID)
}
