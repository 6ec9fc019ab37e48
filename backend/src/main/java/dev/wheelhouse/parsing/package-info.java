/// Reads files into pages of text.
///
/// Front door: [dev.wheelhouse.parsing.Parsing]. The bytes say what a file is, not its name and not its
/// sender.
///
/// **Invariants**: a file ends as pages of text or as a [dev.wheelhouse.parsing.Reason]; one without any
/// text is `no_text` and never an empty success. Time, memory and the length of the text are bounded.
/// Nothing here connects to anything or keeps anything.
@NullMarked
package dev.wheelhouse.parsing;

import org.jspecify.annotations.NullMarked;
