package reserve

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

var inClass = measures.Rule[Facts]{
	ID: "A03.2-reserve", Clause: "A03.2", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01",
	Source: "储备库只收第三条所称的政务信息系统项目；认定不属于政务信息系统的，撤销认定以前不入库", Title: "没有被认定为范围外",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.OutOfClass != "" {
			return measures.Failed("", "市大数据发展管理局认定这个项目不属于政务信息系统（%s），不能进入储备库", f.OutOfClass)
		}
		return measures.Passed("没有范围外的认定")
	},
	Examples: []example{
		{Name: "没有认定", Kind: measures.ExamplePass, Facts: good(), Want: measures.Pass, Why: "属于政务信息系统"},
		{Name: "认定为范围外", Kind: measures.ExampleFail, Facts: outOfClass(good()), Want: measures.Fail, Why: "不在第三条的适用范围"},
	},
}

func outOfClass(f Facts) Facts {
	f.OutOfClass = "GB/T 40692—2021 第5章 5.2"
	return f
}

// excluded is the clause by which the project of the case is out of class; an
// application without a filed item is known by its name.
func excluded(ctx context.Context, q db.Querier, c *matter.Case) (string, error) {
	if c.SubjectID == "" {
		x, err := registry.ExcludedNamed(ctx, q, c.UnitID, matter.FormOf[Scheme](c).Name)
		return x.Clause, err
	}
	all, err := registry.Excluded(ctx, q, c.SubjectID)
	return all[c.SubjectID].Clause, err
}

// mayEnter refuses the entry of a project that was declared out of class after
// its scheme was handed in.
func mayEnter(ctx context.Context, d *matter.Doing) error {
	clause, err := excluded(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	fs := measures.JudgeAll(measures.Checks(inClass), Facts{OutOfClass: clause}, d.Case.Values, d.Case.Today)
	if len(measures.Blocking(fs)) > 0 {
		return &measures.Refusal{Findings: fs}
	}
	return nil
}
