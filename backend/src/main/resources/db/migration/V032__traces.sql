-- Traces of runs, sent to a collector after they have ended. Each statement may be repeated: the index is made beside the
-- work of replicas, which no transaction can be around.

-- The traceparent of whoever asked for the run, or null.
ALTER TABLE runs ADD COLUMN IF NOT EXISTS trace text;

-- What has ended since: by blocks of the table, for runs end about in the order in which they began. It costs a run nothing.
DROP INDEX CONCURRENTLY IF EXISTS runs_ended;
CREATE INDEX CONCURRENTLY runs_ended ON runs USING brin (ended_at) WITH (pages_per_range = 8, autosummarize = on);

CREATE OR REPLACE VIEW ended_runs WITH (security_invoker = true) AS
  SELECT tenant, id AS run, state::text AS state, started_at, ended_at FROM runs WHERE ended_at IS NOT NULL;
GRANT SELECT ON ended_runs TO ${app}, ${engine};

-- Up to which run traces were sent, and which replica sends the next until when.
BEGIN;
CREATE TABLE trace_exports (
  tenant      text        NOT NULL PRIMARY KEY,
  at          timestamptz NOT NULL DEFAULT now(),
  run         uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  replica     text        NOT NULL DEFAULT '',
  taken_until timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE trace_exports ENABLE ROW LEVEL SECURITY;
ALTER TABLE trace_exports FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON trace_exports TO ${engine} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON trace_exports TO ${engine};
COMMIT;
