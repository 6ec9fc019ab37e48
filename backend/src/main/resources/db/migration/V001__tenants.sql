-- Every table names its tenant first and shows only the rows of the tenant that the statement was sent for.
-- Without a tenant there are no rows. FORCE holds the owner to it as well.

GRANT USAGE ON SCHEMA public TO ${app}, ${engine};

CREATE TABLE tenants (
  tenant     text        PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE keys (
  tenant       text        NOT NULL REFERENCES tenants,
  id           uuid        NOT NULL,
  name         text        NOT NULL,
  prefix       text        NOT NULL,
  hash         bytea       NOT NULL,
  scopes       text[]      NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  last_used_at timestamptz,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, hash)
);

-- A signed-in console. It ends with its key.
CREATE TABLE sessions (
  tenant     text        NOT NULL,
  hash       bytea       NOT NULL,
  key        uuid        NOT NULL,
  csrf_token text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, hash),
  FOREIGN KEY (tenant, key) REFERENCES keys ON DELETE CASCADE
);

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE keys FORCE ROW LEVEL SECURITY;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON tenants TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON keys TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON sessions TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));

GRANT SELECT, INSERT ON tenants TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE ON keys, sessions TO ${app};
