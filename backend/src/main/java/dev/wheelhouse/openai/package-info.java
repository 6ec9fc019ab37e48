/// The door for clients that speak OpenAI's chat completions: `/v1/models` and `/v1/chat/completions`.
///
/// Front door: the routes. An agent is what these clients call a model; a completion is a run.
///
/// **Invariants**: field names, errors and the form of streams are OpenAI's, not ours; fields that we do not know are
/// passed over, because these clients send many. Nobody imports this package.
@NullMarked
package dev.wheelhouse.openai;

import org.jspecify.annotations.NullMarked;
