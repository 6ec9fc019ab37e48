package dev.wheelhouse.openai;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.rest.Fields;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Which fields of a request are carried out, which change nothing that a client could notice, and which only with the
/// value that asks for nothing. Everything else is refused by name: what is passed over in silence is found out late.
///
/// @param carriedOut read elsewhere
/// @param harmless hints about speed, keeping and billing
/// @param onlyAs what a field may be at most
record ClientFields(Set<String> carriedOut, Set<String> harmless, Map<String, Predicate<JsonNode>> onlyAs) {

    private static final Predicate<JsonNode> ZERO = node -> node.isNumber() && node.asDouble() == 0;
    private static final Predicate<JsonNode> ONE = node -> node.isNumber() && node.asDouble() == 1;
    private static final Predicate<JsonNode> AT_MOST_ZERO = node -> node.isNumber() && node.asDouble() <= 0;
    private static final Predicate<JsonNode> FALSE = node -> node.isBoolean() && !node.booleanValue();
    private static final Predicate<JsonNode> EMPTY = node -> node.isContainerNode() && node.isEmpty();

    static final ClientFields CHAT = new ClientFields(
            Set.of(
                    "model",
                    "messages",
                    "stream",
                    "stream_options",
                    "user",
                    "metadata",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "max_tokens",
                    "max_completion_tokens",
                    "temperature",
                    "stop",
                    "response_format"),
            Set.of(
                    "seed",
                    "store",
                    "service_tier",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "reasoning_effort",
                    "reasoning",
                    "include_reasoning",
                    "thinking",
                    "enable_thinking",
                    "think",
                    "thinking_budget",
                    "chat_template_kwargs",
                    "verbosity",
                    "prediction",
                    "usage",
                    "keep_alive",
                    "cache_prompt",
                    "safe_prompt",
                    "provider",
                    "transforms"),
            Map.ofEntries(
                    entry("n", ONE),
                    entry("top_p", ONE),
                    entry("top_k", AT_MOST_ZERO),
                    entry("min_p", ZERO),
                    entry("repetition_penalty", ONE),
                    entry("frequency_penalty", ZERO),
                    entry("presence_penalty", ZERO),
                    entry("logprobs", FALSE),
                    entry("top_logprobs", ZERO),
                    entry("logit_bias", EMPTY),
                    entry("functions", EMPTY),
                    entry(
                            "modalities",
                            node -> node.isArray()
                                    && node.size() == 1
                                    && node.get(0).asText().equals("text"))));

    static final ClientFields RESPONSE = new ClientFields(
            Set.of(
                    "model",
                    "input",
                    "instructions",
                    "previous_response_id",
                    "stream",
                    "user",
                    "metadata",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "max_output_tokens",
                    "temperature",
                    "text"),
            Set.of(
                    "store",
                    "include",
                    "reasoning",
                    "truncation",
                    "service_tier",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "client_metadata",
                    "stream_options"),
            Map.of(
                    "background",
                    FALSE,
                    "top_p",
                    ONE,
                    "top_logprobs",
                    ZERO,
                    "frequency_penalty",
                    ZERO,
                    "presence_penalty",
                    ZERO));

    /// Refuses each field that would be passed over.
    void check(Fields fields) {
        for (String name : fields.names()) {
            JsonNode value = fields.node(name);
            if (value == null || carriedOut.contains(name) || harmless.contains(name)) {
                continue;
            }
            String shown = Text.shorten(value.toString(), 60);
            var allowed = onlyAs.get(name);
            if (allowed == null) {
                var known = new TreeSet<>(carriedOut);
                known.addAll(onlyAs.keySet());
                fields.refuse(
                        name,
                        "Agents do not take the field \"%s\"".formatted(Text.shorten(name, 60)),
                        Suggest.hint(name, known));
            } else if (!allowed.test(value)) {
                fields.refuse(name, "\"%s\": %s is not supported".formatted(name, shown), "Leave it out");
            }
        }
    }
}
