-- A collection changes its model: the vectors of the next generation are made beside those that serve.

-- build: the run that makes them.
ALTER TABLE collections ADD COLUMN build uuid;

-- In one transaction: the next generation serves, and the vectors of the one before are gone. Returns how many passages of
-- ready documents have no vector of it yet; it serves only where that is none. Null where nothing is being made.
CREATE FUNCTION adopt_generation(of_collection uuid) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  mine record;
  missing int;
BEGIN
  -- Whatever becomes ready from here on waits for this lock, and finds out which generation serves.
  SELECT c.generation, c.building INTO mine FROM collections c
    WHERE c.tenant = current_setting('app.tenant') AND c.id = of_collection FOR UPDATE;
  IF NOT FOUND OR mine.building IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT count(*) INTO missing FROM ready_passages r
    WHERE mine.building <> '' AND r.tenant = current_setting('app.tenant') AND r.collection = of_collection
      AND NOT EXISTS (SELECT FROM passage_vectors v WHERE v.tenant = r.tenant AND v.collection = r.collection
        AND v.generation = mine.generation + 1 AND v.passage = r.passage);
  IF missing > 0 THEN
    RETURN missing;
  END IF;
  UPDATE collections c SET model = mine.building, generation = mine.generation + 1, building = NULL, build = NULL,
      epoch = c.epoch + 1
    WHERE c.tenant = current_setting('app.tenant') AND c.id = of_collection;
  DELETE FROM passage_vectors v WHERE v.tenant = current_setting('app.tenant') AND v.collection = of_collection
    AND v.generation <= mine.generation;
  RETURN 0;
END $$;
