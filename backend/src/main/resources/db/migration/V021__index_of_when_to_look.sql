-- Beside the load: the table may be large. What a broken attempt left is of no use.
DROP INDEX CONCURRENTLY IF EXISTS runs_look;
CREATE INDEX CONCURRENTLY runs_look ON runs (coalesce(look_at, created_at)) WHERE ended_at IS NULL AND NOT behind;
