-- Pictures that people show to agents, once each: conversations are sent whole with every turn, pictures included, and the
-- runs name them by the hash of their bytes. They are stored as they are: their formats are packed already.

CREATE TABLE images (
  tenant text        NOT NULL,
  hash   text        NOT NULL,
  type   text        NOT NULL,
  bytes  bytea       NOT NULL,
  at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, hash)
);

ALTER TABLE images ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE images ENABLE ROW LEVEL SECURITY;
ALTER TABLE images FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON images TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));

GRANT SELECT, INSERT ON images TO ${app};
