/// Collections, their documents, and what was read of them: bytes, pages, passages and vectors, in Postgres.
///
/// Front door: [dev.wheelhouse.documents.Documents]. How a document becomes ready is in `ingestion`, who may
/// see one in `knowledge`.
///
/// **Invariants**
/// - A document that is not ready is found by nobody. It becomes ready in one transaction, which takes the
///   version before out of everything; deleting is one transaction too.
/// - What is written of a document on its way may be written again, by another replica too; once it is no longer
///   wanted, nothing of it is written any more.
/// - Whoever holds no row here pays nothing: no thread, no model, no memory.
@NullMarked
package dev.wheelhouse.documents;

import org.jspecify.annotations.NullMarked;
