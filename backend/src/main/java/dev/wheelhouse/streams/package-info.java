/// Streams of frames to many clients, at the cost of a socket each.
///
/// Front door: [dev.wheelhouse.streams.Streams] opens a [dev.wheelhouse.streams.FrameStream]; whoever has something to
/// say offers it frames. What the frames mean is nothing to this package.
///
/// **Invariants**
/// - A stream holds no thread and no timer.
/// - Frames arrive in the order in which they were offered, each once, or the stream is cut; also while its connection
///   is taken off the framework.
@NullMarked
package dev.wheelhouse.streams;

import org.jspecify.annotations.NullMarked;
