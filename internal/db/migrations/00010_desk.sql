-- +goose Up

-- how far the season of a year has come, counted from the index alone
CREATE INDEX matter_season ON matter (jurisdiction, procedure, year, state, items, amount, submitted_at);
CREATE INDEX duty_period ON duty (jurisdiction, period, kind);
CREATE INDEX reserve_season ON reserve_entry (jurisdiction, year, state, amount, valid_until);
CREATE INDEX seat_due ON seat (due) WHERE status = 'open';

-- +goose Down
SELECT 1;
