-- The run engine's three tables. Rows of events are never changed: nobody has the right to.

CREATE TYPE run_state AS ENUM ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled');
CREATE TYPE event_type AS ENUM (
  'run.created', 'run.claimed', 'run.released', 'run.waiting', 'run.succeeded', 'run.failed', 'run.cancelled',
  'step.started', 'step.succeeded', 'step.failed', 'step.unknown');

-- Only threads that somebody opened ahead of their first run have a row. A run without a thread opens one that has
-- its id, its title and its time, and needs none.
CREATE TABLE threads (
  tenant          text        NOT NULL,
  id              uuid        NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  agent           text,
  title           text        NOT NULL,
  idempotency_key text,
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX threads_idempotency ON threads (tenant, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- Often updated: much room for HOT updates, and no index on a column that changes before the run ends.
-- due_at is when a replica may take the run: now for a queued one, the end of the lease for a running one, the end
-- of the time for one that waits for it, and null for one that waits for a person. `created` and `ended` are
-- the data of the run's first and last event, which have no rows of their own. A run that began when it was created
-- has no started_at.
CREATE TABLE runs (
  tenant          text        NOT NULL,
  id              uuid        NOT NULL,
  thread          uuid        NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  due_at          timestamptz,
  revision        int         NOT NULL,
  epoch           int         NOT NULL,
  seq             int         NOT NULL,
  steps           int         NOT NULL DEFAULT 0,
  agent           text        NOT NULL,
  state           run_state   NOT NULL,
  replica         text,
  cancel          boolean     NOT NULL DEFAULT false,
  started_at      timestamptz,
  ended_at        timestamptz,
  waiting         text,
  waiting_step    int,
  input_tokens    int,
  cached_tokens   int,
  output_tokens   int,
  cost            bigint,
  cost_unknown    boolean,
  metadata        text,
  idempotency_key text,
  request         text,
  created         text        NOT NULL,
  ended           text,
  PRIMARY KEY (tenant, id)
) WITH (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.01);
-- Serves two purposes: a thread has at most one run that has not ended, and open runs are found without the ended.
CREATE UNIQUE INDEX runs_open ON runs (tenant, thread) WHERE ended_at IS NULL;
-- A run that opened its thread has the thread's id, so single runs need no entry here.
CREATE INDEX runs_thread ON runs (tenant, thread, id) WHERE thread <> id;
CREATE UNIQUE INDEX runs_idempotency ON runs (tenant, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE TABLE events (
  tenant text        NOT NULL,
  run    uuid        NOT NULL,
  seq    int         NOT NULL,
  step   int,
  at     timestamptz NOT NULL,
  type   event_type  NOT NULL,
  data   text        NOT NULL,
  PRIMARY KEY (run, seq)
);

-- A run's whole log. It obeys the policies of whoever reads it.
CREATE VIEW log WITH (security_invoker = true) AS
  SELECT tenant, id AS run, 1 AS seq, NULL::int AS step, created_at AS at, 'run.created'::event_type AS type,
    created AS data
  FROM runs
  UNION ALL
  SELECT tenant, run, seq, step, at, type, data FROM events
  UNION ALL
  SELECT tenant, id, seq, NULL, ended_at, ('run.' || state)::event_type, ended FROM runs WHERE ended_at IS NOT NULL;

ALTER TABLE threads ENABLE ROW LEVEL SECURITY;
ALTER TABLE threads FORCE ROW LEVEL SECURITY;
ALTER TABLE runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE runs FORCE ROW LEVEL SECURITY;
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON threads TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON runs TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON events TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY engine ON threads TO ${engine} USING (true) WITH CHECK (true);
CREATE POLICY engine ON runs TO ${engine} USING (true) WITH CHECK (true);
CREATE POLICY engine ON events TO ${engine} USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE ON threads, runs TO ${app}, ${engine};
GRANT SELECT, INSERT ON events TO ${app}, ${engine};
GRANT SELECT ON log TO ${app}, ${engine};
