package systemregister

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Imported is what an import came to.
type Imported struct {
	Drafts, Added, Same int
	Bad                 []Bad // rows that cannot be taken
}

// Bad is a row that cannot be taken, with the reason.
type Bad struct {
	Row int
	Why string
}

// listed is a row that can be taken.
type listed struct {
	unit   identity.Unit
	system System
}

func (l listed) values() map[string]string {
	values := map[string]string{}
	for _, f := range systemForm.Fields() {
		values[f.Key] = f.Input(&l.system)
	}
	return values
}

// Import drafts the systems of a list for their units (代录), one draft per unit,
// all or nothing. When rows are bad nothing is written, unless skipBad leaves
// them out. What the register already says, or an open registration of the unit
// already names, is not added again, so importing twice is harmless.
func Import(ctx context.Context, e *matter.Engine, actor identity.Actor, rows []Row, skipBad bool) (Imported, error) {
	if actor.Office != identity.BigData || !actor.Is(identity.Clerk) {
		return Imported{}, problem.New(problem.Forbidden, "系统清单由%s代录，%s不能导入", identity.BigDataClerk.Title(), actor.Name)
	}
	byUnit, order, bad := grouped(e.Units, actor.Jurisdiction, rows)
	if len(bad) > 0 && !skipBad {
		return Imported{Bad: bad}, problem.New(problem.Invalid, "有 %d 行不能导入，没有写入任何内容", len(bad))
	}
	var out Imported
	err := e.DB.Batch(ctx, func(ctx context.Context) error {
		out = Imported{Bad: bad}
		before, err := knownTo(ctx, e, actor)
		if err != nil {
			return err
		}
		for _, unit := range order {
			var fresh []map[string]string
			for _, l := range byUnit[unit] {
				if before.has(l) {
					out.Same++
				} else {
					fresh = append(fresh, l.values())
				}
			}
			if len(fresh) == 0 {
				continue
			}
			if err := draft(ctx, e, actor, unit, before.draft[unit], fresh); err != nil {
				return fmt.Errorf("%s: %w", e.Units.Name(unit), err)
			}
			out.Added += len(fresh)
			if before.draft[unit] == "" {
				out.Drafts++
			}
		}
		return nil
	})
	return out, err
}

// draft adds systems to the draft that an earlier import left, or opens one.
func draft(ctx context.Context, e *matter.Engine, actor identity.Actor, unit, open string, fresh []map[string]string) error {
	if open == "" {
		origin := matter.Own
		if unit != actor.UnitID {
			origin = matter.ByProxy
		}
		_, err := e.Open(ctx, actor, matter.OpenRequest{Procedure: Key, UnitID: unit, Origin: origin, Lines: fresh})
		return err
	}
	for _, values := range fresh {
		if _, err := e.AddLine(ctx, actor, open, "", values); err != nil {
			return err
		}
	}
	return nil
}

// grouped are the rows that can be taken by unit, in the order of the list.
func grouped(units *identity.Directory, jurisdiction string, rows []Row) (byUnit map[string][]listed, order []string, bad []Bad) {
	byUnit = map[string][]listed{}
	first := map[string]int{}
	for _, r := range rows {
		l, why := judge(units, jurisdiction, r)
		key := l.unit.ID + "/" + l.system.Normal
		if why == "" && first[key] != 0 {
			why = fmt.Sprintf("与第 %d 行是同一个系统", first[key])
		}
		if why != "" {
			bad = append(bad, Bad{r.Row, why})
			continue
		}
		first[key] = r.Row
		if byUnit[l.unit.ID] == nil {
			order = append(order, l.unit.ID)
		}
		byUnit[l.unit.ID] = append(byUnit[l.unit.ID], l)
	}
	return byUnit, order, bad
}

// judge turns a row into a system of a unit, or says why it cannot be.
func judge(units *identity.Directory, jurisdiction string, r Row) (listed, string) {
	for _, text := range r.Values {
		if measures.SpeaksOfSecrets(text) { // the words themselves are not repeated
			return listed{}, "写到涉密内容。涉密系统不得录入，请立即从表中删去并走线下渠道"
		}
	}
	u, ok := units.Match(jurisdiction, r.Unit)
	switch {
	case r.Unit == "":
		return listed{}, "没有写单位"
	case !ok || u.Jurisdiction != jurisdiction || !u.Active:
		return listed{}, fmt.Sprintf("没有“%s”这个单位", r.Unit)
	case r.Values["name"] == "" || hanzi.Filler(r.Values["name"]) != "":
		return listed{}, "没有写明系统名称"
	}
	if state := r.Values["system_state"]; !slices.ContainsFunc(registry.SystemStates, func(o form.Option) bool { return state == o.ID }) {
		return listed{}, fmt.Sprintf("状态“%s”不对，只能是%s", state, strings.Join(stateLabels(), "、"))
	}
	l := listed{unit: u}
	if err := systemForm.Apply(&l.system, r.Values, ""); err != nil {
		return listed{}, said(err)
	}
	systems.Derive(&l.system)
	return l, ""
}

// said joins what is wrong with the fields of a row.
func said(err error) string {
	var bad *problem.Error
	if !errors.As(err, &bad) {
		return problem.Message(err)
	}
	var all []string
	for _, why := range bad.Fields {
		all = append(all, why)
	}
	slices.Sort(all)
	return strings.Join(all, "；")
}

func stateLabels() []string {
	var out []string
	for _, o := range registry.SystemStates {
		out = append(out, o.Label)
	}
	return out
}

// known is what stands before an import.
type known struct {
	register map[string]System // by unit and name
	open     map[string]bool   // unit and name in a registration under way
	draft    map[string]string // unit to the draft the bureau made for it
}

func (k *known) has(l listed) bool {
	key := l.unit.ID + "/" + l.system.Normal
	old, there := k.register[key]
	return k.open[key] || there && !adds(old, l.system)
}

// adds reports whether a registration says something that the register does not:
// what it leaves empty of the sheet changes nothing.
func adds(old, now System) bool {
	for _, f := range systemForm.Fields() {
		always := f.Key == "functions" || f.Key == "system_state" || f.Key == "replaced_by" || f.Key == "retired_on"
		if f.Key != "name" && (always || !f.Empty(&now)) && f.Input(&old) != f.Input(&now) {
			return true
		}
	}
	return false
}

func knownTo(ctx context.Context, e *matter.Engine, actor identity.Actor) (*known, error) {
	k := &known{register: map[string]System{}, open: map[string]bool{}, draft: map[string]string{}}
	q := e.DB.Reader(ctx)
	all, err := registry.EveryDescribed(ctx, q, actor.Jurisdiction)
	if err != nil {
		return nil, err
	}
	for _, y := range all {
		k.register[y.UnitID+"/"+hanzi.NormalName(y.Name)] = registered(y)
	}
	var args db.Args
	_, err = db.All(ctx, q, func(s db.Scanner) (struct{}, error) {
		var id, unit, name string
		var state matter.State
		var origin matter.Origin
		err := s.Scan(&id, &unit, &state, &origin, &name)
		k.open[unit+"/"+name] = true
		if state == matter.Draft && (origin == matter.ByProxy || unit == actor.UnitID) {
			k.draft[unit] = id
		}
		return struct{}{}, err
	}, `SELECT m.id, m.unit_id, m.state, m.origin, COALESCE(l.normal_name, '') FROM matter m LEFT JOIN system_line l ON l.matter_id = m.id
		WHERE m.procedure = `+args.Add(Key)+` AND m.closed_at = 0 AND `+actor.Sees("m", &args)+` ORDER BY m.id, l.seq`, args.List()...)
	return k, err
}
