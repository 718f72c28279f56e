package contract

import (
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// The examples are worked by hand from the text. They are the tests of the rules,
// and the law page shows them.

type example = measures.Example[Facts]

// good is a sound filing: 176 万元 awarded on 26 June, signed for it on 16 July,
// filed on 3 August (the fifteenth working day is 6 August), 100 万元 contracted
// before under budgets of 300.
func good() Facts {
	return Facts{On: "2026-08-03", Number: true, Supplier: "贵州某某科技有限公司", Code: "91520200MA6TT0001F", Amount: 176_000_000, Signed: "2026-07-16", Begin: "2026-07-20", End: "2026-12-20",
		Due: "2026-08-06", Year: 2026, Scan: true, Nodes: 3, Scheduled: 176_000_000, Procurement: &Bought{Supplier: "贵州某某科技有限公司", Award: 176_000_000, NoticeOn: "2026-06-26"},
		Budget: 300_000_000, Contracted: 100_000_000}
}

func with(change func(*Facts)) Facts {
	f := good()
	change(&f)
	return f
}

// supplements is a supplementary contract to one of 176 万元.
func supplements(amount, before money.Fen) Facts {
	return with(func(f *Facts) {
		f.Supplementary, f.Procurement, f.Original, f.Amount, f.Scheduled = true, nil, &Original{Amount: 176_000_000, Supplements: before}, amount, amount
	})
}

func pass(name, why string, f Facts) example {
	return example{Name: name, Kind: measures.ExamplePass, Want: measures.Pass, Why: why, Facts: f}
}

func fail(name, why string, f Facts) example {
	return example{Name: name, Kind: measures.ExampleFail, Want: measures.Fail, Why: why, Facts: f}
}

func edge(want measures.Outcome, name, why string, f Facts) example {
	return example{Name: name, Kind: measures.ExampleBoundary, Want: want, Why: why, Facts: f}
}
