package identity

import (
	"strings"

	"zhengcheng/internal/db"
)

// Sees is the one predicate that says which rows of a case-like table an actor
// may see; it serves lists, pages, search, exports and the API alike. alias
// names a table with the columns id, jurisdiction, unit_id, parent_unit_id,
// submitted_at, origin and published.
//
// A unit sees its own cases and the bureau what it entered for one (代录). Of what
// has left its unit (submitted_at) a department sees that of its second-level
// units, the bureau and the auditor all, and everybody what they hold or held a
// task or seat for: who must decide reads exactly that. What a unit has taken
// back before anybody outside decided on it has not left it.
func (a Actor) Sees(alias string, args *db.Args) string {
	if a.IsSystem() {
		return alias + ".jurisdiction = " + args.Add(a.Jurisdiction)
	}
	if a.Administrator() || len(a.Roles) == 0 {
		return "1 = 0"
	}
	within := alias + ".jurisdiction = " + args.Add(a.Jurisdiction)
	post := a.Is(Clerk) || a.Is(Head)
	may := []string{alias + ".published = 1"}
	if a.OverseesAll() {
		may = append(may, alias+".submitted_at > 0")
	}
	if a.Office == BigData && post {
		may = append(may, alias+".origin <> 'own'")
	}
	held := "t.person_id = " + args.Add(a.ID)
	if post {
		unit := args.Add(a.UnitID)
		may = append(may, alias+".unit_id = "+unit, "("+alias+".parent_unit_id = "+unit+" AND "+alias+".submitted_at > 0)")
		held += " OR t.unit_id = " + unit
	}
	may = append(may, "("+alias+".submitted_at > 0 AND EXISTS (SELECT 1 FROM task t WHERE t.matter_id = "+alias+".id AND ("+held+")))")
	return within + " AND (" + strings.Join(may, " OR ") + ")"
}

// SeesEveryProject reports whether the actor sees the projects of all units:
// the offices of Article 5 need them for their part.
func (a Actor) SeesEveryProject() bool {
	return a.IsSystem() || a.OverseesAll() || (a.Office != "" && !a.Administrator() && (a.Is(Clerk) || a.Is(Head)))
}

// SeesProject is the predicate over registry rows with jurisdiction, unit_id
// and parent_unit_id: a project enters the registry only when it has left its unit.
func (a Actor) SeesProject(alias string, args *db.Args) string {
	if a.Administrator() || len(a.Roles) == 0 && !a.IsSystem() {
		return "1 = 0"
	}
	within := alias + ".jurisdiction = " + args.Add(a.Jurisdiction)
	if a.SeesEveryProject() {
		return within
	}
	unit := args.Add(a.UnitID)
	return within + " AND (" + alias + ".unit_id = " + unit + " OR " + alias + ".parent_unit_id = " + unit + ")"
}

// SeesSystem is the predicate over rows with jurisdiction and unit_id that belong
// to a unit as it stands, such as its systems: whoever oversees all units sees
// all of them, others those of their own unit.
func (a Actor) SeesSystem(alias string, args *db.Args) string {
	if a.Administrator() || len(a.Roles) == 0 && !a.IsSystem() {
		return "1 = 0"
	}
	within := alias + ".jurisdiction = " + args.Add(a.Jurisdiction)
	if a.IsSystem() || a.OverseesAll() {
		return within
	}
	return within + " AND " + alias + ".unit_id = " + args.Add(a.UnitID)
}
