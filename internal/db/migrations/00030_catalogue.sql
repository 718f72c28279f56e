-- +goose Up

-- information items of one entry of the catalogue, rows from the draft on
CREATE TABLE catalogue_item (
  id         TEXT PRIMARY KEY,
  matter_id  TEXT NOT NULL REFERENCES matter(id),
  seq        BIGINT NOT NULL,
  rev        BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note       TEXT NOT NULL DEFAULT '',
  name       TEXT NOT NULL DEFAULT '',
  field_name TEXT NOT NULL DEFAULT '',
  data_type  TEXT NOT NULL DEFAULT '',
  size       TEXT NOT NULL DEFAULT '',
  main_key   BIGINT NOT NULL DEFAULT 0,
  sensitive  BIGINT NOT NULL DEFAULT 0,
  kept_back  BIGINT NOT NULL DEFAULT 0,
  remark     TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- a data resource as published; its id is that of the case that keeps it
CREATE TABLE resource (
  id              TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction    TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id         TEXT NOT NULL REFERENCES unit(id),
  system_id       TEXT NOT NULL REFERENCES info_system(id),
  code            TEXT NOT NULL,
  name            TEXT NOT NULL,
  normal_name     TEXT NOT NULL,
  sort_key        TEXT NOT NULL,
  abstract        TEXT NOT NULL,
  class           TEXT NOT NULL,
  format          TEXT NOT NULL,
  share_type      TEXT NOT NULL CHECK (share_type IN ('unconditional','conditional','none')),
  share_condition TEXT NOT NULL DEFAULT '',
  share_basis     TEXT NOT NULL DEFAULT '',
  share_way       TEXT NOT NULL DEFAULT '',
  open_type       TEXT NOT NULL CHECK (open_type IN ('unconditional','conditional','none')),
  open_condition  TEXT NOT NULL DEFAULT '',
  cycle           TEXT NOT NULL,
  data_level      TEXT NOT NULL,
  personal        BIGINT NOT NULL DEFAULT 0,
  office          TEXT NOT NULL DEFAULT '',
  keeper          TEXT NOT NULL DEFAULT '',
  items           BIGINT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('published','shelved','suspended','withdrawn')),
  published_on    TEXT NOT NULL,
  shelve_due      TEXT NOT NULL,
  shelved_on      TEXT NOT NULL DEFAULT '',
  service         TEXT NOT NULL DEFAULT '', -- where it is served, once shelved
  updated_on      TEXT NOT NULL DEFAULT '',
  next_update     TEXT NOT NULL DEFAULT '', -- overdue after this day; '' while nothing is owed
  opened_on       TEXT NOT NULL DEFAULT '',
  ended_on        TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX resource_code ON resource (jurisdiction, code);
CREATE INDEX resource_list ON resource (jurisdiction, sort_key, id);
CREATE INDEX resource_unit ON resource (unit_id, sort_key, id);
CREATE INDEX resource_system ON resource (system_id);

-- the items as published; a change under way does not touch them
CREATE TABLE resource_item (
  resource_id TEXT NOT NULL REFERENCES resource(id),
  seq         BIGINT NOT NULL,
  name        TEXT NOT NULL,
  field_name  TEXT NOT NULL,
  data_type   TEXT NOT NULL,
  size        TEXT NOT NULL,
  main_key    BIGINT NOT NULL,
  sensitive   BIGINT NOT NULL,
  kept_back   BIGINT NOT NULL,
  PRIMARY KEY (resource_id, seq)
);

-- +goose Down
SELECT 1;
