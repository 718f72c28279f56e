-- +goose Up

-- items of the scoring sheet, one set per published version; version 1 is the program's own
CREATE TABLE sheet_mark (
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  version      BIGINT NOT NULL,
  key          TEXT NOT NULL,
  seq          BIGINT NOT NULL,
  title        TEXT NOT NULL,
  guidance     TEXT NOT NULL,
  most         BIGINT NOT NULL, -- marks; 0 is not asked
  veto         BIGINT NOT NULL,
  from_date    TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, version, key)
);
CREATE TABLE sheet_line (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  title     TEXT NOT NULL DEFAULT '',
  head      TEXT NOT NULL DEFAULT '',
  most      BIGINT NOT NULL DEFAULT 0,
  veto      BIGINT NOT NULL DEFAULT 0,
  place     BIGINT NOT NULL DEFAULT 0,
  guidance  TEXT NOT NULL DEFAULT '',
  key       TEXT NOT NULL,
  UNIQUE (matter_id, seq)
);

-- +goose Down
SELECT 1;
