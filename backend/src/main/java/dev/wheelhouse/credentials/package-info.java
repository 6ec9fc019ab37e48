/// How a request proves to a company's server who asks: by a key, by a signature, by a token that is fetched
/// and renewed.
///
/// Front door: [dev.wheelhouse.credentials.Credentials]. What a target's key variable holds is one text; which of the
/// company's ways it is meant for is read off its form, and what has no such form is refused at start.
///
/// ```
/// key, or nothing ──► KeyHeader
/// AWS access key ───► SignForAws ── a signature for each request
/// account of Google, client of Entra ──► FetchedToken ── a token for an hour, fetched by one thread for all
/// ```
///
/// **Invariants**: a key, a secret and a token are in no message and no log. A token is fetched anew before
/// it runs out, and once when a server refuses it. While one thread fetches, the others use the old token as
/// long as it is good. Absent on purpose: files that change while the process runs, and the metadata servers
/// of clouds.
@NullMarked
package dev.wheelhouse.credentials;

import org.jspecify.annotations.NullMarked;
