/// Asks language models by alias, and hides which company, server or set of rules answers.
///
/// Front door: [dev.wheelhouse.models.Models]. One call goes this way:
///
/// ```
/// Models ── alias ──► TryTargets ── target 1, its tries ─┬─► RemoteModel ── langchain4j ── SpeakHttp ──► provider
///                          │                             └─► a ProviderSource (in this process)
///                          └─────── target 2, its tries …
/// ```
///
/// - A try fails with a code and a remedy ([TryFailed]): ask again, ask another target, or ask nobody.
/// - After too many failures in a row a target cools down: others are asked first until its time is over.
/// - A pause between tries is what the provider's Retry-After says, or grows with jitter, and never leaves the budget.
/// - [RemoteModel] watches the time on the calling thread: the first word, the silence between words, and the whole.
///
/// **Invariants**
///
/// - Text that a watcher was shown is never taken back: after it there is no second try, and the failure is the
///   caller's to repeat.
/// - Whatever has no known price costs null, not zero. Tokens that a provider did not count are guessed, and such an
///   answer has no cost either. Cost is computed once, here.
/// - Every tool call of an answer has an id that is unique in it.
/// - langchain4j's types and the providers' keys do not leave this package.
/// - Nothing is stored here; cooling is each replica's own observation.
@NullMarked
package dev.wheelhouse.models;

import org.jspecify.annotations.NullMarked;
