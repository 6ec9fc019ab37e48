package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
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

    /// 8 hex digits that stand for all that is sent; time is not.
    public String digest() {
        return Digest.of(this);
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

    /// A short number for all that a call sends, by which two calls are told apart. It guards against what
    /// changes by itself, such as a tool's description, not against somebody who wants two calls to look alike;
    /// it is cheap enough to be taken of every call.
    private static final class Digest {

        private final CRC32C sum = new CRC32C();

        private Digest() {}

        /// @return 8 hex digits
        static String of(ModelCall call) {
            var digest = new Digest();
            digest.add(call.alias()).add(call.instructions());
            call.messages().forEach(digest::add);
            call.tools()
                    .forEach(tool ->
                            digest.add(tool.name()).add(tool.description()).add(tool.schemaText()));
            digest.add(call.schema())
                    .add(call.mustCall())
                    .add(call.temperature())
                    .add(call.maxOutputTokens());
            return HexFormat.of().toHexDigits(digest.sum.getValue(), 8);
        }

        private void add(ModelMessage message) {
            switch (message) {
                case ModelMessage.User user -> {
                    add("user").add(user.text());
                    user.images().forEach(image -> add(image.type()).add(image.base64()));
                }
                case ModelMessage.Assistant assistant -> add(assistant);
                case ModelMessage.ToolResult result ->
                    add("tool")
                            .add(result.call())
                            .add(result.tool())
                            .add(result.text())
                            .add(result.failed());
            }
        }

        private void add(ModelMessage.Assistant assistant) {
            add("assistant").add(assistant.text());
            assistant
                    .toolCalls()
                    .forEach(call -> add(call.id()).add(call.tool()).add(call.arguments()));
            var kept = assistant.kept();
            if (kept != null) {
                add(kept.source()).add(kept.json());
            }
        }

        /// Texts are kept apart by a zero, which none of them has.
        private Digest add(@Nullable Object part) {
            sum.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
            sum.update(0);
            return this;
        }
    }
}
