/// What a program that calls an agent adds to one run: tools that it executes itself, how the answer may look, and the
/// results of its tools.
///
/// Front door: [dev.wheelhouse.clients.ClientTools] takes the results. [dev.wheelhouse.clients.RunOptions] is what a
/// door puts into a run, and what the run's program reads.
///
/// [dev.wheelhouse.clients.UnansweredCalls] are those whose client may ask again for the run that it has started.
///
/// ```
/// model ──▶ call of a client's tool ──▶ a question of kind `client` ──▶ the run waits
///                                            ▲ the client's result answers it, once
/// ```
///
/// **Invariants**: a result counts once; the same result sent again changes nothing, another one is refused. A client
/// can only narrow what an agent's definition allows. Nothing here knows HTTP or the form of any client's API.
@NullMarked
package dev.wheelhouse.clients;

import org.jspecify.annotations.NullMarked;
