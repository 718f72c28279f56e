-- +goose Up

-- by how much what was reached differs from the target of an indicator (Article 13)
ALTER TABLE evaluation_line ADD COLUMN deviation TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE evaluation_line DROP COLUMN deviation;
