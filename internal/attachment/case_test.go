package attachment_test

import (
	"context"
	"testing"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/problem"
)

func settle(ctx context.Context, tx *db.Tx) error {
	for _, text := range []string{
		`INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('city', '试验市', '5202', '试验', 'own')`,
		`INSERT INTO unit (id, jurisdiction, name, short_name, code, kind, sort_key, normal_name) VALUES ('water', 'city', '市水务局', '水务局', 'SWJ', 'department', 's', '市水务局')`,
		`INSERT INTO matter (id, jurisdiction, procedure, title, unit_id, state, rev, form, form_rev, origin, opened_by, opened_at, state_since)
			VALUES ('a', 'city', 'plan', '计划', 'water', 's', 1, '{}', 0, 'own', 'p', 0, 0), ('b', 'city', 'plan', '计划', 'water', 's', 1, '{}', 0, 'own', 'p', 0, 0)`,
	} {
		if _, err := tx.Exec(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

func TestDocumentsOfACase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		write := func(fn func(tx *db.Tx) error) error { return d.Write(ctx, fn) }
		must(t, write(func(tx *db.Tx) error { return settle(ctx, tx) }))
		st := attachment.Stored{Name: "批复.pdf", MediaType: "application/pdf", Digest: "d1", Size: 7}
		add := func(matter string, at int64) attachment.File {
			t.Helper()
			var f attachment.File
			must(t, write(func(tx *db.Tx) error {
				var err error
				f, err = attachment.Add(ctx, tx, "city", matter, "basis", st, "p", at)
				return err
			}))
			return f
		}
		second, first, other := add("a", 20), add("a", 10), add("b", 10)
		want := attachment.File{ID: first.ID, MatterID: "a", Kind: "basis", Name: "批复.pdf", MediaType: "application/pdf", Size: 7, Digest: "d1", UploadedBy: "p", UploadedAt: 10}
		of := func(matter string, want ...attachment.File) {
			t.Helper()
			var got []attachment.File
			err := db.Together(ctx, d, attachment.Ask(&got, matter))
			must(t, err)
			if len(got) != len(want) {
				t.Fatalf("documents of %s: %+v, want %+v", matter, got, want)
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("document %d of %s: %+v, want %+v", i, matter, got[i], want[i])
				}
			}
		}
		of("a", want, second) // oldest first
		remove := func(matter, id string) error {
			return write(func(tx *db.Tx) error { return attachment.Remove(ctx, tx, matter, id, 30) })
		}
		if err := remove("b", first.ID); !problem.Is(err, problem.NotFound) {
			t.Errorf("out of another case: %v", err)
		}
		must(t, remove("a", first.ID))
		if err := remove("a", first.ID); !problem.Is(err, problem.NotFound) {
			t.Errorf("a second time: %v", err)
		}
		of("a", second)
		of("b", other)
		if n, err := db.Value[int64](ctx, d, `SELECT COUNT(*) FROM attachment WHERE id = $1 AND removed_at = 30`, first.ID); n != 1 || err != nil {
			t.Errorf("%d rows kept for the history, %v", n, err)
		}
	})
}
