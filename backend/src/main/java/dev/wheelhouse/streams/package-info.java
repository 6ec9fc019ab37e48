/// Streams of frames to many clients, at the cost of a socket each.
///
/// Front door: [dev.wheelhouse.streams.Streams] opens a [dev.wheelhouse.streams.FrameStream], and
/// publishers offer it frames. This package does not know what the frames mean.
///
/// **Invariants**
/// - A stream holds no thread and no timer.
/// - Frames arrive in the order in which they were offered, each once, or the stream is disconnected; also while its
///   connection is being detached from the framework.
@NullMarked
package dev.wheelhouse.streams;

import org.jspecify.annotations.NullMarked;
