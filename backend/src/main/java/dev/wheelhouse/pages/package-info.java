/// What a server answered, as the text that a reader of the page would see.
///
/// Front door: [dev.wheelhouse.pages.Pages].
///
/// ```
/// bytes → Contents (is it text at all?) → Charsets (in which letters?) → scrub ┬→ text as it is
///                                                                              └→ FlattenTags → jsoup → WriteMarkdown
/// ```
///
/// **Invariants**: what is not text is named, never decoded. Neighbours that a browser shows apart are apart here:
/// cells, items and blocks are never glued together. What a browser does not show (scripts, styles, hidden elements)
/// is not there. The costs grow with the length of a page and not with its nesting: [FlattenTags] bounds what the
/// parser sees. Nothing here connects to anything.
@NullMarked
package dev.wheelhouse.pages;

import org.jspecify.annotations.NullMarked;
