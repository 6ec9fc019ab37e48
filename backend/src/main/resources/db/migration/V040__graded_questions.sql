-- What people ask a collection to find out how good its search is: questions with the documents that answer them, by key.
CREATE TABLE graded_questions (
  tenant     text   NOT NULL,
  collection uuid   NOT NULL,
  n          int    NOT NULL,
  question   text   NOT NULL,
  documents  text[] NOT NULL,
  PRIMARY KEY (tenant, collection, n),
  FOREIGN KEY (tenant, collection) REFERENCES collections (tenant, id) ON DELETE CASCADE
);

ALTER TABLE graded_questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE graded_questions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON graded_questions TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON graded_questions TO ${app};
