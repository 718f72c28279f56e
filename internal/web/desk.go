package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/budgeting/performance"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/progress"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/opening"
	"zhengcheng/internal/datasharing/quality"
	"zhengcheng/internal/datasharing/sharing"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/season"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// desk answers: what must I do, by when, under which clause, and what if I don't.
func (w *Web) desk(q *request) error {
	today := w.Engine.Clock.Today()
	v := page.DeskView{Today: today, Year: int64(today.Year()) + 1, Actor: q.actor, Tab: q.r.URL.Query().Get("tab"),
		UnitOf: w.Units.Name, ProcedureOf: w.procedureTitle, StateOf: w.stateOf}
	fill := []func(*request, *page.DeskView) error{w.deskWork, w.deskTab, w.deskOwn}
	if q.actor.OverseesAll() {
		fill = []func(*request, *page.DeskView) error{w.deskWork, w.deskTab, w.deskBureau}
	}
	if q.actor.Administrator() {
		fill = nil
	}
	for _, part := range fill {
		if err := part(q, &v); err != nil {
			return err
		}
	}
	return q.page(page.Desk(w.shell(q, "工作台", "desk"), v))
}

// deskWork puts tasks and open duties into one list, those due first leading.
func (w *Web) deskWork(q *request, v *page.DeskView) error {
	tasks, err := w.Engine.Inbox(q.ctx(), q.actor, 50)
	if err != nil {
		return err
	}
	if q.actor.Is(identity.Clerk) || q.actor.Is(identity.Head) { // a duty of the unit is no work of its auditors
		duties, err := duty.OfUnit(q.ctx(), w.Engine.DB, q.actor)
		if err != nil {
			return err
		}
		for _, d := range duties {
			if !slices.ContainsFunc(tasks, func(t matter.Task) bool { return t.Matter == d.SubjectID && t.Due == d.Due }) { // else the task says it
				v.Work = append(v.Work, w.dutyWork(d))
			}
		}
	}
	for _, t := range tasks {
		v.Work = append(v.Work, w.taskWork(t))
	}
	slices.SortStableFunc(v.Work, func(a, b page.Work) int { return cmp.Compare(cmp.Or(a.Due, "9999"), cmp.Or(b.Due, "9999")) })
	for i := range v.Work {
		v.Work[i].Primary = v.Work[i].Due != "" && v.Work[i].Due <= v.Today.AddDays(2)
	}
	return nil
}

// dutyDoors lead from a kind of duty to where it is fulfilled.
var dutyDoors = map[string]func(duty.Duty) string{
	progress.AcceptDuty.Key:      func(d duty.Duty) string { return "/projects/" + d.SubjectID },
	conformity.FileDuty.Key:      func(d duty.Duty) string { return "/matters/" + d.SubjectID },
	unitplan.Duty.Key:            func(d duty.Duty) string { return "/plans?year=" + d.Period },
	reserve.Duty.Key:             func(duty.Duty) string { return "/reserve" },
	reserve.Expiry.Key:           func(d duty.Duty) string { return "/matters/" + d.SubjectID },
	performance.WatchDuty.Key:    func(d duty.Duty) string { return "/projects?unit=" + d.UnitID },
	performance.Duty.Key:         func(d duty.Duty) string { return "/projects?unit=" + d.UnitID },
	procurement.ContractDuty.Key: func(d duty.Duty) string { return "/projects/" + d.SubjectID },
	catalogue.ShelveDuty.Key:     func(d duty.Duty) string { return "/matters/" + d.SubjectID },
	opening.RequestDuty.Key:      func(d duty.Duty) string { return "/matters/" + d.SubjectID },
	quality.Duty.Key:             func(d duty.Duty) string { return "/matters/" + d.SubjectID },
	sharing.Duty.Key:             func(d duty.Duty) string { return "/matters/" + d.SubjectID },
}

func (w *Web) dutyWork(d duty.Duty) page.Work {
	k := w.Engine.DutyKind(d.Kind)
	out := page.Work{Due: d.Due, Legal: k.Statutory, Title: d.Title, Stake: k.Consequence, Unit: w.Units.Name(d.UnitID), Clause: d.Clause, Href: "/", Act: cmp.Or(k.Act, "查看")}
	if door := dutyDoors[d.Kind]; door != nil {
		out.Href = door(d)
	} else if href := protectionDoor(d); href != "" {
		out.Href = href
	}
	if d.Reminded > 0 {
		out.Warn = fmt.Sprintf("已催办 %d 次", d.Reminded)
	}
	return out
}

func (w *Web) taskWork(t matter.Task) page.Work {
	p, _ := w.Engine.Procedure(t.Procedure)
	def := p.StateDef(t.State)
	stake := p.Title + " · " + def.Title
	if t.Amount > 0 {
		stake += " · " + money.Fen(t.Amount).Wan() + " 万元"
	}
	return page.Work{Due: t.Due, Legal: def.Legal, Title: t.MatterTitle, Stake: stake + " · 自 " + matter.Time(t.OpenedAt).Format("01-02") + " 起", Unit: w.Units.Name(t.UnitID),
		Clause: p.ClauseOf(t.State), Href: "/matters/" + t.Matter, Act: t.Title, IsMatter: true}
}

func (w *Web) deskTab(q *request, v *page.DeskView) error {
	var err error
	switch v.Tab {
	case "waiting":
		v.Waiting, err = w.Engine.WaitingFor(q.ctx(), q.actor, 50)
	case "done":
		var acts []matter.Taken
		if acts, err = w.Engine.ActsOf(q.ctx(), q.actor, 50); err != nil {
			return err
		}
		for _, a := range acts {
			v.Done = append(v.Done, page.Done{Taken: a, Title: w.Engine.Title(a)})
		}
	}
	if err != nil {
		return err
	}
	v.Receipts, err = w.Engine.Receipts(q.ctx(), q.actor, 5)
	return err
}

// deskOwn is what a unit sees beside its work.
func (w *Web) deskOwn(q *request, v *page.DeskView) error {
	if v.Posted = q.actor.Is(identity.Clerk) || q.actor.Is(identity.Head); !v.Posted {
		return nil
	}
	var err error
	if v.Mine, err = w.Engine.List(q.ctx(), q.actor, matter.Filter{UnitID: q.actor.UnitID, Limit: 8}); err != nil {
		return err
	}
	if v.Systems, err = registry.LiveCount(q.ctx(), w.Engine.DB, q.actor.UnitID); err != nil {
		return err
	}
	if v.Notices, err = w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: unitplan.NoticeKey, State: unitplan.Issued, Limit: 3}); err != nil {
		return err
	}
	last, err := w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: unitplan.Key, Year: v.Year - 1, UnitID: q.actor.UnitID, State: unitplan.Filed, Limit: 1})
	if err != nil {
		return err
	}
	v.MayCopy = len(last) > 0
	if bureau, ok := w.Units.ByOffice(q.actor.Jurisdiction, identity.BigData); ok {
		if v.Contacts, err = identity.ClerksOf(q.ctx(), w.Engine.DB, bureau.ID); err != nil {
			return err
		}
	}
	counts, err := duty.CountByKind(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, q.actor.UnitID, strconv.FormatInt(v.Year, 10), v.Today)
	w.deskYear(v, counts, nil)
	return err
}

// deskBureau is what the bureau sees beside its work: the season and its warnings.
func (w *Web) deskBureau(q *request, v *page.DeskView) error {
	b := &page.BureauDesk{}
	var err error
	if b.Funnel, err = season.Of(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, v.Year); err != nil {
		return err
	}
	if b.Warnings, err = season.Warnings(q.ctx(), w.Engine.DB, q.actor, w.Units, v.Year, v.Today); err != nil {
		return err
	}
	late, err := w.lateProjects(q, v.Today)
	if err != nil {
		return err
	}
	if late.Count > 0 {
		b.Warnings = append(b.Warnings, late)
	}
	v.Bureau = b
	if v.Notices, err = w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: unitplan.NoticeKey, Year: v.Year, State: unitplan.Issued, Limit: 1}); err != nil {
		return err
	}
	counts, err := duty.CountByKind(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, "", strconv.FormatInt(v.Year, 10), v.Today)
	w.deskYear(v, counts, b)
	return err
}

// lateProjects warns of the projects under way that are overdue or behind their plan.
func (w *Web) lateProjects(q *request, today calendar.Date) (season.Warning, error) {
	values, err := w.Engine.Parameters(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, today)
	if err != nil {
		return season.Warning{}, err
	}
	list, err := progress.List(q.ctx(), w.Engine.DB, q.actor, "", today, values)
	lag := progress.LagOf(list, today)
	out := season.Warning{Title: "项目进度滞后", Note: "里程碑逾期、进度低于计划或者支付超前", Href: "/progress", Unit: "个", Count: lag.Behind, Since: lag.Since}
	if lag.Severe > 0 {
		out.Note = fmt.Sprintf("其中严重滞后 %d 个", lag.Severe)
	}
	return out, err
}

// deskYear lays the duties of a plan year over its months, April to March.
func (w *Web) deskYear(v *page.DeskView, counts []duty.Count, bureau *page.BureauDesk) {
	begin := int(v.Year-1)*12 + 3
	now := v.Today.Year()*12 + v.Today.Month() - 1
	v.Months = make([]page.Month, 12)
	for i := range v.Months {
		v.Months[i] = page.Month{Label: fmt.Sprintf("%d 月", (begin+i)%12+1), Now: begin+i == now, Past: begin+i < now}
	}
	put := func(day calendar.Date, item page.MonthItem) {
		if i := day.Year()*12 + day.Month() - 1 - begin; i >= 0 && i < 12 {
			item.Day = day.Short()
			v.Months[i].Items = append(v.Months[i].Items, item)
		}
	}
	for _, c := range counts {
		k := w.Engine.DutyKind(c.Kind)
		item := page.MonthItem{Title: fmt.Sprintf("%d / %d 家", c.Done, c.Owed), Href: "/", Late: c.Late > 0 && c.Done < c.Owed}
		item.Note, item.Title = item.Title, k.Short
		if door := dutyDoors[c.Kind]; door != nil {
			item.Href = door(duty.Duty{Period: strconv.FormatInt(v.Year, 10)})
		}
		if bureau == nil {
			item.Note = map[bool]string{true: "已完成", false: "未完成"}[c.Done == c.Owed]
		}
		put(c.Due, item)
		if c.Due >= v.Today && v.Next == nil && k.Statutory {
			v.Next = &page.NextDay{Title: k.Short, Date: c.Due}
		}
	}
	if bureau == nil {
		return
	}
	year := strconv.FormatInt(v.Year-1, 10)
	for _, n := range v.Notices {
		put(calendar.Of(matter.Time(n.StateSince)), page.MonthItem{Title: "发布申报通知", Href: "/matters/" + n.ID})
	}
	put(calendar.Date(year+"-10-31"), page.MonthItem{Title: "编制年度计划、三家联审", Href: "/annual"})
	put(calendar.Date(year+"-11-30"), page.MonthItem{Title: "报市政府审批", Href: "/annual"})
}

func (w *Web) procedureTitle(key string) string {
	if p, ok := w.Engine.Procedure(key); ok {
		return p.Title
	}
	return key
}

func (w *Web) stateOf(r matter.Row) matter.StateDef {
	p, ok := w.Engine.Procedure(r.Procedure)
	if !ok {
		return matter.StateDef{Title: string(r.State)}
	}
	return p.StateDef(r.State)
}
