-- What V010 and V011 copied, once more: an owner who may not bypass row-level security, as those of managed Postgres are,
-- is held to it by FORCE, so for such an owner they copied nothing. Whoever could copy has the rows already.
-- No policy is off for anybody else meanwhile: NO FORCE frees the owner alone, and the locks last to the end of this step.
ALTER TABLE questions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE announcements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE threads NO FORCE ROW LEVEL SECURITY;
ALTER TABLE opened_threads NO FORCE ROW LEVEL SECURITY;

INSERT INTO announcements (tenant, question, tries, notify_at, notified_at)
SELECT tenant, id, tries, coalesce(notify_at, now()), notified_at FROM questions WHERE state = 'open' AND tries > 0
ON CONFLICT DO NOTHING;
INSERT INTO opened_threads (tenant, thread) SELECT tenant, id FROM threads ON CONFLICT DO NOTHING;

ALTER TABLE questions FORCE ROW LEVEL SECURITY;
ALTER TABLE announcements FORCE ROW LEVEL SECURITY;
ALTER TABLE threads FORCE ROW LEVEL SECURITY;
ALTER TABLE opened_threads FORCE ROW LEVEL SECURITY;
