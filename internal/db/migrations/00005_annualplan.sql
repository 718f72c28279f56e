-- +goose Up

-- items of an annual plan, rows from the first draft on
CREATE TABLE plan_entry (
  id              TEXT PRIMARY KEY,
  matter_id       TEXT NOT NULL REFERENCES matter(id),
  seq             BIGINT NOT NULL,
  rev             BIGINT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note            TEXT NOT NULL DEFAULT '',
  name            TEXT NOT NULL,
  included        BIGINT NOT NULL DEFAULT 0,
  year_amount     BIGINT NOT NULL DEFAULT 0,
  fund_city       BIGINT NOT NULL DEFAULT 0,
  fund_central    BIGINT NOT NULL DEFAULT 0,
  fund_provincial BIGINT NOT NULL DEFAULT 0,
  fund_own        BIGINT NOT NULL DEFAULT 0,
  content         TEXT NOT NULL DEFAULT '',
  remark          TEXT NOT NULL DEFAULT '',
  unit            TEXT NOT NULL,
  unit_id         TEXT NOT NULL REFERENCES unit(id),
  project_id      TEXT NOT NULL REFERENCES project(id),
  reserve_id      TEXT NOT NULL DEFAULT '',
  source          TEXT NOT NULL CHECK (source IN ('reserve','continue')),
  build_kind      TEXT NOT NULL,
  code            TEXT NOT NULL DEFAULT '',
  class           TEXT NOT NULL DEFAULT '',
  deploy          TEXT NOT NULL DEFAULT '',
  priority        TEXT NOT NULL DEFAULT '',
  level           TEXT NOT NULL DEFAULT '',
  basis           TEXT NOT NULL DEFAULT '',
  start_on        TEXT NOT NULL DEFAULT '',
  end_on          TEXT NOT NULL DEFAULT '',
  estimate        BIGINT NOT NULL DEFAULT 0,
  prior           BIGINT NOT NULL DEFAULT 0,
  entered_on      TEXT NOT NULL DEFAULT '',
  valid_until     TEXT NOT NULL DEFAULT '',
  conclusion      TEXT NOT NULL DEFAULT '',
  struck          BIGINT NOT NULL DEFAULT 0, -- not approved by the government
  UNIQUE (matter_id, seq)
);
CREATE INDEX plan_entry_project ON plan_entry (project_id);

-- the newest cases of every procedure, on the desk
CREATE INDEX matter_recent ON matter (jurisdiction, id);

-- +goose Down
SELECT 1;
