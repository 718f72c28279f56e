-- +goose Up

-- what units declare for a year's budget: project × category × source
CREATE TABLE budget_line (
  id              TEXT PRIMARY KEY,
  matter_id       TEXT NOT NULL REFERENCES matter(id),
  seq             BIGINT NOT NULL,
  rev             BIGINT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note            TEXT NOT NULL DEFAULT '',
  code            TEXT NOT NULL DEFAULT '',
  name            TEXT NOT NULL DEFAULT '',
  category        TEXT NOT NULL DEFAULT '',
  fund_general    BIGINT NOT NULL DEFAULT 0,
  fund_gov        BIGINT NOT NULL DEFAULT 0,
  fund_soe        BIGINT NOT NULL DEFAULT 0,
  fund_central    BIGINT NOT NULL DEFAULT 0,
  fund_provincial BIGINT NOT NULL DEFAULT 0,
  fund_bond       BIGINT NOT NULL DEFAULT 0,
  fund_own        BIGINT NOT NULL DEFAULT 0,
  fund_other      BIGINT NOT NULL DEFAULT 0,
  document        TEXT NOT NULL DEFAULT '',
  remark          TEXT NOT NULL DEFAULT '',
  arranged        BIGINT NOT NULL DEFAULT 0, -- municipal money approved on it
  UNIQUE (matter_id, seq)
);

-- what the finance bureau proposes to arrange: one row per declared line and municipal source
CREATE TABLE arrangement_line (
  id         TEXT PRIMARY KEY,
  matter_id  TEXT NOT NULL REFERENCES matter(id),
  seq        BIGINT NOT NULL,
  rev        BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note       TEXT NOT NULL DEFAULT '',
  line_id    TEXT NOT NULL REFERENCES budget_line(id),
  project_id TEXT NOT NULL REFERENCES project(id),
  unit       TEXT NOT NULL,
  code       TEXT NOT NULL,
  name       TEXT NOT NULL,
  category   TEXT NOT NULL,
  source     TEXT NOT NULL,
  declared   BIGINT NOT NULL,
  checked    BIGINT NOT NULL DEFAULT 0, -- by the budget review, 0: none made
  proposed   BIGINT NOT NULL DEFAULT 0,
  remark     TEXT NOT NULL DEFAULT '',
  struck     BIGINT NOT NULL DEFAULT 0, -- not approved
  UNIQUE (matter_id, seq)
);
CREATE INDEX arrangement_line_of ON arrangement_line (line_id, source);

-- +goose Down
SELECT 1;
