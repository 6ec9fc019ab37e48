/// What answers rest on: passages, numbered for each conversation, and the tool that gives them to agents.
///
/// Front door: [dev.wheelhouse.citations.Citations].
///
/// **Invariants**
/// - A passage keeps its number for as long as the conversation lasts; numbers begin at 1 in each.
/// - A citation keeps its quote when the document is gone, which is then said.
/// - The tool searches the collections that its agent names and no others, whatever a model asks for.
@NullMarked
package dev.wheelhouse.citations;

import org.jspecify.annotations.NullMarked;
