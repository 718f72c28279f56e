-- +goose Up

-- a person who may be drawn into a panel; the person is the expert
CREATE TABLE expert (
  id            TEXT PRIMARY KEY REFERENCES person(id),
  jurisdiction  TEXT NOT NULL REFERENCES jurisdiction(id),
  name          TEXT NOT NULL,
  employer      TEXT NOT NULL,
  employer_unit TEXT NOT NULL DEFAULT '', -- the unit of the city they work for
  rank          TEXT NOT NULL DEFAULT '', -- 职称
  ties          TEXT NOT NULL DEFAULT '', -- suppliers they declared ties with, one per line
  active        BIGINT NOT NULL DEFAULT 1,
  matter_id     TEXT NOT NULL REFERENCES matter(id),
  added_at      BIGINT NOT NULL
);
CREATE INDEX expert_pool ON expert (jurisdiction, active, id);
CREATE TABLE expert_field (
  expert_id TEXT NOT NULL REFERENCES expert(id),
  field     TEXT NOT NULL,
  PRIMARY KEY (expert_id, field)
);

-- lines of the estimate (概算) of a scheme
CREATE TABLE estimate_line (
  id         TEXT PRIMARY KEY,
  matter_id  TEXT NOT NULL REFERENCES matter(id),
  seq        BIGINT NOT NULL,
  rev        BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note       TEXT NOT NULL DEFAULT '',
  name       TEXT NOT NULL DEFAULT '',
  category   TEXT NOT NULL DEFAULT '',
  spec       TEXT NOT NULL DEFAULT '',
  unit       TEXT NOT NULL DEFAULT '',
  quantity   BIGINT NOT NULL DEFAULT 0,
  price      BIGINT NOT NULL DEFAULT 0,
  amount     BIGINT NOT NULL DEFAULT 0,
  basis      TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- points a review asks to be answered one by one
CREATE TABLE review_point (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  point     TEXT NOT NULL DEFAULT '',
  answer    TEXT NOT NULL DEFAULT '',
  place     TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- chapters of the outline of schemes, one set per published version; version 1 is the program's own
CREATE TABLE outline_chapter (
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  kind         TEXT NOT NULL CHECK (kind IN ('build','om')),
  version      BIGINT NOT NULL,
  key          TEXT NOT NULL,
  seq          BIGINT NOT NULL,
  title        TEXT NOT NULL,
  guidance     TEXT NOT NULL,
  required     BIGINT NOT NULL,
  from_date    TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, kind, version, key)
);
CREATE TABLE outline_line (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL,
  note      TEXT NOT NULL DEFAULT '',
  title     TEXT NOT NULL DEFAULT '',
  key       TEXT NOT NULL,
  guidance  TEXT NOT NULL DEFAULT '',
  required  BIGINT NOT NULL DEFAULT 0,
  place     BIGINT NOT NULL DEFAULT 0,
  UNIQUE (matter_id, seq)
);

-- what stands in the reserve library; the case lives on as the entry
CREATE TABLE reserve_entry (
  matter_id      TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction   TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id        TEXT NOT NULL REFERENCES unit(id),
  parent_unit_id TEXT NOT NULL DEFAULT '',
  project_id     TEXT NOT NULL REFERENCES project(id),
  name           TEXT NOT NULL,
  sort_key       TEXT NOT NULL,
  build_kind     TEXT NOT NULL,
  periodic       BIGINT NOT NULL DEFAULT 0,
  changed        BIGINT NOT NULL DEFAULT 0, -- content or funds changed: no automatic extension
  priority       TEXT NOT NULL DEFAULT '',
  place          BIGINT NOT NULL DEFAULT 0, -- order within the unit
  year           BIGINT NOT NULL,           -- plan year it is meant for
  amount         BIGINT NOT NULL,           -- reviewed estimate, fen
  entered_on     TEXT NOT NULL,
  valid_until    TEXT NOT NULL,             -- last day it may be scheduled on
  extended       BIGINT NOT NULL DEFAULT 0, -- years
  state          TEXT NOT NULL CHECK (state IN ('valid','planned','expired','left')),
  ended_on       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX reserve_list ON reserve_entry (jurisdiction, state, valid_until, matter_id);
CREATE INDEX reserve_unit ON reserve_entry (unit_id, state);

-- +goose Down
SELECT 1;
