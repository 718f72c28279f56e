-- +goose Up

-- sets of data of a system that is retired, and where each goes (Article 26)
CREATE TABLE retirement_data (
  id          TEXT PRIMARY KEY,
  matter_id   TEXT NOT NULL REFERENCES matter(id),
  seq         BIGINT NOT NULL,
  rev         BIGINT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note        TEXT NOT NULL DEFAULT '',
  name        TEXT NOT NULL DEFAULT '',
  resource    TEXT NOT NULL DEFAULT '', -- code in the catalogue
  disposition TEXT NOT NULL DEFAULT '',
  place       TEXT NOT NULL DEFAULT '',
  kept        TEXT NOT NULL DEFAULT '',
  remark      TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- interfaces and services that the retirement touches
CREATE TABLE retirement_impact (
  id         TEXT PRIMARY KEY,
  matter_id  TEXT NOT NULL REFERENCES matter(id),
  seq        BIGINT NOT NULL,
  rev        BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note       TEXT NOT NULL DEFAULT '',
  kind       TEXT NOT NULL DEFAULT '',
  name       TEXT NOT NULL DEFAULT '',
  users      TEXT NOT NULL DEFAULT '',
  handling   TEXT NOT NULL DEFAULT '',
  handled_on TEXT NOT NULL DEFAULT '',
  remark     TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- +goose Down
SELECT 1;
