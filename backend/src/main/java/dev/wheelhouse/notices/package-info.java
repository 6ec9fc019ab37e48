/// What happened and somebody wants to know of: the end of a run, an approval, a budget that is used up.
///
/// Front door: [dev.wheelhouse.notices.Notices].
///
/// ```
///   who does it ──▶ note(…), in the transaction in which it happens ──▶ a row for each reader that watches the tenant
///   reader      ──▶ reads rows ──▶ take_notices(…), in the statement that writes down what it makes of them
/// ```
///
/// **Invariants**: what happened and its notice are committed together; a notice is taken once; those about one run are
/// taken in their order. A tenant that nobody watches costs nothing, not even a statement: whoever writes asks
/// `isWatched` first, which is at most two seconds old, or calls `note` in a statement of its own anyway.
@NullMarked
package dev.wheelhouse.notices;

import org.jspecify.annotations.NullMarked;
