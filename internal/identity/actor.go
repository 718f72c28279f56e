// Package identity knows the people and units of a jurisdiction, who is signed
// in, and what an actor may see and do.
//
// Authority follows the unit: a person is clerk (经办人) or head (负责人) of
// their unit, and a unit that holds an office of Article 5 lends its people that
// office. The three administrators (三员) are roles of their own, exclude each
// other and see no business data.
package identity

import "slices"

// Post is what a person is in their unit.
type Post = string

const (
	Clerk Post = "clerk" // 经办人: drafts, acknowledges filings
	Head  Post = "head"  // 负责人: signs whatever leaves the office
)

// Roles beside the posts.
const (
	Expert   = "expert"
	Auditor  = "auditor"
	SysAdmin = "sysadmin"
	SecAdmin = "secadmin"
	AudAdmin = "audadmin"
)

// Office codes of Article 5, held by units.
const (
	BigData = "bigdata" // 市大数据发展管理局
	Finance = "finance" // 市财政局
	NDRC    = "ndrc"    // 市发展改革委
	CAC     = "cac"     // 市委网信办
	Secrecy = "secrecy" // 市委机要保密局
	Police  = "police"  // 市公安局
	EGov    = "egov"    // 市电子政务办
	Service = "service" // 市政府政务服务中心
	Audit   = "audit"   // 审计机关 (Article 34)
)

// Actor is the person (or the clock) that acts, passed to every use case.
type Actor struct {
	ID           string
	Name         string
	Jurisdiction string
	UnitID       string
	UnitName     string // short name
	ParentUnitID string
	Office       string // office code held by the unit, or ""
	Section      string
	Roles        []string // posts and roles
	MustChange   bool     // signed in with a password that somebody else gave
}

// System is the named actor of jobs; it shows in the history.
func System(jurisdiction string) Actor {
	return Actor{ID: "system", Name: "系统", Jurisdiction: jurisdiction}
}

// Is reports whether the actor holds a post or role.
func (a Actor) Is(role string) bool { return slices.Contains(a.Roles, role) }

// IsSystem reports whether the clock or an event acts.
func (a Actor) IsSystem() bool { return a.ID == "system" }

// Administrator reports whether the actor is one of the three administrators,
// none of whom sees business data.
func (a Actor) Administrator() bool { return a.Is(SysAdmin) || a.Is(SecAdmin) || a.Is(AudAdmin) }

// OverseesAll reports whether the actor reads every case of the jurisdiction
// that has left its unit: the bureau (Article 5) and the auditor (Article 34).
func (a Actor) OverseesAll() bool {
	return !a.Administrator() && ((a.Office == BigData && (a.Is(Clerk) || a.Is(Head))) || a.Is(Auditor))
}

// Side says whose people a step belongs to.
type Side string

const (
	OwnerSide  Side = "owner"  // the unit the case belongs to
	ParentSide Side = "parent" // its parent department
	OfficeSide Side = "office" // an office of Article 5
	SystemSide Side = "system" // the clock or an event

	ProviderSide Side = "provider" // the unit that provides what the case of another unit is about
)

// Party names who takes a step: a post on a side.
type Party struct {
	Side   Side
	Office string
	Post   Post
}

// The parties that procedures name.
var (
	OwnerClerk   = Party{Side: OwnerSide, Post: Clerk}
	OwnerHead    = Party{Side: OwnerSide, Post: Head}
	ProvideClerk = Party{Side: ProviderSide, Post: Clerk}
	ProvideHead  = Party{Side: ProviderSide, Post: Head}
	ParentHead   = Party{Side: ParentSide, Post: Head}
	BigDataClerk = Of(BigData, Clerk)
	BigDataHead  = Of(BigData, Head)
	FinanceClerk = Of(Finance, Clerk)
	FinanceHead  = Of(Finance, Head)
	Itself       = Party{Side: SystemSide}
)

// Of is a post of an office.
func Of(office string, post Post) Party { return Party{Side: OfficeSide, Office: office, Post: post} }

// String is the stable name used in golden files, such as office:bigdata/clerk.
func (p Party) String() string {
	s := string(p.Side)
	if p.Office != "" {
		s += ":" + p.Office
	}
	if p.Post != "" {
		s += "/" + p.Post
	}
	return s
}

var officeNames = map[string]string{
	BigData: "市大数据发展管理局", Finance: "市财政局", NDRC: "市发展改革委", CAC: "市委网信办", Secrecy: "市委机要保密局",
	Police: "市公安局", EGov: "市电子政务办", Service: "市政府政务服务中心",
}

// OfficeName is the name the Measures use for an office code.
func OfficeName(code string) string { return officeNames[code] }

// Title says in Chinese who the party is, such as 市大数据发展管理局经办人.
func (p Party) Title() string {
	who := map[Side]string{OwnerSide: "申报单位", ParentSide: "主管部门", OfficeSide: officeNames[p.Office], SystemSide: "系统", ProviderSide: "资源提供方"}[p.Side]
	switch p.Post {
	case Clerk:
		return who + "经办人"
	case Head:
		return who + "负责人"
	}
	return who
}
