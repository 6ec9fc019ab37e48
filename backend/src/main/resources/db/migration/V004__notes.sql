-- The notes tools' store. A key in note_writes says that this step of this run has written.

CREATE TABLE notes (
  tenant     text        NOT NULL,
  name       text        NOT NULL,
  text       text        NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, name)
);

CREATE TABLE note_writes (
  tenant text        NOT NULL,
  key    text        NOT NULL,
  at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, key)
);

ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
ALTER TABLE note_writes ENABLE ROW LEVEL SECURITY;
ALTER TABLE note_writes FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON notes TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON note_writes TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));

GRANT SELECT, INSERT, UPDATE, DELETE ON notes, note_writes TO ${app};
