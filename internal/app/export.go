package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

type exportCmd struct {
	Plan     exportPlanCmd     `cmd:"" help:"Write the annual plan of a year as XLSX or DOCX."`
	Projects exportProjectsCmd `cmd:"" help:"Write the projects of the register as XLSX."`
}

// exporting is what every export needs: who asks, and where it goes. The file
// holds what that person may see, no more.
type exporting struct {
	place
	As  string `help:"Login of the person whose view is exported." required:""`
	Out string `help:"File to write; one that is there is replaced." required:"" type:"path"`
}

type exportPlanCmd struct {
	exporting
	Year  int64  `help:"Year of the plan." required:""`
	Paper string `help:"summary (XLSX) or request (DOCX)." enum:"summary,request" default:"summary"`
}

// Run writes the annual plan as it stands.
func (c *exportPlanCmd) Run(ctx context.Context, io *streams) error {
	ending := map[string]string{"summary": ".xlsx", "request": ".docx"}[c.Paper]
	return c.write(ctx, io, ending, func(a *App, actor identity.Actor) ([]byte, string, error) {
		rows, err := a.Engine.List(ctx, actor, matter.Filter{Procedure: annualplan.Key, Year: c.Year, Limit: 1})
		if err != nil {
			return nil, "", err
		}
		if len(rows) == 0 {
			return nil, "", problem.New(problem.NotFound, "没有 %d 年度计划，或者您无权查看", c.Year)
		}
		k, err := a.Engine.Load(ctx, actor, rows[0].ID)
		if err != nil {
			return nil, "", err
		}
		said := fmt.Sprintf("%s（%s）", k.Title, k.StateDef().Title)
		if c.Paper == "summary" {
			raw, err := annualplan.SummaryOf(ctx, a.DB, a.Units, actor, k)
			return raw, said, err
		}
		d, err := annualplan.RequestOf(ctx, a.DB, a.Units, k)
		if err != nil {
			return nil, "", err
		}
		raw, err := d.DOCX()
		return raw, said, err
	})
}

type exportProjectsCmd struct {
	exporting
	Year  int64  `help:"Only projects of this year."`
	Unit  string `help:"Only projects of this unit: its name, short name or code."`
	Stage string `help:"Only projects in this stage, such as 建设中 or building."`
}

// Run writes the projects a person may see.
func (c *exportProjectsCmd) Run(ctx context.Context, io *streams) error {
	return c.write(ctx, io, ".xlsx", func(a *App, actor identity.Actor) ([]byte, string, error) {
		f := registry.Filter{Year: c.Year}
		if c.Unit != "" {
			u, ok := a.Units.Match(actor.Jurisdiction, c.Unit)
			if !ok {
				return nil, "", problem.New(problem.NotFound, "没有单位“%s”", c.Unit)
			}
			f.UnitID = u.ID
		}
		if c.Stage != "" {
			if f.Stage = stageOf(c.Stage); f.Stage == "" {
				return nil, "", problem.New(problem.Invalid, "没有阶段“%s”，可用：%s", c.Stage, words(registry.Stages))
			}
		}
		raw, err := registry.Workbook(ctx, a.DB, a.Units, actor, f, a.Clock.Today())
		return raw, "项目总库", err
	})
}

func stageOf(word string) registry.Stage {
	for _, o := range registry.Stages {
		if o.ID == word || o.Label == word {
			return registry.Stage(o.ID)
		}
	}
	return ""
}

func words(options []form.Option) string {
	var out []string
	for _, o := range options {
		out = append(out, o.Label)
	}
	return strings.Join(out, "、")
}

// write opens the city, makes the file as the person sees it and puts it in place.
func (c *exporting) write(ctx context.Context, io *streams, ending string, content func(*App, identity.Actor) (raw []byte, said string, err error)) error {
	if !strings.EqualFold(filepath.Ext(c.Out), ending) {
		return fmt.Errorf("导出的是 %s 文件，请把 --out 的文件名改为以 %s 结尾", ending, ending)
	}
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	actor, err := identity.ActorByLogin(ctx, a.DB, c.As)
	if db.None(err) {
		return fmt.Errorf("没有登录名为“%s”的人", c.As)
	}
	if err != nil {
		return err
	}
	raw, said, err := content(a, actor)
	if err != nil {
		if problem.KindOf(err) == problem.Internal {
			return err
		}
		return errors.New(problem.Message(err))
	}
	if err := replace(c.Out, raw); err != nil {
		return fmt.Errorf("文件没有写成：%w", err)
	}
	fmt.Fprintf(io.out, "已导出%s，%d KB：%s\n", said, (len(raw)+1023)/1024, c.Out)
	return nil
}

// replace puts a whole file in place: a reader never finds half of it.
func replace(name string, raw []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".export-*")
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), name)
}
