package demo

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/systemregister"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/protection/cipher"
	"zhengcheng/internal/protection/grading"
	"zhengcheng/internal/registry"
)

// SeedFull fills an empty city as Seed does and then with the bulk of a real one:
// a filled sheet of every system, a catalogue of 900 entries, and the graded
// protection and cipher evaluations of most systems, with their usual shares of trouble.
func SeedFull(ctx context.Context, e *matter.Engine, units *identity.Directory, day calendar.Date) error {
	return play(ctx, e, units, day, slices.Concat(year, []func(*season) error{(*season).fillInventory, (*season).fillCatalogue, (*season).fillProtection}))
}

// citySystems are the systems of the city in use, by unit.
func (s *season) citySystems() (map[string][]registry.System, error) {
	all, err := registry.EverySystem(s.ctx, s.engine.DB.Reader(s.ctx), City, "")
	out := map[string][]registry.System{}
	for _, y := range all {
		if y.State != registry.Retired {
			out[y.UnitID] = append(out[y.UnitID], y)
		}
	}
	return out, err
}

// fillInventory registers the systems of each unit again, now with their whole sheet;
// every tenth turns out to be idle.
func (s *season) fillInventory() error {
	systems, err := s.citySystems()
	if err != nil {
		return err
	}
	levels, err := dataLevels()
	if err != nil {
		return err
	}
	list, err := rows(unitsCSV)
	if err != nil {
		return err
	}
	done := 0
	for n, r := range list {
		u, _ := s.units.Match(City, r[3])
		day := calendar.Date("2026-01-05").AddDays(n % 26)
		if systems[u.ID] == nil || s.until < day.AddDays(5) {
			continue
		}
		clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
		var lines []map[string]string
		for i, y := range systems[u.ID] {
			lines = append(lines, sheet(u, y, clerk, levels[u.ShortName], done+i))
		}
		done += len(lines)
		s.at(day, 9, n%50)
		res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: systemregister.Key, Form: map[string]string{"contact": clerk.Name, "contact_phone": u.Phone}, Lines: lines})
		if err != nil {
			return fmt.Errorf("systems of %s: %w", u.ShortName, err)
		}
		s.at(day.AddDays(1), 10, n%50)
		if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
			return fmt.Errorf("systems of %s: %w", u.ShortName, err)
		}
		s.at(day.AddDays(3), 15, n%50)
		if err := s.steps(res.Matter, step{s.bureauFor(u), systemregister.Confirm}); err != nil {
			return fmt.Errorf("systems of %s: %w", u.ShortName, err)
		}
	}
	return nil
}

// dataLevels are the highest levels of the resources of each unit.
func dataLevels() (map[string]string, error) {
	list, err := entries()
	out := map[string]string{}
	for _, e := range list {
		out[e.unit] = max(out[e.unit], e.level) // general_1 to general_4
	}
	return out, err
}

// look is what the sheet of a system says by the kind of its name.
type look struct {
	suffix, category, network, mobile, services string
	graded                                      int // usual level of protection
}

var looks = []look{
	{"门户网站", "public_service", "internet", "account", "信息公开、办事指南、互动交流", 2},
	{"协同办公系统", "office_app", "extranet", "none", "收文发文、会议、督查督办", 2},
	{"业务管理系统", "business_app", "extranet", "none", "登记、审核、统计查询", 3},
	{"平台", "business_app", "extranet", "mini", "业务协同、监测预警、统计分析", 3},
	{"", "business_app", "extranet", "none", "专项业务办理", 2},
}

func lookOf(name string) look {
	return looks[slices.IndexFunc(looks, func(l look) bool { return strings.HasSuffix(name, l.suffix) })]
}

// sheet is a whole line of a registration; the figures are made up.
func sheet(u identity.Unit, y registry.System, clerk identity.Actor, level string, n int) map[string]string {
	l := lookOf(y.Name)
	pick := func(choices ...string) string { return choices[n%len(choices)] }
	cost := 18 + n*37%260
	m := map[string]string{"name": y.Name, "functions": y.Functions, "system_state": y.State, "category": l.category, "level_built": pick("own", "own", "city", "province"),
		"launched_on": fmt.Sprintf("%d-%02d-%02d", 2016+n%9, 1+n*5%12, 1+n*11%28), "used_by": u.ShortName, "services": l.services, "built_by": pick("自建", "购买服务", "自建"),
		"vendor": pick("贵州乌蒙信息技术有限公司", "贵州某某科技有限公司", "贵州某某软件有限公司"), "operator": pick("贵州某某信息服务有限公司", "贵州乌蒙信息技术有限公司"), "invested": fmt.Sprintf("%d.%d0", cost, n%10),
		"yearly_cost": fmt.Sprintf("%d.%d0", cost/9+1, n%7), "owner": clerk.Name, "owner_phone": u.Phone, "network": l.network, "hosting": pick("city_cloud", "city_cloud", "city_cloud", "province_cloud", "own_room"),
		"resources": fmt.Sprintf("%d 核 CPU、%d GB 内存、%d TB 存储", 4<<(n%3), 16<<(n%3), 1+n%6), "mobile": l.mobile, "platforms": pick("统一身份认证、数据共享交换平台", "统一身份认证、电子证照", "数据共享交换平台"),
		"interfaces": "与贵州省数据共享交换平台六盘水专区交换数据", "databases": pick("达梦 DM8", "人大金仓 KingbaseES V8", "MySQL 8.0"), "data_gb": strconv.Itoa(12 + n*53%1900), "data_level": level,
		"personal": pick("none", "under_10k", "under_100k", "none", "under_1m"), "backup": pick("data", "data", "local", "none"), "trusted": pick("adapting", "replaced", "not_yet"), "critical": "no"}
	if l.network == "internet" {
		m["addresses"] = strings.ToLower(u.Code) + ".demo.invalid"
	}
	if n%10 == 7 && y.State == "operating" {
		m["system_state"] = "idle"
	}
	return m
}

// overdueEach is which graded system is not assessed again in time: 15 per cent of them.
func overdueEach(n int) bool { return n%20 == 3 || n%20 == 10 || n%20 == 17 }

// fillProtection files the graded protection of two systems of three, and the cipher
// evaluation of those of the third level.
func (s *season) fillProtection() error {
	systems, err := s.citySystems()
	if err != nil {
		return err
	}
	list, err := rows(unitsCSV)
	if err != nil {
		return err
	}
	seen, graded := 0, 0
	for n, r := range list {
		u, _ := s.units.Match(City, r[3])
		for i, y := range systems[u.ID] {
			if seen++; seen%10 == 3 || seen%10 == 6 || seen%10 == 9 || y.State == "building" {
				continue
			}
			if err := s.protect(u, y, n*10+i, graded); err != nil {
				return fmt.Errorf("protection of %s: %w", y.Name, err)
			}
			graded++
		}
	}
	return nil
}

func (s *season) protect(u identity.Unit, y registry.System, no, n int) error {
	day := calendar.Date("2026-02-02").AddDays(n * 11 % 120)
	level, months := lookOf(y.Name).graded, -1
	switch {
	case overdueEach(n):
		months = map[int]int{2: -23, 3: -11}[level] // falls due a month after it was filed
	case n%6 == 1:
		months = map[int]int{2: -16, 3: -4}[level] // in the last quarter of 2026, or soon after
	}
	leveled := calendar.Date("2023-03-01").AddDays(n * 7)
	form := map[string]string{"level": strconv.Itoa(level), "leveled_on": string(leveled), "number": fmt.Sprintf("520200990%02d-23%03d", no/10%100, no), "authority": "六盘水市公安局", "filed_on": string(leveled.AddDays(20)),
		"assessed_on": string(day.AddMonths(months)), "agency": "贵州某某信息安全测评有限公司", "report": fmt.Sprintf("DEMO-DB-%03d", n+1), "conclusion": []string{protection.Mostly, protection.Conforms, protection.Mostly}[n%3], "mending": "none"}
	if n%8 == 5 {
		form["high_risks"], form["mending"] = strconv.Itoa(1+n%3), []string{"mended", "doing"}[n/8%2]
	}
	if err := s.keepRecord(u, grading.Key, y.ID, form, day); err != nil || level < 3 {
		return err
	}
	day, months = day.AddDays(14), -1
	if n%9 == 4 {
		months = -11
	}
	done := day.AddMonths(months)
	return s.keepRecord(u, cipher.Key, y.ID, map[string]string{"stage": protection.CipherRun, "evaluated_on": string(done), "agency": "贵州某某密码测评有限公司", "report": fmt.Sprintf("DEMO-MP-%03d", n+1),
		"conclusion": protection.Mostly, "filed_on": string(done.AddDays(18)), "number": fmt.Sprintf("DEMO-MPBA-%03d", n+1)}, day)
}

// keepRecord files what protection a system has: signed by the unit, kept by the bureau.
func (s *season) keepRecord(u identity.Unit, procedure, system string, form map[string]string, day calendar.Date) error {
	if s.until < day.AddDays(4) {
		return nil
	}
	clerk, head := s.people[u.Code+"/clerk"], s.people[u.Code+"/head"]
	s.at(day, 9, 30)
	res, err := s.engine.Open(s.ctx, clerk, matter.OpenRequest{Procedure: procedure, SubjectID: system, Form: form})
	if err != nil {
		return err
	}
	s.at(day.AddDays(1), 10, 30)
	if err := s.steps(res.Matter, step{clerk, matter.Submit}, step{head, matter.SignOff}); err != nil {
		return err
	}
	s.at(day.AddDays(3), 15, 30)
	return s.steps(res.Matter, step{s.bureauFor(u), matter.Acknowledge})
}
