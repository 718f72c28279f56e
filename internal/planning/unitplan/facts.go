package unitplan

import (
	"context"
	"slices"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/capability"
	"zhengcheng/internal/registry"
)

// other is a system or project that an item may overlap with.
type other struct {
	name, unitID string
	text         hanzi.Text // the name made ready
	system       bool
}

// keptNames bounds the names kept ready to be compared, some 300 bytes each.
const keptNames = 20_000

// gather derives the facts of a plan: two queries, however many items it has.
func gather(units unitNames) func(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	names := hanzi.NewMemo(keptNames)
	return func(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
		p := matter.FormOf[Plan](c)
		f := Facts{PlanYear: c.Year, On: c.Today, Department: c.Unit.Kind == "department", Nil: p.Nil, Retire: p.Retire, Add: p.Add,
			DocNo: strings.TrimSpace(p.DocNo) != "", Stamped: c.Has("stamped")}
		var offered capability.List
		var kinds []kind
		if err := db.Together(ctx, q, capability.Ask(&offered, c.Jurisdiction, c.Today), askNames(&kinds, c)); err != nil {
			return f, err
		}
		others := candidates(kinds, names)
		for _, o := range others {
			if o.system && o.unitID == c.UnitID {
				f.Live++
			}
		}
		for _, ln := range c.Lines {
			i := matter.BodyOf[Item](ln)
			facts := itemFacts(ln.Seq, i)
			facts.Unlisted = offered.Unlisted(form.Names(i.ReuseList))
			for _, o := range alike(i, others) {
				o.Unit = units(o.Unit)
				facts.Overlaps = append(facts.Overlaps, o)
			}
			f.Items = append(f.Items, facts)
		}
		return f, nil
	}
}

// unitNames turns a unit id into the short name people know.
type unitNames func(id string) string

// A name is parted from its unit, and from the next name, by a character that
// no name holds.
const partUnit, partName = "\x1f", "\x1e"

// kind is all names of systems or of plan items as one text: hundreds of names
// cost a row each otherwise.
type kind struct {
	text   string
	system bool
}

// askNames reads the live systems of the jurisdiction, then the items of the
// other plans of the year that have been handed in.
func askNames(into *[]kind, c *matter.Case) db.Ask {
	return db.Into(into, func(s db.Scanner) (kind, error) {
		var k kind
		var system int64
		err := s.Scan(&k.text, &system)
		k.system = system == 1
		return k, err
	}, `SELECT COALESCE(string_agg(y.name || CAST($5 AS TEXT) || y.unit_id, CAST($6 AS TEXT) ORDER BY y.sort_key, y.id), '') AS text, 1 AS system
		FROM info_system y WHERE y.jurisdiction = $1 AND y.state <> 'retired'
		UNION ALL SELECT COALESCE(string_agg(i.name || CAST($5 AS TEXT) || m.unit_id, CAST($6 AS TEXT) ORDER BY i.id), ''), 0 FROM plan_item i JOIN matter m ON m.id = i.matter_id
		WHERE m.jurisdiction = $1 AND m.procedure = $2 AND m.year = $3 AND m.id <> $4 AND m.submitted_at > 0
		ORDER BY system DESC`, c.Jurisdiction, Key, c.Year, c.ID, partUnit, partName)
}

func candidates(kinds []kind, names *hanzi.Memo) []other {
	var out []other
	for _, k := range kinds {
		out = slices.Grow(out, strings.Count(k.text, partUnit))
		for one := range strings.SplitSeq(k.text, partName) {
			if name, unit, ok := strings.Cut(one, partUnit); ok {
				out = append(out, other{name: name, unitID: unit, text: names.Read(name), system: k.system})
			}
		}
	}
	return out
}

// alike finds the three likest others of an item, by the Han bigrams of the
// names. An operation project is of course like the system it operates, so it
// is compared with other plans only.
func alike(i *Item, others []other) []Overlap {
	var out []Overlap
	text := hanzi.Read(i.Name)
	for _, o := range others {
		if o.system && i.BuildKind != registry.New {
			continue
		}
		ratio := text.Share(o.text)
		if ratio < 0.4 {
			continue
		}
		words := text.Common(o.text)
		if len(words) == 0 {
			continue
		}
		found := Overlap{With: o.name, Unit: o.unitID, System: o.system, Percent: int64(ratio*100 + 0.5), Words: words}
		at := len(out)
		for at > 0 && out[at-1].Percent < found.Percent {
			at--
		}
		out = append(out[:at], append([]Overlap{found}, out[at:]...)...)
		if len(out) > 3 {
			out = out[:3]
		}
	}
	return out
}

func itemFacts(seq int64, i *Item) ItemFacts {
	full := func(s string) bool { return strings.TrimSpace(s) != "" && hanzi.Filler(s) == "" }
	f := ItemFacts{Seq: seq, Name: i.Name, BuildKind: i.BuildKind, SystemClass: i.SystemClass,
		Basis:    BasisFacts{Level: i.BasisLevel != "", Title: full(i.BasisTitle), Number: full(i.BasisNumber)},
		Estimate: i.Estimate, Year: i.YearAmount, Funds: i.Funds.Total(), Fiscal: i.Funds.Fiscal(), Reuse: full(i.Reuse) || i.ReuseList != ""}
	for _, s := range []struct{ key, title, text string }{
		{"goal", "总体目标", i.Goal}, {"content", "建设内容", i.Content}, {"functions", "功能应用", i.Functions}, {"data_resources", "数据资源", i.Data},
		{"security", "安全保障", i.Security}, {"operation", "运维服务", i.Operation},
	} {
		f.Sections = append(f.Sections, SectionFacts{Key: s.key, Title: s.title, Runes: hanzi.Runes(s.text), Filler: hanzi.Filler(s.text)})
	}
	money := SectionFacts{Key: fundKey, Title: "经费来源"}
	if i.Funds.Total() > 0 || i.FundText != "" {
		money.Runes = 1
	}
	f.Sections = append(f.Sections, money)
	f.Secret = measures.SecretField(itemForm, i)
	return f
}
