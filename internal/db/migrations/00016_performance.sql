-- +goose Up

-- published indicator libraries; the first version comes with the program
CREATE TABLE indicator (
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  version      BIGINT NOT NULL,
  seq          BIGINT NOT NULL,
  level1       TEXT NOT NULL,
  level2       TEXT NOT NULL,
  name         TEXT NOT NULL,
  target       TEXT NOT NULL,
  weight       BIGINT NOT NULL,
  from_date    TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, version, seq)
);

-- the tree of an assessment, and of a draft of the library
CREATE TABLE indicator_line (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  level1    TEXT NOT NULL DEFAULT '',
  level2    TEXT NOT NULL DEFAULT '',
  name      TEXT NOT NULL DEFAULT '',
  target    TEXT NOT NULL DEFAULT '',
  weight    BIGINT NOT NULL DEFAULT 0,
  UNIQUE (matter_id, seq)
);

CREATE TABLE monitoring_line (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  level1    TEXT NOT NULL DEFAULT '',
  level2    TEXT NOT NULL DEFAULT '',
  name      TEXT NOT NULL DEFAULT '',
  target    TEXT NOT NULL DEFAULT '',
  weight    BIGINT NOT NULL DEFAULT 0,
  so_far    TEXT NOT NULL DEFAULT '',
  forecast  TEXT NOT NULL DEFAULT '',
  likely    TEXT NOT NULL DEFAULT '',
  reason    TEXT NOT NULL DEFAULT '',
  remedy    TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

CREATE TABLE evaluation_line (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  level1    TEXT NOT NULL DEFAULT '',
  level2    TEXT NOT NULL DEFAULT '',
  name      TEXT NOT NULL DEFAULT '',
  target    TEXT NOT NULL DEFAULT '',
  weight    BIGINT NOT NULL DEFAULT 0,
  actual    TEXT NOT NULL DEFAULT '',
  score     BIGINT NOT NULL DEFAULT 0,
  reason    TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- what assessments and self-evaluations came to, for budgets and project pages
CREATE TABLE performance_result (
  project_id TEXT NOT NULL REFERENCES project(id),
  kind       TEXT NOT NULL CHECK (kind IN ('assessment','monitoring','evaluation')),
  year       BIGINT NOT NULL, -- 0: of an assessment, once per project
  matter_id  TEXT NOT NULL,
  score      BIGINT NOT NULL, -- tenths of a point
  grade      TEXT NOT NULL,   -- or conclusion
  signed_on  TEXT NOT NULL,
  PRIMARY KEY (project_id, kind, year)
);

-- grade of the last self-evaluation, shown beside what is arranged (A13.3)
ALTER TABLE arrangement_line ADD COLUMN grade TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;
