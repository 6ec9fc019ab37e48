/// Turns texts into vectors that are near each other where the texts mean the same.
///
/// Front door: [dev.wheelhouse.embeddings.Embeddings]. One model runs in this process and needs no key; any
/// server that speaks OpenAI's protocol can take its place.
///
/// **Invariants**: nothing is loaded before the first text is embedded: whoever uses no model pays nothing.
/// The model in this process is read from files by path, never through the heap. A question never waits
/// behind a batch of passages. Vectors have length 1. What is sent to a model is at most what it reads: a
/// longer text is cut at its end, never averaged.
@NullMarked
package dev.wheelhouse.embeddings;

import org.jspecify.annotations.NullMarked;
