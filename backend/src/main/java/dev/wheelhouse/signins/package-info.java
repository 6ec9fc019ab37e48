/// Signing in to servers of others by OAuth 2.1, as MCP has it: who may let this platform in, how that is
/// asked for, and the tokens that come of it.
///
/// Front door: [dev.wheelhouse.signins.SignIns].
///
/// ```
/// challenge (401, 403) ─▶ whose resource is it? ─▶ its authorization server ─▶ who are we there?
///                          RFC 9728                 RFC 8414, OpenID Connect    by hand, by document, by registration
///        ┌───────────────────────────────────────────────────────────────────────────┘
///        ├─ a person: link ─▶ consent ─▶ callback with state and issuer ─▶ code ─▶ tokens ─▶ renewed by one replica
///        └─ the platform itself: client credentials ─▶ token
/// ```
///
/// **Invariants**: a token goes to the server it was asked for, named as its resource, and to nobody else.
/// What is kept is sealed together with tenant, server and address. The authorization server of the first
/// sign-in is pinned: another one is not spoken to until a person has named it. Whoever brings an answer back
/// is the browser, or the caller, that asked; a state is taken once. An issuer is compared letter by letter.
/// No PKCE, no sign-in. Metadata, registrations and tokens go out as what tenants choose does: to the public
/// internet, and to the private hosts that the operator lists. Absent on purpose: DPoP, the implicit grant,
/// passwords.
@NullMarked
package dev.wheelhouse.signins;

import org.jspecify.annotations.NullMarked;
