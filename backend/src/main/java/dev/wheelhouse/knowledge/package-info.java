/// What agents look up: collections of documents, and searching them.
///
/// Front door: [dev.wheelhouse.knowledge.Knowledge]. Searching asks the words and the meanings of each
/// collection and adds up both by the language of the document. What documents are is in `documents`, how one
/// becomes ready in `ingestion`.
///
/// **Invariants**
/// - What a caller must not see is not there, in the same words.
/// - Every search ends with a SELECT of live rows under the tenant's policy: what a replica remembers can
///   lose a hit and never show one.
/// - `lexical()` runs with the owner's sight, since no index of words is used under a policy; it takes the
///   tenant from the connection and never from an argument.
@NullMarked
package dev.wheelhouse.knowledge;

import org.jspecify.annotations.NullMarked;
