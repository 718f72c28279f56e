-- +goose Up

-- approved estimates (概算批复, Article 16) as they were recorded; the newest of a
-- chain is in force
CREATE TABLE estimate_approval (
  matter_id    TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  project_id   TEXT NOT NULL REFERENCES project(id),
  period       TEXT NOT NULL, -- as money_chain
  issuer       TEXT NOT NULL,
  number       TEXT NOT NULL,
  approved_on  TEXT NOT NULL,
  amount       BIGINT NOT NULL, -- fen
  replaced     BIGINT NOT NULL, -- the ceiling before it
  budgets      BIGINT NOT NULL, -- what had been arranged by then; above amount: marked
  recorded_at  BIGINT NOT NULL
);
CREATE INDEX estimate_approval_chain ON estimate_approval (project_id, period, recorded_at, matter_id);
CREATE TABLE approved_line (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter(id),
  seq       BIGINT NOT NULL,
  rev       BIGINT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note      TEXT NOT NULL DEFAULT '',
  name      TEXT NOT NULL DEFAULT '',
  category  TEXT NOT NULL DEFAULT '',
  unit      TEXT NOT NULL DEFAULT '',
  quantity  BIGINT NOT NULL DEFAULT 0,
  price     BIGINT NOT NULL DEFAULT 0,
  amount    BIGINT NOT NULL DEFAULT 0,
  spec      TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- adjustments that count (Article 17): those a head has signed on the filing
-- track, and reviewed ones that were approved; what is returned is taken out
CREATE TABLE adjustment (
  matter_id  TEXT PRIMARY KEY REFERENCES matter(id),
  project_id TEXT NOT NULL REFERENCES project(id),
  period     TEXT NOT NULL,
  track      TEXT NOT NULL CHECK (track IN ('filing','review')),
  increase   BIGINT NOT NULL, -- sum of the lines that grow, fen
  decrease   BIGINT NOT NULL, -- sum of the lines that shrink
  moved      BIGINT NOT NULL, -- as it was measured then
  raised     BIGINT NOT NULL, -- by how much the ceiling rose
  base       TEXT NOT NULL,   -- the approved estimate in force then, '' when none
  decided_on TEXT NOT NULL,   -- by the unit
  late       BIGINT NOT NULL, -- working days beyond those allowed; above 0: marked
  counted_at BIGINT NOT NULL
);
CREATE INDEX adjustment_chain ON adjustment (project_id, period, counted_at, matter_id);
CREATE TABLE adjustment_line (
  id             TEXT PRIMARY KEY,
  matter_id      TEXT NOT NULL REFERENCES matter(id),
  seq            BIGINT NOT NULL,
  rev            BIGINT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note           TEXT NOT NULL DEFAULT '',
  name           TEXT NOT NULL DEFAULT '',
  category       TEXT NOT NULL DEFAULT '',
  before_amount  BIGINT NOT NULL DEFAULT 0,
  after_amount   BIGINT NOT NULL DEFAULT 0,
  before_content TEXT NOT NULL DEFAULT '',
  after_content  TEXT NOT NULL DEFAULT '',
  item_id        TEXT NOT NULL DEFAULT '', -- the line of the estimate it changes, '' a new one
  UNIQUE (matter_id, seq)
);

-- changes of course: suspended, resumed, ended, extended
CREATE TABLE course (
  matter_id   TEXT PRIMARY KEY REFERENCES matter(id),
  project_id  TEXT NOT NULL REFERENCES project(id),
  kind        TEXT NOT NULL CHECK (kind IN ('suspend','resume','terminate','extend')),
  on_date     TEXT NOT NULL,
  until       TEXT NOT NULL DEFAULT '', -- the new end date, or when it is to go on
  stage       TEXT NOT NULL,            -- of the project before
  known_at    BIGINT NOT NULL
);
CREATE INDEX course_project ON course (project_id, known_at, matter_id);

-- +goose Down
SELECT 1;
