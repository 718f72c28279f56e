package annualplan

import (
	"context"
	"slices"

	"zhengcheng/internal/db"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

var inClass = measures.Rule[Facts]{
	ID: "A03.2-plan", Clause: "A03.2", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01",
	Source: "年度计划只列第三条所称的政务信息系统项目；认定不属于政务信息系统的，撤销认定以前不列入", Title: "没有被认定为范围外",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.OutOfClass != "" {
				fail("included", "认定不属于政务信息系统（%s），不能列入", i.OutOfClass)
			}
		})
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "没有认定", "属于政务信息系统", one(good())),
		ex(measures.ExampleFail, measures.Fail, "认定为范围外", "不在第三条的适用范围", with(func(i *ItemFacts) { i.OutOfClass = "GB/T 40692—2021 第5章 5.2" })),
	},
}

// inClassOnly leaves out what the bureau has declared out of class.
func inClassOnly(ctx context.Context, q db.Querier, list []*Entry) ([]*Entry, error) {
	var ids []string
	for _, e := range list {
		ids = append(ids, e.ProjectID)
	}
	out, err := registry.Excluded(ctx, q, ids...)
	return slices.DeleteFunc(list, func(e *Entry) bool { _, is := out[e.ProjectID]; return is }), err
}
