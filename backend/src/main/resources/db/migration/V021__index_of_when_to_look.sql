-- Beside the load: the table may be large. What a broken attempt left is of no use. Nobody queues behind this lock, so it may
-- wait for the transactions of others.
-- The condition is written so that no other index of open runs fits a look: those have no order of time, and Postgres, which
-- expects few open runs, would take any of them.
SET lock_timeout = '1min';
DROP INDEX CONCURRENTLY IF EXISTS runs_look;
CREATE INDEX CONCURRENTLY runs_look ON runs (coalesce(look_at, created_at)) WHERE (ended_at IS NOT NULL OR behind) IS FALSE;
SET lock_timeout = '3s';
