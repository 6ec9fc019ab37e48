-- Who is signed in to which tool server, and sign-ins that wait for a person to come back.

-- sealed: client and tokens (empty before the first sign-in), which open only together with tenant, server and address. issuer: the authorization server
-- that a person has agreed to. renewing_until: while it lasts, one replica asks for new tokens and the others wait.
CREATE TABLE sign_ins (
  tenant         text        NOT NULL,
  server         text        NOT NULL,
  state          text        NOT NULL CHECK (state IN ('needed', 'signed_in', 'more', 'ended', 'changed')),
  issuer         text,
  offered_issuer text,
  scopes         text        NOT NULL DEFAULT '',
  sealed         bytea       NOT NULL DEFAULT '',
  problem        text,
  signed_in_by   text,
  signed_in_at   timestamptz,
  expires_at     timestamptz,
  renewing_until timestamptz,
  version        int         NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, server)
);

-- state: a hash of the word that comes back. browser: a hash of the cookie of the browser that is to bring it.
CREATE TABLE open_sign_ins (
  tenant     text        NOT NULL,
  state      text        NOT NULL,
  server     text        NOT NULL,
  sealed     bytea       NOT NULL,
  browser    text        NOT NULL,
  begun_by   text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, state)
);

ALTER TABLE sign_ins ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_ins FORCE ROW LEVEL SECURITY;
ALTER TABLE open_sign_ins ENABLE ROW LEVEL SECURITY;
ALTER TABLE open_sign_ins FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON sign_ins TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON open_sign_ins TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));

GRANT SELECT, INSERT, UPDATE, DELETE ON sign_ins TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE ON open_sign_ins TO ${app};
