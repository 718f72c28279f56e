-- +goose Up

-- the conclusion of the budget review that a reviewed amount stands on (Articles 5 and 12)
ALTER TABLE arrangement_line ADD COLUMN review_number TEXT NOT NULL DEFAULT '';
ALTER TABLE arrangement_line ADD COLUMN reviewed_on TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE arrangement_line DROP COLUMN reviewed_on;
ALTER TABLE arrangement_line DROP COLUMN review_number;
