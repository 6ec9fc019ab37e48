/// Who owns data and who may ask: tenants, keys, sessions of the console.
///
/// Front door: [dev.wheelhouse.tenants.Tenants]; the outcome of asking is a [dev.wheelhouse.tenants.Caller].
///
/// Keys are `wh_<tenant>_<secret>`. The tenant in front lets the hash be looked up among that tenant's rows, under the
/// same row-level security as everything else; there is no table that is read across tenants.
///
/// **Invariants**: secrets are stored as SHA-256 of 238 random bits, shown once, and never logged. Unknown, expired and
/// revoked keys get the same answer. Signing in by OIDC and roles will join here as another way to a `Caller`.
@NullMarked
package dev.wheelhouse.tenants;

import org.jspecify.annotations.NullMarked;
