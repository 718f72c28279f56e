package demo

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/registry"
)

const experts = 48

var (
	employers = []string{"六盘水师范学院", "贵州某某科技有限公司", "贵州某某信息工程监理有限公司", "贵州大学", "某某软件测评中心", "市城市运行管理中心", "某某会计师事务所", "贵州某某密码测评有限公司"}
	ranks     = []string{"高级工程师", "教授", "副教授", "注册造价工程师", "高级项目经理"}
)

// enrol fills the pool of experts in January 2026; the names are made up.
func (s *season) enrol() error {
	clerk, head := s.people["DSJ/clerk"], s.people["DSJ/head"]
	for n := range experts {
		s.at("2026-01-12", 9, n%50)
		employer := employers[n%len(employers)]
		unit := ""
		if employer == "市城市运行管理中心" {
			unit = employer
		}
		res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: review.PoolKey, Form: map[string]string{
			"name": surnames[(n*3+1)%len(surnames)] + givens[(n*11+4)%len(givens)], "login": fmt.Sprintf("expert-%02d", n+1), "rank": ranks[n%len(ranks)], "employer": employer, "employer_unit": unit,
			"first": review.Specialities[n%len(review.Specialities)].ID, "second": review.Specialities[(n*3+2)%len(review.Specialities)].ID}})
		if err != nil {
			return err
		}
		if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
			return err
		}
	}
	return nil
}

type step struct {
	actor identity.Actor
	do    matter.Action
}

func (s *season) steps(id string, list ...step) error {
	for _, t := range list {
		if err := s.act(t.actor, matter.Request{Matter: id, Action: t.do}); err != nil {
			return err
		}
	}
	return nil
}

func (s *season) act(actor identity.Actor, r matter.Request) error {
	if r.Answers == nil {
		r.Answers = answers
	}
	if _, err := s.engine.Act(s.ctx, actor, r); err != nil {
		return fmt.Errorf("%s %s: %w", actor.Name, r.Action, err)
	}
	return nil
}

// where the schemes of the season stand when the demo begins
const (
	drafting = iota
	receiving
	panel
	summing
	concluding
	revising
	rejected
	passed
)

// fates of the schemes in turn; most that came in have passed
var fates = []int{passed, passed, revising, passed, passed, receiving, passed, panel, passed, drafting, passed, passed, summing, passed, passed, concluding, passed, passed, panel, passed, rejected, passed}

// fate says how far a scheme has come. By October most have passed.
func (s *season) fate(n int) int {
	f := fates[n%len(fates)]
	if s.until >= "2026-10-10" && f != rejected && f != revising {
		return passed
	}
	return f
}

// schemes are written, reviewed and reserved from July on.
func (s *season) schemes() error {
	if s.until < "2026-09-15" {
		return nil
	}
	s.at("2026-07-06", 0, 5)
	if err := s.engine.Advance(s.ctx, City); err != nil {
		return err
	}
	report, err := feasibilityReport()
	if err != nil {
		return err
	}
	stored, err := s.engine.Store.Put("可行性论证报告.docx", bytes.NewReader(report))
	if err != nil {
		return err
	}
	projects, err := registry.Projects(s.ctx, s.engine.DB.Reader(s.ctx), s.people["DSJ/clerk"], registry.Filter{Year: 2027, Stage: registry.Planned, Limit: 200})
	if err != nil {
		return err
	}
	// whoever stands last among the units begins, as the plans were written
	slices.SortStableFunc(projects, func(a, b registry.Listed) int { return cmp.Compare(s.turn[b.UnitID], s.turn[a.UnitID]) })
	places := map[string]int{}
	for n, row := range projects {
		if n%13 == 12 {
			continue // has not begun
		}
		p, err := registry.Load(s.ctx, s.engine.DB.Reader(s.ctx), s.people["DSJ/clerk"], row.ID)
		if err != nil {
			return err
		}
		places[p.UnitID]++
		if err := s.scheme(p, n, places[p.UnitID], s.fate(n), stored); err != nil {
			return fmt.Errorf("scheme of %s: %w", p.Name, err)
		}
	}
	return nil
}

func feasibilityReport() ([]byte, error) {
	d := paper.Document{Title: "可行性论证报告（演示）", Blocks: []paper.Block{paper.Paragraph("经论证，项目符合政策要求，需求真实，技术方案可行，投资合理。演示材料，不具效力。")}}
	return d.DOCX()
}

var chapterText = "本章按提纲编写。项目依据充分，现状和需求已经调研核实，目标明确、可以考核，方案依托政务云和共性能力，不重复建设。"

// scheme takes one project through as many steps as its fate allows.
func (s *season) scheme(p registry.Project, n, place, fate int, report attachment.Stored) error {
	u, _ := s.units.ByID(p.UnitID)
	clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
	day := calendar.Date("2026-07-20").AddDays(n % 18)
	s.at(day, 9, n%50)
	form := map[string]string{"place": fmt.Sprint(place), "feasible_on": string(day.AddDays(-4)), "feasible": "符合政策要求，技术可行，投资合理。", "compiled_by": u.Name, "authors": clerk.Name,
		"level": "2", "cipher": "按等级保护第二级同步规划密码应用，采用合规密码产品。", "trusted": "执行政府采购需求标准，关键部件达到安全可靠测评等级要求。"}
	for _, key := range []string{"overview", "present", "necessity", "demand", "design", "sharing", "build", "safety", "operation", "organise", "invest", "effect"} {
		form["c_"+key] = chapterText
	}
	if p.BuildKind == registry.Operate {
		form["periodic"] = "1"
	}
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: reserve.Key, SubjectID: p.ID, Form: form, Lines: costLines(p)})
	if err != nil {
		return err
	}
	id := res.Matter
	if _, err := s.engine.Attach(s.ctx, clerk, id, "feasibility", report); err != nil {
		return err
	}
	if fate == drafting {
		return nil
	}
	s.at(day.AddDays(2), 10, n%50)
	if err := s.steps(id, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
		return err
	}
	if u.ParentID != "" {
		parent, _ := s.units.ByID(u.ParentID)
		if err := s.act(s.people[parent.Code+"/head"], matter.Request{Matter: id, Action: matter.Consent}); err != nil {
			return err
		}
	}
	if fate == receiving {
		return nil
	}
	return s.review(id, u, p.Estimate, day.AddDays(8+n%6), n, fate)
}

// costLines splits an amount into a few plausible lines of the estimate.
func costLines(p registry.Project) []map[string]string {
	if p.BuildKind == registry.Operate {
		return []map[string]string{{"name": "年度运维服务", "category": "om", "unit": "年", "quantity": "1", "price": p.Estimate.WanExact(), "amount": p.Estimate.WanExact(), "basis": "上年度合同"}}
	}
	parts := []struct {
		name, category string
		percent        int64
	}{{"应用软件开发", "dev", 62}, {"数据资源建设", "data", 14}, {"安全与密码建设", "security", 12}, {"监理、测评等", "supervise", 7}}
	var out []map[string]string
	rest := p.Estimate
	for _, k := range parts {
		amount := money.Fen(int64(p.Estimate) / 100 * k.percent)
		rest -= amount
		out = append(out, map[string]string{"name": k.name, "category": k.category, "amount": amount.WanExact(), "basis": "询价"})
	}
	return append(out, map[string]string{"name": "培训和其他", "category": "misc", "amount": rest.WanExact(), "basis": "按比例测算"})
}

func (s *season) review(id string, u identity.Unit, estimate money.Fen, day calendar.Date, n, fate int) error {
	organiser, signer := s.people["DSJ/clerk"], s.people["DSJ/head"]
	if u.Office == identity.BigData { // 自建: organised by a second person
		organiser, signer = s.people["DSJ/second-clerk"], s.people["DSJ/second-head"]
	}
	size := review.Least(estimate, nil)
	s.at(day, 9, n%50)
	due := day.AddDays(7)
	if fate == panel {
		due = calendar.Date("2026-09-24").AddDays(n % 3)
	}
	if err := s.act(organiser, matter.Request{Matter: id, Action: reserve.Convene, Input: map[string]string{"mode": review.ByExperts, "size": fmt.Sprint(size), "due": string(due)}}); err != nil {
		return err
	}
	if err := s.opinions(id, n, fate, day.AddDays(3)); err != nil || fate == panel || fate == summing {
		return err
	}
	s.at(day.AddDays(5), 15, n%50)
	leader, err := db.Value[string](s.ctx, s.engine.DB.Reader(s.ctx), `SELECT p.name FROM seat t JOIN person p ON p.id = t.person_id WHERE t.matter_id = $1 ORDER BY t.id LIMIT 1`, id)
	if err != nil {
		return err
	}
	end := map[string]string{"result": review.Pass, "leader": leader, "opinion": "专家组听取汇报、审阅材料，认为项目符合政策要求，建设必要，方案可行。", "reviewed": (estimate - estimate/50).WanExact()}
	switch fate {
	case revising:
		end["result"], end["points"] = review.Revise, "补充数据资源目录和共享清单\n核减重复的运维费用，细化测算依据\n明确与省级平台的对接方式"
	case rejected:
		end["result"], end["reviewed"], end["opinion"] = review.Reject, "", "建设内容与已有省级平台重复，建议直接使用省级平台。"
	}
	warn := map[string]string{"A08.1-majority": "专家意见经集体讨论统一。"}
	if err := s.act(organiser, matter.Request{Matter: id, Action: reserve.Conclude, Input: end, Answers: warn}); err != nil || fate == concluding {
		return err
	}
	s.at(day.AddDays(6), 16, n%50)
	return s.act(signer, matter.Request{Matter: id, Action: matter.SignOff})
}

// opinions are handed in by all experts, or by all but the last while the panel runs.
func (s *season) opinions(id string, n, fate int, day calendar.Date) error {
	list, err := db.All(s.ctx, s.engine.DB.Reader(s.ctx), func(r db.Scanner) ([2]string, error) {
		var v [2]string
		err := r.Scan(&v[0], &v[1])
		return v, err
	}, `SELECT id, person_id FROM seat WHERE matter_id = $1 AND status = 'open' ORDER BY id`, id)
	if err != nil {
		return err
	}
	for i, seat := range list {
		if fate == panel && i >= len(list)-1-n%2 {
			break
		}
		s.at(day, 10+i, n%50)
		actor, err := identity.ActorByID(s.ctx, s.engine.DB.Reader(s.ctx), seat[1])
		if err != nil {
			return err
		}
		r := matter.OpineRequest{Matter: id, Seat: seat[0], Opinion: review.Pass, Input: marks(n + i)}
		switch {
		case fate == revising && i < 2:
			r.Opinion = review.Revise
		case fate == rejected:
			r.Opinion, r.Reason = review.Reject, "与省级平台功能重复。"
		}
		if _, err := s.engine.Opine(s.ctx, actor, r); err != nil {
			return err
		}
	}
	return nil
}

// marks fill the sheet a little below its maximum.
func marks(n int) map[string]string {
	out := map[string]string{"advice": "建议细化指标。"}
	for i, m := range review.First.Marks {
		out[m.Key] = fmt.Sprint(m.Max - (n+i)%3*min(1, m.Max/4))
	}
	return out
}
