/// What a model server sends: cut into frames, and gathered into one answer or read as a refusal.
///
/// Front door: [dev.wheelhouse.frames.Frames]. Whoever knows a protocol reads frame after frame and tells
/// [dev.wheelhouse.frames.GatherAnswer] what each one means:
///
/// ```
/// bytes ──► Frames ──► a wire's reader ──► GatherAnswer ──► Answer
///                            │                  └ SplitThoughts, GatherCalls, ReadUsage
///                            └──────────► Refusal ──► TryFailed
/// ```
///
/// - [dev.wheelhouse.frames.Frames] cuts what comes into JSON values, whatever it is labelled as, and never holds more
///   than a bounded part.
/// - [dev.wheelhouse.frames.Refusal] reads every shape of error that servers send, and decides what may help.
/// - [dev.wheelhouse.frames.FitNames] knows each tool by the name under which it was sent.
///
/// **Invariants**: what is unknown is passed over; what is needed and unreadable is `bad_answer` in plain
/// words, never a class name. An answer without text and calls is no answer. Tokens that a server counted
/// wrong, or not at all, are guessed, and such an answer says so. Nothing here opens a connection.
@NullMarked
package dev.wheelhouse.frames;

import org.jspecify.annotations.NullMarked;
