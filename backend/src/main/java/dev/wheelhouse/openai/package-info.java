/// The door for clients that speak OpenAI's chat completions: `/v1/models` and `/v1/chat/completions`.
///
/// Front door: the routes. An agent is what these clients call a model; a completion is a run.
///
/// A reply follows its run on whichever replica carries it on, and is whole or an error. Where a call of one of the
/// client's own tools ends a reply, the request with the result carries on the same run.
///
/// **Invariants**: field names, errors and the form of streams are OpenAI's, not ours. A field is carried out, is
/// known to change nothing, or is refused by its name ([dev.wheelhouse.openai.ClientFields]). No failure of a run has
/// a status that makes a client ask again. Nobody imports this package.
@NullMarked
package dev.wheelhouse.openai;

import org.jspecify.annotations.NullMarked;
