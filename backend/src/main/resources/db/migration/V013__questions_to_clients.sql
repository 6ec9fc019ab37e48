-- A run may ask the program that started it for the result of a tool. Such questions have the kind `client`; people do not
-- see them: neither in the list of approvals, nor counted, nor announced, by this version or by 0.1.0 beside it.

CREATE OR REPLACE VIEW run_questions WITH (security_invoker = true) AS
  SELECT q.tenant, q.id, q.run, r.thread, r.agent, q.step, q.kind, q.state, q.question, q.hash, q.requester, r.key_id,
    q.not_requester, q.created_at, q.expires_at, q.otherwise, q.answer, q.decided_by, q.decided_at, q.replaces
  FROM questions q LEFT JOIN runs r ON r.tenant = q.tenant AND r.id = q.run
  WHERE q.kind <> 'client';

CREATE OR REPLACE VIEW approvals WITH (security_invoker = true) AS
  SELECT tenant, id, run, step, round, kind, state, question, hash, requester, not_requester, created_at, expires_at,
    otherwise, answer, decided_by, decided_at, replaces, notify_at, notified_at, tries
  FROM questions WHERE kind <> 'client';
