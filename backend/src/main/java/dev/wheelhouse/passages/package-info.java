/// Cuts what documents say into passages, and prepares their words for Postgres' text search. Pure: no
/// table, no clock.
///
/// Front door: [dev.wheelhouse.passages.Passages].
///
/// ```
/// pages → blocks (headings, tables, code, paragraphs) → sentences → passages of about 170 word pieces
/// ```
///
/// **Invariants**: a passage lies on one page, and its place counts in characters of that page's text.
/// Every character that is no white space is in some passage. None is longer than
/// [dev.wheelhouse.passages.Passages#MOST_PIECES]. The same pages give the same passages. Chinese,
/// Japanese, Korean and Thai are searched by pairs of letters, since Postgres finds no words in them.
@NullMarked
package dev.wheelhouse.passages;

import org.jspecify.annotations.NullMarked;
