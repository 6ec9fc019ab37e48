-- A page that a crawl has come to, as the next version of its address. False where this crawl has been there, or has as many
-- pages as it may: pages are read side by side, so one after the other asks.
CREATE FUNCTION add_crawled_page(of_collection uuid, new_id uuid, page text, crawl_of uuid, most int, how text,
  with_labels text, by_whom text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(crawl_of::text, 1));
  PERFORM FROM documents d WHERE d.tenant = current_setting('app.tenant') AND d.collection = of_collection
    AND d.key = page AND (d.id = crawl_of OR d.crawl::json->>'first' = crawl_of::text);
  IF FOUND THEN
    RETURN false;
  END IF;
  IF (SELECT count(*) FROM documents d WHERE d.tenant = current_setting('app.tenant') AND d.collection = of_collection
      AND d.source = 'crawl' AND d.crawl::json->>'first' = crawl_of::text) + 1 >= most THEN
    RETURN false;
  END IF;
  INSERT INTO documents (tenant, collection, id, key, version, name, source, url, media_type, size, state, stage, labels,
      created_by, crawl)
    SELECT current_setting('app.tenant'), of_collection, new_id, page, coalesce(max(o.version), 0) + 1, '', 'crawl', page, '', 0,
      'queued', 'fetch', with_labels, by_whom, how
    FROM documents o WHERE o.tenant = current_setting('app.tenant') AND o.collection = of_collection AND o.key = page;
  RETURN true;
END $$;
