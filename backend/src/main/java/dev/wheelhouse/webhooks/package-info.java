/// Who outside is told what happens here.
///
/// Front door: [dev.wheelhouse.webhooks.Webhooks].
///
/// ```
///   notice ──▶ a delivery for each webhook that wants it, and the notice gone, in one statement
///   delivery ──▶ signed, sent ──▶ 2xx: delivered   410: the webhook is off   else: again, for a day
/// ```
///
/// **Invariants**: what happened is delivered at least once, each time with the same id and body; messages about one
/// run in the order in which it happened, the next when the one before has arrived or was given up. A message is
/// signed as Standard Webhooks have it, with a secret that was shown once and is sealed. It goes through `outbound`
/// alone, to the public internet unless the operator lists the host. The list of deliveries is bounded.
@NullMarked
package dev.wheelhouse.webhooks;

import org.jspecify.annotations.NullMarked;
