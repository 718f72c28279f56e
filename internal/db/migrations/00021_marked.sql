-- +goose Up

-- what is marked, newest first
CREATE INDEX procurement_marked ON procurement (jurisdiction, id) WHERE marks <> '';
CREATE INDEX contract_marked ON contract (jurisdiction, id) WHERE marks <> '' OR closed_marks <> '';
CREATE INDEX payment_marked ON payment (jurisdiction, id) WHERE marks <> '';

-- +goose Down
DROP INDEX payment_marked;
DROP INDEX contract_marked;
DROP INDEX procurement_marked;
