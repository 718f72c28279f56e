package unitplan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/unitplan/workbook"
	"zhengcheng/internal/problem"
)

// Preview reads a workbook for an actor: the bureau for every unit, everybody
// else only rows of their own. What the form of a draft would not take is said at
// its cell. Nothing is written.
func Preview(units *identity.Directory, actor identity.Actor, data []byte, opts workbook.Options) (*workbook.Preview, error) {
	opts.Match = func(name string) (workbook.UnitRef, bool) {
		u, ok := units.Match(actor.Jurisdiction, name)
		return workbook.UnitRef{ID: u.ID, Name: u.Name, ShortName: u.ShortName, Jurisdiction: u.Jurisdiction, SameJurisdiction: u.Jurisdiction == actor.Jurisdiction}, ok
	}
	if actor.Office != identity.BigData {
		opts.OnlyUnit = actor.UnitID
	}
	opts.Fits = fits
	return workbook.Read(data, opts)
}

// columnOf is the column an item's field is read from, where the ids differ.
var columnOf = map[string]workbook.Field{"basis_more": workbook.BasisText, "basis_title": workbook.BasisText, "basis_number": workbook.BasisText,
	"start_on": workbook.Period, "end_on": workbook.Period}

func fits(i workbook.Item) map[workbook.Field]string {
	var bad *problem.Error
	if !errors.As(itemForm.Apply(itemForm.New(), itemValues(i), ""), &bad) {
		return nil
	}
	out := map[workbook.Field]string{}
	for key, message := range bad.Fields {
		out[cmp.Or(columnOf[key], workbook.Field(key))] = message
	}
	return out
}

// Fate is what an import does with a row that can be read.
type Fate string

// Fates of a row.
const (
	Enters Fate = "enters" // into a draft
	Same   Fate = "same"   // its unit and name stand in the plan of the year already
	Stays  Fate = "stays"  // outside, with the reason
)

// Prospect is the fate of one row.
type Prospect struct {
	Fate Fate
	Why  string
}

// Outlook is what an import of all rows would come to as things stand.
type Outlook struct {
	Rows   map[int]Prospect // by row of the sheet, without the refused ones
	Drafts map[string]bool  // units whose rows enter; true: a new draft
	plans  map[string]plan  // by unit
}

// plan is what stands for a unit and year before an import.
type plan struct {
	matter.Case
	visible bool
	names   map[string]bool
}

// Foresee tells the fate of every row in two queries.
func Foresee(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64, p *workbook.Preview) (Outlook, error) {
	o := Outlook{Rows: map[int]Prospect{}, Drafts: map[string]bool{}}
	var err error
	if o.plans, err = plansOf(ctx, e, actor, year); err != nil {
		return o, err
	}
	entering := map[string]int{}
	for _, r := range p.Rows {
		if r.Status == workbook.Refused {
			continue
		}
		old, there := o.plans[r.Unit.ID]
		switch {
		case there && !old.visible:
			o.Rows[r.Row] = Prospect{Stays, "该单位已有自己的草稿，由本单位填报"}
		case old.names[hanzi.NormalName(r.Item.Name)]:
			o.Rows[r.Row] = Prospect{Fate: Same}
		case there && !old.CanEdit(actor) && old.State == matter.Draft:
			o.Rows[r.Row] = Prospect{Stays, "该单位的计划在本单位修改中，由本单位增加"}
		case there && !old.CanEdit(actor):
			o.Rows[r.Row] = Prospect{Stays, "该单位的计划已是“" + old.StateDef().Title + "”，不能再增加"}
		case len(old.names)+entering[r.Unit.ID] >= items.Max:
			o.Rows[r.Row] = Prospect{Stays, fmt.Sprintf("一份计划最多 %d 个项目", items.Max)}
		default:
			o.Rows[r.Row] = Prospect{Fate: Enters}
			o.Drafts[r.Unit.ID] = !there
			entering[r.Unit.ID]++
		}
	}
	return o, nil
}

// plansOf reads the plans of a year with the names of their items. Of a plan the
// actor may not see only its being there counts.
func plansOf(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64) (map[string]plan, error) {
	var args db.Args
	sees := actor.Sees("m", &args)
	where := ` WHERE m.jurisdiction = ` + args.Add(actor.Jurisdiction) + ` AND m.procedure = ` + args.Add(Key) + ` AND m.year = ` + args.Add(year)
	p, ok := e.Procedure(Key)
	if !ok {
		return nil, problem.Missing("这项业务")
	}
	all, err := db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (plan, error) {
		o := plan{Case: matter.Case{Procedure: p, Jurisdiction: actor.Jurisdiction}, names: map[string]bool{}}
		var sees int64
		err := s.Scan(&o.ID, &o.UnitID, &o.Title, &o.State, &o.Origin, &sees)
		o.visible = sees == 1
		return o, err
	}, `SELECT m.id, m.unit_id, m.title, m.state, m.origin, CASE WHEN `+sees+` THEN 1 ELSE 0 END FROM matter m`+where+` ORDER BY m.id`, args.List()...)
	if err != nil {
		return nil, err
	}
	out := map[string]plan{}
	for _, o := range all {
		out[o.UnitID] = o
	}
	type name struct{ unit, normal string }
	names, err := db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (name, error) {
		var n name
		err := s.Scan(&n.unit, &n.normal)
		return n, err
	}, `SELECT m.unit_id, i.normal_name FROM plan_item i JOIN matter m ON m.id = i.matter_id`+where+` AND `+sees+` ORDER BY i.id`, args.List()...)
	for _, n := range names {
		out[n.unit].names[n.normal] = true
	}
	return out, err
}

// Imported is what an import came to.
type Imported struct {
	Units []UnitImport
	Left  []Left // rows that did not enter, with the reason
}

// UnitImport is what became of the rows of one unit.
type UnitImport struct {
	UnitID, Matter string
	New, Proxy     bool // a new draft; entered for another unit (代录)
	Added, Same    int
}

// Left is a row that stayed outside.
type Left struct {
	Row       int
	Name, Why string
}

// Sum adds up the units: new drafts, projects added, projects that were there.
func (i Imported) Sum() (drafts, added, same int) {
	for _, u := range i.Units {
		if u.New {
			drafts++
		}
		added, same = added+u.Added, same+u.Same
	}
	return
}

// Import takes the chosen rows of a previewed workbook into drafts, one per
// unit, all or nothing. The bureau's drafts for others are marked 代录: their
// clerk completes and their head signs them. A row whose unit and name already
// stand in the plan of the year changes nothing, so importing twice is harmless.
func Import(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64, p *workbook.Preview, chosen map[int]bool) (Imported, error) {
	var out Imported
	if !slices.ContainsFunc(p.Rows, func(r workbook.Row) bool { return r.Status != workbook.Refused && chosen[r.Row] }) {
		return out, problem.Field("row", "请勾选要导入的行")
	}
	err := e.DB.Batch(ctx, func(ctx context.Context) error {
		out = Imported{}
		o, err := Foresee(ctx, e, actor, year, p)
		if err != nil {
			return err
		}
		byUnit, order := out.sort(p, o, chosen)
		for _, unit := range order {
			done, err := importUnit(ctx, e, actor, year, o.plans[unit], byUnit[unit], o)
			if err != nil {
				return err
			}
			out.Units = append(out.Units, done)
		}
		return nil
	})
	return out, err
}

// sort puts the chosen rows that enter, or are there already, with their units
// and says of the others why they stay.
func (i *Imported) sort(p *workbook.Preview, o Outlook, chosen map[int]bool) (byUnit map[string][]workbook.Row, order []string) {
	byUnit = map[string][]workbook.Row{}
	for _, r := range p.Rows {
		switch {
		case r.Status == workbook.Refused:
			i.Left = append(i.Left, Left{r.Row, r.Item.Name, p.Refusal(r.Row)})
		case !chosen[r.Row]:
			i.Left = append(i.Left, Left{r.Row, r.Item.Name, "没有勾选"})
		case o.Rows[r.Row].Fate == Stays:
			i.Left = append(i.Left, Left{r.Row, r.Item.Name, o.Rows[r.Row].Why})
		default:
			if byUnit[r.Unit.ID] == nil {
				order = append(order, r.Unit.ID)
			}
			byUnit[r.Unit.ID] = append(byUnit[r.Unit.ID], r)
		}
	}
	return byUnit, order
}

func importUnit(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64, old plan, rows []workbook.Row, o Outlook) (UnitImport, error) {
	unit := rows[0].Unit.ID
	out := UnitImport{UnitID: unit, Matter: old.ID, Proxy: unit != actor.UnitID}
	for _, r := range rows {
		if o.Rows[r.Row].Fate == Same {
			out.Same++
			continue
		}
		if out.Matter == "" {
			origin := matter.Own
			if out.Proxy {
				origin = matter.ByProxy
			}
			opened, err := e.Open(ctx, actor, matter.OpenRequest{Procedure: Key, UnitID: unit, Year: year, Origin: origin})
			if err != nil {
				return out, err
			}
			out.Matter, out.New = opened.Matter, true
		}
		if _, err := e.AddLine(ctx, actor, out.Matter, "", itemValues(r.Item)); err != nil {
			return out, fmt.Errorf("row %d: %w", r.Row, err)
		}
		out.Added++
	}
	return out, nil
}

var fundField = map[string]string{"general_budget": "fund_general", "gov_fund": "fund_gov", "soe_capital": "fund_soe", "central": "fund_central",
	"provincial": "fund_provincial", "bond": "fund_bond", "own": "fund_own", "other": "fund_other"}

// itemValues turns a row into the values of an item. Sources that are not split
// stay as written; the rule on funds asks for the split.
func itemValues(i workbook.Item) map[string]string {
	m := map[string]string{"name": i.Name, "build_kind": i.BuildKind, "system_class": "business_app", "goal": i.Goal, "content": i.Content, "functions": i.Functions,
		"data_resources": i.DataResources, "security": i.Security, "operation": i.Operation, "estimate": amount(i.Estimate), "year_amount": amount(i.YearAmount),
		"fund_text": i.FundText, "start_on": string(i.Start), "end_on": string(i.End), "remark": i.Remark, "basis_more": i.BasisText}
	if i.BuildKind == "om" {
		m["system_class"] = "service"
	}
	if len(i.Bases) > 0 {
		m["basis_title"], m["basis_number"] = i.Bases[0].Title, i.Bases[0].Number
		if strings.Contains(i.Bases[0].Title, "六盘水市") {
			m["basis_level"] = "city"
		}
	}
	for _, f := range i.Funds {
		if key := fundField[f.Source]; key != "" {
			m[key] = amount(f.Amount)
		}
	}
	return m
}

func amount(f money.Fen) string {
	if f == 0 {
		return ""
	}
	return f.WanExact()
}
