-- +goose Up

-- systems of one registration (系统登记), rows from the draft on
CREATE TABLE system_line (
  id           TEXT PRIMARY KEY,
  matter_id    TEXT NOT NULL REFERENCES matter(id),
  seq          BIGINT NOT NULL,
  rev          BIGINT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note         TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL DEFAULT '',
  normal_name  TEXT NOT NULL DEFAULT '',
  functions    TEXT NOT NULL DEFAULT '',
  system_state TEXT NOT NULL DEFAULT '', -- of the system; state is that of the row
  replaced_by  TEXT NOT NULL DEFAULT '', -- name of the system that replaces it
  UNIQUE (matter_id, seq)
);

-- +goose Down
SELECT 1;
