-- +goose Up

-- the case of a purge that a document was sealed by, and purged by (Article 30)
ALTER TABLE attachment ADD COLUMN sealed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE attachment ADD COLUMN purged_by TEXT NOT NULL DEFAULT '';
CREATE INDEX attachment_digest ON attachment (digest);

-- what belongs to the case of a running purge; empty between purges
CREATE TABLE purge_near (
  id  TEXT PRIMARY KEY,
  hop BIGINT NOT NULL -- 0: the text is taken out of its rows; 1: of its bodies in the record only
);

-- +goose Down
SELECT 1;
