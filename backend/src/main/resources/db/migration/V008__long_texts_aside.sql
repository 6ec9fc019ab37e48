-- Rows of runs are kept loose, for their changes, and a row with long texts was kept as loose as one without: most of
-- what a thread of long messages took was room. What a row is too large for now moves aside as a whole, where it is
-- packed tightly and no change of the row touches it.
ALTER TABLE runs SET (toast_tuple_target = 256);
