-- Threads and budgets read the engine's rows through what the engine offers, and the engine no longer reads the table of
-- threads.

-- The turns of conversations. `said` is {"input": [messages], …} and `answered` {"output": text}; `origin` is
-- {"run", "step", "how"} of a turn that was made from another, which is a retry, a fork or a replay. A turn that
-- interrupts asked for the end of those before it. A blocked one waits for its thread to be free.
CREATE VIEW turns WITH (security_invoker = true) AS
  SELECT tenant, id AS run, thread, parent, agent, state, behind AS blocked, created_at, ended_at, origin,
    created AS said, CASE WHEN state = 'succeeded' THEN ended END AS answered,
    created LIKE '%,"interrupts":true}' AS interrupts, coalesce(origin LIKE '%"replay"}', false) AS replayed
  FROM runs;
GRANT SELECT ON turns TO ${app}, ${engine};

-- Threads that were opened ahead of their first run: only in these, and in those that a run opened, may a run begin.
-- Title and agent of such a thread are none of the engine's business.
CREATE TABLE opened_threads (
  tenant text NOT NULL,
  thread uuid NOT NULL,
  PRIMARY KEY (tenant, thread)
);
ALTER TABLE opened_threads ENABLE ROW LEVEL SECURITY;
ALTER TABLE opened_threads FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON opened_threads TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY engine ON opened_threads TO ${engine} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON opened_threads TO ${app}, ${engine};

CREATE FUNCTION open_thread(of_tenant text, new_thread uuid) RETURNS boolean LANGUAGE sql AS $$
  INSERT INTO opened_threads (tenant, thread) VALUES (of_tenant, new_thread) ON CONFLICT DO NOTHING;
  SELECT true
$$;

-- ---- For replicas of 0.1.0 beside this version, which open threads without open_thread. The next version takes away
-- ---- the trigger and its function. The lock that the trigger takes keeps threads from slipping past the copy.
CREATE FUNCTION thread_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_thread(NEW.tenant, NEW.id);
  RETURN NULL;
END
$$;
CREATE TRIGGER threads_opened AFTER INSERT ON threads FOR EACH ROW EXECUTE FUNCTION thread_opened();
INSERT INTO opened_threads (tenant, thread) SELECT tenant, id FROM threads;

-- How often a run changed owners, and whether it has ended: what is left behind by a step can be told from it.
CREATE VIEW run_epochs WITH (security_invoker = true) AS
  SELECT tenant, id AS run, epoch, ended_at IS NOT NULL AS is_ended FROM runs;
GRANT SELECT ON run_epochs TO ${app}, ${engine};

-- What calls left behind whose run has ended or went on elsewhere counts as spent. One that is locked is being counted.
CREATE OR REPLACE FUNCTION sweep_reservations() RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  swept bigint;
BEGIN
  PERFORM FROM spending c WHERE (c.tenant, c.budget, c.subject, c.since) IN (
    SELECT v.tenant, v.budget, v.subject, v.since FROM reservations v
    JOIN run_epochs r ON r.tenant = v.tenant AND r.run = v.run AND (r.is_ended OR r.epoch > v.epoch))
  ORDER BY c.tenant, c.budget, c.subject, c.since
  FOR UPDATE;
  WITH gone AS (
    DELETE FROM reservations v USING run_epochs r
    WHERE r.tenant = v.tenant AND r.run = v.run AND (r.is_ended OR r.epoch > v.epoch)
    RETURNING v.tenant, v.budget, v.subject, v.since, v.amount
  ), sums AS (
    SELECT tenant, budget, subject, since, sum(amount)::bigint AS amount FROM gone GROUP BY tenant, budget, subject, since
  ), counted AS (
    UPDATE spending c SET spent = c.spent + g.amount, reserved = c.reserved - g.amount FROM sums g
    WHERE c.tenant = g.tenant AND c.budget = g.budget AND c.subject = g.subject AND c.since = g.since RETURNING 1
  )
  SELECT count(*) INTO swept FROM counted;
  RETURN swept;
END
$$;
