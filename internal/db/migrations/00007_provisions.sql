-- +goose Up

-- published interpretations and implementing rules (Article 37)
CREATE TABLE interpretation (
  matter_id    TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  kind         TEXT NOT NULL CHECK (kind IN ('reading','rules')),
  title        TEXT NOT NULL,
  number       TEXT NOT NULL,
  text         TEXT NOT NULL,
  made_with    TEXT NOT NULL DEFAULT '', -- names of the offices (会同)
  from_date    TEXT NOT NULL,
  to_date      TEXT NOT NULL DEFAULT '', -- last day, empty: nothing has ended it
  replaced_by  TEXT NOT NULL DEFAULT '', -- case of the note that took its place
  issued_at    BIGINT NOT NULL
);
CREATE INDEX interpretation_list ON interpretation (jurisdiction, from_date, matter_id);
CREATE UNIQUE INDEX interpretation_number ON interpretation (jurisdiction, number);

-- sentences a note belongs to, rows from the draft on
CREATE TABLE interpretation_sentence (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  sentence  TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);
CREATE INDEX interpretation_sentence_at ON interpretation_sentence (sentence, matter_id);

-- projects the bureau holds to be no government information system (Article 3)
CREATE TABLE out_of_class (
  project_id   TEXT PRIMARY KEY REFERENCES project(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  matter_id    TEXT NOT NULL REFERENCES matter(id),
  clause       TEXT NOT NULL,
  reason       TEXT NOT NULL,
  declared_on  TEXT NOT NULL
);

-- common capabilities to reuse, one set per published version; version 1 is the program's own
CREATE TABLE capability (
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  version      BIGINT NOT NULL,
  name         TEXT NOT NULL,
  seq          BIGINT NOT NULL,
  provider     TEXT NOT NULL DEFAULT '',
  how          TEXT NOT NULL DEFAULT '',
  from_date    TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, version, name)
);
CREATE TABLE capability_line (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  name      TEXT NOT NULL DEFAULT '',
  provider  TEXT NOT NULL DEFAULT '',
  how       TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);
ALTER TABLE plan_item ADD COLUMN reuse_list TEXT NOT NULL DEFAULT '';

-- applications to higher levels for projects of digital government (Article 5)
CREATE TABLE upward_application (
  matter_id      TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction   TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id        TEXT NOT NULL REFERENCES unit(id),
  parent_unit_id TEXT NOT NULL DEFAULT '',
  name           TEXT NOT NULL,
  level          TEXT NOT NULL CHECK (level IN ('state','province')),
  receiver       TEXT NOT NULL, -- the department applied to
  number         TEXT NOT NULL, -- of the document it went up with
  applied        BIGINT NOT NULL, -- fen
  applied_on     TEXT NOT NULL,
  result         TEXT NOT NULL DEFAULT '' CHECK (result IN ('','granted','partly','refused')),
  granted        BIGINT NOT NULL DEFAULT 0,
  result_number  TEXT NOT NULL DEFAULT '',
  result_on      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX upward_list ON upward_application (jurisdiction, applied_on, matter_id);

-- +goose Down
SELECT 1;
