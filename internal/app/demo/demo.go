// Package demo makes the demo city by acting through the engine with the offset
// clock, so that every record obeys the rules. Units are those of a real city
// with synthetic codes; people, systems and projects are made up.
package demo

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"time"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// City is the jurisdiction of the demo.
const City = "lps"

// FirstLogin is a bureau clerk who has a password; Password is everybody's who has one.
const (
	FirstLogin = "zhoumin"
	Password   = "Demo-2026-lps"
)

//go:embed units.csv
var unitsCSV string

//go:embed projects-2027.csv
var projectsCSV string

var jurisdictions = []struct{ id, name, area, numbering, measures string }{
	{City, "六盘水市", "520200", "六盘水数", "own"},
	{"zs", "钟山区", "520201", "钟山数", "reference"}, {"lz", "六枝特区", "520203", "六枝数", "reference"}, {"sc", "水城区", "520204", "水城数", "reference"},
	{"pz", "盘州市", "520281", "盘州数", "reference"}, {"gx", "六盘水高新区", "520200-GX", "高新数", "reference"},
}

var officeOf = map[string]string{"DSJ": identity.BigData, "CZJ": identity.Finance, "FGW": identity.NDRC, "WXB": identity.CAC, "JYBM": identity.Secrecy,
	"GAJ": identity.Police, "DZB": identity.EGov, "ZWZX": identity.Service, "SJJ": identity.Audit}

var districtOf = map[string]string{"D01": "zs", "D03": "lz", "D04": "sc", "D81": "pz", "DGX": "gx"}

// second-level units file through their department
var parentOf = map[string]string{"SBJ": "RSJ", "BDC": "ZRJ", "JKZX": "WJJ", "RMYY": "WJJ", "CYZX": "DSJ"}

type season struct {
	ctx    context.Context
	engine *matter.Engine
	units  *identity.Directory
	until  calendar.Date
	people map[string]identity.Actor // unit code/post
	turn   map[string]int            // unit to its place among those that owe a plan
}

// year is the course of the demo, step by step.
var year = []func(*season) error{(*season).makeUnits, (*season).makePeople, (*season).makeSystems, (*season).registerExisting, (*season).enrol, (*season).interpret, (*season).announce, (*season).supplements,
	(*season).file, (*season).schemes, (*season).annualPlan, (*season).budgets, (*season).control, (*season).contracts, (*season).progress, (*season).accept, (*season).share, (*season).retire, (*season).secure}

// Seed fills an empty city as of a day: what was begun before the Measures, the
// plan season of 2027 in June, the filed plans and their reserve later on, the
// annual plan from October on. All acts share one commit.
func Seed(ctx context.Context, e *matter.Engine, units *identity.Directory, day calendar.Date) error {
	return play(ctx, e, units, day, year)
}

func play(ctx context.Context, e *matter.Engine, units *identity.Directory, day calendar.Date, steps []func(*season) error) error {
	now := e.Clock.Now()
	err := e.DB.Batch(ctx, func(ctx context.Context) error {
		s := &season{ctx: ctx, engine: e, units: units, until: day, people: map[string]identity.Actor{}, turn: map[string]int{}}
		for _, step := range steps {
			if err := step(s); err != nil {
				return err
			}
		}
		return nil
	})
	e.Clock.Set(now)
	return err
}

func (s *season) at(day calendar.Date, hour, minute int) {
	s.engine.Clock.Set(day.Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute))
}

func rows(text string) ([][]string, error) {
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	return all[1:], nil
}

func (s *season) makeUnits() error {
	s.at("2025-11-25", 9, 0)
	list, err := rows(unitsCSV)
	if err != nil {
		return err
	}
	err = s.engine.DB.Write(s.ctx, func(tx *db.Tx) error {
		for _, j := range jurisdictions {
			if err := tx.Later(s.ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ($1,$2,$3,$4,$5)`, j.id, j.name, j.area, j.numbering, j.measures); err != nil {
				return err
			}
		}
		for _, r := range calendar.Default2026() {
			if err := tx.Later(s.ctx, `INSERT INTO workday (date, work, note) VALUES ($1,$2,$3)`, string(r.Date), db.Flag(r.Work), r.Note); err != nil {
				return err
			}
		}
		ids := map[string]string{}
		for _, r := range list {
			u := identity.Unit{Jurisdiction: City, Name: r[1], ShortName: r[2], Code: r[3], Group: r[4], USCC: r[6], Office: officeOf[r[3]], ParentID: ids[parentOf[r[3]]], Kind: kindOf(r[4]),
				Phone: fmt.Sprintf("0858-5550%s", pad(r[0]))}
			if j, ok := districtOf[r[3]]; ok {
				u.Jurisdiction = j
			}
			u, err := identity.AddUnit(s.ctx, tx, u)
			if err != nil {
				return err
			}
			ids[u.Code] = u.ID
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.units.Reload(s.ctx, s.engine.DB.Reader(s.ctx))
}

func pad(n string) string { return strings.Repeat("0", 3-len(n)) + n }

func kindOf(group string) string {
	switch group {
	case "驻市(垂管)":
		return "vertical"
	case "县级(参照)":
		return "district"
	case "直属/公益":
		return "institution"
	}
	return "department"
}

var (
	surnames = []string{"陈", "刘", "王", "杨", "李", "张", "吴", "罗", "何", "田", "龙", "赵", "黄", "徐", "邓", "冯", "韦", "谢", "彭", "唐"}
	givens   = []string{"丽", "洋", "海", "川", "峰", "敏捷", "文静", "志强", "晓燕", "建国", "玉兰", "思源", "明远", "春梅", "立群", "国栋", "雪梅", "永康", "佳宁", "德胜", "云飞", "子涵", "秀英"}
)

// people with a password and a name of their own: login, name, unit code, section, roles
var named = []struct {
	login, name, unit, section string
	roles                      []string
}{
	{FirstLogin, "周敏", "DSJ", "规划项目科", []string{identity.Clerk}},
	{"hechuan", "何川", "DSJ", "规划项目科", []string{identity.Clerk}},
	{"liufeng", "刘峰", "DSJ", "局领导", []string{identity.Head}},
	{"hongmei", "洪梅", "DSJ", "局领导", []string{identity.Head}},
	{"chenli", "陈丽", "SWJ", "办公室", []string{identity.Clerk}},
	{"wuhai", "吴海", "SWJ", "局领导", []string{identity.Head}},
	{"luojing", "罗静", "CZJ", "行政政法科", []string{identity.Clerk}},
	{"heyan", "贺燕", "CZJ", "经建科", []string{identity.Clerk}},
	{"zhaogang", "赵刚", "CZJ", "局领导", []string{identity.Head}},
	{"yangfan", "杨帆", "SJJ", "电子数据审计科", []string{identity.Auditor}},
	{"xitong", "徐同", "JGJ", "信息中心", []string{identity.SysAdmin}},
	{"anquan", "安全", "JGJ", "信息中心", []string{identity.SecAdmin}},
	{"shenji", "沈霁", "JGJ", "信息中心", []string{identity.AudAdmin}},
	{"tianyu", "田宇", "RSJ", "办公室", []string{identity.Clerk}},
}

func (s *season) makePeople() error {
	s.at("2025-11-26", 9, 0)
	taken := map[string]bool{}
	err := s.engine.DB.Write(s.ctx, func(tx *db.Tx) error {
		for _, p := range named {
			if err := s.person(tx, p.login, p.name, p.unit, p.section, p.roles, true); err != nil {
				return err
			}
			for _, r := range p.roles {
				taken[p.unit+"/"+r] = true
			}
		}
		for unit, j := range districtOf { // each county has its own three
			for _, p := range [][3]string{{"xitong", "石一", identity.SysAdmin}, {"anquan", "石二", identity.SecAdmin}, {"shenji", "石三", identity.AudAdmin}} {
				if err := s.person(tx, j+"-"+p[0], p[1], unit, "信息中心", []string{p[2]}, false); err != nil {
					return err
				}
			}
		}
		list, err := rows(unitsCSV)
		if err != nil {
			return err
		}
		for n, r := range list {
			for i, post := range []string{identity.Clerk, identity.Head} {
				if taken[r[3]+"/"+post] {
					continue
				}
				k := n*2 + i
				name := surnames[k*7%len(surnames)] + givens[k*5%len(givens)]
				section := []string{"办公室", "单位领导"}[i]
				if err := s.person(tx, strings.ToLower(r[3])+"-"+post, name, r[3], section, []string{post}, false); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return err
}

func (s *season) person(tx *db.Tx, login, name, unitCode, section string, roles []string, password bool) error {
	u, ok := s.units.Match(cmp.Or(districtOf[unitCode], City), unitCode)
	if !ok {
		return fmt.Errorf("demo unit %s is missing", unitCode)
	}
	p, err := identity.AddPerson(s.ctx, tx, identity.Person{Jurisdiction: u.Jurisdiction, UnitID: u.ID, Name: name, Login: login, Section: section, Phone: u.Phone, Roles: roles}, s.engine.Clock.Now().UnixMilli())
	if err != nil {
		return err
	}
	if password {
		if err := identity.SetPassword(s.ctx, tx, p.ID, login, Password); err != nil {
			return err
		}
	}
	a, err := identity.ActorByID(s.ctx, tx, p.ID)
	if err != nil {
		return err
	}
	for _, r := range roles {
		if _, there := s.people[unitCode+"/"+r]; there {
			s.people[unitCode+"/second-"+r] = a
			continue
		}
		s.people[unitCode+"/"+r] = a
	}
	return nil
}
