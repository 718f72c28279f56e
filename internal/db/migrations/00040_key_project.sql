-- +goose Up

-- projects the bureau has named as key projects (Article 15)
CREATE TABLE key_project (
  project_id TEXT PRIMARY KEY REFERENCES project(id),
  matter_id  TEXT NOT NULL, -- of the naming; before it was a case of its own, of the implementation
  named_on   TEXT NOT NULL
);
INSERT INTO key_project (project_id, matter_id, named_on) SELECT project_id, matter_id, started_on FROM implementation WHERE is_key = 1;
ALTER TABLE implementation DROP COLUMN is_key;

-- who supervises the building of a project, by the contracts on file
CREATE TABLE supervision (
  matter_id  TEXT PRIMARY KEY, -- filing of the contract
  project_id TEXT NOT NULL REFERENCES project(id),
  supervisor TEXT NOT NULL
);
CREATE INDEX supervision_project ON supervision (project_id);
INSERT INTO supervision (matter_id, project_id, supervisor) SELECT id, project_id, supplier FROM contract WHERE kind = 'supervise';

-- +goose Down
SELECT 1;
