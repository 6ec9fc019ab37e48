/// HTTP APIs as tools: reads OpenAPI documents (3.0 and 3.1), and sends what their operations ask for.
///
/// Front door: [dev.wheelhouse.openapi.OpenApi]. What a document describes are
/// [dev.wheelhouse.openapi.Operation]s; what an operation needs to be sent later is part of it, so that a
/// call does not depend on the document any more.
///
/// **Invariants**: nothing that a document refers to is fetched. An operation that cannot be sent faithfully
/// is refused in words and by itself; the others are usable. An argument fills its own place: none can change
/// the path, the host or another parameter. Answers are bounded. Absent on purpose: callbacks, links, files
/// as bytes, XML.
@NullMarked
package dev.wheelhouse.openapi;

import org.jspecify.annotations.NullMarked;
