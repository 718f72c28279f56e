-- +goose Up

-- the money of a project, kept in the transaction of each act that books on it:
-- estimate 概算, budget 预算, contracts 合同, payments 支付, final account 决算
ALTER TABLE project ADD COLUMN ceiling BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN budget BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN contracted BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN paid BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN settled BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project_total ADD COLUMN ceiling BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project_total ADD COLUMN budget BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project_total ADD COLUMN contracted BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project_total ADD COLUMN paid BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project_total ADD COLUMN settled BIGINT NOT NULL DEFAULT 0;

-- the chain that Article 17 holds together: one for a project that is built, one
-- per service period (the year) for recurring operation
CREATE TABLE money_chain (
  project_id TEXT NOT NULL REFERENCES project(id),
  period     TEXT NOT NULL, -- '' or the year
  basis      TEXT NOT NULL DEFAULT '' CHECK (basis IN ('','reviewed','plan','approval','existing')), -- what the ceiling stands on
  ceiling    BIGINT NOT NULL DEFAULT 0,
  budget     BIGINT NOT NULL DEFAULT 0,
  contracted BIGINT NOT NULL DEFAULT 0,
  paid       BIGINT NOT NULL DEFAULT 0,
  settled    BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (project_id, period)
);

-- every booking, never changed: what is wrong is booked again with the other sign
CREATE TABLE money_entry (
  id         TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES project(id),
  period     TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('ceiling','budget','contracted','paid','settled')),
  amount     BIGINT NOT NULL, -- fen
  year       BIGINT NOT NULL DEFAULT 0, -- budget year, 0: none
  title      TEXT NOT NULL,
  matter_id  TEXT NOT NULL,
  event_id   TEXT NOT NULL,
  booked_at  BIGINT NOT NULL
);
CREATE INDEX money_entry_project ON money_entry (project_id, booked_at, id);

-- +goose Down
SELECT 1;
