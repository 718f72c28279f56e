-- +goose Up

-- acceptance meetings held before the conformity check passed: facts that let nothing pass
ALTER TABLE acceptance_meeting ADD COLUMN early BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE acceptance_meeting DROP COLUMN early;
