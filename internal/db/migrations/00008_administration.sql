-- +goose Up

-- a change names the revision it was made upon
ALTER TABLE unit ADD COLUMN rev BIGINT NOT NULL DEFAULT 1;
ALTER TABLE person ADD COLUMN rev BIGINT NOT NULL DEFAULT 1;
ALTER TABLE person ADD COLUMN must_change BIGINT NOT NULL DEFAULT 0; -- the password was given by somebody else

ALTER TABLE session ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN place TEXT NOT NULL DEFAULT ''; -- address and browser

-- acts on people and units, for the audit administrator
CREATE INDEX event_administration ON event (jurisdiction, id) WHERE capacity = 'administration';

-- what a jurisdiction lets the city know (Article 36)
CREATE TABLE published_total (
  jurisdiction   TEXT NOT NULL REFERENCES jurisdiction(id),
  year           BIGINT NOT NULL, -- plan year
  units          BIGINT NOT NULL,
  projects       BIGINT NOT NULL,
  estimate       BIGINT NOT NULL, -- fen
  planned        BIGINT NOT NULL, -- fen
  note           TEXT NOT NULL,
  published_by   TEXT NOT NULL,
  published_name TEXT NOT NULL,
  published_at   BIGINT NOT NULL,
  PRIMARY KEY (jurisdiction, year)
);

-- +goose Down
SELECT 1;
