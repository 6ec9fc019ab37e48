/// What a replica does with its processor, recorded for some seconds by the JVM itself and drawn as a flame
/// graph.
///
/// Front door: [dev.wheelhouse.profiles.Profiles].
///
/// **Invariants**: one profile at a time, on all replicas together, and who asked for it is written down
/// before it begins. A profile holds names of methods and threads, and no data. While nobody asks, nothing
/// is recorded and nothing is loaded.
@NullMarked
package dev.wheelhouse.profiles;

import org.jspecify.annotations.NullMarked;
