package web

import (
	"fmt"
	"log/slog"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/provisions/holidays"
	"zhengcheng/internal/web/page"
)

// shell is what stands around every page: who acts, where they are, what waits.
func (w *Web) shell(q *request, title, here string) page.Shell {
	now := w.Engine.Clock.Now()
	s := page.Shell{Title: title, Actor: q.actor, Here: here, Org: orgOf(w.Units.Jurisdiction(q.actor.Jurisdiction))}
	if w.Engine.Clock.Demo() {
		t := now.In(calendar.Shanghai)
		day := calendar.Of(now)
		s.Demo = fmt.Sprintf("%s %s %s", day, day.Weekday(), t.Format("15:04"))
	}
	if q.actor.ID != "" {
		var err error
		if s.Inbox, s.Late, err = w.Engine.InboxSize(q.ctx(), q.actor, calendar.Of(now)); err != nil {
			slog.Error("inbox size", "err", err)
		}
	}
	s.Nav = w.navigation(q.actor)
	return s
}

// orgOf heads every page: the counties follow the Measures by reference.
func orgOf(j identity.Jurisdiction) string {
	if j.ID == "" || j.Own {
		return page.Org
	}
	return j.Name + "政务信息系统建设管理（参照执行）"
}

func (w *Web) navigation(a identity.Actor) []page.NavItem {
	if a.ID == "" {
		return nil
	}
	if a.Administrator() {
		return []page.NavItem{{Key: "desk", Label: "工作台", Href: "/", Icon: "home"}, {Key: "law", Label: "法规依据", Href: "/law", Icon: "scale"},
			{Key: "admin", Label: "系统管理", Icon: "tool", Sub: adminNav(a)}}
	}
	if !a.Is(identity.Clerk) && !a.Is(identity.Head) && !a.Is(identity.Auditor) {
		return []page.NavItem{{Key: "desk", Label: "工作台", Href: "/", Icon: "home"}, {Key: "law", Label: "法规依据", Href: "/law", Icon: "scale"}}
	}
	planning := []page.NavItem{{Key: "plans", Label: "部门计划", Href: "/plans"}, {Key: "reserve", Label: "项目储备", Href: "/reserve"}}
	if a.Office == identity.BigData {
		planning = append(planning, page.NavItem{Key: "review", Label: "项目评审", Href: "/review"})
	}
	planning = append(planning, page.NavItem{Key: "annual", Label: "年度计划", Href: "/annual"}, page.NavItem{Key: "supplement", Label: "增补", Href: "/cases/supplement"},
		page.NavItem{Key: "upward", Label: "向上申报", Href: "/upward"},
		page.NavItem{Key: "existing", Label: "存量登记", Href: "/cases/existing"})
	if a.OverseesAll() {
		planning = append(planning, page.NavItem{Key: "districts", Label: "县区汇总", Href: "/districts"})
	}
	out := []page.NavItem{
		{Key: "desk", Label: "工作台", Href: "/", Icon: "home"},
		{Key: "projects", Label: "项目总库", Href: "/projects", Icon: "folder-search"},
		{Key: "planning", Label: planningChapter, Icon: "calendar-event", Sub: planning},
	}
	for _, c := range []struct{ key, label, icon string }{{"budgeting", budgetChapter, "coin"}, {"construction", buildingChapter, "hammer"}, {"acceptance", acceptanceChapter, "checklist"}, {"data", dataChapter, "database"}, {"protection", protectionChapter, "shield-check"}} {
		item := page.NavItem{Key: c.key, Label: c.label, Icon: c.icon}
		if c.label == acceptanceChapter {
			item.Sub = append(item.Sub, page.NavItem{Key: "contracts", Label: "合同台账", Href: "/contracts"}, page.NavItem{Key: "marks", Label: "带标记的记录", Href: "/marks"})
		}
		if c.label == buildingChapter {
			item.Sub = append(item.Sub, page.NavItem{Key: "progress", Label: "项目进度", Href: "/progress"}, page.NavItem{Key: "connections", Label: "接入台账", Href: "/connections"})
		}
		if c.label == dataChapter {
			item.Sub = append(item.Sub, page.NavItem{Key: "systems", Label: "系统台账", Href: "/systems"}, page.NavItem{Key: "catalogue", Label: "数据目录", Href: "/catalogue"},
				page.NavItem{Key: "responsibility", Label: "责任清单", Href: "/responsibility"})
		}
		if c.label == protectionChapter {
			item.Sub = append(item.Sub, page.NavItem{Key: "standing", Label: "安全态势", Href: "/protection"})
		}
		for _, p := range w.Engine.Procedures() {
			if chapterOf(p) == c.label && shelves[p.Key] == "" {
				item.Sub = append(item.Sub, page.NavItem{Key: p.Key, Label: p.Title, Href: "/cases/" + p.Key})
			}
		}
		if item.Sub != nil {
			out = append(out, item)
		}
	}
	return append(out, []page.NavItem{
		{Key: "law", Label: "法规依据", Href: "/law", Icon: "scale"},
		{Key: "admin", Label: "系统管理", Icon: "tool", Sub: adminNav(a)},
	}...)
}

// adminNav is what stands under 系统管理, as the actor can use it.
func adminNav(a identity.Actor) []page.NavItem {
	out := []page.NavItem{{Key: "units", Label: "单位", Href: "/units"}, {Key: "people", Label: "人员", Href: "/people"}}
	if a.Administrator() {
		out = append(out, page.NavItem{Key: "roles", Label: "角色", Href: "/roles"})
	}
	if a.Is(identity.AudAdmin) {
		out = append(out, page.NavItem{Key: "log", Label: "管理日志", Href: "/log"})
	}
	if !a.Administrator() {
		out = append(out, page.NavItem{Key: "holidays", Label: "节假日安排", Href: "/cases/" + holidays.Key})
	}
	return append(out, page.NavItem{Key: "parameters", Label: "参数", Href: "/parameters"})
}
