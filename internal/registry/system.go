package registry

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
)

// System states. Retiring belongs to Chapter 6.
var SystemStates = []form.Option{{ID: "building", Label: "在建"}, {ID: "operating", Label: "运行"}, {ID: "idle", Label: "闲置"}, {ID: "retired", Label: "停用"}}

// System is a government information system in the register.
type System struct {
	ID           string `json:"id"`
	Jurisdiction string `json:"jurisdiction"`
	UnitID       string `json:"unit_id"`
	Name         string `json:"name"`
	Functions    string `json:"functions"`
	State        string `json:"state"`
	ReplacedBy   string `json:"replaced_by"`
	MatterID     string `json:"matter_id"`
}

func scanSystem(s db.Scanner) (System, error) {
	var y System
	err := s.Scan(&y.ID, &y.Jurisdiction, &y.UnitID, &y.Name, &y.Functions, &y.State, &y.ReplacedBy, &y.MatterID)
	return y, err
}

const systemColumns = `y.id, y.jurisdiction, y.unit_id, y.name, y.functions, y.state, y.replaced_by, y.matter_id`

// AddSystem enters a system, or updates the one of the same unit and name, so
// that registering twice changes nothing. What replaces it is kept by name: it
// may not be in the register yet.
func AddSystem(ctx context.Context, tx *db.Tx, y System, at int64) error {
	if y.ID == "" {
		y.ID = uuid.Must(uuid.NewV7()).String()
	}
	err := tx.Later(ctx, `INSERT INTO info_system (id, jurisdiction, unit_id, name, normal_name, sort_key, functions, state, replaced_by, matter_id, added_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT (unit_id, normal_name) DO UPDATE SET name = excluded.name, sort_key = excluded.sort_key,
		functions = excluded.functions, state = excluded.state, replaced_by = excluded.replaced_by`,
		y.ID, y.Jurisdiction, y.UnitID, y.Name, hanzi.NormalName(y.Name), hanzi.SortKey(y.Name), y.Functions, y.State, y.ReplacedBy, y.MatterID, at)
	if err != nil {
		return fmt.Errorf("add system: %w", err)
	}
	return nil
}

// SystemFilter narrows the list of systems; zero values do not narrow, but
// systems that are retired are listed only when they are asked for.
type SystemFilter struct {
	UnitID string
	State  string // one of SystemStates
	Text   string // words of the name, however they are spelled
	After  string // id of the last row of the page before, by name
	Limit  int64
}

// where is what the actor may see of the register, narrowed: whoever oversees
// all units sees all systems, others those of their own unit.
func (f SystemFilter) where(actor identity.Actor, args *db.Args) string {
	if actor.Administrator() || len(actor.Roles) == 0 {
		return "1 = 0"
	}
	w := "y.jurisdiction = " + args.Add(actor.Jurisdiction)
	if !actor.OverseesAll() {
		w += " AND y.unit_id = " + args.Add(actor.UnitID)
	}
	if f.UnitID != "" {
		w += " AND y.unit_id = " + args.Add(f.UnitID)
	}
	if f.State == "" {
		w += " AND y.state <> 'retired'"
	} else {
		w += " AND y.state = " + args.Add(f.State)
	}
	if name := hanzi.NormalName(f.Text); name != "" {
		w += " AND y.normal_name LIKE " + args.Add("%"+name+"%") // a normal name has no punctuation, so no wildcard
	} else if f.Text != "" {
		w += " AND 1 = 0"
	}
	return w
}

// Systems pages through the systems an actor may see, by name.
func Systems(ctx context.Context, q db.Querier, actor identity.Actor, f SystemFilter) ([]System, error) {
	var args db.Args
	where := f.where(actor, &args)
	if f.After != "" {
		after := args.Add(f.After)
		where += " AND (y.sort_key, y.id) > ((SELECT l.sort_key FROM info_system l WHERE l.id = " + after + "), " + after + ")"
	}
	if f.Limit < 1 || f.Limit > 500 {
		f.Limit = 100
	}
	return db.All(ctx, q, scanSystem, `SELECT `+systemColumns+` FROM info_system y WHERE `+where+` ORDER BY y.sort_key, y.id LIMIT `+args.Add(f.Limit), args.List()...)
}

// CountSystems counts what Systems would list without paging.
func CountSystems(ctx context.Context, q db.Querier, actor identity.Actor, f SystemFilter) (int64, error) {
	var args db.Args
	where := f.where(actor, &args)
	return db.Value[int64](ctx, q, `SELECT COUNT(*) FROM info_system y WHERE `+where, args.List()...)
}

// EverySystem lists the systems of a jurisdiction, or of one unit of it, the
// retired ones too.
func EverySystem(ctx context.Context, q db.Querier, jurisdiction, unitID string) ([]System, error) {
	return db.All(ctx, q, scanSystem, `SELECT `+systemColumns+` FROM info_system y WHERE y.jurisdiction = $1 AND ($2 = '' OR y.unit_id = $2) ORDER BY y.sort_key, y.id`,
		jurisdiction, unitID)
}

// LiveCount counts the systems of a unit that are not retired.
func LiveCount(ctx context.Context, q db.Querier, unitID string) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT COUNT(*) FROM info_system WHERE unit_id = $1 AND state <> 'retired'`, unitID)
}

// Index makes a thing findable by the words of its text, replacing older words.
func Index(ctx context.Context, tx *db.Tx, jurisdiction, kind, ref, text string) error {
	if err := tx.Later(ctx, `DELETE FROM search_posting WHERE ref = $1`, ref); err != nil {
		return err
	}
	tokens := hanzi.Tokens(text)
	if len(tokens) == 0 {
		return nil
	}
	var args db.Args
	insert := `INSERT INTO search_posting (token, jurisdiction, kind, ref) VALUES `
	j, k, r := args.Add(jurisdiction), args.Add(kind), args.Add(ref)
	for i, t := range tokens {
		if i > 0 {
			insert += ", "
		}
		insert += "(" + args.Add(t) + ", " + j + ", " + k + ", " + r + ")"
	}
	return tx.Later(ctx, insert, args.List()...)
}

// Search finds projects an actor may see by the words of a query, newest first
// and at most limit. It walks the postings of the rarest word, which stand in
// the order of the list, and asks each for the other words.
func Search(ctx context.Context, q db.Querier, actor identity.Actor, query string, limit int64) ([]Listed, error) {
	tokens := hanzi.QueryTokens(query)
	if len(tokens) == 0 {
		return []Listed{}, nil
	}
	tokens, err := rarestFirst(ctx, q, actor.Jurisdiction, tokens[:min(len(tokens), 16)])
	if err != nil {
		return nil, err
	}
	var args db.Args
	j := args.Add(actor.Jurisdiction)
	has := func(alias, token string) string {
		return alias + ".token = " + args.Add(token) + " AND " + alias + ".jurisdiction = " + j + " AND " + alias + ".kind = 'project'"
	}
	where := has("s", tokens[0]) + " AND p.id = s.ref AND " + actor.SeesProject("p", &args)
	for _, t := range tokens[1:] {
		where += " AND EXISTS (SELECT 1 FROM search_posting o WHERE " + has("o", t) + " AND o.ref = s.ref)"
	}
	return db.All(ctx, q, scanProjectRow, `SELECT `+projectRow+` FROM search_posting s CROSS JOIN project p WHERE `+where+` ORDER BY s.ref DESC LIMIT `+args.Add(limit), args.List()...)
}

// common is how many postings make a word common: a search that has only common
// words soon has its page full.
const common = 1000

func rarestFirst(ctx context.Context, q db.Querier, jurisdiction string, tokens []string) ([]string, error) {
	var args db.Args
	j := args.Add(jurisdiction)
	var counts []string
	for i, t := range tokens {
		counts = append(counts, fmt.Sprintf(`SELECT %d AS n, (SELECT COUNT(*) FROM (SELECT 1 FROM search_posting WHERE token = %s AND jurisdiction = %s AND kind = 'project' LIMIT %d) x) AS found`,
			i, args.Add(t), j, common))
	}
	order, err := db.All(ctx, q, func(s db.Scanner) (string, error) {
		var n, found int64
		err := s.Scan(&n, &found)
		return tokens[n], err
	}, `SELECT n, found FROM (`+strings.Join(counts, " UNION ALL ")+`) c ORDER BY found, n`, args.List()...)
	return order, err
}
