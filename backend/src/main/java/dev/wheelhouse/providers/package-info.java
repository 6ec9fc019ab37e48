/// The wires: asks model servers over the network, lenient in what it reads and strict in what it sends.
///
/// Front door: [dev.wheelhouse.providers.Providers], which brings a `ProviderSource` for every provider. One try:
///
/// ```
/// RemoteModel ── Wire.write ──► Exchange ──► server ──► Frames ── Wire.Reader ──► GatherAnswer ──► Answer
///      │                           ▲                       (events, JSON, lines of JSON)
///      └── a 400 that names a field: [Adapt], and once more without it
/// ```
///
/// - A [Wire] knows one protocol: how a question is written and what a frame of the answer means. Nothing else does.
/// - What comes back is cut, gathered and judged in `frames`, whatever the wire.
/// - OpenAI's, Anthropic's, Ollama's and Bedrock's wires are here; Azure and Mistral are dialects of the
///   first. Who asks is shown by `credentials`. [WithinLimits] keeps each target to its limits and abilities,
///   modules' ones too.
/// - [TimeLimit] ends a read that is silent for too long; every byte counts as life.
///
/// **Invariants**
///
/// - Names and ids that are sent fit the strictest server that the target may be.
/// - What a server wants back goes to the server and model it came from, and to nobody else.
/// - A key is in no message.
@NullMarked
package dev.wheelhouse.providers;

import org.jspecify.annotations.NullMarked;
