package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/responsibility"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
)

type importCatalogueCmd struct {
	place
	File    string `arg:"" type:"existingfile" help:"Responsibility list as this program exports it, JSON or DCAT (JSON-LD)."`
	As      string `help:"Login of the clerk who imports: of a unit for its own entries, of the bureau for every unit." required:""`
	SkipBad bool   `help:"Leave out the entries that cannot be taken and import the others."`
}

// Run drafts the entries of an exported list; importing twice adds nothing.
func (c *importCatalogueCmd) Run(ctx context.Context, io *streams) error {
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	done, err := a.importCatalogue(ctx, c.File, c.As, c.SkipBad)
	for _, b := range done.Bad {
		fmt.Fprintf(io.err, "第 %d 条：%s\n", b.Row, b.Why)
	}
	if err != nil {
		if problem.KindOf(err) == problem.Internal {
			return err
		}
		return errors.New(problem.Message(err))
	}
	fmt.Fprintf(io.out, "起草 %d 条目录；已编目或正在编目 %d 条，其他单位 %d 条，未导入 %d 条。草稿须经保密审查和发布\n", done.Drafts, done.Same, done.Others, len(done.Bad))
	return nil
}

func (a *App) importCatalogue(ctx context.Context, file, login string, skipBad bool) (responsibility.Imported, error) {
	actor, err := identity.ActorByLogin(ctx, a.DB, login)
	if db.None(err) {
		return responsibility.Imported{}, problem.New(problem.NotFound, "没有登录名为“%s”的人", login)
	}
	if err != nil {
		return responsibility.Imported{}, err
	}
	f, err := os.Open(file)
	if err != nil {
		return responsibility.Imported{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	list, err := responsibility.ReadExport(f)
	if err != nil {
		return responsibility.Imported{}, err
	}
	return responsibility.Import(ctx, a.Engine, actor, list, skipBad)
}
