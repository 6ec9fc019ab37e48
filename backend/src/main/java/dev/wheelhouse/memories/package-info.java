/// What agents keep about the user they work for, across conversations: a plain list that the user sees and
/// edits.
///
/// Front door: [dev.wheelhouse.memories.Memories].
///
/// **Invariants**: whose memory it is comes from the run, never from an argument: a model cannot name
/// somebody else. One that is over its time is found by nobody from that moment on, by the database's
/// clock. Deleting deletes the row. Nothing is thrown away to make room: a full list refuses. A memory of
/// the same text is not kept twice. What was remembered is shown as quoted data, never as an instruction.
/// Absent on purpose: a model that decides in the background what is worth keeping.
@NullMarked
package dev.wheelhouse.memories;

import org.jspecify.annotations.NullMarked;
