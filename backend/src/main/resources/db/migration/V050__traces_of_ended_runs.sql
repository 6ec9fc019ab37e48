-- With whoever asked for the run, so that traces are chosen before their runs are read.
CREATE OR REPLACE VIEW ended_runs WITH (security_invoker = true) AS
  SELECT tenant, id AS run, state::text AS state, started_at, ended_at, ended_at AT TIME ZONE 'UTC' AS ended, trace
  FROM runs WHERE ended_at IS NOT NULL;
