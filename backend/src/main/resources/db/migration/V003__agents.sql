-- Agents and their revisions. A revision is never changed: nobody has the right to.

CREATE TABLE agents (
  tenant     text        NOT NULL,
  name       text        NOT NULL,
  published  int,
  latest     int         NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, name)
);

CREATE TABLE revisions (
  tenant     text        NOT NULL,
  agent      text        NOT NULL,
  revision   int         NOT NULL,
  definition text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, agent, revision)
);

ALTER TABLE agents ENABLE ROW LEVEL SECURITY;
ALTER TABLE agents FORCE ROW LEVEL SECURITY;
ALTER TABLE revisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE revisions FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON agents TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON revisions TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));

GRANT SELECT, INSERT, UPDATE ON agents TO ${app};
GRANT SELECT, INSERT ON revisions TO ${app};
