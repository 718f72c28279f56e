-- +goose Up

-- to which platforms the system of a project is connected (Article 14)
CREATE TABLE connection_line (
  id         TEXT PRIMARY KEY,
  matter_id  TEXT NOT NULL REFERENCES matter(id),
  seq        BIGINT NOT NULL,
  rev        BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note       TEXT NOT NULL DEFAULT '',
  platform   TEXT NOT NULL DEFAULT '',
  connection TEXT NOT NULL DEFAULT '',
  since      TEXT NOT NULL DEFAULT '',
  evidence   TEXT NOT NULL DEFAULT '',
  reason     TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- +goose Down
SELECT 1;
