package unitplan

import (
	"context"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/unitplan/workbook"
	"zhengcheng/internal/problem"
)

// Imported is what an import came to.
type Imported struct {
	Drafts, Added, Same int
	Left                []Left // rows that could not be taken, with the reason
}

// Left is a row that stayed outside.
type Left struct {
	Row       int
	Name, Why string
}

// Import takes the chosen rows of a previewed workbook into drafts, one per
// unit, all or nothing. The bureau's drafts for others are marked 代录: their
// clerk completes and their head signs them. A row whose unit and name already
// stand in the plan of the year changes nothing, so importing twice is harmless.
func Import(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64, p *workbook.Preview, chosen map[int]bool) (Imported, error) {
	var out Imported
	byUnit := map[string][]workbook.Row{}
	var order []string
	for _, r := range p.Rows {
		if r.Status == workbook.Refused || !chosen[r.Row] {
			continue
		}
		if byUnit[r.Unit.ID] == nil {
			order = append(order, r.Unit.ID)
		}
		byUnit[r.Unit.ID] = append(byUnit[r.Unit.ID], r)
	}
	if len(order) == 0 {
		return out, problem.Field("row", "请勾选要导入的行")
	}
	err := e.DB.Batch(ctx, func(ctx context.Context) error {
		out = Imported{}
		for _, unit := range order {
			if err := importUnit(ctx, e, actor, year, unit, byUnit[unit], &out); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func importUnit(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64, unit string, rows []workbook.Row, out *Imported) error {
	leave := func(why string) {
		for _, r := range rows {
			out.Left = append(out.Left, Left{r.Row, r.Item.Name, why})
		}
	}
	existing, err := db.Value[string](ctx, e.DB.Reader(ctx), `SELECT id FROM matter WHERE jurisdiction = $1 AND procedure = $2 AND unit_id = $3 AND year = $4`, actor.Jurisdiction, Key, unit, year)
	if err != nil && !db.None(err) {
		return err
	}
	if existing == "" {
		origin := matter.Own
		if unit != actor.UnitID {
			origin = matter.ByProxy
		}
		opened, err := e.Open(ctx, actor, matter.OpenRequest{Procedure: Key, UnitID: unit, Year: year, Origin: origin})
		if err != nil {
			return err
		}
		existing = opened.Matter
		out.Drafts++
	}
	c, err := e.Load(ctx, actor, existing)
	if problem.Is(err, problem.NotFound) {
		leave("该单位已有草稿，由本单位自行填报")
		return nil
	}
	if err != nil {
		return err
	}
	have := map[string]bool{}
	for _, ln := range c.Lines {
		have[matter.BodyOf[Item](ln).Normal] = true
	}
	for _, r := range rows {
		switch {
		case have[hanzi.NormalName(r.Item.Name)]:
			out.Same++
		case !c.CanEdit(actor):
			out.Left = append(out.Left, Left{r.Row, r.Item.Name, "该单位的计划已是“" + c.StateDef().Title + "”，不能再增加"})
		default:
			if _, err := e.AddLine(ctx, actor, c.ID, "", itemValues(r.Item)); err != nil {
				return err
			}
			have[hanzi.NormalName(r.Item.Name)] = true
			out.Added++
		}
	}
	return nil
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
