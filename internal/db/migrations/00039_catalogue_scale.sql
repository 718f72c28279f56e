-- +goose Up

-- what is overdue is counted without reading the whole catalogue
CREATE INDEX resource_state ON resource (jurisdiction, state);
CREATE INDEX resource_unshelved ON resource (jurisdiction, shelve_due) WHERE state = 'published' AND shelve_due <> '';
CREATE INDEX resource_stale ON resource (jurisdiction, next_update) WHERE next_update <> '';

-- +goose Down
DROP INDEX resource_stale;
DROP INDEX resource_unshelved;
DROP INDEX resource_state;
