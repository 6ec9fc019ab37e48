-- What 0.1.0 sends to Postgres about questions, threads and their runs, statement by statement, as its version fe88b02
-- has them. Written down once; no test may change them.

-- name: ask
WITH owned AS MATERIALIZED (
  SELECT tenant, id FROM runs WHERE tenant = ? AND id = ? AND epoch = ? AND ended_at IS NULL FOR NO KEY UPDATE
), asked AS (
  SELECT o.tenant, o.id AS run, a.* FROM owned o, unnest(?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[],
    ?::text[], ?::text[], ?::text[]::bool[], ?::bigint[], ?::text[])
    AS a (id, step, round, kind, question, hash, requester, not_requester, ms, otherwise)
), made AS (
  INSERT INTO approvals (tenant, id, run, step, round, kind, question, hash, requester, not_requester,
    expires_at, otherwise)
  SELECT tenant, id, run, step, round, kind, question, hash, requester, not_requester,
    now() + ms * interval '1 ms', otherwise FROM asked
  ON CONFLICT DO NOTHING
  RETURNING *
), expired AS (
  UPDATE approvals p SET state = 'expired', answer = p.otherwise, decided_at = now()
  FROM asked a WHERE p.tenant = a.tenant AND p.run = a.run AND p.step = a.step AND p.round = a.round
    AND p.state = 'open' AND p.expires_at <= now()
  RETURNING p.*
), standing AS (
  SELECT *, 'opened' AS news FROM made UNION ALL SELECT *, 'expired' FROM expired UNION ALL
  SELECT p.*, '' FROM approvals p JOIN asked a
    ON p.tenant = a.tenant AND p.run = a.run AND p.step = a.step AND p.round = a.round
  WHERE p.state <> 'edited' AND NOT EXISTS (SELECT FROM expired e WHERE e.id = p.id)
)
SELECT *, ceil(extract(epoch FROM expires_at - now()) * 1000)::bigint AS left_ms,
  (extract(epoch FROM now() - created_at) * 1000)::bigint AS waited_ms FROM standing

-- name: decide
WITH open AS (
  SELECT r.tenant, r.id AS run, a.id FROM runs r
  JOIN approvals a ON a.tenant = r.tenant AND a.run = r.id
  WHERE a.tenant = ? AND a.id = ? AND r.ended_at IS NULL FOR UPDATE OF r
),
decided AS (
  UPDATE approvals a SET state = ?::approval_state, answer = ?, decided_by = ?, decided_at = now()
  FROM open o WHERE a.tenant = o.tenant AND a.run = o.run AND a.id = o.id AND a.state = 'open'
  AND (a.expires_at IS NULL OR a.expires_at > now())
RETURNING a.*
)
SELECT d.*, nudge_run(d.tenant, d.run) FROM decided d

-- name: edit
WITH open AS (
  SELECT r.tenant, r.id AS run, a.id FROM runs r
  JOIN approvals a ON a.tenant = r.tenant AND a.run = r.id
  WHERE a.tenant = ? AND a.id = ? AND r.ended_at IS NULL FOR UPDATE OF r
),
edited AS (
  UPDATE approvals a SET state = 'edited', decided_by = ?, decided_at = now()
  FROM open o WHERE a.tenant = o.tenant AND a.run = o.run AND a.id = o.id AND a.state = 'open'
  AND (a.expires_at IS NULL OR a.expires_at > now())
RETURNING a.*
), asked AS (
  INSERT INTO approvals (tenant, id, run, step, round, kind, question, hash, requester, not_requester,
    expires_at, otherwise, replaces)
  SELECT tenant, ?, run, step, round, kind, ?, ?, requester, not_requester, expires_at,
    ?, id FROM edited
  RETURNING tenant, run
)
SELECT nudge_run(tenant, run) FROM asked

-- name: withdraw
UPDATE approvals SET state = 'withdrawn', decided_at = now() WHERE tenant = ? AND run = ? AND state = 'open'

-- name: list approvals
SELECT a.*, r.thread, r.agent, r.key_id FROM approvals a
JOIN runs r ON r.tenant = a.tenant AND r.id = a.run WHERE a.tenant = ? AND a.id < ? ORDER BY a.id DESC LIMIT ?

-- name: count open
SELECT tenant, count(*) AS open FROM approvals WHERE state = 'open' GROUP BY tenant

-- name: take to announce
WITH due AS (
  SELECT tenant, id FROM approvals
  WHERE state = 'open' AND notified_at IS NULL AND notify_at <= now() AND created_at > now() - interval '1 day'
  ORDER BY notify_at LIMIT ? FOR UPDATE SKIP LOCKED
), taken AS (
  UPDATE approvals a SET tries = tries + 1, notify_at = now() + interval '1 minute'
  FROM due d WHERE a.tenant = d.tenant AND a.id = d.id
  RETURNING a.*
)
SELECT t.*, r.thread, r.agent, r.key_id FROM taken t JOIN runs r ON r.tenant = t.tenant AND r.id = t.run

-- name: announced
UPDATE approvals SET notified_at = now() WHERE tenant = ? AND id = ?

-- name: not announced
UPDATE approvals
SET notify_at = now() + least(? * power(2, least(tries, 20) - 1), 3600000) * interval '1 ms'
WHERE tenant = ? AND id = ?

-- name: create
INSERT INTO runs (tenant, id, thread, agent, revision, idempotency_key, request, metadata, state, epoch, seq,
  due_at, replica, key_id, requester, user_id, origin, parent, parent_step, depth, created)
SELECT tenant, id, thread, agent, revision, idempotency_key, request, metadata, state::run_state, epoch, 1,
  now() + due * interval '1 ms', CASE WHEN epoch > 0 THEN ? END, key_id, requester, user_id, origin, parent,
  parent_step, depth, data
FROM unnest(?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[],
  ?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[], ?::int[],
  ?::bigint[])
  AS c (tenant, id, thread, agent, revision, idempotency_key, request, metadata, key_id, requester, user_id,
    origin, parent, parent_step, depth, data, state, epoch, due)
WHERE id = thread
  OR (EXISTS (SELECT FROM threads t WHERE t.tenant = c.tenant AND t.id = c.thread)
      OR EXISTS (SELECT FROM runs r WHERE r.tenant = c.tenant AND r.id = c.thread))
    AND NOT EXISTS (SELECT FROM runs b WHERE b.tenant = c.tenant AND b.thread = c.thread AND b.behind)
RETURNING id, created_at

-- name: create behind
WITH c AS (
  SELECT c.*, EXISTS (SELECT FROM runs o
      WHERE o.tenant = c.tenant AND o.thread = c.thread AND o.ended_at IS NULL) AS busy,
    EXISTS (SELECT FROM runs b WHERE b.tenant = c.tenant AND b.thread = c.thread AND b.behind) AS awaited
  FROM unnest(?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[],
    ?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[], ?::int[],
    ?::int[])
    AS c (tenant, id, thread, agent, revision, idempotency_key, request, metadata, key_id, requester, user_id,
      origin, parent, parent_step, depth, data, when_busy, kept, steps)
  WHERE id = thread
    OR EXISTS (SELECT FROM threads t WHERE t.tenant = c.tenant AND t.id = c.thread)
    OR EXISTS (SELECT FROM runs r WHERE r.tenant = c.tenant AND r.id = c.thread)
), interrupted AS (
  UPDATE runs r SET cancel = true, nudged = true, paused = false,
    due_at = CASE WHEN r.state = 'running' OR r.behind THEN r.due_at ELSE now() END
  FROM c WHERE c.when_busy = 'interrupt' AND r.tenant = c.tenant AND r.thread = c.thread AND r.ended_at IS NULL
), made AS (
  INSERT INTO runs (tenant, id, thread, agent, revision, idempotency_key, request, metadata, state, epoch, seq,
    steps, due_at, behind, key_id, requester, user_id, origin, parent, parent_step, depth, created)
  SELECT tenant, id, thread, agent, revision, idempotency_key, request, metadata, 'queued', 0, 1 + kept,
    steps, CASE WHEN NOT behind THEN now() END, behind, key_id, requester, user_id, origin, parent, parent_step,
    depth, data
  FROM (SELECT *, busy AND when_busy <> 'reject' AS behind FROM c WHERE when_busy <> 'reject' OR NOT awaited) w
  RETURNING tenant, id, created_at
), written AS (
  INSERT INTO events (tenant, run, seq, at, step, type, data)
  SELECT m.tenant, m.id, e.seq, m.created_at, e.step, e.type::event_type, e.data
  FROM unnest(?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[]) AS e (run, seq, step, type, data)
  JOIN made m ON m.id = e.run
)
SELECT id, created_at FROM made

-- name: cancel
WITH target AS (
  SELECT tenant, id, state, parent FROM runs WHERE tenant = ? AND id = ? FOR UPDATE
), ended AS (
  UPDATE runs r SET state = 'cancelled', ended_at = now(), due_at = NULL, behind = false, waiting = NULL, replica = NULL,
    epoch = epoch + 1, seq = seq + 1, ended = '{}'
  FROM target t WHERE r.tenant = t.tenant AND r.id = t.id AND t.state IN ('queued', 'waiting')
  RETURNING r.id
), withdrawn AS (
  UPDATE approvals a SET state = 'withdrawn', decided_at = now()
  FROM target t WHERE a.tenant = t.tenant AND a.run = t.id AND a.state = 'open'
), marked AS (
  UPDATE runs r SET cancel = true, nudged = true, paused = false FROM target t
  WHERE r.tenant = t.tenant AND r.id = t.id AND t.state = 'running' RETURNING r.id
)
SELECT EXISTS (SELECT FROM marked) AS marked, nudge_run(tenant, parent) FROM target

-- name: has thread
SELECT id FROM threads WHERE tenant = ? AND id = ? UNION ALL
SELECT id FROM runs WHERE tenant = ? AND id = ? AND thread = id

-- name: open thread
WITH made AS (
  INSERT INTO threads (tenant, id, title, agent, idempotency_key) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING RETURNING id)
SELECT id FROM made UNION ALL SELECT id FROM threads WHERE tenant = ? AND idempotency_key = ? LIMIT 1

-- name: list threads
SELECT l.*, coalesce(t.title, '') AS title, coalesce(t.agent, f.agent) AS agent,
  coalesce(t.created_at, f.created_at) AS created_at,
  coalesce(l.ended_at, n.created_at, t.created_at) AS updated_at,
  f.created AS first,
  (SELECT o.id FROM runs o WHERE o.tenant = ? AND o.thread = l.id AND o.ended_at IS NULL AND NOT o.behind)
    AS open
FROM (SELECT r.thread AS id, r.id AS newest, r.id AS last_run, r.state AS last_state, r.ended_at FROM runs r
WHERE r.tenant = ? AND r.id < ? AND coalesce(r.origin NOT LIKE '%"replay"}', true) AND r.parent IS NULL
  AND NOT EXISTS (SELECT FROM runs n
    WHERE n.tenant = r.tenant AND n.thread = r.thread AND n.thread <> n.id AND n.id > r.id)
UNION ALL
SELECT t.id, t.id, NULL, NULL, NULL FROM threads t
WHERE t.tenant = ? AND t.id < ?
  AND NOT EXISTS (SELECT FROM runs r WHERE r.tenant = t.tenant AND r.thread = t.id AND r.thread <> r.id)
ORDER BY newest DESC LIMIT ?) l
LEFT JOIN threads t ON t.tenant = ? AND t.id = l.id
LEFT JOIN runs n ON n.tenant = ? AND n.id = l.newest
LEFT JOIN LATERAL (
  SELECT agent, created_at, created FROM runs
  WHERE tenant = ? AND (id = l.id OR (thread = l.id AND thread <> id)) ORDER BY id LIMIT 1) f ON true
ORDER BY l.newest DESC

-- name: turns
SELECT * FROM (
  SELECT r.id, r.created_at, r.ended_at, r.origin,
    r.created, CASE WHEN r.state = 'succeeded' THEN r.ended END AS succeeded,
    r.state = 'cancelled' AND EXISTS (SELECT FROM runs n
      WHERE n.tenant = r.tenant AND n.thread = r.thread AND n.thread <> n.id AND n.id > r.id
        AND n.created_at <= r.ended_at AND n.created LIKE '%,"interrupts":true}') AS interrupted
  FROM runs r
  WHERE tenant = ? AND (id = ? OR (thread = ? AND thread <> id)) AND id < ?
  ORDER BY id DESC LIMIT ?) newest
ORDER BY id

-- name: resume
WITH target AS (
  SELECT tenant, id, state, paused FROM runs WHERE tenant = ? AND id = ? FOR UPDATE
), resumed AS (
  UPDATE runs r SET paused = false, nudged = true,
    due_at = CASE WHEN r.state = 'running' THEN due_at WHEN NOT behind THEN now() END,
    state = CASE WHEN waiting = 'paused' THEN 'queued' ELSE r.state END,
    waiting = CASE WHEN waiting <> 'paused' THEN waiting END
  FROM target t WHERE r.tenant = t.tenant AND r.id = t.id AND t.paused AND r.ended_at IS NULL
)
SELECT state, paused FROM target

-- name: free
UPDATE runs b SET behind = false, due_at = CASE WHEN NOT paused THEN now() END
WHERE behind AND NOT EXISTS (SELECT FROM runs o
    WHERE o.tenant = b.tenant AND o.thread = b.thread AND o.ended_at IS NULL AND NOT o.behind)
  AND NOT EXISTS (SELECT FROM runs f
    WHERE f.tenant = b.tenant AND f.thread = b.thread AND f.behind AND f.id < b.id)
RETURNING id
