/// How a document becomes passages that can be found, and how a collection gets another model.
///
/// Front door: [dev.wheelhouse.ingestion.Ingestion].
///
/// ```
/// upload, text, address ──▶ fetch ──▶ parse ──▶ split ──▶ embed ──▶ publish ──▶ ready
///                             └─────────┴── a reason with a remedy ──┴──▶ failed ──▶ retry from that stage
/// ```
///
/// Reading a document is a run of the engine, of the kind `ingestion`: it goes on when a replica dies.
///
/// **Invariants**
/// - Each stage is done again after a loss, since what it writes is the same.
/// - A document that does not become ready says why, with a remedy; one that waits says for what.
@NullMarked
package dev.wheelhouse.ingestion;

import org.jspecify.annotations.NullMarked;
