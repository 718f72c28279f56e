-- +goose Up

-- milestones of a project under way (Article 15)
CREATE TABLE milestone_line (
  id         TEXT PRIMARY KEY,
  matter_id  TEXT NOT NULL REFERENCES matter(id),
  seq        BIGINT NOT NULL,
  rev        BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note       TEXT NOT NULL DEFAULT '',
  name       TEXT NOT NULL DEFAULT '',
  planned_on TEXT NOT NULL DEFAULT '',
  percent    BIGINT NOT NULL DEFAULT 0, -- cumulative, when it is reached
  pay        BIGINT NOT NULL DEFAULT 0, -- cumulative planned payment, fen
  done_on    TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- the implementation of a project as the register has it
CREATE TABLE implementation (
  project_id   TEXT PRIMARY KEY REFERENCES project(id),
  matter_id    TEXT NOT NULL,
  started_on   TEXT NOT NULL,
  is_key       BIGINT NOT NULL DEFAULT 0, -- 重点项目
  supervisor   TEXT NOT NULL DEFAULT '',
  completed_on TEXT NOT NULL DEFAULT ''
);

CREATE TABLE progress_report (
  event_id    TEXT PRIMARY KEY,
  project_id  TEXT NOT NULL REFERENCES project(id),
  matter_id   TEXT NOT NULL,
  reported_on TEXT NOT NULL, -- the day it speaks of
  percent     BIGINT NOT NULL,
  paid        BIGINT NOT NULL,
  rating      TEXT NOT NULL,
  problem     TEXT NOT NULL
);
CREATE INDEX progress_report_project ON progress_report (project_id, reported_on, event_id);

-- +goose Down
SELECT 1;
