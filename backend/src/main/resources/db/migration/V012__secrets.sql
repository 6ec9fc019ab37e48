-- Named values that agents use without seeing them. Both tables hold what only the operator's master key opens.

-- One data key a tenant, wrapped. master: the id of the key that wrapped it, so that all of them can be wrapped anew.
CREATE TABLE secret_keys (
  tenant     text        NOT NULL PRIMARY KEY,
  wrapped    bytea       NOT NULL,
  master     text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- sealed by the data key together with tenant, name and hosts: changed hosts make a value unusable.
CREATE TABLE secrets (
  tenant      text        NOT NULL,
  name        text        NOT NULL,
  sealed      bytea       NOT NULL,
  hosts       text[]      NOT NULL,
  description text        NOT NULL,
  version     int         NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, name)
);

ALTER TABLE secret_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE secret_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE secrets FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON secret_keys TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON secrets TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
-- For wrapping all of them anew. Wrapped keys are of no use without the master key, and values it cannot see.
CREATE POLICY engine ON secret_keys TO ${engine} USING (true) WITH CHECK (true);

GRANT SELECT, INSERT ON secret_keys TO ${app};
GRANT SELECT, UPDATE ON secret_keys TO ${engine};
GRANT SELECT, INSERT, UPDATE, DELETE ON secrets TO ${app};
