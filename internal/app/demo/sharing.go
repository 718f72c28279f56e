package demo

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/sharing"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// A resource of the demo's catalogue: one of each sharing type.
type shelvedResource struct {
	unit, name, abstract, share, condition, basis, open, level string
	personal, authorised                                       bool
	items                                                      []map[string]string
}

func infoItem(name, kind, flag string) map[string]string {
	m := map[string]string{"name": name, "data_type": kind}
	if flag != "" {
		m[flag] = "1"
	}
	return m
}

var resources = []shelvedResource{
	{unit: "市民政局", name: "社会组织登记信息", abstract: "社会团体、基金会和社会服务机构的登记、变更和注销信息。", share: catalogue.Unconditional, open: catalogue.Unconditional, level: "general_1", authorised: true,
		items: []map[string]string{infoItem("统一社会信用代码", "C", "main_key"), infoItem("名称", "C", ""), infoItem("住所", "C", ""), infoItem("业务主管单位", "C", ""), infoItem("登记日期", "D", "")}},
	{unit: "市民政局", name: "最低生活保障对象信息", abstract: "城乡最低生活保障对象的认定、动态调整和保障金发放信息。", share: catalogue.Conditional, condition: "社会救助、住房保障、医疗保障、教育资助部门，用于救助资格核对", open: catalogue.Conditional, level: "general_3", personal: true,
		items: []map[string]string{infoItem("姓名", "C", "sensitive"), infoItem("身份证号", "C", "sensitive"), infoItem("保障类别", "C", ""), infoItem("保障金额", "Y", ""), infoItem("银行账号", "C", "kept_back")}},
	{unit: "市统计局", name: "联网直报企业生产情况", abstract: "规模以上企业按月报送的产值、用工和能源消费。", share: catalogue.None, basis: "《中华人民共和国统计法》关于统计资料保密的规定", open: catalogue.None, level: "general_4",
		items: []map[string]string{infoItem("企业名称", "C", ""), infoItem("工业总产值", "Y", "")}},
}

// A request of the demo, and how far it has come by the days after it was asked.
type askedFor struct {
	unit, resource, business, purpose string
	on                                calendar.Date
	refuse                            string
	answer                            int // days until the answer, 0: none
	used                              bool
}

var asked = []askedFor{
	{unit: "市市场监管局", resource: "社会组织登记信息", business: "食品经营许可", purpose: "核验申请人登记状态，免交登记证书复印件。", on: "2026-07-06", used: true},
	{unit: "市教育局", resource: "最低生活保障对象信息", business: "家庭经济困难学生认定", purpose: "认定资助资格时核对，不再要求家庭提交低保证明。", on: "2026-07-13", answer: 9, used: true},
	{unit: "市文体广电旅游局", resource: "最低生活保障对象信息", business: "景区门票优惠", purpose: "景区售票时核对优惠资格。", on: "2026-07-20", answer: 4, refuse: "门票优惠不属于救助资格核对"},
	{unit: "市医保局", resource: "最低生活保障对象信息", business: "医疗救助", purpose: "医疗救助一站式结算时核对救助对象。", on: "2026-08-03"},
}

// share publishes a few resources and has other units ask for them: one answered
// by the catalogue, one in time, one refused, one never.
func (s *season) share() error {
	ids := map[string]string{}
	for n, r := range resources {
		day := calendar.Date("2026-06-15").AddDays(n)
		if s.until < day.AddDays(5) {
			continue
		}
		id, err := s.publish(r, day)
		if err != nil {
			return fmt.Errorf("resource %s: %w", r.name, err)
		}
		ids[r.name] = id
	}
	for _, a := range asked {
		if s.until < a.on.AddDays(2) || ids[a.resource] == "" {
			continue
		}
		if err := s.askFor(a, ids[a.resource]); err != nil {
			return fmt.Errorf("%s asks for %s: %w", a.unit, a.resource, err)
		}
	}
	return s.openAndOperate(ids)
}

func (s *season) publish(r shelvedResource, day calendar.Date) (string, error) {
	u, ok := s.units.Match(City, r.unit)
	if !ok {
		return "", fmt.Errorf("unknown unit %s", r.unit)
	}
	clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
	system, err := db.Value[string](s.ctx, s.engine.DB.Reader(s.ctx), `SELECT id FROM info_system WHERE unit_id = $1 ORDER BY id LIMIT 1`, u.ID)
	if err != nil {
		return "", err
	}
	form := map[string]string{"name": r.name, "class": "3", "class_item": "07", "class_target": "020", "abstract": r.abstract, "format": "database", "cycle": "half_yearly", "data_level": r.level, "share_type": r.share,
		"share_condition": r.condition, "share_basis": r.basis, "share_way": "interface", "open_type": r.open, "office": "办公室", "keeper": clerk.Name, "range": "city"}
	if r.open == catalogue.Conditional {
		form["open_condition"] = "脱敏后按区县汇总开放"
	}
	if r.personal {
		form["personal"] = "1"
	}
	if r.authorised {
		form["authorised"] = "1"
	}
	s.at(day, 9, 20)
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: catalogue.Key, SubjectID: system, Form: form, Lines: r.items})
	if err != nil {
		return "", err
	}
	if err := s.steps(res.Matter, step{clerk, matter.Submit}); err != nil {
		return "", err
	}
	s.at(day.AddDays(1), 10, 0)
	if err := s.act(head, matter.Request{Matter: res.Matter, Action: catalogue.Clear, Input: map[string]string{"reviewer": head.Name, "on_date": string(day.AddDays(1)), "note": "不涉及国家秘密、工作秘密，按目录的共享开放类型"}}); err != nil {
		return "", err
	}
	s.at(day.AddDays(2), 15, 0)
	if err := s.steps(res.Matter, step{s.people["DSJ/clerk"], catalogue.Publish}); err != nil {
		return "", err
	}
	if r.share == catalogue.None {
		return res.Matter, nil
	}
	s.at(day.AddDays(4), 11, 0)
	return res.Matter, s.act(clerk, matter.Request{Matter: res.Matter, Action: catalogue.Shelve, Input: map[string]string{"way": "interface", "service": "lps-" + u.Code + "-01", "on_date": string(day.AddDays(4))}})
}

func (s *season) askFor(a askedFor, resource string) error {
	u, ok := s.units.Match(City, a.unit)
	if !ok {
		return fmt.Errorf("unknown unit %s", a.unit)
	}
	clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
	s.at(a.on, 9, 10)
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: sharing.Key, SubjectID: resource, Form: map[string]string{"purpose": a.purpose, "business": a.business, "from": string(a.on.AddDays(14)), "until": string(a.on.AddDays(14).AddYears(1)), "keeper": clerk.Name}})
	if err != nil {
		return err
	}
	if err := s.steps(res.Matter, step{clerk, matter.Submit}); err != nil {
		return err
	}
	c, err := s.engine.Load(s.ctx, clerk, res.Matter)
	if err != nil {
		return err
	}
	if c.State == sharing.Signing {
		s.at(a.on, 16, 0)
		if err := s.steps(res.Matter, step{head, matter.SignOff}); err != nil {
			return err
		}
	}
	day := a.on.AddDays(a.answer)
	if c.State == sharing.Signing {
		if a.answer == 0 || s.until < day {
			return nil
		}
		if err := s.answerTo(c, a, day); err != nil || a.refuse != "" {
			return err
		}
	}
	if !a.used || s.until < day.AddDays(20) {
		return nil
	}
	s.at(day.AddDays(3), 9, 30)
	provider := s.provider(c, identity.Clerk)
	if err := s.act(provider, matter.Request{Matter: c.ID, Action: sharing.Deliver, Input: map[string]string{"way": "interface", "service": "lps-share-" + u.Code, "on_date": string(day.AddDays(3))}}); err != nil {
		return err
	}
	s.at(day.AddDays(20), 10, 0)
	return s.act(clerk, matter.Request{Matter: c.ID, Action: sharing.Record, Input: map[string]string{"on_date": string(day.AddDays(20)), "note": "已在“" + a.business + "”中使用，申请人少交一份证明材料"}})
}

func (s *season) answerTo(c *matter.Case, a askedFor, day calendar.Date) error {
	s.at(day, 14, 30)
	answer := matter.Request{Matter: c.ID, Action: sharing.Consent, Input: map[string]string{"scope": "除银行账号以外的信息项，接口"}}
	if a.refuse != "" {
		answer.Action, answer.Input = sharing.Refuse, map[string]string{"reason": a.refuse, "basis": "目录发布的共享条件：用于救助资格核对"}
	}
	if err := s.act(s.provider(c, identity.Clerk), answer); err != nil {
		return err
	}
	return s.act(s.provider(c, identity.Head), matter.Request{Matter: c.ID, Action: matter.SignOff})
}

// provider is a person of the unit that provides what the case is about.
func (s *season) provider(c *matter.Case, post identity.Post) identity.Actor {
	u, _ := s.units.ByID(c.ProviderID)
	return s.people[u.Code+"/"+post]
}
