-- +goose Up

-- products of the announcements of 安全可靠测评 (Article 29), lines of the case that imports a
-- list; a list that was published stands until the next one
CREATE TABLE secure_product (
  id          TEXT PRIMARY KEY,
  matter_id   TEXT NOT NULL REFERENCES matter(id),
  seq         BIGINT NOT NULL,
  rev         BIGINT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note        TEXT NOT NULL DEFAULT '',
  kind        TEXT NOT NULL DEFAULT '',
  vendor      TEXT NOT NULL DEFAULT '',
  product     TEXT NOT NULL DEFAULT '',
  version     TEXT NOT NULL DEFAULT '',
  grade       TEXT NOT NULL DEFAULT '',
  notice_no   TEXT NOT NULL DEFAULT '',
  notice_on   TEXT NOT NULL DEFAULT '',
  valid_until TEXT NOT NULL DEFAULT '',
  normal_name TEXT NOT NULL DEFAULT '', -- of product and version
  UNIQUE (matter_id, seq)
);
CREATE INDEX secure_product_name ON secure_product (matter_id, kind, normal_name);

CREATE TABLE secure_list (
  matter_id    TEXT PRIMARY KEY REFERENCES matter(id),
  jurisdiction TEXT NOT NULL REFERENCES jurisdiction(id),
  as_of        TEXT NOT NULL,
  products     BIGINT NOT NULL,
  published_at BIGINT NOT NULL
);
CREATE INDEX secure_list_newest ON secure_list (jurisdiction, published_at, matter_id);

-- parts that were put into what a project built
CREATE TABLE component_line (
  id          TEXT PRIMARY KEY,
  matter_id   TEXT NOT NULL REFERENCES matter(id),
  seq         BIGINT NOT NULL,
  rev         BIGINT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('draft','held','returned','accepted')),
  note        TEXT NOT NULL DEFAULT '',
  kind        TEXT NOT NULL DEFAULT '',
  product     TEXT NOT NULL DEFAULT '',
  version     TEXT NOT NULL DEFAULT '',
  vendor      TEXT NOT NULL DEFAULT '',
  quantity    BIGINT NOT NULL DEFAULT 0,
  grade       TEXT NOT NULL DEFAULT '',
  notice_no   TEXT NOT NULL DEFAULT '',
  normal_name TEXT NOT NULL DEFAULT '',
  UNIQUE (matter_id, seq)
);

-- +goose Down
DROP TABLE component_line;
DROP TABLE secure_list;
DROP TABLE secure_product;
