package registry

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// Published is what a jurisdiction lets the city know of a plan year (A36.1):
// totals, and nothing of any unit or project.
type Published struct {
	Jurisdiction string    `json:"jurisdiction"`
	Name         string    `json:"name"`
	Year         int64     `json:"year"`
	Units        int64     `json:"units"` // that have projects
	Projects     int64     `json:"projects"`
	Estimate     money.Fen `json:"estimate"`
	Planned      money.Fen `json:"planned"` // scheduled in the annual plan
	Note         string    `json:"note,omitempty"`
	By           string    `json:"by"`
	At           int64     `json:"at"`
}

// YearTotals are the totals of a plan year as the register has them now.
func YearTotals(ctx context.Context, q db.Querier, jurisdiction string, year int64) (Published, error) {
	t, err := db.One(ctx, q, func(s db.Scanner) (Published, error) {
		var p Published
		err := s.Scan(&p.Units, &p.Projects, &p.Estimate, &p.Planned)
		return p, err
	}, `SELECT COUNT(DISTINCT unit_id), COUNT(*), CAST(COALESCE(SUM(estimate), 0) AS BIGINT), CAST(COALESCE(SUM(planned), 0) AS BIGINT) FROM project WHERE jurisdiction = $1 AND year = $2`,
		jurisdiction, year)
	t.Jurisdiction, t.Year = jurisdiction, year
	return t, err
}

// Publish lets the city know the totals of a plan year as the register has them
// at this moment; publishing again brings them up to date. The head of the
// jurisdiction's big data office publishes.
func Publish(ctx context.Context, d *db.DB, clock *calendar.Clock, actor identity.Actor, year int64, note string) (Published, error) {
	var t Published
	if actor.Office != identity.BigData || !actor.Is(identity.Head) {
		return t, problem.New(problem.Forbidden, "年度汇总由本辖区大数据主管部门负责人公布")
	}
	this := int64(clock.Today().Year())
	if year < 2025 || year > this+1 {
		return t, problem.Field("year", "计划年度应在 2025 至 %d 之间", this+1)
	}
	if n := len([]rune(note)); n > 200 {
		return t, problem.Field("note", "说明最多 200 字，现有 %d 字", n)
	}
	err := d.Write(ctx, func(tx *db.Tx) error {
		own, err := db.Value[int64](ctx, tx, `SELECT COUNT(*) FROM jurisdiction WHERE id = $1 AND measures = 'own'`, actor.Jurisdiction)
		if err != nil {
			return err
		}
		if own > 0 {
			return problem.New(problem.Conflict, "市级汇总不向自己公布；各县区公布的汇总在本页查看")
		}
		was, err := db.One(ctx, tx, scanPublished, publishedQuery+` WHERE p.jurisdiction = $1 AND p.year = $2`, actor.Jurisdiction, year)
		if err != nil && !db.None(err) {
			return err
		}
		if t, err = YearTotals(ctx, tx, actor.Jurisdiction, year); err != nil {
			return err
		}
		t.Note, t.By, t.At = note, actor.Name, clock.Now().UnixMilli()
		err = tx.Later(ctx, `INSERT INTO published_total (jurisdiction, year, units, projects, estimate, planned, note, published_by, published_name, published_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (jurisdiction, year) DO UPDATE SET units = excluded.units, projects = excluded.projects, estimate = excluded.estimate,
			planned = excluded.planned, note = excluded.note, published_by = excluded.published_by, published_name = excluded.published_name, published_at = excluded.published_at`,
			t.Jurisdiction, t.Year, t.Units, t.Projects, int64(t.Estimate), int64(t.Planned), t.Note, actor.ID, actor.Name, t.At)
		if err != nil {
			return err
		}
		return identity.Record(ctx, tx, actor, identity.Act{Kind: identity.OfTotals, Subject: identity.SettingsOf(identity.OfTotals, actor.Jurisdiction), Title: fmt.Sprintf("%d 年度汇总", year), Do: "publish",
			Capacity: identity.AsOffice, Reason: note, At: t.At, Changes: []form.Change{{Key: "totals", Label: fmt.Sprintf("%d 年度", year), Before: was.says(), After: t.says()}}})
	})
	return t, err
}

func (p Published) says() string {
	if p.At == 0 {
		return "—"
	}
	return fmt.Sprintf("%d 个单位，%d 个项目，估算 %s 万元，列入计划 %s 万元", p.Units, p.Projects, p.Estimate.Wan(), p.Planned.Wan())
}

const publishedQuery = `SELECT p.jurisdiction, j.name, p.year, p.units, p.projects, p.estimate, p.planned, p.note, p.published_name, p.published_at
	FROM published_total p JOIN jurisdiction j ON j.id = p.jurisdiction`

func scanPublished(s db.Scanner) (Published, error) {
	var p Published
	err := s.Scan(&p.Jurisdiction, &p.Name, &p.Year, &p.Units, &p.Projects, &p.Estimate, &p.Planned, &p.Note, &p.By, &p.At)
	return p, err
}

// PublishedTotals lists what an actor may know: the city's bureau and auditor
// what every jurisdiction has published, others what their own has.
func PublishedTotals(ctx context.Context, q db.Querier, actor identity.Actor) ([]Published, error) {
	if actor.Administrator() {
		return []Published{}, nil
	}
	var args db.Args
	own := args.Add(actor.Jurisdiction)
	where := "p.jurisdiction = " + own
	if actor.OverseesAll() {
		where += " OR EXISTS (SELECT 1 FROM jurisdiction c WHERE c.id = " + own + " AND c.measures = 'own')"
	}
	return db.All(ctx, q, scanPublished, publishedQuery+` WHERE `+where+` ORDER BY p.year DESC, j.id LIMIT 500`, args.List()...)
}
