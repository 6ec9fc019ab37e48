-- Beside the load: the table may be large. What a broken attempt left is of no use. Few runs are made from others, so the
-- index is small and most runs do not touch it.
SET lock_timeout = '1min';
DROP INDEX CONCURRENTLY IF EXISTS runs_origin;
CREATE INDEX CONCURRENTLY runs_origin ON runs (tenant, substring(origin FROM '"run":"([^"]+)"')) WHERE origin IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS threads_marked;
CREATE INDEX CONCURRENTLY threads_marked ON threads (tenant, id) WHERE pinned_at IS NOT NULL OR archived_at IS NOT NULL;
SET lock_timeout = '3s';
