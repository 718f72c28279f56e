-- +goose Up

-- published interpretations and implementing rules (Article 37)
CREATE TABLE interpretation (
  matter_id    TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  kind         TEXT NOT NULL CHECK (kind IN ('reading','rules')),
  title        TEXT NOT NULL,
  number       TEXT NOT NULL,
  text         TEXT NOT NULL,
  made_with    TEXT NOT NULL DEFAULT '', -- names of the offices (会同)
  from_date    TEXT NOT NULL,
  to_date      TEXT NOT NULL DEFAULT '', -- last day, empty: nothing has ended it
  replaced_by  TEXT NOT NULL DEFAULT '', -- case of the note that took its place
  issued_at    BIGINT NOT NULL
);
CREATE INDEX interpretation_list ON interpretation (jurisdiction, from_date, matter_id);
CREATE UNIQUE INDEX interpretation_number ON interpretation (jurisdiction, number);

-- sentences a note belongs to, rows from the draft on
CREATE TABLE interpretation_sentence (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  sentence  TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);
CREATE INDEX interpretation_sentence_at ON interpretation_sentence (sentence, matter_id);

-- projects the bureau holds to be no government information system (Article 3)
CREATE TABLE out_of_class (
  project_id   TEXT PRIMARY KEY REFERENCES project(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  matter_id    TEXT NOT NULL REFERENCES matter(id),
  clause       TEXT NOT NULL,
  reason       TEXT NOT NULL,
  declared_on  TEXT NOT NULL
);

-- +goose Down
SELECT 1;
