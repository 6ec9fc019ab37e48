-- RUNS runs of one tenant in id order over the last 90 days: words from a list, every 20th failed, costs and times that
-- vary. Ids begin with their time, as the backend makes them.
INSERT INTO runs (tenant, id, thread, created_at, revision, agent, requester, created, epoch, state, seq, steps, ended_at,
  cost, input_tokens, output_tokens, started_at, ended)
SELECT 'default', id, id, at, 1, 'agent-' || n % 12, 'key-' || n % 5,
  format('{"input":[{"role":"user","content":"order %s: %s the %s near the %s"}]}', n, verbs[1 + n % 10], things[1 + (n / 7) % 10], places[1 + (n / 31) % 10]),
  1, CASE WHEN n % 20 = 0 THEN 'failed' ELSE 'succeeded' END::run_state, 4, 1 + n % 9, at + (n % 977) * interval '1 millisecond',
  (n::bigint * 7919) % 90000, 100 + n % 4000, 10 + n % 900, at,
  CASE WHEN n % 20 = 0
    THEN format('{"error":{"code":"%s","message":"It broke at %s"}}', (ARRAY['limit_steps', 'over_budget', 'timeout'])[1 + (n / 20) % 3], n)
    ELSE format('{"output":"done with %s"}', things[1 + (n / 7) % 10]) END
FROM (
  SELECT n, at, (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n & 4095), 3, '0')
    || '8' || lpad(to_hex(n::bigint * 2654435761 & 1152921504606846975), 15, '0'))::uuid AS id,
    ARRAY['inspect', 'paint', 'repair', 'measure', 'lift', 'coil', 'stow', 'check', 'order', 'clean'] AS verbs,
    ARRAY['winch', 'rope', 'anchor', 'hatch', 'mast', 'rudder', 'lantern', 'pump', 'sail', 'compass'] AS things,
    ARRAY['bow', 'stern', 'bridge', 'galley', 'hold', 'deck', 'keel', 'cabin', 'ladder', 'rail'] AS places
  FROM (SELECT n, now() - interval '90 days' + n * (interval '89 days' / ${RUNS}) AS at FROM generate_series(1, ${RUNS}) AS n) AS times
) AS each
