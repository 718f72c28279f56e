-- +goose Up

-- archive list of a project, rows of the case
CREATE TABLE archive_item (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  title     TEXT NOT NULL,
  item      TEXT NOT NULL, -- fixed key within the list
  category  TEXT NOT NULL,
  stage     TEXT NOT NULL,
  must      BIGINT NOT NULL DEFAULT 0,
  files     TEXT NOT NULL DEFAULT '',
  status    TEXT NOT NULL DEFAULT '',
  reason    TEXT NOT NULL DEFAULT '',
  medium    TEXT NOT NULL DEFAULT '',
  retention TEXT NOT NULL DEFAULT '',
  place     TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- results of archive acceptance as they were filed; the newest of a period stands
CREATE TABLE archive_acceptance (
  matter_id   TEXT PRIMARY KEY REFERENCES matter(id),
  project_id  TEXT NOT NULL REFERENCES project(id),
  period      TEXT NOT NULL, -- '' or the service year
  result      TEXT NOT NULL CHECK (result IN ('qualified','unqualified')),
  accepted_on TEXT NOT NULL,
  organiser   TEXT NOT NULL,
  missing     BIGINT NOT NULL, -- mandatory materials that were missing: marked
  filed_at    BIGINT NOT NULL
);
CREATE INDEX archive_acceptance_project ON archive_acceptance (project_id, period, accepted_on, filed_at);

-- what was approved and what was completed, rows of an application
CREATE TABLE completion_line (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  approved  TEXT NOT NULL DEFAULT '',
  completed TEXT NOT NULL DEFAULT '',
  done      TEXT NOT NULL DEFAULT '',
  deviation TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- checklist of the conformity check, rows of an application
CREATE TABLE conformity_item (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  title     TEXT NOT NULL,
  item      TEXT NOT NULL, -- fixed key within the list
  need      TEXT NOT NULL,
  status    TEXT NOT NULL DEFAULT '', -- as it stood when handed in
  found     TEXT NOT NULL DEFAULT '',
  waived    BIGINT NOT NULL DEFAULT 0, -- 不涉及
  reason    TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- acceptance meetings as their units signed them
CREATE TABLE acceptance_meeting (
  event_id   TEXT PRIMARY KEY,
  matter_id  TEXT NOT NULL REFERENCES matter(id),
  project_id TEXT NOT NULL REFERENCES project(id),
  period     TEXT NOT NULL,
  met_on     TEXT NOT NULL,
  organiser  TEXT NOT NULL,
  conclusion TEXT NOT NULL CHECK (conclusion IN ('passed','mended','failed')),
  settled    BIGINT NOT NULL, -- final account, fen
  budget     BIGINT NOT NULL, -- of the chain when it was signed; below settled: marked
  signed_at  BIGINT NOT NULL
);
CREATE INDEX acceptance_meeting_project ON acceptance_meeting (project_id, signed_at, event_id);

-- +goose Down
SELECT 1;
