-- What a turn executes, so that lists of conversations leave out runs that nobody talks with, such as those that read
-- documents.
CREATE OR REPLACE VIEW turns WITH (security_invoker = true) AS
  SELECT tenant, id AS run, thread, parent, agent, state, behind AS blocked, created_at, ended_at, origin,
    created AS said, CASE WHEN state = 'succeeded' THEN ended END AS answered,
    created LIKE '%,"interrupts":true}' AS interrupts, coalesce(origin LIKE '%"replay"}', false) AS replayed,
    CASE WHEN state = 'waiting' THEN waiting END AS waiting, kind
  FROM runs;
