/// The only way out of the platform to other computers.
///
/// Front door: [dev.wheelhouse.outbound.Outbound]. What is to be sent is a [dev.wheelhouse.outbound.Sending], how far
/// it may go a [dev.wheelhouse.outbound.Reach].
///
/// ```
///   send ──▶ may this host be asked? ──▶ look its name up once ──▶ check every address ──▶ connect to those
///    ▲                                                                                          │
///    └────────────────────────────── redirect: all of it again ◀────────────────────────────────┘
/// ```
///
/// Operators' addresses take the operators' proxies; others do so only where the operator says that the proxy refuses
/// the network's own addresses, because it looks names up once more.
///
/// **Invariants**: an address that a tenant or a model chose is connected to only if it was checked, whatever it
/// redirects to. A bound header goes to the places it is bound to and to no other. Time and size are bounded. Passwords
/// of proxies and keys of webhooks are in no message. Absent on purpose: cookies, credentials in addresses, SOCKS.
@NullMarked
package dev.wheelhouse.outbound;

import org.jspecify.annotations.NullMarked;
