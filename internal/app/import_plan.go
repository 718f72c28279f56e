package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/planning/unitplan/workbook"
	"zhengcheng/internal/problem"
)

type importPlanCmd struct {
	place
	File   string            `arg:"" type:"existingfile" help:"Plan workbook (.xlsx), as departments send it or from the template."`
	Year   int64             `help:"Plan year." required:""`
	As     string            `help:"Login of the clerk who imports: of the bureau for every unit, of a unit for its own rows." required:""`
	Rows   string            `help:"Rows of the sheet to import, such as 5,7,9-12; all that can be when left out." placeholder:"ROWS"`
	Sheet  string            `help:"Sheet to read; the first with a project header when left out."`
	Header int               `help:"Last row of the header; found when left out." placeholder:"ROW"`
	Map    map[string]string `help:"Meaning of a column by its name or id: --map F=总体目标 or --map F=goal; --map F= leaves it out." mapsep:"none" placeholder:"F=NAME"`
	Check  bool              `help:"Only show the preview, write nothing."`
}

// Run previews a plan workbook with each problem at its cell and imports the
// chosen rows into drafts, all or nothing; importing twice adds nothing.
func (c *importPlanCmd) Run(ctx context.Context, io *streams) error {
	chosen, err := c.rows()
	if err != nil {
		return err
	}
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	err = c.run(ctx, a, chosen, io.out)
	if err == nil || problem.KindOf(err) == problem.Internal {
		return err
	}
	return errors.New(problem.Message(err))
}

func (c *importPlanCmd) run(ctx context.Context, a *App, chosen func(int) bool, out io.Writer) error {
	actor, err := identity.ActorByLogin(ctx, a.DB, c.As)
	if db.None(err) {
		return problem.New(problem.NotFound, "没有登录名为“%s”的人", c.As)
	}
	if err != nil {
		return err
	}
	if !actor.Is(identity.Clerk) {
		return problem.New(problem.Forbidden, "导入由经办人办理，%s不能导入", actor.Name)
	}
	p, err := c.preview(a, actor)
	if err != nil {
		return err
	}
	o, err := unitplan.Foresee(ctx, a.Engine, actor, c.Year, p)
	if err != nil {
		return err
	}
	take := map[int]bool{}
	for _, r := range p.Rows {
		take[r.Row] = chosen(r.Row)
	}
	printPreview(out, p, o)
	if c.Check {
		fmt.Fprintln(out, "只检查，没有写入任何内容")
		return nil
	}
	done, err := unitplan.Import(ctx, a.Engine, actor, c.Year, p, take)
	if err != nil {
		return err
	}
	printImported(out, a.Units, done)
	return nil
}

func (c *importPlanCmd) preview(a *App, actor identity.Actor) (*workbook.Preview, error) {
	if c.Year <= 2000 || c.Year >= 2100 {
		return nil, fmt.Errorf("--year: %d 不是计划年度", c.Year)
	}
	opts := workbook.Options{FileName: filepath.Base(c.File), PlanYear: int(c.Year), Sheet: c.Sheet, HeaderRow: c.Header}
	for letter, name := range c.Map {
		f, err := fieldNamed(name)
		if err != nil {
			return nil, fmt.Errorf("--map %s: %w", letter, err)
		}
		if opts.Mapping == nil {
			opts.Mapping = map[string]workbook.Field{}
		}
		opts.Mapping[strings.ToUpper(letter)] = f
	}
	f, err := os.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	raw, err := io.ReadAll(io.LimitReader(f, workbook.MaxFile+1))
	if err != nil {
		return nil, err
	}
	p, err := unitplan.Preview(a.Units, actor, raw, opts)
	if err != nil {
		return nil, err
	}
	if !p.Header.Found {
		return nil, errors.New("没有认出表头。请用 --header 指定表头所在的行，用 --map 对应各列，如 --map C=项目名称")
	}
	return p, nil
}

// fieldNamed finds a column's meaning by its id or its Chinese name.
func fieldNamed(name string) (workbook.Field, error) {
	if name == "" {
		return "", nil
	}
	var labels []string
	for _, f := range workbook.Fields() {
		if string(f) == name || f.Label() == name {
			return f, nil
		}
		labels = append(labels, f.Label())
	}
	return "", fmt.Errorf("没有“%s”这个栏目，可以是：%s", name, strings.Join(labels, "、"))
}

// rows reads the chosen rows; a row may be named once or in a range.
func (c *importPlanCmd) rows() (func(int) bool, error) {
	if strings.TrimSpace(c.Rows) == "" {
		return func(int) bool { return true }, nil
	}
	var spans [][2]int
	for _, part := range strings.Split(c.Rows, ",") {
		from, to, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			to = from
		}
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA != nil || errB != nil || a < 1 || b < a {
			return nil, fmt.Errorf("--rows: 行号“%s”写法不对，应如 5,7,9-12", part)
		}
		spans = append(spans, [2]int{a, b})
	}
	return func(row int) bool {
		return slices.ContainsFunc(spans, func(s [2]int) bool { return s[0] <= row && row <= s[1] })
	}, nil
}

var levelWord = map[workbook.Level]string{workbook.LevelRefuse: "不能导入", workbook.LevelAsk: "请补全"}

// printPreview shows what the page shows: counts, each problem at its cell, rows
// and sheets that are left out, and what an import would come to.
func printPreview(out io.Writer, p *workbook.Preview, o unitplan.Outlook) {
	n := p.Counts
	fmt.Fprintf(out, "%s，工作表“%s”，表头第 %d–%d 行\n", p.FileName, p.Sheet, p.Header.First, p.Header.Last)
	fmt.Fprintf(out, "读到 %d 行，%d 家单位：可直接导入 %d 行（%s 万元），导入后补全 %d 行（%s 万元），不能导入 %d 行；自动整理 %d 处\n",
		n.Read, n.Units, n.Ready, n.ReadyAmount.Wan(), n.Ask, n.AskAmount.Wan(), n.Refused, n.Fixed)
	for _, q := range p.Problems {
		cell := q.Cell
		if cell == "" {
			cell = "整表"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\n", cell, levelWord[q.Level], q.Message)
	}
	for _, r := range p.Rows {
		switch o.Rows[r.Row].Fate {
		case unitplan.Stays:
			fmt.Fprintf(out, "第 %d 行\t不能导入\t%s\n", r.Row, o.Rows[r.Row].Why)
		case unitplan.Same:
			fmt.Fprintf(out, "第 %d 行\t已在计划中\t不重复导入\n", r.Row)
		}
	}
	for _, s := range p.Skipped {
		fmt.Fprintf(out, "第 %d 行\t不导入\t%s\n", s.Row, s.Why)
	}
	for _, s := range p.Sheets {
		if !s.Read {
			fmt.Fprintf(out, "工作表“%s”\t不导入\t%s\n", s.Name, s.Why)
		}
	}
}

func printImported(out io.Writer, units *identity.Directory, done unitplan.Imported) {
	for _, u := range done.Units {
		if u.Added > 0 {
			mark := ""
			if u.Proxy {
				mark = "，代录，由该单位经办人补全、负责人签发"
			}
			fmt.Fprintf(out, "%s\t加入 %d 个项目%s\n", units.Name(u.UnitID), u.Added, mark)
		}
	}
	drafts, added, same := done.Sum()
	fmt.Fprintf(out, "新建 %d 份草稿，加入 %d 个项目；已在计划中 %d 个，没有改动；留在外面 %d 行\n", drafts, added, same, len(done.Left))
}
