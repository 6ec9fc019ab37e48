-- The engine owns the questions that runs wait for, and approvals keeps which of them people were told about: one table
-- each, where both wrote one. The table takes its owner's name and keeps its rows.

ALTER TABLE approvals RENAME TO questions;
ALTER INDEX approvals_pkey RENAME TO questions_pkey;
ALTER INDEX approvals_asked RENAME TO questions_asked;
ALTER INDEX approvals_open RENAME TO questions_open;
ALTER INDEX approvals_unsent RENAME TO questions_unsent;

-- What others see of questions, each with the run that asks it. The left join lets Postgres leave the run out where
-- nothing of it is wanted.
CREATE VIEW run_questions WITH (security_invoker = true) AS
  SELECT q.tenant, q.id, q.run, r.thread, r.agent, q.step, q.kind, q.state, q.question, q.hash, q.requester, r.key_id,
    q.not_requester, q.created_at, q.expires_at, q.otherwise, q.answer, q.decided_by, q.decided_at, q.replaces
  FROM questions q LEFT JOIN runs r ON r.tenant = q.tenant AND r.id = q.run;
GRANT SELECT ON run_questions TO ${app}, ${engine};

-- A question that was announced, or is being announced: a try belongs to one replica until notify_at.
CREATE TABLE announcements (
  tenant      text        NOT NULL,
  question    uuid        NOT NULL,
  tries       int         NOT NULL,
  notify_at   timestamptz NOT NULL,
  notified_at timestamptz,
  PRIMARY KEY (tenant, question)
);
ALTER TABLE announcements ENABLE ROW LEVEL SECURITY;
ALTER TABLE announcements FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON announcements TO ${engine} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON announcements TO ${engine};

INSERT INTO announcements (tenant, question, tries, notify_at, notified_at)
SELECT tenant, id, tries, coalesce(notify_at, now()), notified_at FROM questions WHERE state = 'open' AND tries > 0;

-- ---- For replicas of 0.1.0 beside this version, and for going back to it. The next version takes away the view, the
-- ---- trigger, its function, and of questions the index questions_unsent and the columns notify_at, notified_at, tries.

CREATE VIEW approvals WITH (security_invoker = true) AS
  SELECT tenant, id, run, step, round, kind, state, question, hash, requester, not_requester, created_at, expires_at,
    otherwise, answer, decided_by, decided_at, replaces, notify_at, notified_at, tries
  FROM questions;
GRANT SELECT, INSERT, UPDATE ON approvals TO ${app}, ${engine};

-- A question that 0.1.0 takes in order to announce it is taken for this version as well. One that this version has taken
-- or announced already is not taken: 0.1.0 learns of it and leaves it alone.
CREATE FUNCTION announce_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  known announcements;
BEGIN
  IF NEW.tries = OLD.tries THEN
    UPDATE announcements SET notify_at = NEW.notify_at, notified_at = NEW.notified_at
    WHERE tenant = NEW.tenant AND question = NEW.id;
    RETURN NEW;
  END IF;
  INSERT INTO announcements AS a (tenant, question, tries, notify_at)
  VALUES (NEW.tenant, NEW.id, NEW.tries, NEW.notify_at)
  ON CONFLICT (tenant, question) DO UPDATE SET tries = a.tries + 1, notify_at = excluded.notify_at
    WHERE a.notified_at IS NULL AND a.notify_at <= now();
  IF FOUND THEN
    RETURN NEW;
  END IF;
  SELECT * INTO known FROM announcements WHERE tenant = NEW.tenant AND question = NEW.id;
  UPDATE questions SET notify_at = known.notify_at, notified_at = known.notified_at
  WHERE tenant = NEW.tenant AND id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER questions_announce_once BEFORE UPDATE OF notify_at, notified_at ON questions
  FOR EACH ROW EXECUTE FUNCTION announce_once();
