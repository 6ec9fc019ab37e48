-- Who wrote a revision, and what they noted on it: null where nobody said so, and for all that is older than this.
ALTER TABLE revisions ADD COLUMN author text, ADD COLUMN note text;
ALTER TABLE workflow_revisions ADD COLUMN author text, ADD COLUMN note text;

-- Since when a name is taken away: its revisions stay, for the runs that have them.
ALTER TABLE agents ADD COLUMN deleted_at timestamptz;
ALTER TABLE workflows ADD COLUMN deleted_at timestamptz;

-- What models were asked in runs, one row for each answer; the cost is null where no price is known. A step says its use
-- at its beginning and who answered at its end: what lies between may say anything.
CREATE VIEW model_calls WITH (security_invoker = true) AS
  SELECT tenant, run, at, use[1]::bigint + use[3]::bigint AS tokens, nullif(use[4], 'null')::bigint AS cost,
    coalesce(answered[1], '') || '/' || coalesce(answered[2], '') AS model
  FROM (
    SELECT tenant, run, at, regexp_match(left(data, 100), '"use":\[(\d+),(\d+),(\d+),(\d+|null)\]') AS use,
      regexp_match(right(data, 1000), '.*"model":\{"provider":"([^"]*)","name":"([^"]*)"') AS answered
    FROM log WHERE type IN ('step.succeeded', 'step.failed') AND data LIKE '%"model":{"provider":%') AS steps
  WHERE use IS NOT NULL;
GRANT SELECT ON model_calls TO ${app}, ${engine};
