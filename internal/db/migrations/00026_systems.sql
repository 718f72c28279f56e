-- +goose Up

-- the register grown into an inventory: number, day of retirement, and what a unit says of its system
ALTER TABLE info_system ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN retired_on TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN short_name TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN used_by TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN services TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN built_by TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN level_built TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN launched_on TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN vendor TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN operator TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN invested BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN yearly_cost BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN owner_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN network TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN hosting TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN resources TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN addresses TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN icp TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN mobile TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN platforms TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN interfaces TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN databases TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN data_gb BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN data_level TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN personal TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN backup TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN trusted TEXT NOT NULL DEFAULT '';
ALTER TABLE info_system ADD COLUMN critical TEXT NOT NULL DEFAULT '';
-- as the unit last said in a yearly confirmation; used_year 0: never
ALTER TABLE info_system ADD COLUMN used_year BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN users BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN monthly_active BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN daily_cases BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN cpu_rate BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN memory_rate BIGINT NOT NULL DEFAULT 0;
ALTER TABLE info_system ADD COLUMN storage_rate BIGINT NOT NULL DEFAULT 0;
UPDATE info_system SET seq = (SELECT COUNT(*) FROM info_system o WHERE o.jurisdiction = info_system.jurisdiction AND o.id <= info_system.id);
CREATE UNIQUE INDEX info_system_seq ON info_system (jurisdiction, seq);
CREATE INDEX info_system_unit ON info_system (unit_id, sort_key, id);

ALTER TABLE system_line ADD COLUMN retired_on TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN short_name TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN used_by TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN services TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN built_by TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN level_built TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN launched_on TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN vendor TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN operator TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN invested BIGINT NOT NULL DEFAULT 0;
ALTER TABLE system_line ADD COLUMN yearly_cost BIGINT NOT NULL DEFAULT 0;
ALTER TABLE system_line ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN owner_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN network TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN hosting TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN resources TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN addresses TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN icp TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN mobile TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN platforms TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN interfaces TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN databases TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN data_gb BIGINT NOT NULL DEFAULT 0;
ALTER TABLE system_line ADD COLUMN data_level TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN personal TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN backup TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN trusted TEXT NOT NULL DEFAULT '';
ALTER TABLE system_line ADD COLUMN critical TEXT NOT NULL DEFAULT '';

-- which project made or changed a system
CREATE TABLE system_project (
  system_id  TEXT NOT NULL REFERENCES info_system(id),
  project_id TEXT NOT NULL REFERENCES project(id),
  PRIMARY KEY (system_id, project_id)
);
CREATE INDEX system_project_project ON system_project (project_id);

-- one system of a yearly confirmation (年度确认)
CREATE TABLE system_use (
  id             TEXT PRIMARY KEY,
  matter_id      TEXT NOT NULL REFERENCES matter(id),
  seq            BIGINT NOT NULL,
  rev            BIGINT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note           TEXT NOT NULL DEFAULT '',
  name           TEXT NOT NULL DEFAULT '',
  system_id      TEXT NOT NULL DEFAULT '',
  system_state   TEXT NOT NULL DEFAULT '',
  users          BIGINT NOT NULL DEFAULT 0,
  monthly_active BIGINT NOT NULL DEFAULT 0,
  daily_cases    BIGINT NOT NULL DEFAULT 0,
  cpu_rate       BIGINT NOT NULL DEFAULT 0,
  memory_rate    BIGINT NOT NULL DEFAULT 0,
  storage_rate   BIGINT NOT NULL DEFAULT 0,
  remark         TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);
CREATE INDEX system_use_system ON system_use (system_id);

-- +goose Down
SELECT 1;
