package db

import (
	"context"
	"fmt"
)

// Place is a column of a table.
type Place struct{ Table, Column string }

// TextColumns lists the columns of the schema that keep text, table by table.
func (t *Tx) TextColumns(ctx context.Context) ([]Place, error) {
	text := `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT' ORDER BY m.name, c.cid`
	if t.line != nil {
		text = `SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'text' ORDER BY table_name, ordinal_position`
	}
	return All(ctx, t, func(s Scanner) (Place, error) {
		var c Place
		err := s.Scan(&c.Table, &c.Column)
		return c, err
	}, text)
}

// Scrub has the engine forget what was taken out of tables: neither free pages nor its
// journal keep it. Nothing else is written while it runs; backups are not its business.
func (d *DB) Scrub(ctx context.Context, tables ...string) error {
	if d.dialect == Postgres {
		for _, t := range tables {
			if _, err := d.write.ExecContext(ctx, `VACUUM (FULL) `+t); err != nil {
				return fmt.Errorf("scrub %s: %w", t, err)
			}
		}
		return nil
	}
	for _, text := range []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
		if _, err := d.write.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("scrub: %w", err)
		}
	}
	return nil
}
