package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question to a model. `budget` bounds everything: all tries, all pauses, all targets.
///
/// @param schema JSON Schema that the answer's text has to fit as JSON; null for plain text. Whoever asks validates
/// the answer: no provider is trusted to keep to it
/// @param mustCall an answer has to call one of the tools
public record ModelCall(
        TenantId tenant,
        String alias,
        String instructions,
        List<ModelMessage> messages,
        List<ToolDescription> tools,
        @Nullable JsonNode schema,
        boolean mustCall,
        @Nullable Double temperature,
        @Nullable Integer maxOutputTokens,
        Duration budget) {

    public ModelCall {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /// A call that may be answered with or without one of the tools.
    public ModelCall(
            TenantId tenant,
            String alias,
            String instructions,
            List<ModelMessage> messages,
            List<ToolDescription> tools,
            @Nullable JsonNode schema,
            @Nullable Double temperature,
            @Nullable Integer maxOutputTokens,
            Duration budget) {
        this(tenant, alias, instructions, messages, tools, schema, false, temperature, maxOutputTokens, budget);
    }

    /// A call that is answered in plain text.
    public ModelCall(
            TenantId tenant,
            String alias,
            String instructions,
            List<ModelMessage> messages,
            List<ToolDescription> tools,
            @Nullable Double temperature,
            @Nullable Integer maxOutputTokens,
            Duration budget) {
        this(tenant, alias, instructions, messages, tools, null, false, temperature, maxOutputTokens, budget);
    }

    /// The same within other bounds.
    public ModelCall within(int mostOutputTokens, Duration time) {
        return new ModelCall(
                tenant, alias, instructions, messages, tools, schema, mustCall, temperature, mostOutputTokens, time);
    }

    /// The same with other messages.
    public ModelCall saying(List<ModelMessage> others) {
        return new ModelCall(
                tenant, alias, instructions, others, tools, schema, mustCall, temperature, maxOutputTokens, budget);
    }

    /// The same, to be answered with a call of one of its tools.
    public ModelCall calling() {
        return new ModelCall(
                tenant, alias, instructions, messages, tools, schema, true, temperature, maxOutputTokens, budget);
    }

    /// The same for a provider that cannot be told to call a tool: the instructions ask for it in words.
    public ModelCall callInWords() {
        if (!mustCall || tools.isEmpty()) {
            return this;
        }
        String words = "Answer with a call of one of your tools, not with text.";
        return new ModelCall(
                tenant,
                alias,
                instructions.isBlank() ? words : instructions + "\n\n" + words,
                messages,
                tools,
                schema,
                false,
                temperature,
                maxOutputTokens,
                budget);
    }

    /// The same for a provider that takes no schema: the instructions ask for it in words.
    public ModelCall schemaInWords() {
        if (schema == null) {
            return this;
        }
        String words = "When you give your final answer, answer with JSON alone, without any text around it, "
                + "that matches this JSON Schema:\n" + schema;
        return new ModelCall(
                tenant,
                alias,
                instructions.isBlank() ? words : instructions + "\n\n" + words,
                messages,
                tools,
                null,
                mustCall,
                temperature,
                maxOutputTokens,
                budget);
    }
}
