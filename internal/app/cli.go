package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"

	"zhengcheng/internal/app/demo"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/ledger/verify"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/review"
)

// commands is the command line.
type commands struct {
	Serve    serveCmd    `cmd:"" help:"Serve a city."`
	Demo     demoCmd     `cmd:"" help:"Make the demo city and serve it."`
	Init     initCmd     `cmd:"" help:"Prepare a jurisdiction: the city first, counties after it, each with its first administrators."`
	Password passwordCmd `cmd:"" help:"Make up a first password for an administrator who forgot theirs."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the schema to the newest version."`
	Verify   verifyCmd   `cmd:"" help:"Verify the tamper-evident record."`
	Check    checkCmd    `cmd:"" help:"Recompute kept totals, or a draw of experts from its record, and compare."`
	Law      lawCmd      `cmd:"" help:"Print the Measures beside what the program does."`
	Import   importCmd   `cmd:"" help:"Import units, systems, a plan workbook or an exported catalogue."`
	Export   exportCmd   `cmd:"" help:"Write the annual plan or the projects as a file."`
}

// place is where a city lives.
type place struct {
	Data     string `help:"Folder of database, documents and signing key." default:"data" env:"ZHENGCHENG_DATA" type:"path"`
	Database string `help:"PostgreSQL address; empty for SQLite in the data folder." env:"ZHENGCHENG_DATABASE"`
}

func (p place) config() Config { return Config(p) }

type streams struct {
	out, err io.Writer
}

// Main runs the command line and returns the exit code: 0 done, 1 failed, 2 used wrongly.
func Main(ctx context.Context, args []string, out, errw io.Writer) int {
	var c commands
	k, err := kong.New(&c, kong.Name("zhengcheng"), kong.Description("政程：政务信息系统建设管理"), kong.Writers(out, errw),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(&streams{out, errw}), kong.Exit(func(int) {}))
	if err != nil {
		fmt.Fprintln(errw, err)
		return 2
	}
	parsed, err := k.Parse(args)
	if err != nil {
		fmt.Fprintln(errw, "zhengcheng:", err)
		return 2
	}
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(errw, "zhengcheng:", err)
		return 1
	}
	return 0
}

type serveCmd struct {
	place
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080"`
	Secure bool   `help:"Mark cookies Secure (behind HTTPS)." default:"true" negatable:""`
}

// Run serves the city until the context ends.
func (c *serveCmd) Run(ctx context.Context, io *streams) error {
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	return a.serve(ctx, c.Listen, c.Secure, io.out)
}

type demoCmd struct {
	place
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080"`
	At     string `help:"Day the demo begins on." default:"2026-09-20"`
	Keep   bool   `help:"Go on with the demo city that is already there."`
	Full   bool   `help:"Fill the city in bulk: sheets of all systems, 900 catalogue entries, protection records."`
}

// Run makes the demo city afresh in its own folder and serves it.
func (c *demoCmd) Run(ctx context.Context, io *streams) error {
	day, err := calendar.ParseDate(c.At)
	if err != nil {
		return fmt.Errorf("--at: %w", err)
	}
	if c.Database == "" && !c.Keep {
		for _, f := range []string{"zhengcheng.db", "zhengcheng.db-wal", "zhengcheng.db-shm"} {
			if err := os.Remove(filepath.Join(c.Data, f)); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	clock := calendar.Offset(day.Time().Add(9 * time.Hour))
	a, err := Open(ctx, c.config(), clock)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	server, ready := a.start(c.Listen, false)
	if server == nil {
		return ready
	}
	began, seed := time.Now(), demo.Seed
	if c.Full {
		seed = demo.SeedFull
	}
	if c.Keep {
		a.ready.Store(true)
	} else if err := a.seed(ctx, day, seed); err != nil {
		return errors.Join(fmt.Errorf("make the demo city: %w", err), server.Close())
	}
	fmt.Fprintf(io.out, "演示城市已就绪（用时 %.1f 秒）：http://%s/\n", time.Since(began).Seconds(), c.Listen)
	fmt.Fprintf(io.out, "The demo city is ready. Sign in as 周敏 (bureau clerk): %s / %s; others: the switch bar at the top.\n", demo.FirstLogin, demo.Password)
	return a.until(ctx, server)
}

// Seed fills an empty city with the demo, as of a day.
func (a *App) Seed(ctx context.Context, day calendar.Date) error { return a.seed(ctx, day, demo.Seed) }

func (a *App) seed(ctx context.Context, day calendar.Date, seed func(context.Context, *matter.Engine, *identity.Directory, calendar.Date) error) error {
	if err := seed(ctx, a.Engine, a.Units, day); err != nil {
		return err
	}
	if err := a.Advance(ctx); err != nil {
		return err
	}
	_, err := a.Sequencer.Flush(ctx)
	a.ready.Store(err == nil)
	return err
}

type initCmd struct {
	place
	Jurisdiction string `help:"Identifier of the jurisdiction; another one than the first adds a county." default:"lps"`
	Name         string `help:"Name of the jurisdiction." default:"六盘水市"`
	Number       string `help:"Head of its document numbers." default:"六盘水数"`
	Area         string `help:"Code of the administrative division." default:""`
}

// Run prepares an empty city, or adds a jurisdiction, with the three separated
// administrators and prints their first passwords once.
func (c *initCmd) Run(ctx context.Context, io *streams) error {
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	return a.initCity(ctx, newJurisdiction{id: c.Jurisdiction, name: c.Name, area: c.Area, numbering: c.Number}, io.out)
}

type passwordCmd struct {
	place
	Login  string `arg:"" help:"Login of the person."`
	Reason string `help:"Why; it stands in the record." required:""`
}

// Run makes up a first password for an administrator who forgot theirs.
func (c *passwordCmd) Run(ctx context.Context, io *streams) error {
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	password, err := a.Engine.Administration().ResetPassword(ctx, c.Login, c.Reason)
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "%s  %s  登录后须修改\n", c.Login, password)
	return nil
}

type migrateCmd struct{ place }

// Run migrates the schema.
func (c *migrateCmd) Run(ctx context.Context, io *streams) error {
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	fmt.Fprintln(io.out, "schema is up to date")
	return a.Close()
}

type verifyCmd struct {
	place
	Key string `help:"Public key to verify against; the published one, kept outside the server." type:"path"`
}

// Run verifies the record and names the first bad entry.
func (c *verifyCmd) Run(ctx context.Context, io *streams) error {
	spec := c.Database
	if spec == "" {
		spec = filepath.Join(c.Data, "zhengcheng.db")
	}
	if c.Key == "" {
		c.Key = filepath.Join(c.Data, "ledger.key.pub")
	}
	key, err := os.ReadFile(c.Key)
	if err != nil {
		return fmt.Errorf("read public key: %w", err)
	}
	d, err := db.Open(ctx, spec)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // the process ends
	r, err := verify.Run(ctx, d.SQL(), key)
	if err != nil {
		return err
	}
	for _, b := range r.Bads {
		fmt.Fprintln(io.err, b.What)
	}
	if !r.OK() {
		return fmt.Errorf("the record does not hold; first bad entry: %d", r.Bads[0].Index)
	}
	fmt.Fprintf(io.out, "ok: %d entries, %d checkpoints, %d pending, %d purged\n", r.Entries, r.Checkpoints, r.Pending, r.Purged)
	return nil
}

type lawCmd struct {
	JSON bool `help:"Print JSON." name:"json"`
}

// Run prints the law; it needs no database.
func (c *lawCmd) Run(io *streams) error {
	book, err := NewBook(Procedures(&identity.Directory{}))
	if err != nil {
		return err
	}
	law := book.Law()
	if c.JSON {
		e := json.NewEncoder(io.out)
		e.SetEscapeHTML(false)
		return e.Encode(law)
	}
	for _, s := range law.Sentences {
		fmt.Fprintf(io.out, "%-6s %-10s %s\n", s.ID, s.Status, s.Text)
	}
	return nil
}

type importCmd struct {
	Units     importUnitsCmd     `cmd:"" help:"Import units from a CSV file."`
	Systems   importSystemsCmd   `cmd:"" help:"Draft the systems of a CSV or XLSX list for their units."`
	Plan      importPlanCmd      `cmd:"" help:"Preview a plan workbook and import its rows into drafts."`
	Catalogue importCatalogueCmd `cmd:"" help:"Draft the entries of an exported responsibility list for their units."`
}

type importUnitsCmd struct {
	place
	File         string `arg:"" type:"existingfile"`
	Jurisdiction string `help:"Jurisdiction id." default:"lps"`
}

// Run imports units; importing twice changes nothing.
func (c *importUnitsCmd) Run(ctx context.Context, io *streams) error {
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	n, err := a.importUnits(ctx, f, c.Jurisdiction)
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "导入 %d 个单位\n", n)
	return nil
}

type checkCmd struct {
	place
	Draw string `help:"Repeat the draw of experts in this record; needs no city." type:"existingfile" placeholder:"FILE"`
}

// Run recomputes kept totals, or the draw of a record.
func (c *checkCmd) Run(ctx context.Context, io *streams) error {
	if c.Draw != "" {
		return checkDraw(c.Draw, io.out)
	}
	a, err := Open(ctx, c.config(), calendar.System())
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	wrong, err := a.checkTotals(ctx)
	if err != nil {
		return err
	}
	for _, w := range wrong {
		fmt.Fprintln(io.err, w)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d kept totals differ from what they sum", len(wrong))
	}
	fmt.Fprintln(io.out, "ok: kept totals agree with the projects")
	return nil
}

// checkDraw repeats a draw from its record alone.
func checkDraw(file string, out io.Writer) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var r review.Record
	if err := json.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("不是抽取记录: %w", err)
	}
	if err := r.Repeat(); err != nil {
		return err
	}
	fmt.Fprintf(out, "ok: %d candidates, %d drawn, %d substituted\n", len(r.Candidates), r.Size, len(r.Substitutions))
	return nil
}
