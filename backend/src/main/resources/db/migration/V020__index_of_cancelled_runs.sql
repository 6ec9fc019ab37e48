-- Beside the load: the table may be large. What a broken attempt left is of no use. Nobody queues behind this lock, so it may
-- wait for the transactions of others.
SET lock_timeout = '1min';
DROP INDEX CONCURRENTLY IF EXISTS runs_cancelled;
CREATE INDEX CONCURRENTLY runs_cancelled ON runs (ended_at) WHERE state = 'cancelled';
SET lock_timeout = '3s';
