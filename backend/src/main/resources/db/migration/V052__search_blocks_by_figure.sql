-- Lists of runs sorted by a figure begin with the blocks that have its greatest values: these are found by an index, where a
-- million runs took 16,000 blocks to be sorted. A block is written once for many runs, never while one goes on.
CREATE INDEX search_blocks_cost ON search_blocks (tenant, max_cost DESC, last DESC);
CREATE INDEX search_blocks_duration ON search_blocks (tenant, max_duration DESC, last DESC);
CREATE INDEX search_blocks_tokens ON search_blocks (tenant, max_tokens DESC, last DESC);
