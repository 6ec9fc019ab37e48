-- What agents keep about the user they work for. subject: "user NAME" or "key ID", from the run and never from a model.
-- write: the same for each attempt at the step that saves it, so that it is kept once.

CREATE TABLE memories (
  tenant     text        NOT NULL,
  subject    text        NOT NULL,
  id         uuid        NOT NULL,
  key        text,
  kind       text        NOT NULL CHECK (kind IN ('preference', 'fact', 'instruction')),
  text       text        NOT NULL,
  source     text        NOT NULL CHECK (source IN ('agent', 'person')),
  run        uuid,
  write      text        NOT NULL,
  uses       int         NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at    timestamptz,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, subject, id),
  UNIQUE (tenant, subject, write)
);

-- While it is paused, nothing is saved and nothing recalled.
CREATE TABLE memory_pauses (
  tenant  text        NOT NULL,
  subject text        NOT NULL,
  at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, subject)
);

ALTER TABLE memories ENABLE ROW LEVEL SECURITY;
ALTER TABLE memories FORCE ROW LEVEL SECURITY;
ALTER TABLE memory_pauses ENABLE ROW LEVEL SECURITY;
ALTER TABLE memory_pauses FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON memories TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON memory_pauses TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));

GRANT SELECT, INSERT, UPDATE, DELETE ON memories TO ${app};
GRANT SELECT, INSERT, DELETE ON memory_pauses TO ${app};
