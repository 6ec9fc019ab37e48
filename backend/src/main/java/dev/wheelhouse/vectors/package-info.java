/// Finds the passages whose meaning is near a question's.
///
/// Front door: [dev.wheelhouse.vectors.Vicinity], which asks the [dev.wheelhouse.vectors.VectorIndex] that
/// is configured.
///
/// A replica keeps one bit for each number of a vector: 48 bytes a passage. A question is held against
/// these codes, the best 200 are read from Postgres as they are stored, and their exact cosines count.
///
/// **Invariants**: what is kept in memory can lose a hit and never add one: each vector is read as the
/// tenant, under its policy. Codes are kept up to a number of bytes, the longest unused go first. Vectors
/// of two models never meet: each generation of a collection has its own.
@NullMarked
package dev.wheelhouse.vectors;

import org.jspecify.annotations.NullMarked;
