-- Beside the end of a run its creation, and that it waits for somebody, where a watcher wants to know: most do not, and
-- pay nothing for it. Subscriptions that were there before may want all; what they want is written anew when they change.
ALTER TABLE watchers ADD COLUMN moments text[] NOT NULL DEFAULT '{}';
UPDATE watchers SET moments = '{run.created,run.waiting}' WHERE reader = 'webhooks';
GRANT UPDATE ON watchers TO ${app};

CREATE OR REPLACE FUNCTION note(of_tenant text, what text, about_run uuid, about uuid, details text) RETURNS boolean
LANGUAGE sql AS $$
  INSERT INTO notices (tenant, reader, type, run, subject, data)
  SELECT of_tenant, w.reader, what, about_run, about, details FROM watchers w
  WHERE w.tenant = of_tenant AND (what NOT IN ('run.created', 'run.waiting') OR what = ANY (w.moments));
  SELECT true
$$;
