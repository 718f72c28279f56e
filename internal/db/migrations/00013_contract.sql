-- +goose Up

-- procurements as the bureau acknowledged them (Article 18); id is the case
CREATE TABLE procurement (
  id           TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  project_id   TEXT NOT NULL REFERENCES project(id),
  period       TEXT NOT NULL, -- of the money chain
  item         TEXT NOT NULL,
  plan_number  TEXT NOT NULL,
  method       TEXT NOT NULL,
  budget_year  BIGINT NOT NULL,
  source       TEXT NOT NULL,
  budget       BIGINT NOT NULL, -- fen
  result       TEXT NOT NULL CHECK (result IN ('awarded','failed')),
  supplier     TEXT NOT NULL DEFAULT '',
  uscc         TEXT NOT NULL DEFAULT '',
  award        BIGINT NOT NULL DEFAULT 0,
  notice_on    TEXT NOT NULL DEFAULT '',
  marks        TEXT NOT NULL DEFAULT '', -- ids of the rules it fails, with a blank between
  recorded_on  TEXT NOT NULL
);
CREATE INDEX procurement_project ON procurement (project_id, id);

-- payment schedule of a contract, rows from the draft on
CREATE TABLE contract_node (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  node      TEXT NOT NULL DEFAULT '',
  percent   BIGINT NOT NULL DEFAULT 0,
  amount    BIGINT NOT NULL DEFAULT 0,
  due_on    TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- contracts on file (Article 19); id is the case, its number the receipt
CREATE TABLE contract (
  id              TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction    TEXT NOT NULL REFERENCES jurisdiction(id),
  project_id      TEXT NOT NULL REFERENCES project(id),
  unit_id         TEXT NOT NULL REFERENCES unit(id),
  procurement_id  TEXT NOT NULL DEFAULT '',
  original_id     TEXT NOT NULL DEFAULT '', -- the contract it supplements
  supplementary   BIGINT NOT NULL DEFAULT 0,
  period          TEXT NOT NULL,
  contract_number TEXT NOT NULL,
  title           TEXT NOT NULL,
  kind            TEXT NOT NULL,
  supplier        TEXT NOT NULL,
  uscc            TEXT NOT NULL DEFAULT '',
  signed_on       TEXT NOT NULL,
  amount          BIGINT NOT NULL, -- fen, as signed
  begin_on        TEXT NOT NULL DEFAULT '',
  end_on          TEXT NOT NULL DEFAULT '',
  warranty        BIGINT NOT NULL DEFAULT 0, -- months
  marks           TEXT NOT NULL DEFAULT '',
  recorded_on     TEXT NOT NULL,
  closed_as       TEXT NOT NULL DEFAULT '' CHECK (closed_as IN ('','settled','terminated')),
  closed_on       TEXT NOT NULL DEFAULT '',
  settled         BIGINT NOT NULL DEFAULT 0, -- fen, when closed
  closed_marks    TEXT NOT NULL DEFAULT '',
  UNIQUE (unit_id, contract_number)
);
CREATE INDEX contract_project ON contract (project_id, id);

-- payments as they were made; id is the case
CREATE TABLE payment (
  id           TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  project_id   TEXT NOT NULL REFERENCES project(id),
  contract_id  TEXT NOT NULL DEFAULT '', -- '' : without a contract on file
  period       TEXT NOT NULL,
  node         TEXT NOT NULL DEFAULT '',
  paid_on      TEXT NOT NULL,
  amount       BIGINT NOT NULL, -- fen
  voucher      TEXT NOT NULL,
  marks        TEXT NOT NULL DEFAULT '',
  recorded_on  TEXT NOT NULL
);
CREATE INDEX payment_project ON payment (project_id, id);

-- +goose Down
SELECT 1;
