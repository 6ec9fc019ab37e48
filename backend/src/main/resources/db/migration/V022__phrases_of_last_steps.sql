-- A run's last step is kept in the run's row, and most of what it says are phrases that nearly every last step has. Each of
-- them is kept as one letter that JSON never has as it is (Commit writes them, and says which). The log says them in full,
-- to 0.1.0 as well, which leaves them in full when it writes.
CREATE OR REPLACE VIEW log WITH (security_invoker = true) AS
  SELECT tenant, id AS run, 1 AS seq, NULL::int AS step, created_at AS at, 'run.created'::event_type AS type,
    created AS data
  FROM runs
  UNION ALL
  SELECT tenant, run, seq, step, at, type, data FROM events
  UNION ALL
  SELECT tenant, id, seq - 1, coalesce(last_step, steps), ended_at, coalesce(last_type, 'step.succeeded'),
    replace(replace(replace(replace(last,
      E'\x02', E',"output":{"text":\x01},"model":{"provider":"'),
      E'\x03', ',"input":{"messages":'),
      E'\x04', '"name":"'),
      E'\x01', substr(ended, 11, length(ended) - 11))
  FROM runs WHERE last IS NOT NULL
  UNION ALL
  SELECT tenant, id, seq, NULL, ended_at, ('run.' || state)::event_type, ended FROM runs WHERE ended_at IS NOT NULL;
