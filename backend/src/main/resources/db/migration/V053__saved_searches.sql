-- Searches of runs that a person keeps under a name: a list of each, written as a whole. `query` is that of an address.
CREATE TABLE saved_searches (
  tenant text NOT NULL,
  author text NOT NULL,
  name   text NOT NULL,
  query  text NOT NULL,
  PRIMARY KEY (tenant, author, name)
);
ALTER TABLE saved_searches ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_searches FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON saved_searches TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_searches TO ${app};
