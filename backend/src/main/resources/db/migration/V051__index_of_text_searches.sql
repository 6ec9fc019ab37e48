-- Beside the load. A search asks in which configurations of text search a collection has ready documents: one or two words,
-- which are read off the index instead of off every document.
SET lock_timeout = '1min';
DROP INDEX CONCURRENTLY IF EXISTS documents_configs;
CREATE INDEX CONCURRENTLY documents_configs ON documents (tenant, collection, config) WHERE state = 'ready';
SET lock_timeout = '3s';
