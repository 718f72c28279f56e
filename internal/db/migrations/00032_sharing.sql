-- +goose Up

-- the unit that provides what the case of another unit is about, '' for none
ALTER TABLE matter ADD COLUMN provider_unit_id TEXT NOT NULL DEFAULT '';

-- what one unit asked another to share, from the day the request reached it; its id is that of the case
CREATE TABLE share_request (
  id               TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction     TEXT NOT NULL REFERENCES jurisdiction(id),
  resource_id      TEXT NOT NULL REFERENCES resource(id),
  unit_id          TEXT NOT NULL REFERENCES unit(id),
  provider_unit_id TEXT NOT NULL REFERENCES unit(id),
  share_type       TEXT NOT NULL CHECK (share_type IN ('unconditional','conditional')),
  asked_on         TEXT NOT NULL,
  answer_due       TEXT NOT NULL DEFAULT '', -- '' where the catalogue answered at once
  answer           TEXT NOT NULL DEFAULT '' CHECK (answer IN ('','grant','refuse')),
  answered_on      TEXT NOT NULL DEFAULT '',
  until_on         TEXT NOT NULL,
  delivered_on     TEXT NOT NULL DEFAULT '',
  used_on          TEXT NOT NULL DEFAULT '',
  ended_on         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX share_request_resource ON share_request (resource_id, id);
CREATE INDEX share_request_provider ON share_request (provider_unit_id, id);

-- +goose Down
SELECT 1;
