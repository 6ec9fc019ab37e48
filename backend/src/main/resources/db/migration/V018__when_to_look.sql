-- Whoever looks for runs that are due looks at every open run, also at those that wait for a person or for next week. From
-- now on a run says before which time nobody needs to look at it: look_at, or its creation where that is null. It is a
-- lower bound and nothing else; whether a run is due, due_at says alone. It changes when a run stops here, never while it
-- goes on, so that an index on it leaves the frequent changes of a row without index entries (HOT).

ALTER TABLE runs ADD COLUMN look_at timestamptz;

CREATE OR REPLACE FUNCTION nudge_run(of_tenant text, run uuid) RETURNS boolean LANGUAGE sql AS $$
  UPDATE runs SET nudged = true,
    due_at = CASE WHEN state = 'waiting' AND NOT paused THEN now() ELSE due_at END,
    look_at = CASE WHEN state = 'waiting' AND NOT paused THEN now() ELSE look_at END
  WHERE tenant = of_tenant AND id = run AND ended_at IS NULL
  RETURNING true
$$;

-- ---- For replicas of 0.1.0 beside this version, which make runs due without look_at: those that this version let wait,
-- ---- and those that waited behind others. No statement of this version fires it. The next version takes away the
-- ---- trigger and its function, and with them the statement PUT_OFF.
CREATE FUNCTION look_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE runs SET look_at = coalesce(greatest(NEW.due_at, now()), 'infinity') WHERE tenant = NEW.tenant AND id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER runs_look_in_time AFTER UPDATE ON runs FOR EACH ROW
  WHEN (NEW.ended_at IS NULL
    AND (NEW.due_at IS NOT NULL AND NEW.look_at > greatest(NEW.due_at, now())
      OR OLD.behind AND NOT NEW.behind AND NEW.look_at IS NULL))
  EXECUTE FUNCTION look_in_time();
