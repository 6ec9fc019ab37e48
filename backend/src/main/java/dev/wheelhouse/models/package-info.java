/// Asks language models by alias, and hides which company, server or set of rules answers.
///
/// Front door: [dev.wheelhouse.models.Models]. One call goes this way:
///
/// ```
/// Models ── alias ──► TryTargets ── target 1, its tries ──► Provider: a server, a company, or rules in this process
///                          │
///                          └─────── target 2, its tries …
/// ```
///
/// - A [ProviderSource] brings a provider and says what is wrong with a target's settings; `providers` and `demo` have
///   some. What is behind one is its own business.
/// - A try fails with a code and a remedy ([TryFailed]): ask again, ask another target, or ask nobody.
/// - After too many failures in a row a target cools down: others are asked first until its time is over.
/// - A pause between tries is what the provider's Retry-After says, or grows with jitter, and never leaves the budget.
///
/// **Invariants**
///
/// - Text that a watcher was shown counts until it is told that the answer begins anew; then none of it does. What is
///   left at the end is the reply's text.
/// - Whatever has no known price costs null, not zero. Tokens that a provider did not count are guessed, and such an
///   answer has no cost either. Cost is computed once, here.
/// - Every tool call of an answer has an id that is unique in it.
/// - The providers' keys leave this package only to the provider they belong to.
/// - Nothing is stored here; cooling is each replica's own observation.
@NullMarked
package dev.wheelhouse.models;

import org.jspecify.annotations.NullMarked;
