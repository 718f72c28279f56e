-- +goose Up

-- lowest grade of the unit's self-evaluations in its latest year, beside each line (A13.3)
ALTER TABLE arrangement_line ADD COLUMN unit_grade TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE arrangement_line DROP COLUMN unit_grade;
