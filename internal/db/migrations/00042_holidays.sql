-- +goose Up

-- the days of a yearly arrangement of holidays as it is entered
CREATE TABLE holiday_line (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  date      TEXT NOT NULL DEFAULT '',
  name      TEXT NOT NULL DEFAULT '',
  works     BIGINT NOT NULL DEFAULT 0,
  UNIQUE (matter_id, seq)
);

-- +goose Down
SELECT 1;
