package demo

import (
	_ "embed"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/registry"
)

// The entries of a whole city's catalogue; made up, the laws they name are real.
//
//go:embed resources.csv
var resourcesCSV string

// entry is a row of resources.csv.
type entry struct {
	unit, name, abstract, kind, class, share, terms, open, cycle, level, personal, format string
	trouble                                                                               string // unshelved, stale or nothing
}

func entries() ([]entry, error) {
	list, err := rows(resourcesCSV)
	out := make([]entry, 0, len(list))
	for _, r := range list {
		out = append(out, entry{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12]})
	}
	return out, err
}

// itemsOf are the information items of each kind of resource: name, data type, flag.
var itemsOf = map[string][]string{
	"licence":    {"证照编号 C main_key", "持有单位 C", "统一社会信用代码 C", "许可事项 C", "发证日期 D", "有效期至 D"},
	"penalty":    {"决定书文号 C main_key", "当事人 C", "案由 C", "处理结果 M", "决定日期 D"},
	"inspection": {"检查编号 C main_key", "检查对象 C", "检查日期 D", "发现的问题 M", "整改结果 C"},
	"list":       {"名称 C main_key", "类型 C", "地址 C", "联系电话 C", "登记日期 D"},
	"person":     {"姓名 C sensitive", "身份证号 C sensitive", "类别 C", "认定日期 D", "状态 C", "联系电话 C kept_back"},
	"fund":       {"批次 C main_key", "对象 C", "资金来源 C", "金额 Y", "发放日期 D", "收款账号 C kept_back"},
	"statistic":  {"统计期 C main_key", "区域 C", "指标名称 C", "指标值 N", "计量单位 C"},
	"document":   {"题名 C main_key", "编号 C", "发布单位 C", "发布日期 D"},
	"reading":    {"监测点编号 C main_key", "监测时间 T", "指标 C", "监测值 N", "是否超限 L"},
	"place":      {"编号 C main_key", "名称 C", "地址 C", "经度 B", "纬度 B", "状态 C"},
	"project":    {"项目名称 C main_key", "责任单位 C", "建设地点 C", "总投资 Y", "进度 N"},
	"case":       {"受理编号 C main_key", "事项类型 C", "受理日期 D", "承办单位 C", "办理结果 M", "办结日期 D"},
	"event":      {"活动名称 C main_key", "开始日期 D", "地点 C", "参加人数 I"},
	"holder":     {"证书编号 C main_key", "姓名 C sensitive", "类别 C", "发证日期 D", "有效期至 D"},
	"asset":      {"编号 C main_key", "名称 C", "规格 C", "数量 I", "使用单位 C"},
	"deal":       {"项目编号 C main_key", "项目名称 C", "成交金额 Y", "成交单位 C", "成交日期 D"},
	"rating":     {"对象名称 C main_key", "年度 I", "得分 N", "等级 C"},
	"video":      {"点位编号 C main_key", "位置 C", "建设单位 C"},
}

func (e entry) items() []map[string]string {
	var out []map[string]string
	for _, text := range itemsOf[e.kind] {
		f := append(strings.Fields(text), "")
		out = append(out, infoItem(f[0], f[1], f[2]))
	}
	return out
}

// way is how an entry is served: tables by interface or table, the rest as files.
func (e entry) way(n int) string {
	switch {
	case e.share == catalogue.None:
		return ""
	case e.format == "database" && n%3 == 0:
		return "table"
	case e.format == "database":
		return "interface"
	}
	return "file"
}

// fillCatalogue publishes the catalogue of the city unit by unit from January to
// June; some of it is never shelved, some not updated since.
func (s *season) fillCatalogue() error {
	list, err := entries()
	if err != nil {
		return err
	}
	systems, err := s.citySystems()
	if err != nil {
		return err
	}
	turn, of := 0, 0
	for n, e := range list {
		if of++; n == 0 || e.unit != list[n-1].unit {
			turn, of = turn+1, 0
		}
		u, ok := s.units.Match(City, e.unit)
		if !ok {
			return fmt.Errorf("resource %s: unknown unit %s", e.name, e.unit)
		}
		day := calendar.Date("2026-01-12").AddDays(2*(turn-1) + of%7)
		if err := s.catalogue(e, n, u, source(systems[u.ID], e, of), day); err != nil {
			return fmt.Errorf("resource %s of %s: %w", e.name, e.unit, err)
		}
	}
	return nil
}

// source is the system that holds a resource: what is for everybody stands on the
// unit's site, the rest in its other systems in turn.
func source(systems []registry.System, e entry, n int) string {
	var site string
	var inner []string
	for _, y := range systems {
		if strings.HasSuffix(y.Name, "门户网站") {
			site = y.ID
		} else {
			inner = append(inner, y.ID)
		}
	}
	if site != "" && (e.kind == "document" || e.kind == "event") || inner == nil {
		return site
	}
	return inner[n%len(inner)]
}

// catalogue takes an entry through its gates and as far as its trouble lets it.
func (s *season) catalogue(e entry, n int, u identity.Unit, system string, day calendar.Date) error {
	if s.until < day.AddDays(5) {
		return nil
	}
	clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
	form := map[string]string{"name": e.name, "class": e.class[:1], "class_item": e.class[1:3], "class_target": e.class[3:], "abstract": e.abstract, "format": e.format, "range": "city", "cycle": e.cycle,
		"data_level": e.level, "personal": e.personal, "share_type": e.share, "share_way": e.way(n), "open_type": e.open, "office": clerk.Section, "keeper": clerk.Name, "phone": u.Phone}
	switch {
	case e.share == catalogue.Conditional:
		form["share_condition"] = e.terms
	case e.share == catalogue.None:
		form["share_basis"] = e.terms
	}
	if e.open == catalogue.Conditional {
		form["open_condition"] = "去标识化或者汇总后开放，不得用于识别特定个人"
	}
	s.at(day, 9, n%50)
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: catalogue.Key, SubjectID: system, Form: form, Lines: e.items()})
	if err != nil {
		return err
	}
	if err := s.steps(res.Matter, step{clerk, matter.Submit}); err != nil {
		return err
	}
	s.at(day.AddDays(1), 10, n%50)
	if err := s.act(head, matter.Request{Matter: res.Matter, Action: catalogue.Clear, Input: map[string]string{"reviewer": head.Name, "on_date": string(day.AddDays(1)), "note": "不涉及国家秘密、工作秘密，按所填共享开放类型发布"}}); err != nil {
		return err
	}
	s.at(day.AddDays(2), 15, n%50)
	if err := s.steps(res.Matter, step{s.bureauFor(u), catalogue.Publish}); err != nil {
		return err
	}
	if e.share == catalogue.None || e.trouble == "unshelved" {
		return nil
	}
	shelved := day.AddDays(4)
	s.at(shelved, 11, n%50)
	if err := s.act(clerk, matter.Request{Matter: res.Matter, Action: catalogue.Shelve, Input: map[string]string{"way": e.way(n), "service": fmt.Sprintf("lps-%s-%03d", strings.ToLower(u.Code), n), "on_date": string(shelved)}}); err != nil {
		return err
	}
	return s.bringUpToDate(e, n, res.Matter, clerk, shelved)
}

// updatedWithin is how many days ago a resource of each cycle was last updated, at most.
var updatedWithin = map[string]int{"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 60}

func (s *season) bringUpToDate(e entry, n int, id string, clerk identity.Actor, shelved calendar.Date) error {
	next := catalogue.NextUpdate(shelved, e.cycle, nil)
	if e.trouble == "stale" || next == "" || next >= s.until {
		return nil
	}
	day := s.until
	if within := updatedWithin[e.cycle]; within > 0 {
		day = max(day.AddDays(-(n % within)), shelved)
	}
	s.at(day, 8, n%50)
	return s.act(clerk, matter.Request{Matter: id, Action: catalogue.Update, Input: map[string]string{"on_date": string(day), "note": "按更新周期更新"}})
}

// bureauFor is who decides for the bureau; its own affairs a second person decides.
func (s *season) bureauFor(u identity.Unit) identity.Actor {
	if u.Office == identity.BigData {
		return s.people["DSJ/second-clerk"]
	}
	return s.people["DSJ/clerk"]
}
