/// Named values that agents use without seeing them: nobody reads one back, by any door.
///
/// Front door: [dev.wheelhouse.secrets.Secrets].
///
/// ```
///   master key (the operator's) ──wraps──▶ data key (one a tenant) ──seals──▶ value
///                                   bound to the tenant          bound to tenant, name and hosts
/// ```
///
/// A value is named as `secret://name` where it is needed. It is put in when a request is sent, for the hosts it is
/// bound to, and taken out of whatever comes back, is shown to a model, kept in a run's log or written to this
/// process's log, in the forms of [dev.wheelhouse.secrets.Disguises].
///
/// Other packages have what they keep sealed the same way, by the place it belongs to: tokens of sign-ins.
///
/// **Invariants**: values are stored sealed only. A row copied to another tenant or name, or one whose hosts were
/// changed, does not open. Values of one tenant are resolved for that tenant alone. An opened value is kept for half a
/// minute at most. Without a master key nothing can be stored or used, and nothing else stops working. Absent on
/// purpose: reading a value, values in definitions, changing hosts without knowing the value.
@NullMarked
package dev.wheelhouse.secrets;

import org.jspecify.annotations.NullMarked;
