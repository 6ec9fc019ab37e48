/// Stands in for a language model where there is no key, so that everything around a model can be tried.
///
/// Front door: [dev.wheelhouse.demo.Demo], which `models` finds as a [dev.wheelhouse.models.ProviderSource].
///
/// ```
/// ModelCall ──► DemoTurn (the last message, what was done since) ──► DemoPhrases ──► DemoAction
///     ──► DemoModel ──► Answer
/// ```
///
/// **Invariants**
///
/// - The same conversation gets the same answer, but for the ids of tool calls, which differ from round to round.
/// - It understands what `docs/demo-model.md` lists, and that page lists all that it understands.
/// - No key, no network, no cost.
@NullMarked
package dev.wheelhouse.demo;

import org.jspecify.annotations.NullMarked;
