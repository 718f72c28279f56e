-- +goose Up

-- when a unit was entered, unix milliseconds; 0: it was there from the first
ALTER TABLE unit ADD COLUMN added_at BIGINT NOT NULL DEFAULT 0;

-- rules on security that the bureau published with the other offices (Article 27), one row per version
CREATE TABLE security_rule (
  matter_id    TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  title        TEXT NOT NULL,
  normal_name  TEXT NOT NULL,
  number       TEXT NOT NULL,
  version      BIGINT NOT NULL,
  from_date    TEXT NOT NULL,
  to_date      TEXT NOT NULL DEFAULT '', -- the last day, '' while it stands
  replaced_by  TEXT NOT NULL DEFAULT '', -- case of the version that took its place
  UNIQUE (jurisdiction, normal_name, version)
);

-- what an inspection found in one unit
CREATE TABLE inspection_line (
  id         TEXT PRIMARY KEY,
  matter_id  TEXT NOT NULL REFERENCES matter(id),
  seq        BIGINT NOT NULL,
  rev        BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note       TEXT NOT NULL DEFAULT '',
  unit_name  TEXT NOT NULL DEFAULT '',
  checked_on TEXT NOT NULL DEFAULT '',
  findings   BIGINT NOT NULL DEFAULT 0,
  serious    BIGINT NOT NULL DEFAULT 0,
  demand     TEXT NOT NULL DEFAULT '',
  mend_by    TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- +goose Down
DROP TABLE inspection_line;
DROP TABLE security_rule;
