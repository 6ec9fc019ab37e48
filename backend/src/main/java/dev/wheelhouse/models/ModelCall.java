package dev.wheelhouse.models;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question to a model. `budget` bounds everything: all tries, all pauses, all targets.
public record ModelCall(
        TenantId tenant,
        String alias,
        String instructions,
        List<ModelMessage> messages,
        List<ToolDescription> tools,
        @Nullable Double temperature,
        @Nullable Integer maxOutputTokens,
        Duration budget) {

    public ModelCall {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
