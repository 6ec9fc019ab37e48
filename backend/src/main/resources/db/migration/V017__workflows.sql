-- Workflows and their revisions, which are never changed, and the signals that were sent to runs.

CREATE TABLE workflows (
  tenant     text        NOT NULL,
  name       text        NOT NULL,
  published  int,
  latest     int         NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, name)
);

CREATE TABLE workflow_revisions (
  tenant     text        NOT NULL,
  workflow   text        NOT NULL,
  revision   int         NOT NULL,
  definition text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, workflow, revision)
);

-- A signal is kept until a state of its run waits for it. `question` is the one that it answers, once it was chosen.
CREATE TABLE signals (
  tenant     text        NOT NULL,
  id         uuid        NOT NULL,
  run        uuid        NOT NULL,
  name       text        NOT NULL,
  body       text        NOT NULL,
  key        text,
  question   uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX signals_key ON signals (tenant, run, key) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX signals_question ON signals (tenant, question) WHERE question IS NOT NULL;
CREATE INDEX signals_kept ON signals (tenant, run, name) WHERE question IS NULL;

ALTER TABLE workflows ENABLE ROW LEVEL SECURITY;
ALTER TABLE workflows FORCE ROW LEVEL SECURITY;
ALTER TABLE workflow_revisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE workflow_revisions FORCE ROW LEVEL SECURITY;
ALTER TABLE signals ENABLE ROW LEVEL SECURITY;
ALTER TABLE signals FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON workflows TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON workflow_revisions TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON signals TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY engine ON signals TO ${engine} USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE ON workflows TO ${app};
GRANT SELECT, INSERT ON workflow_revisions TO ${app};
GRANT SELECT, INSERT ON signals TO ${app};
GRANT SELECT, UPDATE ON signals TO ${engine};

-- A run waits for a signal by a question of the kind `signal`. People do not see it: neither in the list of approvals, nor
-- counted, nor announced, by this version or by 0.1.0 beside it.
CREATE OR REPLACE VIEW run_questions WITH (security_invoker = true) AS
  SELECT q.tenant, q.id, q.run, r.thread, r.agent, q.step, q.kind, q.state, q.question, q.hash, q.requester, r.key_id,
    q.not_requester, q.created_at, q.expires_at, q.otherwise, q.answer, q.decided_by, q.decided_at, q.replaces
  FROM questions q LEFT JOIN runs r ON r.tenant = q.tenant AND r.id = q.run
  WHERE q.kind NOT IN ('client', 'signal');

CREATE OR REPLACE VIEW approvals WITH (security_invoker = true) AS
  SELECT tenant, id, run, step, round, kind, state, question, hash, requester, not_requester, created_at, expires_at,
    otherwise, answer, decided_by, decided_at, replaces, notify_at, notified_at, tries
  FROM questions WHERE kind NOT IN ('client', 'signal');

-- The signals that runs wait for now, the first to be waited for first.
CREATE VIEW awaited_signals WITH (security_invoker = true) AS
  SELECT tenant, id AS question, run, question::json ->> 'name' AS name
  FROM questions WHERE kind = 'signal' AND state = 'open' AND (expires_at IS NULL OR expires_at > now());
GRANT SELECT ON awaited_signals TO ${app}, ${engine};

-- What was cancelled, for who takes back what such a run had done; and which of these runs were looked at.
CREATE VIEW cancelled_runs WITH (security_invoker = true) AS
  SELECT tenant, id AS run, kind, ended_at FROM runs WHERE state = 'cancelled';
GRANT SELECT ON cancelled_runs TO ${app}, ${engine};

CREATE TABLE undone_runs (
  tenant text        NOT NULL,
  run    uuid        NOT NULL,
  at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, run)
);
ALTER TABLE undone_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE undone_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON undone_runs TO ${engine} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON undone_runs TO ${engine};
