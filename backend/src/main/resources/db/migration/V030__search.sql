-- What lists of runs show and filter by. `said` and `answered` are the beginnings of what was asked and of how the run
-- ended; `origin` is the way it came about; a duration is in milliseconds, and null while it goes on.
CREATE VIEW listed_runs WITH (security_invoker = true) AS
  SELECT tenant, id AS run, thread, parent, kind, agent, revision, state::text AS state, waiting, paused, behind, due_at,
    steps, coalesce(input_tokens, 0)::bigint + coalesce(output_tokens, 0) AS tokens,
    CASE WHEN cost_unknown THEN NULL ELSE coalesce(cost, 0) END AS cost,
    (extract(epoch FROM ended_at - created_at) * 1000)::bigint AS duration,
    requester, user_id, created_at, ended_at,
    CASE WHEN state = 'failed' THEN substring(left(ended, 200) FROM '"code":"([^"]+)"') END AS error,
    CASE WHEN parent IS NOT NULL THEN 'call' WHEN origin IS NULL THEN 'request'
      ELSE substring(origin FROM '"how":"([^"]+)"') END AS origin,
    left(created, 20000) AS said, left(ended, 20000) AS answered
  FROM runs;
GRANT SELECT ON listed_runs TO ${app}, ${engine};

-- Where words of runs are: one row for some hundred runs that follow each other, with every word and property that any of
-- them has. It says where it is worth looking; what a run says is read from the run. `unended` are those of the block that
-- had not ended when it was made: it is made anew when they have. Greatest values are for lists sorted by them.
CREATE TABLE search_blocks (
  tenant       text     NOT NULL,
  last         uuid     NOT NULL,
  first        uuid     NOT NULL,
  runs         int      NOT NULL,
  unended      uuid[]   NOT NULL,
  words        tsvector NOT NULL,
  max_cost     bigint   NOT NULL,
  max_duration bigint   NOT NULL,
  max_tokens   bigint   NOT NULL,
  PRIMARY KEY (tenant, last)
);
-- Written once for many runs and never while a run goes on, so that nothing need be put off.
CREATE INDEX search_blocks_words ON search_blocks USING gin (words) WITH (fastupdate = off);

ALTER TABLE search_blocks ENABLE ROW LEVEL SECURITY;
ALTER TABLE search_blocks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON search_blocks TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY engine ON search_blocks TO ${engine} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON search_blocks TO ${engine};
