/// The server that every door stands on: who calls, bodies and pages, problems, live events, an orderly stop.
///
/// Doors are the packages above (`api`, `openai`, `console`); this one has no route of its own.
///
/// ```
/// wire → TagRequests (id) → Origins → CallerFilter (who, may they) → a door's controller → packages below
///   ↘ JudgeBodies: large bodies, by their heads
///                                                                       ↘ ProblemHandler: every refusal, as a problem
/// LiveEvents: Runs.watch → FrameStream (bounded, one per client) → text/event-stream
/// ```
///
/// A stop goes in order, by [Drain]: say so on /ready, hand runs over, end streams, then close the listening socket.
///
/// Bodies are read as trees by [Fields], which collects every mistake, and answers are written field by field by
/// [JsonObject]: the log's JSON passes through as the text it is stored as.
///
/// **Invariants**: every route says what it [RequiresScope] or that it is [Public]; a test walks the running router. A
/// stream holds no thread and no connection to Postgres, and closing it never ends a run. Nothing here runs SQL.
/// Other ways to prove an identity (OIDC) belong into [CallerFilter], which alone makes callers.
@NullMarked
package dev.wheelhouse.http;

import org.jspecify.annotations.NullMarked;
