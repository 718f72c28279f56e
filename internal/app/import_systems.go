package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/planning/systemregister"
	"zhengcheng/internal/problem"
)

type importSystemsCmd struct {
	place
	File    string `arg:"" type:"existingfile" help:"CSV with the header unit,name,functions,state,replaced_by, or XLSX with the header 单位,系统名称,主要功能,状态,替代系统."`
	As      string `help:"Login of the bureau clerk who drafts for the units." required:""`
	SkipBad bool   `help:"Leave out the rows that cannot be taken and import the others."`
}

// Run drafts the systems of a list for their units; importing twice adds nothing.
func (c *importSystemsCmd) Run(ctx context.Context, io *streams) error {
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	done, err := a.importSystems(ctx, c.File, c.As, c.SkipBad)
	for _, b := range done.Bad {
		fmt.Fprintf(io.err, "第 %d 行：%s\n", b.Row, b.Why)
	}
	if err != nil {
		if problem.KindOf(err) == problem.Internal {
			return err
		}
		return errors.New(problem.Message(err))
	}
	fmt.Fprintf(io.out, "代录 %d 份草稿，加入 %d 个系统；已登记或正在登记 %d 个，未导入 %d 行\n", done.Drafts, done.Added, done.Same, len(done.Bad))
	return nil
}

func (a *App) importSystems(ctx context.Context, file, login string, skipBad bool) (systemregister.Imported, error) {
	actor, err := identity.ActorByLogin(ctx, a.DB, login)
	if db.None(err) {
		return systemregister.Imported{}, problem.New(problem.NotFound, "没有登录名为“%s”的人", login)
	}
	if err != nil {
		return systemregister.Imported{}, err
	}
	f, err := os.Open(file)
	if err != nil {
		return systemregister.Imported{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	rows, err := systemregister.ReadList(f)
	if err != nil {
		return systemregister.Imported{}, err
	}
	return systemregister.Import(ctx, a.Engine, actor, rows, skipBad)
}
