-- Approvals, and what people do to runs: pause, queue behind another, retry, fork, replay, call another agent.

-- nudged: somebody has a word for the run since it was claimed; it is looked at again before it waits.
-- paused: no replica takes it until it is resumed.
-- behind: waits for its thread to be free; not open yet.
-- requester, key_id, user_id: who asked, with which key, and for whom the client says it asks.
-- origin: {"run":…,"step":…,"how":"retry|fork|replay"}. parent: the run that called this one as its step.
ALTER TABLE runs
  ADD COLUMN nudged      boolean NOT NULL DEFAULT false,
  ADD COLUMN paused      boolean NOT NULL DEFAULT false,
  ADD COLUMN behind      boolean NOT NULL DEFAULT false,
  ADD COLUMN key_id      uuid,
  ADD COLUMN requester   text,
  ADD COLUMN user_id     text,
  ADD COLUMN origin      text,
  ADD COLUMN parent      uuid,
  ADD COLUMN parent_step int,
  ADD COLUMN depth       int;

DROP INDEX runs_open;
CREATE UNIQUE INDEX runs_open ON runs (tenant, thread) WHERE ended_at IS NULL AND NOT behind;
CREATE INDEX runs_behind ON runs (tenant, thread, id) WHERE behind;
CREATE INDEX runs_parent ON runs (tenant, parent) WHERE parent IS NOT NULL;

CREATE TYPE approval_state AS ENUM ('open', 'approved', 'rejected', 'expired', 'edited', 'withdrawn');

-- A question to a person that a run waits for. The first word that changes `open` counts; the run reads it from here.
-- round tells apart the questions about one step: an effect may be in doubt more than once.
CREATE TABLE approvals (
  tenant        text           NOT NULL,
  id            uuid           NOT NULL,
  run           uuid           NOT NULL,
  step          int            NOT NULL,
  round         int            NOT NULL,
  kind          text           NOT NULL,
  state         approval_state NOT NULL DEFAULT 'open',
  question      text           NOT NULL,
  hash          text           NOT NULL,
  requester     text,
  not_requester boolean        NOT NULL DEFAULT false,
  created_at    timestamptz    NOT NULL DEFAULT now(),
  expires_at    timestamptz,
  otherwise     text,
  answer        text,
  decided_by    text,
  decided_at    timestamptz,
  replaces      uuid,
  notify_at     timestamptz    DEFAULT now(),
  notified_at   timestamptz,
  tries         int            NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX approvals_asked ON approvals (tenant, run, step, round) WHERE state <> 'edited';
CREATE INDEX approvals_open ON approvals (tenant, id) WHERE state = 'open';
CREATE INDEX approvals_unsent ON approvals (notify_at) WHERE state = 'open' AND notified_at IS NULL;

ALTER TABLE approvals ENABLE ROW LEVEL SECURITY;
ALTER TABLE approvals FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON approvals TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY engine ON approvals TO ${engine} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON approvals TO ${app}, ${engine};

-- Has a run looked at again: at once if it waits, before it waits if it goes on.
CREATE FUNCTION nudge_run(of_tenant text, run uuid) RETURNS boolean LANGUAGE sql AS $$
  UPDATE runs SET nudged = true,
    due_at = CASE WHEN state = 'waiting' AND NOT paused THEN now() ELSE due_at END
  WHERE tenant = of_tenant AND id = run AND ended_at IS NULL
  RETURNING true
$$;

-- Runs that wait because nobody knew whether an effect had happened can now be asked about.
INSERT INTO approvals (tenant, id, run, step, round, kind, question, hash)
SELECT r.tenant, gen_random_uuid(), r.id, e.step, coalesce((e.data::jsonb ->> 'attempt')::int, 1), 'outcome',
  jsonb_build_object('tool', e.data::jsonb -> 'name', 'effect', 'unkeyed', 'arguments', e.data::jsonb -> 'input')::text,
  md5(e.data)
FROM runs r JOIN events e ON e.run = r.id AND e.step = r.waiting_step AND e.type = 'step.unknown'
WHERE r.waiting = 'outcome_unknown' AND r.ended_at IS NULL;
