-- +goose Up

-- what the guide asks of an entry beside what pages show of it, as published
ALTER TABLE resource ADD COLUMN data_range TEXT NOT NULL DEFAULT '';
ALTER TABLE resource ADD COLUMN cycle_note TEXT NOT NULL DEFAULT '';
ALTER TABLE resource ADD COLUMN related TEXT NOT NULL DEFAULT '';
ALTER TABLE resource ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE resource ADD COLUMN authorised BIGINT NOT NULL DEFAULT 0;

-- a line of a responsibility list (Article 25), copied from the catalogue and frozen
CREATE TABLE responsibility_line (
  id          TEXT PRIMARY KEY,
  matter_id   TEXT NOT NULL REFERENCES matter(id),
  seq         BIGINT NOT NULL,
  rev         BIGINT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note        TEXT NOT NULL DEFAULT '',
  name        TEXT NOT NULL DEFAULT '',
  items       TEXT NOT NULL DEFAULT '',
  cycle       TEXT NOT NULL DEFAULT '',
  service     TEXT NOT NULL DEFAULT '',
  provision   TEXT NOT NULL DEFAULT '',
  office      TEXT NOT NULL DEFAULT '',
  keeper      TEXT NOT NULL DEFAULT '',
  code        TEXT NOT NULL DEFAULT '',
  resource_id TEXT NOT NULL DEFAULT '',
  entry       TEXT NOT NULL DEFAULT '', -- the entry as exports give it, JSON
  UNIQUE (matter_id, seq)
);
CREATE INDEX responsibility_resource ON responsibility_line (resource_id);

-- a list that its head has signed; the standing one of a unit is its newest
CREATE TABLE responsibility_list (
  id           TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id      TEXT NOT NULL REFERENCES unit(id),
  version      BIGINT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('signed','filed','returned')),
  standing     BIGINT NOT NULL DEFAULT 0,
  entries      BIGINT NOT NULL,
  signed_on    TEXT NOT NULL,
  filed_on     TEXT NOT NULL DEFAULT '',
  UNIQUE (unit_id, version)
);
CREATE INDEX responsibility_standing ON responsibility_list (jurisdiction, standing, unit_id);

-- +goose Down
SELECT 1;
