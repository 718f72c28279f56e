-- +goose Up

CREATE TABLE jurisdiction (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  area_code  TEXT NOT NULL,
  numbering  TEXT NOT NULL, -- word that heads its document numbers
  measures   TEXT NOT NULL  -- 'own' where the Measures bind, 'reference' where they are followed by reference (Article 36)
);

CREATE TABLE unit (
  id           TEXT PRIMARY KEY,
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  name         TEXT NOT NULL,
  short_name   TEXT NOT NULL,
  code         TEXT NOT NULL,
  uscc         TEXT NOT NULL DEFAULT '',
  kind         TEXT NOT NULL CHECK (kind IN ('department','institution','enterprise','vertical','district','panel')), -- panel: where the experts of the pool are at home
  grp          TEXT NOT NULL DEFAULT '',
  parent_id    TEXT NOT NULL DEFAULT '',
  office       TEXT NOT NULL DEFAULT '' CHECK (office IN ('','bigdata','finance','ndrc','cac','secrecy','police','egov','service','audit')),
  phone        TEXT NOT NULL DEFAULT '',
  sort_key     TEXT NOT NULL,
  normal_name  TEXT NOT NULL,
  active       BIGINT NOT NULL DEFAULT 1,
  UNIQUE (jurisdiction, code)
);
CREATE UNIQUE INDEX unit_office ON unit (jurisdiction, office) WHERE office <> '';
CREATE INDEX unit_parent ON unit (parent_id);

CREATE TABLE person (
  id           TEXT PRIMARY KEY,
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id      TEXT NOT NULL REFERENCES unit(id),
  name         TEXT NOT NULL,
  sort_key     TEXT NOT NULL,
  login        TEXT NOT NULL UNIQUE,
  password     TEXT NOT NULL DEFAULT '', -- argon2id, empty: cannot sign in by password
  section      TEXT NOT NULL DEFAULT '',
  phone        TEXT NOT NULL DEFAULT '',
  active       BIGINT NOT NULL DEFAULT 1,
  failures     BIGINT NOT NULL DEFAULT 0,
  locked_until BIGINT NOT NULL DEFAULT 0,
  created_at   BIGINT NOT NULL
);
CREATE INDEX person_unit ON person (unit_id);

-- what a person may do; clerk and head hold at the person's unit
CREATE TABLE person_role (
  person_id  TEXT NOT NULL REFERENCES person(id),
  role       TEXT NOT NULL CHECK (role IN ('clerk','head','expert','auditor','sysadmin','secadmin','audadmin')),
  granted_by TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, role)
);

CREATE TABLE session (
  token      TEXT PRIMARY KEY, -- hash of the cookie
  data       TEXT NOT NULL,    -- base64
  person_id  TEXT NOT NULL DEFAULT '',
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE api_token (
  hash       TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES person(id),
  label      TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE parameter (
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  key          TEXT NOT NULL,
  from_date    TEXT NOT NULL,
  value        TEXT NOT NULL,
  reason       TEXT NOT NULL,
  set_by       TEXT NOT NULL,
  set_at       BIGINT NOT NULL,
  PRIMARY KEY (jurisdiction, key, from_date)
);

CREATE TABLE workday (
  date TEXT PRIMARY KEY,
  work BIGINT NOT NULL,
  note TEXT NOT NULL
);

CREATE TABLE matter (
  id             TEXT PRIMARY KEY,
  jurisdiction   TEXT NOT NULL REFERENCES jurisdiction(id),
  procedure      TEXT NOT NULL,
  title          TEXT NOT NULL,
  unit_id        TEXT NOT NULL REFERENCES unit(id),
  parent_unit_id TEXT NOT NULL DEFAULT '',
  year           BIGINT NOT NULL DEFAULT 0,
  subject_id     TEXT NOT NULL DEFAULT '', -- what the case is about: a project, another case
  key            TEXT NOT NULL DEFAULT '', -- one open case per key and procedure
  state          TEXT NOT NULL,
  rev            BIGINT NOT NULL,
  form           TEXT NOT NULL,
  form_rev       BIGINT NOT NULL,
  version        BIGINT NOT NULL DEFAULT 0, -- how often it was handed in
  number         TEXT NOT NULL DEFAULT '',
  amount         BIGINT NOT NULL DEFAULT 0,
  items          BIGINT NOT NULL DEFAULT 0,
  origin         TEXT NOT NULL CHECK (origin IN ('own','proxy','system')), -- proxy: 代录
  own_build      BIGINT NOT NULL DEFAULT 0, -- 自建: a project of the bureau itself
  own_review     BIGINT NOT NULL DEFAULT 0, -- 自审: an office acts on a case of its own unit
  published      BIGINT NOT NULL DEFAULT 0, -- everybody of the jurisdiction may read it
  due            TEXT NOT NULL DEFAULT '',
  late_days      BIGINT NOT NULL DEFAULT 0,
  opened_by      TEXT NOT NULL,
  opened_at      BIGINT NOT NULL,
  submitted_at   BIGINT NOT NULL DEFAULT 0,
  state_since    BIGINT NOT NULL,
  closed_at      BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX matter_key ON matter (jurisdiction, procedure, key) WHERE key <> '';
CREATE INDEX matter_list ON matter (jurisdiction, procedure, id);
CREATE INDEX matter_unit ON matter (unit_id, procedure, id);
CREATE INDEX matter_parent ON matter (parent_unit_id, procedure, id) WHERE parent_unit_id <> '';
CREATE INDEX matter_subject ON matter (subject_id) WHERE subject_id <> '';

-- a seat in a countersignature or panel; its own revision, so that two people never collide
CREATE TABLE seat (
  id         TEXT PRIMARY KEY,
  matter_id  TEXT NOT NULL REFERENCES matter(id),
  state      TEXT NOT NULL, -- the state of the case that seats it
  round      BIGINT NOT NULL,
  unit_id    TEXT NOT NULL DEFAULT '',
  post       TEXT NOT NULL DEFAULT '',
  person_id  TEXT NOT NULL DEFAULT '',
  title      TEXT NOT NULL,
  rev        BIGINT NOT NULL DEFAULT 1,
  status     TEXT NOT NULL CHECK (status IN ('open','given','void')),
  opinion    TEXT NOT NULL DEFAULT '',
  body       TEXT NOT NULL DEFAULT '{}',
  reason     TEXT NOT NULL DEFAULT '',
  given_by   TEXT NOT NULL DEFAULT '',
  given_name TEXT NOT NULL DEFAULT '',
  given_at   BIGINT NOT NULL DEFAULT 0,
  due        TEXT NOT NULL DEFAULT '',
  added_by   TEXT NOT NULL DEFAULT '',
  aside      BIGINT NOT NULL DEFAULT 0 -- asked for an opinion, holds nothing up
);
CREATE INDEX seat_matter ON seat (matter_id, round);
CREATE INDEX seat_person ON seat (person_id) WHERE person_id <> '';

-- what a seat said about single lines of the case, as the line stood then
CREATE TABLE seat_line (
  seat_id  TEXT NOT NULL REFERENCES seat(id),
  line_id  TEXT NOT NULL,
  line_rev BIGINT NOT NULL,
  opinion  TEXT NOT NULL DEFAULT '',
  amount   BIGINT NOT NULL DEFAULT 0, -- fen to cut
  reason   TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (seat_id, line_id)
);
CREATE INDEX seat_line_line ON seat_line (line_id);

CREATE TABLE task (
  id           TEXT PRIMARY KEY,
  matter_id    TEXT NOT NULL REFERENCES matter(id),
  jurisdiction TEXT NOT NULL,
  seat_id      TEXT NOT NULL DEFAULT '',
  unit_id      TEXT NOT NULL DEFAULT '',
  post         TEXT NOT NULL DEFAULT '',
  person_id    TEXT NOT NULL DEFAULT '', -- assigned; empty: any holder of the post
  title        TEXT NOT NULL,
  due          TEXT NOT NULL DEFAULT '',
  opened_at    BIGINT NOT NULL,
  closed_at    BIGINT NOT NULL DEFAULT 0,
  closed_by    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX task_inbox ON task (unit_id, post, closed_at, due, id);
CREATE INDEX task_person ON task (person_id, closed_at) WHERE person_id <> '';
CREATE INDEX task_matter ON task (matter_id, closed_at);

-- one row per act; leaf holds its canonical bytes
CREATE TABLE event (
  id           TEXT PRIMARY KEY,
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  matter_id    TEXT NOT NULL,
  procedure    TEXT NOT NULL,
  action       TEXT NOT NULL,
  from_state   TEXT NOT NULL,
  to_state     TEXT NOT NULL,
  rev          BIGINT NOT NULL,
  actor_id     TEXT NOT NULL,
  actor_name   TEXT NOT NULL,
  unit_id      TEXT NOT NULL,
  capacity     TEXT NOT NULL, -- owner, office, seat, system
  at           BIGINT NOT NULL,
  idem         TEXT NOT NULL DEFAULT '',
  number       TEXT NOT NULL DEFAULT '',
  seat_id      TEXT NOT NULL DEFAULT '',
  leaf         TEXT NOT NULL
);
CREATE INDEX event_matter ON event (matter_id, id);
CREATE UNIQUE INDEX event_idem ON event (actor_id, idem) WHERE idem <> '';
CREATE INDEX event_actor ON event (actor_id, id);

-- the bodies an event vouches for by salted digest; a purge empties the body and keeps the digest
CREATE TABLE event_part (
  event_id  TEXT NOT NULL REFERENCES event(id),
  name      TEXT NOT NULL, -- form, lines, input, reason, facts, findings, file:<kind>:<digest>
  salt      TEXT NOT NULL,
  digest    TEXT NOT NULL,
  body      TEXT NOT NULL,
  purged_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (event_id, name)
);

CREATE TABLE event_pending (event_id TEXT PRIMARY KEY REFERENCES event(id));

CREATE TABLE ledger_entry (
  idx       BIGINT PRIMARY KEY,
  event_id  TEXT NOT NULL UNIQUE REFERENCES event(id),
  leaf_hash TEXT NOT NULL
);
CREATE TABLE ledger_node (
  level BIGINT NOT NULL,
  idx   BIGINT NOT NULL,
  hash  TEXT NOT NULL,
  PRIMARY KEY (level, idx)
);
CREATE TABLE ledger_checkpoint (
  size BIGINT PRIMARY KEY,
  root TEXT NOT NULL,
  note TEXT NOT NULL,
  at   BIGINT NOT NULL
);
CREATE TABLE lease (
  name    TEXT PRIMARY KEY,
  holder  TEXT NOT NULL,
  expires BIGINT NOT NULL
);

-- verdicts of rules, findable by rule; their facts are the event part "facts"
CREATE TABLE finding (
  event_id  TEXT NOT NULL REFERENCES event(id),
  rule_id   TEXT NOT NULL,
  version   BIGINT NOT NULL,
  clause    TEXT NOT NULL,
  matter_id TEXT NOT NULL,
  effect    TEXT NOT NULL,
  outcome   TEXT NOT NULL,
  PRIMARY KEY (event_id, rule_id, version)
);
CREATE INDEX finding_rule ON finding (rule_id, outcome, event_id);
CREATE INDEX finding_matter ON finding (matter_id);

CREATE TABLE duty (
  id           TEXT PRIMARY KEY,
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  unit_id      TEXT NOT NULL REFERENCES unit(id),
  kind         TEXT NOT NULL,
  clause       TEXT NOT NULL,
  title        TEXT NOT NULL,
  period       TEXT NOT NULL, -- what it is about: the plan year, a project
  subject_id   TEXT NOT NULL DEFAULT '',
  due          TEXT NOT NULL,
  opened_at    BIGINT NOT NULL,
  satisfied_on TEXT NOT NULL DEFAULT '',
  satisfied_by TEXT NOT NULL DEFAULT '', -- event
  reminded     BIGINT NOT NULL DEFAULT 0,
  reminded_at  BIGINT NOT NULL DEFAULT 0,
  UNIQUE (unit_id, kind, period)
);
CREATE INDEX duty_open ON duty (jurisdiction, satisfied_on, due);
CREATE INDEX duty_kind ON duty (jurisdiction, kind, period);

-- which units owe yearly duties; a missing row means the default of the unit's kind
CREATE TABLE unit_year (
  unit_id TEXT NOT NULL REFERENCES unit(id),
  year    BIGINT NOT NULL,
  obliged BIGINT NOT NULL,
  reason  TEXT NOT NULL,
  set_by  TEXT NOT NULL,
  set_at  BIGINT NOT NULL,
  PRIMARY KEY (unit_id, year)
);

CREATE TABLE number_series (
  jurisdiction TEXT NOT NULL,
  series       TEXT NOT NULL,
  year         BIGINT NOT NULL,
  last         BIGINT NOT NULL,
  PRIMARY KEY (jurisdiction, series, year)
);

CREATE TABLE receipt (
  number       TEXT NOT NULL,
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  matter_id    TEXT NOT NULL REFERENCES matter(id),
  unit_id      TEXT NOT NULL,
  event_id     TEXT NOT NULL REFERENCES event(id),
  title        TEXT NOT NULL,
  issued_at    BIGINT NOT NULL,
  PRIMARY KEY (jurisdiction, number)
);
CREATE INDEX receipt_matter ON receipt (matter_id);
CREATE INDEX receipt_recent ON receipt (jurisdiction, issued_at);

CREATE TABLE attachment (
  id           TEXT PRIMARY KEY,
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  matter_id    TEXT NOT NULL REFERENCES matter(id),
  kind         TEXT NOT NULL,
  name         TEXT NOT NULL,
  media_type   TEXT NOT NULL,
  size         BIGINT NOT NULL,
  digest       TEXT NOT NULL,
  uploaded_by  TEXT NOT NULL,
  uploaded_at  BIGINT NOT NULL,
  removed_at   BIGINT NOT NULL DEFAULT 0,
  purged_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX attachment_matter ON attachment (matter_id);

CREATE TABLE search_posting (
  token        TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  kind         TEXT NOT NULL,
  ref          TEXT NOT NULL,
  PRIMARY KEY (token, jurisdiction, kind, ref)
);
CREATE INDEX search_ref ON search_posting (ref);

-- +goose Down
SELECT 1;
