-- +goose Up

-- the case by which a resource is open to the public, '' while it is not
ALTER TABLE resource ADD COLUMN opening_id TEXT NOT NULL DEFAULT '';

-- how each sensitive item was de-identified before its resource was opened (Article 24)
CREATE TABLE opening_mask (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  item      TEXT NOT NULL DEFAULT '',
  method    TEXT NOT NULL DEFAULT '',
  how       TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- an application of the public to open a resource; its id is that of the case
CREATE TABLE opening_request (
  id           TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  resource_id  TEXT NOT NULL REFERENCES resource(id),
  unit_id      TEXT NOT NULL REFERENCES unit(id),
  received_on  TEXT NOT NULL,
  answer_due   TEXT NOT NULL,
  extended_on  TEXT NOT NULL DEFAULT '',
  answer       TEXT NOT NULL DEFAULT '' CHECK (answer IN ('','agree','refuse')),
  answered_on  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX opening_request_resource ON opening_request (resource_id, id);

-- what a using unit or the bureau found wrong with a resource (Article 22); its id is that of the case
CREATE TABLE quality_issue (
  id               TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction     TEXT NOT NULL REFERENCES jurisdiction(id),
  resource_id      TEXT NOT NULL REFERENCES resource(id),
  unit_id          TEXT NOT NULL REFERENCES unit(id),
  provider_unit_id TEXT NOT NULL REFERENCES unit(id),
  kind             TEXT NOT NULL CHECK (kind IN ('catalogue','data','differs','interface','other')),
  round            BIGINT NOT NULL,
  raised_on        TEXT NOT NULL,
  due              TEXT NOT NULL,
  mended_on        TEXT NOT NULL DEFAULT '',
  closed_on        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX quality_issue_resource ON quality_issue (resource_id, id);

-- a resource under authorised operation (Article 22); its id is that of the case
CREATE TABLE data_operation (
  id           TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id      TEXT NOT NULL REFERENCES unit(id),
  operator     TEXT NOT NULL,
  uscc         TEXT NOT NULL,
  from_on      TEXT NOT NULL,
  until_on     TEXT NOT NULL,
  watched_on   TEXT NOT NULL DEFAULT '', -- newest supervision on record
  ended_on     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX data_operation_term ON data_operation (jurisdiction, ended_on, until_on);

-- the resources of an operation, rows from the draft on
CREATE TABLE operation_resource (
  id          TEXT PRIMARY KEY,
  matter_id   TEXT NOT NULL REFERENCES matter(id),
  seq         BIGINT NOT NULL,
  rev         BIGINT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note        TEXT NOT NULL DEFAULT '',
  code        TEXT NOT NULL DEFAULT '',
  name        TEXT NOT NULL DEFAULT '',
  scope       TEXT NOT NULL DEFAULT '',
  resource_id TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);
CREATE INDEX operation_resource_of ON operation_resource (resource_id);

-- +goose Down
SELECT 1;
