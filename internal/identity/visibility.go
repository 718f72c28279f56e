package identity

import (
	"zhengcheng/internal/db"
)

// Sees is the one predicate that says which rows of a case-like table an actor
// may see; it serves lists, pages, search, exports and the API alike. alias
// names a table with the columns id, jurisdiction, unit_id, parent_unit_id,
// submitted_at, origin and published.
//
// A unit sees its own cases, a department those of its second-level units that
// have been handed in, the bureau and the auditor what has left its unit (the
// bureau also what it entered for a unit, 代录), and everybody what they hold or
// held a task or seat for: who must decide reads exactly that.
func (a Actor) Sees(alias string, args *db.Args) string {
	if a.IsSystem() {
		return alias + ".jurisdiction = " + args.Add(a.Jurisdiction)
	}
	if a.Administrator() || len(a.Roles) == 0 {
		return "1 = 0"
	}
	within := alias + ".jurisdiction = " + args.Add(a.Jurisdiction)
	public := " OR " + alias + ".published = 1"
	task := "EXISTS (SELECT 1 FROM task t WHERE t.matter_id = " + alias + ".id AND (t.person_id = " + args.Add(a.ID)
	if !a.Is(Clerk) && !a.Is(Head) {
		if a.Is(Auditor) {
			return within + " AND " + alias + ".submitted_at > 0"
		}
		return within + " AND (" + task + "))" + public + ")"
	}
	unit := args.Add(a.UnitID)
	if a.OverseesAll() {
		return within + " AND (" + alias + ".submitted_at > 0 OR " + alias + ".origin <> 'own' OR " + alias + ".unit_id = " + unit + ")"
	}
	return within + " AND (" + alias + ".unit_id = " + unit +
		" OR (" + alias + ".parent_unit_id = " + unit + " AND " + alias + ".submitted_at > 0)" +
		" OR " + task + " OR t.unit_id = " + unit + "))" + public + ")"
}

// SeesProject is the predicate over registry rows with jurisdiction, unit_id
// and parent_unit_id: a project enters the registry only when it has left its unit.
func (a Actor) SeesProject(alias string, args *db.Args) string {
	if a.Administrator() || len(a.Roles) == 0 && !a.IsSystem() {
		return "1 = 0"
	}
	within := alias + ".jurisdiction = " + args.Add(a.Jurisdiction)
	if a.IsSystem() || a.OverseesAll() || (a.Office != "" && (a.Is(Clerk) || a.Is(Head))) {
		return within
	}
	unit := args.Add(a.UnitID)
	return within + " AND (" + alias + ".unit_id = " + unit + " OR " + alias + ".parent_unit_id = " + unit + ")"
}
