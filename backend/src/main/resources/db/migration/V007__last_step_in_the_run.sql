-- The last step of a run becomes part of the run's row, as its first and its last event are already: one row and one
-- index entry less for each run. What never changes moves in front of what does, so that the write-ahead log of a change
-- begins behind it. Postgres has no other way to that than a new table: allowed this once, before the first release.

ALTER TABLE runs RENAME TO runs_before;
DROP VIEW log;
ALTER INDEX runs_pkey RENAME TO runs_before_pkey;
DROP INDEX runs_open, runs_thread, runs_idempotency, runs_behind, runs_parent;

-- Often updated: much room for HOT updates, and no index on a column that changes before the run ends.
-- due_at is when a replica may take the run: now for a queued one, the end of the lease for a running one, the end
-- of the time for one that waits for it, and null for one that waits for a person. `created` and `ended` are
-- the data of the run's first and last event, which have no rows of their own, and no more has the step that was
-- committed with the end: last_type (null: step.succeeded), last_step (null: as `steps` says), last. Where `last` has
-- U+0001, which JSON never has, it says what `ended` says as output. A run that began when it was created has no
-- started_at.
CREATE TABLE runs (
  tenant          text        NOT NULL,
  id              uuid        NOT NULL,
  thread          uuid        NOT NULL,
  key_id          uuid,
  parent          uuid,
  created_at      timestamptz NOT NULL DEFAULT now(),
  revision        int         NOT NULL,
  parent_step     int,
  depth           int,
  agent           text        NOT NULL,
  requester       text,
  user_id         text,
  idempotency_key text,
  request         text,
  origin          text,
  metadata        text,
  created         text        NOT NULL,
  replica         text,
  epoch           int         NOT NULL,
  state           run_state   NOT NULL,
  seq             int         NOT NULL,
  steps           int         NOT NULL DEFAULT 0,
  due_at          timestamptz,
  ended_at        timestamptz,
  cost            bigint,
  input_tokens    int,
  cached_tokens   int,
  output_tokens   int,
  cancel          boolean     NOT NULL DEFAULT false,
  nudged          boolean     NOT NULL DEFAULT false,
  paused          boolean     NOT NULL DEFAULT false,
  behind          boolean     NOT NULL DEFAULT false,
  cost_unknown    boolean,
  started_at      timestamptz,
  waiting_step    int,
  waiting         text,
  last_step       int,
  last_type       event_type,
  last            text,
  ended           text,
  PRIMARY KEY (tenant, id)
) WITH (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.01);

INSERT INTO runs (tenant, id, thread, key_id, parent, created_at, revision, parent_step, depth, agent, requester, user_id,
  idempotency_key, request, origin, metadata, created, epoch, state, seq, steps, due_at, cancel, nudged, paused, behind,
  replica, started_at, ended_at, waiting, waiting_step, input_tokens, cached_tokens, output_tokens, cost, cost_unknown,
  ended)
SELECT tenant, id, thread, key_id, parent, created_at, revision, parent_step, depth, agent, requester, user_id,
  idempotency_key, request, origin, metadata, created, epoch, state, seq, steps, due_at, cancel, nudged, paused, behind,
  replica, started_at, ended_at, waiting, waiting_step, input_tokens, cached_tokens, output_tokens, cost, cost_unknown,
  ended
FROM runs_before;
DROP TABLE runs_before;

-- Serves two purposes: a thread has at most one run that has not ended, and open runs are found without the ended.
CREATE UNIQUE INDEX runs_open ON runs (tenant, thread) WHERE ended_at IS NULL AND NOT behind;
-- A run that opened its thread has the thread's id, so single runs need no entry here.
CREATE INDEX runs_thread ON runs (tenant, thread, id) WHERE thread <> id;
CREATE UNIQUE INDEX runs_idempotency ON runs (tenant, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX runs_behind ON runs (tenant, thread, id) WHERE behind;
CREATE INDEX runs_parent ON runs (tenant, parent) WHERE parent IS NOT NULL;

-- A run's whole log. It obeys the policies of whoever reads it.
CREATE VIEW log WITH (security_invoker = true) AS
  SELECT tenant, id AS run, 1 AS seq, NULL::int AS step, created_at AS at, 'run.created'::event_type AS type,
    created AS data
  FROM runs
  UNION ALL
  SELECT tenant, run, seq, step, at, type, data FROM events
  UNION ALL
  SELECT tenant, id, seq - 1, coalesce(last_step, steps), ended_at, coalesce(last_type, 'step.succeeded'),
    replace(last, E'\x01', substr(ended, 11, length(ended) - 11))
  FROM runs WHERE last IS NOT NULL
  UNION ALL
  SELECT tenant, id, seq, NULL, ended_at, ('run.' || state)::event_type, ended FROM runs WHERE ended_at IS NOT NULL;

ALTER TABLE runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE runs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON runs TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY engine ON runs TO ${engine} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON runs TO ${app}, ${engine};
GRANT SELECT ON log TO ${app}, ${engine};
