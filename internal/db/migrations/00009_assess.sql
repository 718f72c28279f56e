-- +goose Up

-- A05.4: a government investment project that needs a decision assessment
ALTER TABLE plan_entry ADD COLUMN assess BIGINT NOT NULL DEFAULT 0;

-- +goose Down
SELECT 1;
