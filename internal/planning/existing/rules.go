package existing

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// inForce is the day the Measures bind from (Article 37).
const inForce calendar.Date = "2025-12-01"

// Installed is the day a jurisdiction began to use the system.
var Installed = measures.Param{Key: "existing.installed", Title: "本系统启用日期", Kind: measures.KindDate, Default: string(inForce),
	Clause: "A37.2", Basis: measures.Reading, Note: "启用以前开工的项目按存量登记"}

// Params lists them for the parameters page.
var Params = []measures.Param{Installed}

var begun = measures.Rule[Facts]{
	ID: "A37.2-begun", Clause: "A37.2", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce, Boundary: true,
	Source: "存量指《办法》2025 年 12 月 1 日施行以前，或者本系统启用以前已经开工的项目", Title: "施行或启用以前已开工", Params: []measures.Param{Installed},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		limit := max(inForce, Installed.Date(v))
		if !f.Start.Before(limit) {
			return measures.Failed("form/start_on", "实际开工日期 %s 不在 %s 以前，不属于存量，请按部门项目计划报送", f.Start, limit)
		}
		return measures.Passed("%s 开工，在 %s 以前", f.Start, limit)
	},
}

var approval = measures.Rule[Facts]{
	ID: "A37.2-approval", Clause: "A37.2", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce, Boundary: true,
	Source: "原批准文件代替缺少的计划、储备和审批环节，须写明批准机关、文件名称、文号、批准日期和批准金额", Title: "原批准文件写明",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, part := range []struct {
			given         bool
			field, please string
		}{
			{f.Issuer, "approval_issuer", "请填写原批准文件的批准机关"}, {f.Title, "approval_title", "请填写原批准文件的名称"}, {f.Number, "approval_number", "请填写原批准文件的文号"},
			{f.ApprovedOn != "", "approved_on", "请填写原批准文件的批准日期"}, {f.Approved > 0, "approved_amount", "请填写原批准文件的批准金额"},
		} {
			if !part.given {
				ps = append(ps, measures.Problem{Anchor: "form/" + part.field, Message: part.please})
			}
		}
		return measures.FailedWith(ps...)
	},
}

var past = measures.Rule[Facts]{
	ID: "A37.2-past", Clause: "A37.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true,
	Source: "登记的是已经发生的事，批准日期和开工日期不能在今天以后", Title: "日期不在今天以后",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, d := range []struct {
			day          calendar.Date
			field, label string
		}{{f.ApprovedOn, "approved_on", "批准日期"}, {f.Start, "start_on", "实际开工日期"}} {
			if d.day.After(f.On) {
				ps = append(ps, measures.Problem{Anchor: "form/" + d.field, Message: d.label + " " + string(d.day) + " 在今天以后，请核对"})
			}
		}
		return measures.FailedWith(ps...)
	},
}

var order = measures.Rule[Facts]{
	ID: "A37.2-order", Clause: "A37.2", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: inForce, Boundary: true,
	Source: "先批准后开工；先开工的照实登记，说明情况", Title: "批准在开工以前",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.ApprovedOn == "" || f.Start == "":
			return measures.NotApplicable("日期没有填全")
		case f.ApprovedOn.After(f.Start):
			return measures.Failed("form/approved_on", "批准日期 %s 在实际开工日期 %s 以后，请说明", f.ApprovedOn, f.Start)
		}
		return measures.Passed("%s 批准，%s 开工", f.ApprovedOn, f.Start)
	},
}

var once = measures.Rule[Facts]{
	ID: "A37.2-once", Clause: "A37.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce,
	Source: "一个项目在项目总库里只有一条", Title: "项目总库里还没有",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Known != "" {
			return measures.Failed("form/name", "本单位同名项目已在项目总库（%s），不再登记", f.Known)
		}
		return measures.Passed("项目总库里没有本单位的同名项目")
	},
}

var built = measures.Rule[Facts]{
	ID: "A37.2-system", Clause: "A37.2", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce,
	Source: "已验收或者运行的项目已有建成的系统，须一并登记；运维项目不新建系统", Title: "建成系统写明",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.BuildKind == registry.Operate:
			return measures.NotApplicable("运维项目不新建系统")
		case !hasSystem(registry.Stage(f.Stage)):
			return measures.NotApplicable("还没有建成")
		case !f.System:
			return measures.Failed("form/system", "项目已是“%s”，请填写建成系统名称", form.Label(registry.Stages, f.Stage))
		}
		return measures.Passed("已写明建成系统")
	},
}

// hasSystem reports whether a project of the stage has built its system.
func hasSystem(s registry.Stage) bool { return s == registry.Accepted || s == registry.Operating }

var paid = measures.Rule[Facts]{
	ID: "A37.2-paid", Clause: "A37.2", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: inForce, Boundary: true,
	Source: "已支付的照实登记，超过批准金额的说明情况", Title: "支付不超过批准金额",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Paid > f.Approved {
			return measures.Failed("form/paid", "已支付 %s 万元，超过批准金额 %s 万元，请说明", f.Paid.Wan(), f.Approved.Wan())
		}
		return measures.Passed("批准 %s 万元，已支付 %s 万元", f.Approved.Wan(), f.Paid.Wan())
	},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-existing", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce,
	Title: "存量登记不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("form/name", "“%s”写到涉密内容。涉密项目不得在本系统登记，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("各栏没有涉密字样")
	},
}

// Rules lists every rule of a registration with its worked examples, in the
// order they are shown.
func Rules() []measures.Rule[Facts] {
	rules := []measures.Rule[Facts]{secret, begun, approval, past, order, once, built, paid}
	for i := range rules {
		rules[i].Examples = examples[rules[i].ID]
	}
	return rules
}
