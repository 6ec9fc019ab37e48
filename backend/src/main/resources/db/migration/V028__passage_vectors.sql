-- What knows meanings: the vectors of passages.

-- vector: half floats, little endian; code: one bit for each of its numbers.
CREATE TABLE passage_vectors (
  tenant     text   NOT NULL,
  collection uuid   NOT NULL,
  generation int    NOT NULL,
  passage    bigint NOT NULL,
  vector     bytea  NOT NULL,
  code       bytea  NOT NULL,
  PRIMARY KEY (tenant, collection, generation, passage),
  FOREIGN KEY (tenant, passage) REFERENCES passages (tenant, id) ON DELETE CASCADE
);
CREATE INDEX passage_vectors_of_passages ON passage_vectors (tenant, passage);

ALTER TABLE passage_vectors ENABLE ROW LEVEL SECURITY;
ALTER TABLE passage_vectors FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON passage_vectors TO ${app}
  USING (tenant = current_setting('app.tenant', true)) WITH CHECK (tenant = current_setting('app.tenant', true));

GRANT SELECT, INSERT, UPDATE, DELETE ON passage_vectors TO ${app};

-- For whoever keeps something of passages in memory: those that can be found, and since when.
CREATE VIEW ready_passages WITH (security_invoker = true) AS
  SELECT p.tenant, p.collection, p.id AS passage, d.epoch
  FROM passages p JOIN documents d ON d.tenant = p.tenant AND d.id = p.document
  WHERE d.state = 'ready';
GRANT SELECT ON ready_passages TO ${app};
