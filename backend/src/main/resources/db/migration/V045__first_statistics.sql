-- Postgres assumes some pages of a table that was never analyzed, and then finds rows by their key. The first runs of a new
-- installation were enough changes to have its table analyzed with three rows in it. Whatever was planned then read all
-- rows for each commit, thousands of them, until the next analysis a minute later. The first statistics now come when there
-- is something to count.
ALTER TABLE runs SET (autovacuum_analyze_threshold = 5000, autovacuum_vacuum_threshold = 5000);
ALTER TABLE events SET (autovacuum_analyze_threshold = 5000, autovacuum_vacuum_insert_threshold = 5000);
