package catalogue

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// Moving says which system an entry comes from henceforth.
type Moving struct{ System string }

var movingForm = form.For[Moving](form.Section{Key: "moving", Title: "接替系统", Clauses: []string{"A26.1"}, Fields: []form.Field{
	form.TextField("system", "接替系统", func(m *Moving) *string { return &m.System }, form.Required, form.Help("本单位在用系统的编号或者名称，如 XT-0012")),
}})

const movesSay = "来源系统停用或者整合的，目录转到接替它的系统；资源代码和共享不变。"

// MovingFacts are what the gate before an entry is moved judges.
type MovingFacts struct {
	System string `json:"system"`          // as written
	State  string `json:"state,omitempty"` // of the system, "" when the register has none
	Own    bool   `json:"own,omitempty"`   // it is the unit's
	Same   bool   `json:"same,omitempty"`  // the entry comes from it already
}

func movesTo(ctx context.Context, q db.Querier, c *matter.Case) (registry.System, string, error) {
	m, ok := c.Input.(*Moving)
	if !ok {
		return registry.System{}, "", nil
	}
	y, err := registry.NamedSystem(ctx, q, c.Jurisdiction, c.UnitID, m.System)
	return y, m.System, err
}

func gatherMoving(ctx context.Context, q db.Querier, c *matter.Case) (MovingFacts, error) {
	y, written, err := movesTo(ctx, q, c)
	return MovingFacts{System: written, State: y.State, Own: y.UnitID == c.UnitID, Same: y.ID == c.SubjectID}, err
}

var moved = measures.Rule[MovingFacts]{
	ID: "A26.1-moved", Clause: "A26.1", Version: 1, Basis: measures.Practice, Source: "目录的来源系统须在台账、在用；接替系统是别的单位的，由那个单位另行编目", Effect: measures.Block, From: inForce, Title: "转到本单位在用的系统",
	Judge: func(f MovingFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.State == "" || !f.Own:
			return measures.Failed("input/system", "本单位台账里没有“%s”，请按系统编号填写；接替系统是别的单位的，撤销这条目录，由那个单位编目", f.System)
		case f.Same:
			return measures.Failed("input/system", "目录已经挂在这个系统上")
		case f.State == registry.Retired:
			return measures.Failed("input/system", "“%s”已经停用", f.System)
		}
		return measures.Passed("本单位在用的系统")
	},
	Examples: []measures.Example[MovingFacts]{
		{Name: "本单位在用的系统", Kind: measures.ExamplePass, Want: measures.Pass, Why: "可以接替", Facts: MovingFacts{System: "XT-0002", State: "operating", Own: true}},
		{Name: "台账里没有", Kind: measures.ExampleFail, Want: measures.Fail, Why: "无从关联", Facts: MovingFacts{System: "新系统"}},
		{Name: "别的单位的系统", Kind: measures.ExampleFail, Want: measures.Fail, Why: "提供方变了，要另行编目", Facts: MovingFacts{System: "XT-0009", State: "operating"}},
		{Name: "就是原来的系统", Kind: measures.ExampleFail, Want: measures.Fail, Why: "没有变化", Facts: MovingFacts{System: "XT-0001", State: "operating", Own: true, Same: true}},
		{Name: "已经停用的系统", Kind: measures.ExampleFail, Want: measures.Fail, Why: "不能接替", Facts: MovingFacts{System: "XT-0003", State: "retired", Own: true}},
	},
}

// move hangs the entry on the system that takes over.
func move(ctx context.Context, d *matter.Doing) error {
	y, _, err := movesTo(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	matter.FormOf[Entry](d.Case).System = y.Name
	if err := d.KeepForm(ctx); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `UPDATE resource SET system_id = $1 WHERE id = $2`, y.ID, d.Case.ID); err != nil {
		return err
	}
	return d.About(ctx, y.ID)
}
