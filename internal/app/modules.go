package app

import (
	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/budgeting/budget"
	"zhengcheng/internal/budgeting/performance"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/construction/connection"
	"zhengcheng/internal/construction/course"
	"zhengcheng/internal/construction/estimate"
	"zhengcheng/internal/construction/progress"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/inventory"
	"zhengcheng/internal/datasharing/opening"
	"zhengcheng/internal/datasharing/operation"
	"zhengcheng/internal/datasharing/quality"
	"zhengcheng/internal/datasharing/responsibility"
	"zhengcheng/internal/datasharing/retirement"
	"zhengcheng/internal/datasharing/sharing"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/planning/capability"
	"zhengcheng/internal/planning/existing"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/planning/scope"
	"zhengcheng/internal/planning/supplement"
	"zhengcheng/internal/planning/systemregister"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/planning/upward"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/protection/cipher"
	"zhengcheng/internal/protection/component"
	"zhengcheng/internal/protection/facility"
	"zhengcheng/internal/protection/grading"
	"zhengcheng/internal/protection/inspection"
	"zhengcheng/internal/protection/offline"
	"zhengcheng/internal/protection/plan"
	"zhengcheng/internal/protection/purge"
	"zhengcheng/internal/protection/yearly"
	"zhengcheng/internal/provisions/holidays"
	"zhengcheng/internal/provisions/interpretation"
)

// Procedures lists every procedure of the program, chapter by chapter.
func Procedures(units *identity.Directory) []*matter.Procedure {
	list := []*matter.Procedure{
		capability.Publishing(),
		unitplan.Announcing(),
		unitplan.Filing(units),
		unitplan.Reminding(),
		systemregister.Registering(),
		existing.Registering(),
		scope.Declaring(units),
		reserve.Publishing(),
		review.Enrolling(units),
		review.Grading(),
		reserve.Application(),
		annualplan.Compiling(units),
		supplement.Applying(),
		upward.Applying(),
		budget.Declaring(),
		budget.Arranging(units),
		estimate.Recording(),
		adjustment.Adjusting(),
		course.Changing(),
		performance.Publishing(),
		performance.Assessing(units),
		performance.Watching(units),
		performance.Evaluating(units),
		progress.Implementing(),
		progress.Naming(units),
		procurement.Recording(units),
		contract.Filing(units),
		contract.Paying(units),
		contract.Settling(units),
		connection.Registering(),
		archive.Accepting(),
		conformity.Applying(),
		inspection.Publishing(),
		inspection.Inspecting(units),
		plan.Filing(),
		grading.Filing(),
		yearly.Filing(),
		cipher.Filing(),
		facility.Declaring(),
		component.Publishing(),
		component.Declaring(),
		catalogue.Cataloguing(units),
		retirement.Retiring(units, protection.FilingNumber),
		responsibility.Listing(),
		sharing.Asking(units),
		opening.Publishing(),
		opening.Receiving(),
		inventory.Confirming(),
		quality.Raising(units),
		operation.Recording(),
		interpretation.Publishing(),
		holidays.Publishing(),
		offline.Flagging(),
	}
	return append(list, purge.Purging(list, units)) // what was written by mistake, in any of them
}

// practices are obligations that the program carries out outside a case.
var practices = []measures.ProcedureRef{
	{Key: "jurisdictions", Title: "辖区分立", Clauses: []string{"A36.1"}},
	{Key: "dated-rules", Title: "规则和参数按日期生效", Clauses: []string{"A37.1"}},
}
