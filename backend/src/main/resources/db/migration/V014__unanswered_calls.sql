-- Calls of OpenAI's clients that were left without an answer: the same request within minutes joins the run of the first,
-- on any replica. `call` is a hash of who asked for what; nearly always there are none.

CREATE TABLE unanswered_calls (
  tenant text        NOT NULL,
  call   text        NOT NULL,
  at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, call)
);

ALTER TABLE unanswered_calls ENABLE ROW LEVEL SECURITY;
ALTER TABLE unanswered_calls FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON unanswered_calls TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY engine ON unanswered_calls TO ${engine} USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON unanswered_calls TO ${app};
GRANT SELECT, DELETE ON unanswered_calls TO ${engine};
