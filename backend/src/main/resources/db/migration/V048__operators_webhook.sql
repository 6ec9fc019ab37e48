-- A webhook of the operator's own, which is told of all tenants. Its rows and its deliveries have "*" for a tenant, which
-- no tenant can be called: so none of them sees the address. A watcher of all is told only what it lists.
GRANT INSERT, DELETE ON webhooks TO ${engine};
GRANT INSERT, UPDATE, DELETE ON watchers TO ${engine};

-- Whoever decides writes as one tenant, and tells the watcher of all as well.
CREATE POLICY of_all ON watchers FOR SELECT TO ${app} USING (tenant = '*');

CREATE OR REPLACE FUNCTION note(of_tenant text, what text, about_run uuid, about uuid, details text) RETURNS boolean
LANGUAGE sql AS $$
  INSERT INTO notices (tenant, reader, type, run, subject, data)
  SELECT DISTINCT of_tenant, w.reader, what, about_run, about, details FROM watchers w
  WHERE w.tenant = of_tenant AND (what NOT IN ('run.created', 'run.waiting') OR what = ANY (w.moments))
    OR w.tenant = '*' AND what = ANY (w.moments);
  SELECT true
$$;
