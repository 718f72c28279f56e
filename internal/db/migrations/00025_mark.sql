-- +goose Up

-- what stands on record although a rule warns of it: what is put to rectification
-- (Article 32). The part "marks" of the act vouches for it.
CREATE TABLE mark (
  id           TEXT PRIMARY KEY,
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  matter_id    TEXT NOT NULL REFERENCES matter(id),
  procedure    TEXT NOT NULL,
  year         BIGINT NOT NULL, -- of the case
  subject_id   TEXT NOT NULL,   -- the project
  rule_id      TEXT NOT NULL,
  version      BIGINT NOT NULL,
  clause       TEXT NOT NULL,
  rectify      TEXT NOT NULL,   -- obligation of Article 32 it is proposed under, '' for none
  says         TEXT NOT NULL,
  reason       TEXT NOT NULL,   -- the answer that was given, '' for none
  event_id     TEXT NOT NULL,   -- the newest act that judged it so
  marked_on    TEXT NOT NULL,   -- the day of the first
  UNIQUE (matter_id, rule_id, subject_id)
);
CREATE INDEX mark_list ON mark (jurisdiction, marked_on, id);
CREATE INDEX mark_subject ON mark (subject_id, procedure);

-- the list of marks takes the place of these
DROP INDEX payment_marked;
DROP INDEX contract_marked;
DROP INDEX procurement_marked;

-- +goose Down
CREATE INDEX procurement_marked ON procurement (jurisdiction, id) WHERE marks <> '';
CREATE INDEX contract_marked ON contract (jurisdiction, id) WHERE marks <> '' OR closed_marks <> '';
CREATE INDEX payment_marked ON payment (jurisdiction, id) WHERE marks <> '';
DROP TABLE mark;
