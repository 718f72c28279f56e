-- +goose Up

-- sums of a whole year, under '*' for the unit and no stage and kind: what the
-- list of a jurisdiction shows before anything is filtered
INSERT INTO project_total (jurisdiction, unit_id, year, stage, build_kind, projects, estimate, reviewed, planned, ceiling, budget, contracted, paid, settled)
SELECT jurisdiction, '*', year, '', '', CAST(SUM(projects) AS BIGINT), CAST(SUM(estimate) AS BIGINT), CAST(SUM(reviewed) AS BIGINT), CAST(SUM(planned) AS BIGINT), CAST(SUM(ceiling) AS BIGINT),
  CAST(SUM(budget) AS BIGINT), CAST(SUM(contracted) AS BIGINT), CAST(SUM(paid) AS BIGINT), CAST(SUM(settled) AS BIGINT)
FROM project_total WHERE unit_id = '' GROUP BY jurisdiction, year;

-- +goose Down
DELETE FROM project_total WHERE unit_id = '*';
