-- Servers of others whose tools agents may call, and what each tool said of itself when it was approved.

-- loaded: a hash of the file that the definition came from, so that a file that has not changed overwrites nothing.
CREATE TABLE tool_servers (
  tenant     text        NOT NULL,
  name       text        NOT NULL,
  definition text        NOT NULL,
  version    int         NOT NULL DEFAULT 1,
  loaded     text,
  checked_at timestamptz,
  problem    text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, name)
);

-- offer: what the server says now; approved: what it said when somebody approved it. A tool whose hashes differ is off.
CREATE TABLE server_tools (
  tenant        text        NOT NULL,
  server        text        NOT NULL,
  remote        text        NOT NULL,
  name          text        NOT NULL,
  offer         text        NOT NULL,
  hash          text        NOT NULL,
  approved      text,
  approved_hash text,
  approved_by   text,
  approved_at   timestamptz,
  enabled       boolean     NOT NULL DEFAULT true,
  present       boolean     NOT NULL DEFAULT true,
  refused       text,
  PRIMARY KEY (tenant, server, remote),
  FOREIGN KEY (tenant, server) REFERENCES tool_servers (tenant, name) ON DELETE CASCADE
);

ALTER TABLE tool_servers ENABLE ROW LEVEL SECURITY;
ALTER TABLE tool_servers FORCE ROW LEVEL SECURITY;
ALTER TABLE server_tools ENABLE ROW LEVEL SECURITY;
ALTER TABLE server_tools FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON tool_servers TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON server_tools TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));

GRANT SELECT, INSERT, UPDATE, DELETE ON tool_servers TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE ON server_tools TO ${app};
