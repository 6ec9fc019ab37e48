/// HTTP/1.1 on a connection, by the letter of RFC 9110 and RFC 9112, before the server's framework sees it.
///
/// Front door: [dev.wheelhouse.wire.Wire].
///
/// ```
/// bytes → ReadHead ─┬→ ReadChunks or a length → Decoding ─┬→ one plain request, with a length ──▶ the framework
///                   └→ Fault └→ Fault → a request that a filter answers with it, then close
/// ```
///
/// What could be read in two ways is refused, and the connection closed: a proxy in front of us may have read it the
/// other way, and what it took for a body would be somebody's next request. A request is handed over only when all of
/// it is there, so a client that leaves in the middle costs nothing and is not a failure.
///
/// Before a large body is read, the [dev.wheelhouse.wire.Gate] says by the head how much its route takes, and
/// whether its sender may use it. What all connections hold of requests that have not come as a whole is bounded.
///
/// **Invariants**: the framework sees one length, no transfer coding and no content coding. Nothing of a connection is
/// read after a fault. A request is bounded: its line, its head, its body before and after decoding. An answer to
/// HTTP/1.0 is never sent in chunks. HEAD is answered with the head of the answer to GET, which is what the framework
/// is asked for.
@NullMarked
package dev.wheelhouse.wire;

import org.jspecify.annotations.NullMarked;
