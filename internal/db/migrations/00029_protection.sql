-- +goose Up

-- what stands on record of the protection of a system or a unit (Articles 27 to 29), one row per
-- kind and, for what is owed every year, per year: the newest acknowledged case stands
CREATE TABLE protection_record (
  subject_id   TEXT NOT NULL,   -- the system, or the unit itself
  kind         TEXT NOT NULL,
  year         BIGINT NOT NULL, -- 0 for what does not belong to one
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id      TEXT NOT NULL REFERENCES unit(id),
  matter_id    TEXT NOT NULL REFERENCES matter(id),
  level        BIGINT NOT NULL, -- 1 to 5, 0: not graded or of no concern
  number       TEXT NOT NULL,   -- of the filing
  on_date      TEXT NOT NULL,   -- of the assessment, test, drill or review, '' for none
  conclusion   TEXT NOT NULL,
  open_risks   BIGINT NOT NULL, -- high risks not yet mended
  next_due     TEXT NOT NULL,   -- '' for never
  PRIMARY KEY (subject_id, kind, year)
);
CREATE INDEX protection_record_kind ON protection_record (jurisdiction, kind, next_due);
CREATE INDEX duty_subject ON duty (kind, subject_id);

-- +goose Down
DROP INDEX duty_subject;
DROP TABLE protection_record;
