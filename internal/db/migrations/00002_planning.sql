-- +goose Up

CREATE TABLE info_system (
  id           TEXT PRIMARY KEY,
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id      TEXT NOT NULL REFERENCES unit(id),
  name         TEXT NOT NULL,
  normal_name  TEXT NOT NULL,
  sort_key     TEXT NOT NULL,
  functions    TEXT NOT NULL DEFAULT '',
  state        TEXT NOT NULL CHECK (state IN ('building','operating','idle','retired')),
  replaced_by  TEXT NOT NULL DEFAULT '',
  matter_id    TEXT NOT NULL DEFAULT '',
  added_at     BIGINT NOT NULL,
  UNIQUE (unit_id, normal_name)
);
CREATE INDEX info_system_list ON info_system (jurisdiction, sort_key, id);

CREATE TABLE project (
  id             TEXT PRIMARY KEY,
  jurisdiction   TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id        TEXT NOT NULL REFERENCES unit(id),
  parent_unit_id TEXT NOT NULL DEFAULT '',
  code           TEXT NOT NULL,
  name           TEXT NOT NULL,
  normal_name    TEXT NOT NULL,
  sort_key       TEXT NOT NULL,
  year           BIGINT NOT NULL, -- plan year it was first filed for
  build_kind     TEXT NOT NULL CHECK (build_kind IN ('new','continue','extend','rebuild','om')),
  class          TEXT NOT NULL DEFAULT '',
  stage          TEXT NOT NULL,
  origin         TEXT NOT NULL CHECK (origin IN ('plan','existing','supplement','reserve')),
  own_build      BIGINT NOT NULL DEFAULT 0,
  goal           TEXT NOT NULL DEFAULT '',
  estimate       BIGINT NOT NULL DEFAULT 0, -- fen; declared, later reviewed, later approved
  reviewed       BIGINT NOT NULL DEFAULT 0,
  planned        BIGINT NOT NULL DEFAULT 0, -- this year's money in the annual plan
  matter_id      TEXT NOT NULL DEFAULT '',
  created_at     BIGINT NOT NULL,
  changed_at     BIGINT NOT NULL,
  UNIQUE (jurisdiction, code)
);
CREATE INDEX project_list ON project (jurisdiction, id);
CREATE INDEX project_unit ON project (unit_id, id);
CREATE INDEX project_parent ON project (parent_unit_id, id) WHERE parent_unit_id <> '';
CREATE INDEX project_year ON project (jurisdiction, year, id);
CREATE INDEX project_stage ON project (jurisdiction, stage, id);

-- kept totals of the project list by everything it can be filtered by
CREATE TABLE project_total (
  jurisdiction TEXT NOT NULL,
  unit_id      TEXT NOT NULL,
  year         BIGINT NOT NULL,
  stage        TEXT NOT NULL,
  build_kind   TEXT NOT NULL,
  projects     BIGINT NOT NULL,
  estimate     BIGINT NOT NULL,
  reviewed     BIGINT NOT NULL,
  planned      BIGINT NOT NULL,
  PRIMARY KEY (jurisdiction, unit_id, year, stage, build_kind)
);

-- items of a unit plan, rows from the draft on
CREATE TABLE plan_item (
  id             TEXT PRIMARY KEY,
  matter_id      TEXT NOT NULL REFERENCES matter(id),
  seq            BIGINT NOT NULL,
  rev            BIGINT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note           TEXT NOT NULL DEFAULT '',
  name           TEXT NOT NULL DEFAULT '',
  normal_name    TEXT NOT NULL DEFAULT '',
  build_kind     TEXT NOT NULL DEFAULT '',
  class          TEXT NOT NULL DEFAULT '',
  system_class   TEXT NOT NULL DEFAULT '',
  basis_level    TEXT NOT NULL DEFAULT '',
  basis_issuer   TEXT NOT NULL DEFAULT '',
  basis_title    TEXT NOT NULL DEFAULT '',
  basis_number   TEXT NOT NULL DEFAULT '',
  basis_more     TEXT NOT NULL DEFAULT '',
  goal           TEXT NOT NULL DEFAULT '',
  content        TEXT NOT NULL DEFAULT '',
  functions      TEXT NOT NULL DEFAULT '',
  data_resources TEXT NOT NULL DEFAULT '',
  security       TEXT NOT NULL DEFAULT '',
  operation      TEXT NOT NULL DEFAULT '',
  estimate       BIGINT NOT NULL DEFAULT 0,
  year_amount    BIGINT NOT NULL DEFAULT 0,
  fund_general   BIGINT NOT NULL DEFAULT 0,
  fund_gov       BIGINT NOT NULL DEFAULT 0,
  fund_soe       BIGINT NOT NULL DEFAULT 0,
  fund_central   BIGINT NOT NULL DEFAULT 0,
  fund_provincial BIGINT NOT NULL DEFAULT 0,
  fund_bond      BIGINT NOT NULL DEFAULT 0,
  fund_own       BIGINT NOT NULL DEFAULT 0,
  fund_other     BIGINT NOT NULL DEFAULT 0,
  fund_text      TEXT NOT NULL DEFAULT '',
  start_on       TEXT NOT NULL DEFAULT '',
  end_on         TEXT NOT NULL DEFAULT '',
  reuse          TEXT NOT NULL DEFAULT '',
  replaces       TEXT NOT NULL DEFAULT '',
  priority       TEXT NOT NULL DEFAULT '',
  remark         TEXT NOT NULL DEFAULT '',
  project_id     TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);
CREATE INDEX plan_item_name ON plan_item (normal_name);

-- units told by one reminder, its call list
CREATE TABLE plan_reminder (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL,
  note      TEXT NOT NULL DEFAULT '',
  unit      TEXT NOT NULL,
  unit_id   TEXT NOT NULL REFERENCES unit(id),
  contact   TEXT NOT NULL DEFAULT '',
  phone     TEXT NOT NULL DEFAULT '',
  due       TEXT NOT NULL DEFAULT '',
  late_days BIGINT NOT NULL DEFAULT 0,
  UNIQUE (matter_id, seq)
);

-- +goose Down
SELECT 1;
