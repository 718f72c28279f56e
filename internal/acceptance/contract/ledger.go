package contract

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/money"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/problem"
)

// Filter narrows the contracts of a jurisdiction; zero values do not narrow.
type Filter struct {
	Year   int64 // in which they were signed
	UnitID string
	Marked bool   // only those that carry a mark
	After  string // id of the last row of the page before, newest first
	Limit  int64
}

// Listed is a contract among those of a jurisdiction.
type Listed struct {
	Record
	Project string `json:"project"`
	Code    string `json:"code"`
}

// MostExported is how many contracts one workbook takes.
const MostExported = 20_000

// List pages through the contracts on file that an actor may see, newest first.
func List(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Listed, error) {
	var args db.Args
	where := "k.jurisdiction = " + args.Add(actor.Jurisdiction) + " AND " + actor.SeesProject("p", &args)
	if f.Year != 0 {
		where += " AND k.signed_on >= " + args.Add(strconv.FormatInt(f.Year, 10)+"-01-01") + " AND k.signed_on <= " + args.Add(strconv.FormatInt(f.Year, 10)+"-12-31")
	}
	if f.UnitID != "" {
		where += " AND k.unit_id = " + args.Add(f.UnitID)
	}
	if f.Marked {
		where += " AND (k.marks <> '' OR k.closed_marks <> '')"
	}
	if f.After != "" {
		where += " AND k.id < " + args.Add(f.After)
	}
	return db.All(ctx, q, func(s db.Scanner) (Listed, error) {
		var l Listed
		r, err := scan(more{s, []any{&l.Project, &l.Code}})
		l.Record = r
		return l, err
	}, `SELECT `+columns+`, p.name, p.code FROM contract k JOIN matter m ON m.id = k.id JOIN project p ON p.id = k.project_id WHERE `+where+` ORDER BY k.id DESC LIMIT `+args.Add(f.Limit), args.List()...)
}

// more scans further columns behind those of a row.
type more struct {
	db.Scanner
	rest []any
}

func (m more) Scan(dest ...any) error { return m.Scanner.Scan(append(dest, m.rest...)...) }

// Workbook is every contract of a filter that the actor may see, as a file for Excel and WPS.
func Workbook(ctx context.Context, q db.Querier, units *identity.Directory, actor identity.Actor, f Filter, on calendar.Date) ([]byte, error) {
	f.After, f.Limit = "", MostExported+1
	rows, err := List(ctx, q, actor, f)
	switch {
	case err != nil:
		return nil, err
	case len(rows) == 0:
		return nil, problem.New(problem.NotFound, "没有符合条件、您可以查看的合同，没有可以导出的")
	case len(rows) > MostExported:
		return nil, problem.New(problem.Invalid, "符合条件的合同超过 %d 份，请按年度或者单位缩小范围", MostExported)
	}
	s := paper.Sheet{Name: "合同", Title: "政务信息系统项目合同台账", Note: fmt.Sprintf("导出日期 %s。金额单位：万元。", on)}
	for _, name := range []string{"序号", "备案号", "项目编号", "项目名称", "单位", "合同编号", "合同名称", "类型", "供应商", "统一社会信用代码", "签订日期", "合同金额", "已支付", "结束方式", "结束日期", "结算金额", "标记"} {
		s.Columns = append(s.Columns, paper.Column{Name: name})
	}
	var sum, paid money.Fen
	for i, k := range rows {
		s.Rows = append(s.Rows, []paper.Cell{paper.Int(i + 1), paper.Text(k.Receipt), paper.Text(k.Code), paper.Text(k.Project), paper.Text(units.Name(k.UnitID)), paper.Text(k.Number), paper.Text(k.Title),
			paper.Text(k.KindLabel()), paper.Text(k.Supplier), paper.Text(k.USCC), paper.Text(string(k.Signed)), paper.Amount(k.Amount), paper.Amount(k.Paid), paper.Text(form.Label(Endings, k.ClosedAs)),
			paper.Text(string(k.ClosedOn)), paper.Amount(k.Settled), paper.Text(strings.Join(k.MarkLabels(), "、"))})
		sum, paid = sum+k.Amount, paid+k.Paid
	}
	s.Totals = []paper.Cell{paper.Text("合计"), paper.Text(fmt.Sprintf("%d 份", len(rows))), {}, {}, {}, {}, {}, {}, {}, {}, {}, paper.Amount(sum), paper.Amount(paid)}
	return paper.Workbook(s)
}
