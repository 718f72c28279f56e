-- +goose Up

-- the contracts of a jurisdiction, newest first
CREATE INDEX contract_list ON contract (jurisdiction, id);

-- +goose Down
DROP INDEX contract_list;
