package conformity

import (
	"slices"
	"testing"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/protection/component"
	"zhengcheng/internal/registry"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	p := Applying()
	all := slices.Concat(p.Checks(), measures.Checks(AccountRules()...))
	for _, c := range all {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
	if _, err := measures.NewBook(p.Checks(), p.Params, []measures.ProcedureRef{{Key: p.Key, Title: p.Title, Clauses: p.Clauses}}); err != nil {
		t.Error(err)
	}
}

func TestTheListByKind(t *testing.T) {
	t.Parallel()
	l := ListAt("2026-11-20")
	for _, tt := range []struct {
		key, kind, want string
	}{
		{"letter", registry.New, Must}, {"letter", registry.Operate, Must}, {"trial", registry.New, Must}, {"trial", registry.Operate, ""}, {"components", registry.New, Must},
		{"components", registry.Extend, ""}, {"components", registry.Operate, ""}, {"service", registry.New, ""}, {"service", registry.Operate, Must}, {"review", registry.Operate, Should},
	} {
		if got := l.material(tt.key).Need(tt.kind); got != tt.want {
			t.Errorf("%s of %s is needed %q, want %q", tt.key, tt.kind, got, tt.want)
		}
	}
	keys := map[string]bool{}
	for _, m := range l.Materials {
		if keys[m.Key] || m.Todo == "" || m.Basis == "" {
			t.Errorf("item %s: twice, or without ground or advice", m.Key)
		}
		keys[m.Key] = true
	}
}

// Each item is what the records and the documents of the case make it.
func TestItemsFollowFromTheRecords(t *testing.T) {
	t.Parallel()
	contract := record{id: "k1", procedure: "contract", title: "建设合同", number: "合备1号", state: "filed"}
	for _, tt := range []struct {
		name, item, want string
		change           func(k *known, c *matter.Case, i *Item)
	}{
		{"没有申请公文", "letter", Missing, nil},
		{"上传了申请公文", "letter", Found, func(_ *known, c *matter.Case, _ *Item) {
			c.Files = []attachment.File{{Kind: "letter", Name: "申请.pdf"}}
		}},
		{"申请公文不能不涉及", "letter", Missing, func(_ *known, _ *matter.Case, i *Item) { i.Waived, i.Reason = true, "没有"+"这类公文" }},
		{"计划已批准", "approval", Found, func(k *known, _ *matter.Case, _ *Item) {
			k.records = []record{{procedure: "annual-plan", title: "年度计划", state: "approved"}}
		}},
		{"计划还在审批", "approval", Missing, func(k *known, _ *matter.Case, _ *Item) {
			k.records = []record{{procedure: "annual-plan", title: "年度计划", state: "at-government"}}
		}},
		{"存量项目没有评审", "review", NotConcerned, func(k *known, _ *matter.Case, _ *Item) { k.project.Origin = "existing" }},
		{"增补项目没有评审", "review", NotConcerned, func(k *known, _ *matter.Case, _ *Item) { k.project.Origin = registry.Supplemented }},
		{"储备评审通过", "review", Found, func(k *known, _ *matter.Case, _ *Item) {
			k.records = []record{{procedure: "reserve", title: "实施方案", state: "planned"}}
		}},
		{"没有调整", "adjustment", NotConcerned, nil},
		{"调整已备案", "adjustment", Found, func(k *known, _ *matter.Case, _ *Item) {
			k.records = []record{{procedure: "adjustment", title: "项目调整", state: "filed"}}
		}},
		{"另一份调整没有办结", "adjustment", Missing, func(k *known, _ *matter.Case, _ *Item) {
			k.records = []record{{procedure: "adjustment", title: "项目调整", state: "filed"}, {procedure: "adjustment", title: "项目调整", state: "checking"}}
		}},
		{"没有合同", "contract", Missing, nil},
		{"合同已备案", "contract", Found, func(k *known, _ *matter.Case, _ *Item) { k.records = []record{contract} }},
		{"合同报备中", "contract", Missing, func(k *known, c *matter.Case, _ *Item) {
			k.records = []record{{procedure: "contract", state: "checking"}}
			c.Files = []attachment.File{{Kind: "contract", Name: "合同.pdf"}}
		}},
		{"等保尚无记录", "mlps", NoRecord, nil},
		{"等保一级不涉及", "mlps", NotConcerned, func(_ *known, _ *matter.Case, i *Item) {
			i.Waived, i.Reason = true, "系统定为一级，不需要测评"
		}},
		{"等保写“无”", "mlps", NoRecord, func(_ *known, _ *matter.Case, i *Item) { i.Waived, i.Reason = true, "无" }},
		{"等保已登记", "mlps", Found, func(k *known, _ *matter.Case, _ *Item) { k.built = third("2026-09-01", protection.Conforms) }},
		{"等保登记了，没有测评", "mlps", Missing, func(k *known, _ *matter.Case, _ *Item) { k.built = third("", "") }},
		{"等保登记为不符合，另有扫描件", "mlps", Missing, func(k *known, c *matter.Case, _ *Item) {
			k.built = third("2026-09-01", protection.NotConform)
			c.Files = []attachment.File{{Kind: "mlps", Name: "报告.pdf"}}
		}},
		{"两个系统，一个没有登记", "mlps", NoRecord, func(k *known, _ *matter.Case, _ *Item) {
			k.built = append(third("2026-09-01", protection.Conforms), protection.Standing{Name: "乙"})
		}},
		{"第三级没有密评", "cipher", NoRecord, func(k *known, _ *matter.Case, _ *Item) { k.built = third("2026-09-01", protection.Conforms) }},
		{"第三级密评不符合", "cipher", Missing, func(k *known, _ *matter.Case, _ *Item) {
			k.built = third("2026-09-01", protection.Conforms)
			k.ciphers = map[string]map[string]protection.Record{"s": {protection.CipherLaunch: {MatterID: "m", Level: 1, Conclusion: protection.NotConform}}}
		}},
		{"第三级运行前评估", "cipher", Found, func(k *known, _ *matter.Case, _ *Item) {
			k.built = third("2026-09-01", protection.Conforms)
			k.ciphers = map[string]map[string]protection.Record{"s": {protection.CipherLaunch: {MatterID: "m", Level: 1, Conclusion: protection.Mostly}}}
		}},
		{"第二级不要求密评", "cipher", NotConcerned, func(k *known, _ *matter.Case, _ *Item) {
			k.built = third("2026-09-01", protection.Conforms)
			k.built[0].Ciphered = false
		}},
		{"没有登记等级，不知要不要密评", "cipher", NoRecord, func(k *known, _ *matter.Case, _ *Item) { k.built = []protection.Standing{{Name: "乙"}} }},
		{"没有登记部件，只有扫描件", "components", Missing, func(_ *known, c *matter.Case, _ *Item) {
			c.Files = []attachment.File{{Kind: "components", Name: "清单.pdf"}}
		}},
		{"部件登记，未核对清单", "components", Found, func(k *known, _ *matter.Case, _ *Item) { k.parts = component.Standing{MatterID: "m", Parts: 2} }},
		{"部件没有等级", "components", Missing, func(k *known, _ *matter.Case, _ *Item) {
			k.parts = component.Standing{MatterID: "m", Parts: 2, Short: []string{"操作系统没有等级"}}
		}},
		{"有目录", "catalogue", Found, func(k *known, _ *matter.Case, _ *Item) {
			k.built, k.shares = third("", ""), map[string]catalogue.Share{"s": {All: 3, Shelved: 1, ToBeShelved: 2}}
		}},
		{"没有目录", "catalogue", NoRecord, func(k *known, _ *matter.Case, _ *Item) { k.built = third("", "") }},
		{"档案验收合格", "archive", Found, func(k *known, _ *matter.Case, _ *Item) {
			k.archive = archive.Standing{Result: archive.Qualified, On: "2026-11-20", Organiser: "市档案局", MatterID: "a1"}
		}},
		{"档案验收不合格", "archive", Missing, func(k *known, _ *matter.Case, _ *Item) {
			k.archive = archive.Standing{Result: archive.Unqualified, On: "2026-11-20", Organiser: "市档案局"}
		}},
		{"没有系统名称", "register", Missing, nil},
		{"备案后登记", "register", Found, func(_ *known, c *matter.Case, _ *Item) { matter.FormOf[Application](c).System = "河道监测系统" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := known{project: registry.Project{BuildKind: registry.New, Origin: "plan"}}
			i := &Item{Title: tt.item, Key: tt.item, Need: Must}
			c := &matter.Case{Form: &Application{Version: 2}, Lines: []matter.Line{{Of: checklist, Body: i}}}
			if tt.change != nil {
				tt.change(&k, c, i)
			}
			if got := compute(k, c)[0]; got.Status != tt.want {
				t.Errorf("status %s (%s), want %s", got.Status, got.Says, tt.want)
			}
		})
	}
}

// third is a system of the third level, assessed on a day or not.
func third(on calendar.Date, conclusion string) []protection.Standing {
	r := protection.Record{MatterID: "g", Level: 3, Number: "n", On: on, Conclusion: conclusion, NextDue: "2027-09-01"}
	return []protection.Standing{{SystemID: "s", Name: "甲", Graded: r, Ciphered: true, Grading: protection.GradingLight(r, "operating", "2026-10-08", nil)}}
}
