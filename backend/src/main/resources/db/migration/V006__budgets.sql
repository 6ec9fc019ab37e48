-- Budgets that many runs share: what may be spent, what is spent, and what calls under way may still spend.

-- subject: whose; '*' is each of the scope. Amounts are whole numbers: millionths of a dollar, tokens, calls, steps,
-- milliseconds, bytes.
CREATE TABLE budgets (
  tenant     text        NOT NULL,
  id         uuid        NOT NULL,
  scope      text        NOT NULL CHECK (scope IN ('tenant', 'user', 'key', 'agent', 'thread')),
  subject    text        NOT NULL,
  unit       text        NOT NULL CHECK (unit IN ('money', 'tokens', 'calls', 'steps', 'time', 'output')),
  period     text        NOT NULL CHECK (period IN ('month', 'day', 'total')),
  cap        bigint      NOT NULL CHECK (cap >= 0),
  note       text        NOT NULL DEFAULT '',
  created_by text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, scope, subject, unit, period)
);

-- One counter for each budget, subject and period, which begins at `since`. Updated by every call: room for HOT updates.
CREATE TABLE spending (
  tenant   text        NOT NULL,
  budget   uuid        NOT NULL,
  subject  text        NOT NULL,
  since    timestamptz NOT NULL,
  spent    bigint      NOT NULL DEFAULT 0,
  reserved bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, budget, subject, since),
  FOREIGN KEY (tenant, budget) REFERENCES budgets ON DELETE CASCADE
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);

-- What a step under way may spend at most. The epoch tells a lost attempt at a step from the next one.
CREATE TABLE reservations (
  tenant  text        NOT NULL,
  run     uuid        NOT NULL,
  step    int         NOT NULL,
  epoch   int         NOT NULL,
  budget  uuid        NOT NULL,
  subject text        NOT NULL,
  since   timestamptz NOT NULL,
  amount  bigint      NOT NULL,
  PRIMARY KEY (tenant, run, step, epoch, budget, subject),
  FOREIGN KEY (tenant, budget) REFERENCES budgets ON DELETE CASCADE
);
CREATE INDEX reservations_budget ON reservations (tenant, budget);

ALTER TABLE budgets ENABLE ROW LEVEL SECURITY;
ALTER TABLE budgets FORCE ROW LEVEL SECURITY;
ALTER TABLE spending ENABLE ROW LEVEL SECURITY;
ALTER TABLE spending FORCE ROW LEVEL SECURITY;
ALTER TABLE reservations ENABLE ROW LEVEL SECURITY;
ALTER TABLE reservations FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON budgets TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON spending TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY tenant ON reservations TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
CREATE POLICY engine ON budgets TO ${engine} USING (true) WITH CHECK (true);
CREATE POLICY engine ON spending TO ${engine} USING (true) WITH CHECK (true);
CREATE POLICY engine ON reservations TO ${engine} USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON budgets TO ${app};
GRANT SELECT ON spending, reservations TO ${app};
GRANT SELECT ON budgets TO ${engine};
GRANT SELECT, INSERT, UPDATE ON spending TO ${engine};
GRANT SELECT, INSERT, DELETE ON reservations TO ${engine};

-- The clock of budgets, one function so that a test can turn a month.
CREATE FUNCTION budget_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';

CREATE FUNCTION budget_since(period text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE period WHEN 'total' THEN 'epoch'::timestamptz
    ELSE date_trunc(period, budget_now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' END
$$;

CREATE FUNCTION budget_ends(period text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE period WHEN 'total' THEN NULL
    ELSE (date_trunc(period, budget_now() AT TIME ZONE 'UTC') + ('1 ' || period)::interval) AT TIME ZONE 'UTC' END
$$;

-- Settles what has ended and reserves what is to begin, for many runs at once. Counters are locked in one order before
-- anything is looked at, so that replicas take turns and what is read is what holds.
--
-- The first six lists are what steps really spent, line by line; null is all that was reserved. A line that is not
-- there was settled before and counts no more. The other eight are what steps may spend: the lines with one `request`
-- are reserved together or not at all. What an earlier epoch of the same run left is spent: nobody will say less.
--
-- Gives how each counter of a request stands; `refused` is set on the first line that did not fit.
CREATE FUNCTION spend_budgets(
  s_tenant text[], s_run uuid[], s_step int[], s_epoch int[], s_budget uuid[], s_subject text[], s_amount bigint[],
  r_request int[], r_tenant text[], r_run uuid[], r_step int[], r_epoch int[], r_budget uuid[], r_subject text[],
  r_amount bigint[])
RETURNS TABLE (request int, refused boolean, tenant text, budget uuid, subject text, cap bigint, spent bigint,
  reserved bigint, needed bigint, ends timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  asked int;
  short record;
BEGIN
  INSERT INTO spending (tenant, budget, subject, since)
  SELECT DISTINCT b.tenant, b.id, r.subject, budget_since(b.period)
  FROM unnest(r_tenant, r_budget, r_subject) AS r (tenant, budget, subject)
  JOIN budgets b ON b.tenant = r.tenant AND b.id = r.budget
  WHERE NOT EXISTS (SELECT FROM spending c WHERE c.tenant = b.tenant AND c.budget = b.id AND c.subject = r.subject
    AND c.since = budget_since(b.period))
  ORDER BY 1, 2, 3, 4
  ON CONFLICT DO NOTHING;

  PERFORM FROM spending c WHERE (c.tenant, c.budget, c.subject, c.since) IN (
    SELECT b.tenant, b.id, r.subject, budget_since(b.period)
    FROM unnest(r_tenant, r_budget, r_subject) AS r (tenant, budget, subject)
    JOIN budgets b ON b.tenant = r.tenant AND b.id = r.budget
    UNION
    SELECT v.tenant, v.budget, v.subject, v.since
    FROM unnest(s_tenant, s_run, s_step, s_epoch, s_budget, s_subject) AS s (tenant, run, step, epoch, budget, subject)
    JOIN reservations v USING (tenant, run, step, epoch, budget, subject)
    UNION
    SELECT v.tenant, v.budget, v.subject, v.since
    FROM unnest(r_tenant, r_run, r_epoch) AS r (tenant, run, epoch)
    JOIN reservations v ON v.tenant = r.tenant AND v.run = r.run AND v.epoch < r.epoch)
  ORDER BY c.tenant, c.budget, c.subject, c.since
  FOR UPDATE;

  WITH settled AS (
    DELETE FROM reservations v
    USING unnest(s_tenant, s_run, s_step, s_epoch, s_budget, s_subject, s_amount)
      AS s (tenant, run, step, epoch, budget, subject, amount)
    WHERE v.tenant = s.tenant AND v.run = s.run AND v.step = s.step AND v.epoch = s.epoch AND v.budget = s.budget
      AND v.subject = s.subject
    RETURNING v.tenant, v.run, v.step, v.epoch, v.budget, v.subject, v.since, v.amount, coalesce(s.amount, v.amount) AS spent
  ), lost AS (
    DELETE FROM reservations v
    USING (SELECT DISTINCT tenant, run, max(epoch) AS epoch
      FROM unnest(r_tenant, r_run, r_epoch) AS r (tenant, run, epoch) GROUP BY tenant, run) r
    WHERE v.tenant = r.tenant AND v.run = r.run AND v.epoch < r.epoch
      AND NOT EXISTS (SELECT FROM settled d WHERE d.tenant = v.tenant AND d.run = v.run AND d.step = v.step
        AND d.epoch = v.epoch AND d.budget = v.budget AND d.subject = v.subject)
    RETURNING v.tenant, v.budget, v.subject, v.since, v.amount, v.amount AS spent
  ), sums AS (
    SELECT tenant, budget, subject, since, sum(amount)::bigint AS amount, sum(spent)::bigint AS spent FROM (
      SELECT tenant, budget, subject, since, amount, spent FROM settled
      UNION ALL SELECT tenant, budget, subject, since, amount, spent FROM lost) gone
    GROUP BY tenant, budget, subject, since
  )
  UPDATE spending c SET spent = c.spent + g.spent, reserved = c.reserved - g.amount FROM sums g
  WHERE c.tenant = g.tenant AND c.budget = g.budget AND c.subject = g.subject AND c.since = g.since;

  FOR asked IN SELECT DISTINCT r FROM unnest(r_request) AS r ORDER BY r LOOP
    SELECT b.tenant, b.id, r.subject, b.cap, c.spent, c.reserved, r.amount, budget_ends(b.period) AS ends INTO short
    FROM unnest(r_request, r_tenant, r_run, r_step, r_epoch, r_budget, r_subject, r_amount)
      AS r (request, tenant, run, step, epoch, budget, subject, amount)
    JOIN budgets b ON b.tenant = r.tenant AND b.id = r.budget
    JOIN spending c ON c.tenant = b.tenant AND c.budget = b.id AND c.subject = r.subject
      AND c.since = budget_since(b.period)
    WHERE r.request = asked AND c.spent + c.reserved + r.amount > b.cap
      AND NOT EXISTS (SELECT FROM reservations v WHERE v.tenant = r.tenant AND v.run = r.run AND v.step = r.step
        AND v.epoch = r.epoch AND v.budget = r.budget AND v.subject = r.subject)
    ORDER BY b.cap - c.spent - c.reserved - r.amount LIMIT 1;
    IF FOUND THEN
      RETURN QUERY SELECT asked, true, short.tenant, short.id, short.subject, short.cap, short.spent, short.reserved,
        short.amount, short.ends;
    ELSE
      RETURN QUERY
      WITH lines AS (
        SELECT r.*, budget_since(b.period) AS since, b.cap, budget_ends(b.period) AS ends
        FROM unnest(r_request, r_tenant, r_run, r_step, r_epoch, r_budget, r_subject, r_amount)
          AS r (request, tenant, run, step, epoch, budget, subject, amount)
        JOIN budgets b ON b.tenant = r.tenant AND b.id = r.budget
        WHERE r.request = asked
      ), made AS (
        INSERT INTO reservations (tenant, run, step, epoch, budget, subject, since, amount)
        SELECT l.tenant, l.run, l.step, l.epoch, l.budget, l.subject, l.since, l.amount FROM lines l
        ON CONFLICT DO NOTHING
        RETURNING tenant, budget, subject, since, amount
      )
      UPDATE spending c SET reserved = c.reserved + coalesce(m.amount, 0)
      FROM lines l LEFT JOIN made m ON m.tenant = l.tenant AND m.budget = l.budget AND m.subject = l.subject
      WHERE c.tenant = l.tenant AND c.budget = l.budget AND c.subject = l.subject AND c.since = l.since
      RETURNING asked, false, c.tenant, c.budget, c.subject, l.cap, c.spent, c.reserved, l.amount, l.ends;
    END IF;
  END LOOP;
END
$$;

-- What calls left behind whose run has ended or went on elsewhere counts as spent. One that is locked is being counted.
CREATE FUNCTION sweep_reservations() RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  swept bigint;
BEGIN
  PERFORM FROM spending c WHERE (c.tenant, c.budget, c.subject, c.since) IN (
    SELECT v.tenant, v.budget, v.subject, v.since FROM reservations v
    JOIN runs r ON r.tenant = v.tenant AND r.id = v.run AND (r.ended_at IS NOT NULL OR r.epoch > v.epoch))
  ORDER BY c.tenant, c.budget, c.subject, c.since
  FOR UPDATE;
  WITH gone AS (
    DELETE FROM reservations v USING runs r
    WHERE r.tenant = v.tenant AND r.id = v.run AND (r.ended_at IS NOT NULL OR r.epoch > v.epoch)
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
