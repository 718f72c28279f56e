package catalogue

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// prefix is the class part of the code of a resource: 类 1 位、项 2 位、目 3 位、细目.
func (e *Entry) prefix() string { return e.Class + e.Item + e.Target + e.Detail }

// publish gives a new entry its code, without gap within its class and never
// again, and puts it into the catalogue; a changed one is brought up to date.
func publish(ctx context.Context, d *matter.Doing) error {
	c, e := d.Case, matter.FormOf[Entry](d.Case)
	y, err := registry.OwnSystem(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	if y.State == registry.Retired {
		return problem.New(problem.Conflict, "系统“%s”已于 %s 停用，不能再发布它的目录，请退回", y.Name, y.RetiredOn)
	}
	if e.Code == "" {
		n, err := d.NextCode(ctx, "catalogue/"+e.prefix(), 0)
		if err != nil {
			return err
		}
		e.Code = fmt.Sprintf("%s/%06d", e.prefix(), n)
	}
	due := c.Today.AddDays(ShelveDays.Int(c.Values))
	if e.ShareType == None {
		due, e.Service = "", "" // what is not shared is not on the shelf, nor owed to be
		if _, err := duty.TakeBack(ctx, d.Tx, c.UnitID, ShelveDuty.Key, e.Code); err != nil {
			return err
		}
	} else if _, err := duty.Open(ctx, d.Tx, duty.Duty{Jurisdiction: c.Jurisdiction, UnitID: c.UnitID, Kind: ShelveDuty.Key, Clause: ShelveDuty.Clause,
		Title: fmt.Sprintf(ShelveDuty.Title, e.Name), Period: e.Code, SubjectID: c.ID, Due: due}, c.Now.UnixMilli()); err != nil {
		return err
	}
	if err := d.KeepForm(ctx); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `INSERT INTO resource (id, jurisdiction, unit_id, system_id, code, name, normal_name, sort_key, abstract, class, format, share_type, share_condition, share_basis, share_way,
			open_type, open_condition, cycle, data_level, personal, office, keeper, items, state, published_on, shelve_due,
			data_range, cycle_note, related, phone, authorised)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,'published',$24,$25,$26,$27,$28,$29,$30)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, normal_name = excluded.normal_name, sort_key = excluded.sort_key, abstract = excluded.abstract, class = excluded.class, format = excluded.format,
			share_type = excluded.share_type, share_condition = excluded.share_condition, share_basis = excluded.share_basis, share_way = excluded.share_way, open_type = excluded.open_type,
			open_condition = excluded.open_condition, cycle = excluded.cycle, data_level = excluded.data_level, personal = excluded.personal, office = excluded.office, keeper = excluded.keeper, items = excluded.items,
			data_range = excluded.data_range, cycle_note = excluded.cycle_note, related = excluded.related, phone = excluded.phone, authorised = excluded.authorised,
			state = CASE WHEN excluded.share_type = 'none' THEN 'published' ELSE resource.state END, service = CASE WHEN excluded.share_type = 'none' THEN '' ELSE resource.service END,
			shelve_due = CASE WHEN excluded.share_type = 'none' OR resource.shelve_due = '' THEN excluded.shelve_due ELSE resource.shelve_due END`,
		c.ID, c.Jurisdiction, c.UnitID, c.SubjectID, e.Code, e.Name, hanzi.NormalName(e.Name), hanzi.SortKey(e.Name), e.Abstract, e.Class, e.Format, e.ShareType, e.ShareCondition, e.ShareBasis, e.Way,
		e.OpenType, e.OpenCondition, e.Cycle, e.Level, db.Flag(e.Personal), e.Office, e.Keeper, int64(len(c.LinesOf(""))), string(c.Today), string(due),
		e.Range, e.CycleNote, e.Related, e.Phone, db.Flag(e.Authorised)); err != nil {
		return err
	}
	if err := registry.Index(ctx, d.Tx, c.Jurisdiction, Key, c.ID, words(c)); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `DELETE FROM resource_item WHERE resource_id = $1`, c.ID); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `INSERT INTO resource_item (resource_id, seq, name, field_name, data_type, size, main_key, sensitive, kept_back)
		SELECT matter_id, seq, name, field_name, data_type, size, main_key, sensitive, kept_back FROM catalogue_item WHERE matter_id = $1`, c.ID); err != nil {
		return err
	}
	if err := bears(ctx, d); err != nil {
		return err
	}
	return owe(ctx, d)
}

// words are what an entry is found by: its name and those of its items.
func words(c *matter.Case) string {
	var b strings.Builder
	b.WriteString(matter.FormOf[Entry](c).Name)
	for _, ln := range c.LinesOf("") {
		b.WriteString(" " + matter.BodyOf[Item](ln).Name)
	}
	return b.String()
}

func shelve(ctx context.Context, d *matter.Doing) error {
	e, s := matter.FormOf[Entry](d.Case), d.Input.(*Shelving)
	e.Service = s.Service
	if err := d.KeepForm(ctx); err != nil {
		return err
	}
	if err := duty.Satisfy(ctx, d.Tx, d.Case.UnitID, ShelveDuty.Key, e.Code, s.On, d.EventID); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `UPDATE resource SET state = 'shelved', shelved_on = $1, share_way = $2, service = $3, updated_on = $1 WHERE id = $4`, string(s.On), s.Way, s.Service, d.Case.ID); err != nil {
		return err
	}
	return owe(ctx, d)
}

func update(ctx context.Context, d *matter.Doing) error {
	if err := d.Tx.Later(ctx, `UPDATE resource SET updated_on = $1 WHERE id = $2`, string(d.Input.(*Updating).On), d.Case.ID); err != nil {
		return err
	}
	return owe(ctx, d)
}

func become(s matter.State) func(context.Context, *matter.Doing) error {
	return func(ctx context.Context, d *matter.Doing) error {
		if err := d.Tx.Later(ctx, `UPDATE resource SET state = $1 WHERE id = $2`, string(s), d.Case.ID); err != nil {
			return err
		}
		return owe(ctx, d)
	}
}

func withdraw(ctx context.Context, d *matter.Doing) error {
	if err := d.Tx.Later(ctx, `UPDATE resource SET state = 'withdrawn', ended_on = $1 WHERE id = $2`, string(d.Case.Today), d.Case.ID); err != nil {
		return err
	}
	if _, err := duty.TakeBack(ctx, d.Tx, d.Case.UnitID, ShelveDuty.Key, matter.FormOf[Entry](d.Case).Code); err != nil {
		return err
	}
	if err := bears(ctx, d); err != nil {
		return err
	}
	return owe(ctx, d)
}

// owe keeps the last day by which a shelved resource must be updated again.
func owe(ctx context.Context, d *matter.Doing) error {
	r, err := db.One(ctx, d.Tx, func(s db.Scanner) (struct{ state, cycle, updated string }, error) {
		var r struct{ state, cycle, updated string }
		err := s.Scan(&r.state, &r.cycle, &r.updated)
		return r, err
	}, `SELECT state, cycle, updated_on FROM resource WHERE id = $1`, d.Case.ID)
	if err != nil {
		return err
	}
	next := calendar.Date("")
	if r.state == string(Shelved) {
		next = NextUpdate(calendar.Date(r.updated), r.cycle, d.Case.Values)
	}
	return d.Tx.Later(ctx, `UPDATE resource SET next_update = $1 WHERE id = $2`, string(next), d.Case.ID)
}

// cycleDays are the cycles that a clock can hold, in days; real time and irregular
// ones it cannot.
var cycleDays = map[string]int{"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 91, "half_yearly": 182, "yearly": 365}

// NextUpdate is the last day on which an update is not overdue: overdue is what
// has passed the cycle by more than its grace. "" where no clock can say.
func NextUpdate(last calendar.Date, cycle string, v measures.Values) calendar.Date {
	days, ok := cycleDays[cycle]
	if !ok || last == "" {
		return ""
	}
	return last.AddDays(days * (100 + UpdateGrace.Int(v)) / 100)
}
