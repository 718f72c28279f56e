package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/registry"
)

var systemKinds = []struct{ suffix, functions string }{
	{"业务管理系统", "业务登记、审核审批、统计查询"}, {"协同办公系统", "公文流转、会议管理、督查督办"}, {"门户网站", "信息公开、办事指南、互动交流"},
}

// makeSystems enters two systems for most units, and those that the projects operate.
func (s *season) makeSystems() error {
	s.at("2025-12-08", 10, 0)
	projects, err := rows(projectsCSV)
	if err != nil {
		return err
	}
	list, err := rows(unitsCSV)
	if err != nil {
		return err
	}
	return s.engine.DB.Write(s.ctx, func(tx *db.Tx) error {
		add := func(code, name, functions string) error {
			u, _ := s.units.Match(City, code)
			return registry.AddSystem(s.ctx, tx, registry.System{Jurisdiction: u.Jurisdiction, UnitID: u.ID, Name: name, Functions: functions, State: "operating"}, s.engine.Clock.Now().UnixMilli())
		}
		for n, r := range list {
			short := strings.TrimPrefix(r[2], "市")
			if err := add(r[3], short+systemKinds[n%2].suffix, systemKinds[n%2].functions); err != nil {
				return err
			}
			if n%3 != 0 {
				if err := add(r[3], short+systemKinds[2].suffix, systemKinds[2].functions); err != nil {
					return err
				}
			}
		}
		for _, r := range projects {
			if r[3] == registry.Operate && r[4] == "om" {
				u, ok := s.units.Match(City, r[1])
				if !ok {
					return fmt.Errorf("demo project %s: unknown unit %s", r[0], r[1])
				}
				if err := add(u.Code, strings.TrimSuffix(strings.TrimSuffix(r[2], "运维"), "运维服务"), "既有业务系统"); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// announce issues the notice of the 2027 season in April 2026.
func (s *season) announce() error {
	if s.until < "2026-04-16" {
		return nil
	}
	s.at("2026-04-14", 9, 30)
	clerk, head := s.people["DSJ/clerk"], s.people["DSJ/head"]
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: unitplan.NoticeKey, Year: 2027, Form: map[string]string{
		"title": "关于报送 2027 年度政务信息系统项目计划的通知", "doc_no": "六盘水数据通〔2026〕9号", "contact": "周敏 0858-5550171",
		"body": "市有关部门：\n根据《六盘水市市级政务信息系统建设管理办法》第六条，请于 2026 年 6 月 30 日前报送 2027 年度部门项目计划。没有项目的单位也请报送“本年度无项目”。涉密项目不得在本系统填报。"}})
	if err != nil {
		return err
	}
	if _, err := s.engine.Act(s.ctx, clerk, matter.Request{Matter: res.Matter, Action: matter.Submit}); err != nil {
		return err
	}
	s.at("2026-04-15", 15, 10)
	_, err = s.engine.Act(s.ctx, head, matter.Request{Matter: res.Matter, Action: matter.SignOff})
	return err
}

// units that have not filed, and the one that filed late
var (
	silent = map[string]bool{"GXS": true, "KX": true, "HSZ": true}
	late   = map[string]bool{"CL": true}
)

// file hands in the plans of the units in June 2026, as far as the day has come.
// A demo that begins before 25 June starts with nothing filed.
func (s *season) file() error {
	if s.until < "2026-06-25" {
		return nil
	}
	projects, err := rows(projectsCSV)
	if err != nil {
		return err
	}
	byUnit := map[string][]map[string]string{}
	for _, r := range projects {
		u, ok := s.units.Match(City, r[1])
		if !ok || u.Jurisdiction != City || r[5] == "–" {
			continue
		}
		byUnit[u.ID] = append(byUnit[u.ID], item(r))
	}
	obliged, err := identity.ObligedUnits(s.ctx, s.engine.DB.Reader(s.ctx), City, 2027)
	if err != nil {
		return err
	}
	bureau, _ := s.units.ByOffice(City, identity.BigData)
	var plans []handedIn
	for n, u := range append(obliged, bureau) {
		s.turn[u.ID] = n
		if silent[u.Code] {
			continue
		}
		day := calendar.Date("2026-06-08").AddDays(n % 21)
		if late[u.Code] {
			day = "2026-07-03"
		}
		if day > s.until {
			continue
		}
		p := handedIn{unit: u, n: n, filed: day.AddDays(1 + n%3)}
		if p.id, err = s.handInPlan(u, byUnit[u.ID], day, n); err != nil {
			return fmt.Errorf("plan of %s: %w", u.ShortName, err)
		}
		plans = append(plans, p)
	}
	// the bureau acknowledges day by day, so that the numbers follow the days
	slices.SortStableFunc(plans, func(a, b handedIn) int { return cmp.Or(cmp.Compare(a.filed, b.filed), cmp.Compare(a.n%50, b.n%50)) })
	for _, p := range plans {
		if err := s.acknowledge(p); err != nil {
			return fmt.Errorf("plan of %s: %w", p.unit.ShortName, err)
		}
	}
	return nil
}

// handedIn is a plan that waits for its receipt.
type handedIn struct {
	id    string
	unit  identity.Unit
	n     int
	filed calendar.Date
}

// handInPlan drafts and signs the plan of a unit.
func (s *season) handInPlan(u identity.Unit, items []map[string]string, day calendar.Date, n int) (string, error) {
	clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
	form := map[string]string{"leader": head.Name, "leader_phone": u.Phone, "contact": clerk.Name, "contact_phone": u.Phone, "doc_no": fmt.Sprintf("六盘水%s函〔2026〕%d号", strings.TrimPrefix(u.ShortName, "市"), 12+n)}
	if len(items) == 0 {
		form["nil"], form["nil_reason"] = "1", "2027 年度没有新建和运维项目，现有系统由上级统一建设和运维。"
	}
	s.at(day, 9, n%50)
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: unitplan.Key, Year: 2027, Form: form, Lines: items})
	if err != nil {
		return "", err
	}
	s.at(day, 10, n%50)
	if _, err := s.engine.Act(s.ctx, clerk, matter.Request{Matter: res.Matter, Action: matter.Submit, Answers: answers}); err != nil {
		return "", err
	}
	s.at(day, 14, n%50)
	out, err := s.engine.Act(s.ctx, head, matter.Request{Matter: res.Matter, Action: matter.SignOff})
	if err != nil {
		return "", err
	}
	if out.State == unitplan.Consent {
		parent, _ := s.units.ByID(u.ParentID)
		s.at(day, 16, n%50)
		if _, err := s.engine.Act(s.ctx, s.people[parent.Code+"/head"], matter.Request{Matter: res.Matter, Action: matter.Consent}); err != nil {
			return "", err
		}
	}
	return res.Matter, nil
}

func (s *season) acknowledge(p handedIn) error {
	if p.filed > s.until || p.n%17 == 16 && s.until < "2026-07-15" {
		return nil
	}
	s.at(p.filed, 11, p.n%50)
	by := s.people["DSJ/clerk"]
	if p.unit.Office == identity.BigData { // 自建: decided by a second person
		by = s.people["DSJ/second-clerk"]
	}
	return s.act(by, matter.Request{Matter: p.id, Action: matter.Acknowledge})
}

// answers to the warnings a plan may meet
var answers = map[string]string{
	"A37.2-order":    "跨省通办试点要求紧急，先行启动，批复已补办。",
	"A06.0-deadline": "单位换届，集体研究推迟到 7 月 2 日召开。", "A06.1-count": "新建系统将替代纸质台账，下一年度整合旧系统。",
	"A06.1-overlap": "服务对象和业务流程不同，已商定共用数据接口，不重复建设。", "A03.1-fiscal": "使用单位自有资金，按非财政资金记录。", "A05.2-reuse": "接入统一身份认证，其他能力不涉及。",
	"A20.2-others": "档案验收、编目和绩效自评在项目验收前补齐。",
	"A19.1-late":   "经办人变动，签订后没有及时报备案，已补报。", "A19.1-breaches": "超出预算的部分已申请追加，合同结算以前不付款。",
	"A28.2-outcome":  "高风险问题已列入整改计划，年底前改完。",
	"A18.2-contract": "按省级框架协议采购订单签订。", "A19.1-budget": "国家部署的新增事项，超出部分已申请追加预算。",
}

// item makes the item of a plan from a row of made-up projects.
func item(r []string) map[string]string {
	name, kind, class := r[2], r[3], "business_app"
	switch {
	case kind == registry.Operate:
		class = "service"
	case r[4] == "data" || r[4] == "data_service":
		class = "data_resource"
	case r[4] == "sensing":
		class = "sensing"
	}
	m := map[string]string{"name": name, "build_kind": kind, "system_class": class, "priority": "important", "start_on": "2027-03-01", "end_on": "2027-12-31",
		"basis_level": "city", "basis_issuer": "六盘水市人民政府办公室", "basis_title": "六盘水市市级政务信息系统建设管理办法", "basis_number": "第六条",
		"goal": "支撑本单位履职业务线上办理，提升协同效率和服务水平。", "content": "围绕" + name + "，建设业务功能、数据资源和配套安全设施，完成部署、培训和试运行。",
		"functions": "登记受理、审核审批、统计分析、移动端查询、接口服务。", "data_resources": "产生业务数据并编制目录，通过贵州省数据共享交换平台六盘水专区共享。",
		"security": "拟定等保级别 " + strings.ReplaceAll(r[7], "–", "待定") + " 级，同步规划密码应用，采用安全可靠产品。", "operation": "免费运维期 12 个月，之后按年采购运维服务。",
		"estimate": r[5], "year_amount": r[5], "reuse": "复用统一身份认证、数据共享交换平台和政务云。"}
	split(m, r[6], r[5])
	return m
}

var fundOf = map[string]string{"市财政": "fund_general", "省级": "fund_provincial", "中央": "fund_central", "自有": "fund_own", "单位自有": "fund_own", "特别国债": "fund_bond"}

// split shares the amount evenly over the sources, the first taking the rest.
func split(m map[string]string, sources, amount string) {
	parts := strings.Split(sources, "+")
	wan, _ := strconv.ParseFloat(amount, 64) // made-up demo figures of at most two decimals
	cents := int64(wan*100 + 0.5)
	each := cents / int64(len(parts))
	for i, p := range parts {
		n := each
		if i == 0 {
			n = cents - each*int64(len(parts)-1)
		}
		m[fundOf[p]] = fmt.Sprintf("%d.%02d", n/100, n%100)
	}
}
