-- Who had a profile recorded, of which replica and when: a trail that stays. One is recorded at a time, on all replicas together.
CREATE TABLE profiles (
  tenant     text        NOT NULL,
  id         uuid        NOT NULL PRIMARY KEY,
  asked_by   text        NOT NULL,
  replica    text        NOT NULL,
  seconds    int         NOT NULL CHECK (seconds BETWEEN 1 AND 120),
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at   timestamptz,
  -- Null while it is recorded, and where its replica went away meanwhile.
  bytes      int
);
CREATE UNIQUE INDEX profiles_one ON profiles ((true)) WHERE ended_at IS NULL;
CREATE INDEX profiles_latest ON profiles (started_at);
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE profiles FORCE ROW LEVEL SECURITY;
CREATE POLICY engine ON profiles TO ${engine} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON profiles TO ${engine};
