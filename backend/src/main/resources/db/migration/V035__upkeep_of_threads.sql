-- Threads can be named, pinned, put away and deleted; people say what an answer was worth; a question says what its run was
-- asked.

-- A thread that its first run opened gets a row when somebody does something with it; an empty title stands for what the
-- thread's first message says.
ALTER TABLE threads ADD COLUMN pinned_at timestamptz, ADD COLUMN archived_at timestamptz;
GRANT DELETE ON threads TO ${app};

-- What runs wait for, for lists of threads.
CREATE OR REPLACE VIEW turns WITH (security_invoker = true) AS
  SELECT tenant, id AS run, thread, parent, agent, state, behind AS blocked, created_at, ended_at, origin,
    created AS said, CASE WHEN state = 'succeeded' THEN ended END AS answered,
    created LIKE '%,"interrupts":true}' AS interrupts, coalesce(origin LIKE '%"replay"}', false) AS replayed,
    CASE WHEN state = 'waiting' THEN waiting END AS waiting
  FROM runs;

-- The beginning of what a person asked the run last.
CREATE OR REPLACE VIEW run_questions WITH (security_invoker = true) AS
  SELECT q.tenant, q.id, q.run, r.thread, r.agent, q.step, q.kind, q.state, q.question, q.hash, q.requester, r.key_id,
    q.not_requester, q.created_at, q.expires_at, q.otherwise, q.answer, q.decided_by, q.decided_at, q.replaces,
    left(r.created::jsonb #>> '{input,-1,content}', 300) AS request
  FROM questions q LEFT JOIN runs r ON r.tenant = q.tenant AND r.id = q.run
  WHERE q.kind NOT IN ('client', 'signal');

-- Nobody who serves may delete runs or events one by one: this takes ended ones whole, with all that was asked in them. It
-- acts as the owner, whom these policies hold to the tenant of the connection. What the owner sees of runs is held to it by
-- the functions' own conditions: under a policy no index of an expression is used. Nobody logs in as the owner to serve.
CREATE POLICY whole ON runs FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY forget ON runs FOR DELETE TO CURRENT_USER USING (tenant = current_setting('app.tenant', true));
CREATE POLICY forget ON events TO CURRENT_USER USING (tenant = current_setting('app.tenant', true));
CREATE POLICY forget ON questions TO CURRENT_USER USING (tenant = current_setting('app.tenant', true));
CREATE POLICY forget ON opened_threads TO CURRENT_USER USING (tenant = current_setting('app.tenant', true));
CREATE FUNCTION forget_runs(of_thread uuid, ids uuid[]) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  DELETE FROM events e USING runs r WHERE r.tenant = current_setting('app.tenant') AND r.id = ANY (ids)
    AND r.ended_at IS NOT NULL AND e.tenant = r.tenant AND e.run = r.id;
  DELETE FROM questions q USING runs r WHERE r.tenant = current_setting('app.tenant') AND r.id = ANY (ids)
    AND r.ended_at IS NOT NULL AND q.tenant = r.tenant AND q.run = r.id;
  DELETE FROM opened_threads WHERE tenant = current_setting('app.tenant') AND thread = of_thread;
  DELETE FROM runs WHERE tenant = current_setting('app.tenant') AND id = ANY (ids) AND ended_at IS NOT NULL;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END
$$;
REVOKE ALL ON FUNCTION forget_runs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_runs TO ${app};

-- Runs that were made from others: which are branches of a conversation, and which stand in a place together.
CREATE FUNCTION runs_made_from(origins uuid[]) RETURNS TABLE (run uuid, origin uuid, thread uuid, step int, how text,
  created_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.id, (r.origin::jsonb ->> 'run')::uuid, r.thread, (r.origin::jsonb ->> 'step')::int, r.origin::jsonb ->> 'how',
    r.created_at
  FROM runs r
  WHERE r.tenant = current_setting('app.tenant') AND r.origin IS NOT NULL
    AND substring(r.origin FROM '"run":"([^"]+)"') = ANY (origins::text[])
  ORDER BY r.id
$$;
REVOKE ALL ON FUNCTION runs_made_from FROM PUBLIC;
GRANT EXECUTE ON FUNCTION runs_made_from TO ${app};

-- What a person says an answer was worth: one verdict of each on each run.
CREATE TABLE feedback (
  tenant  text        NOT NULL,
  run     uuid        NOT NULL,
  author  text        NOT NULL,
  thread  uuid        NOT NULL,
  rating  text        NOT NULL CHECK (rating IN ('up', 'down')),
  comment text        NOT NULL,
  at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, run, author)
);
CREATE INDEX feedback_thread ON feedback (tenant, thread);
CREATE INDEX feedback_rating ON feedback (tenant, rating, run);
ALTER TABLE feedback ENABLE ROW LEVEL SECURITY;
ALTER TABLE feedback FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON feedback TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON feedback TO ${app};

GRANT DELETE ON signals TO ${app};
GRANT DELETE ON search_blocks TO ${engine};
