package dev.wheelhouse.triggers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.programs.StartRun;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.states.WorkflowInput;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts the run of a firing: the same run for the same key, however often it is asked for.
@Singleton
final class StartTriggered {

    /// What a run says of where it comes from, in its metadata.
    static final String TRIGGER = "trigger";

    static final String DEPTH = "triggerDepth";

    private static final int LONGEST_INPUT = 500_000;

    private final StartRun start;
    private final Runs runs;

    StartTriggered(StartRun start, Runs runs) {
        this.start = start;
        this.runs = runs;
    }

    /// Refuses as any door does.
    ///
    /// @param key of the firing
    Run start(TenantId tenant, Trigger trigger, String key, JsonNode input, int depth) {
        String idempotencyKey = idempotencyKey(trigger.name(), key);
        try {
            return start.start(new StartRun.Request(
                    tenant,
                    trigger.target().kind(),
                    trigger.target().name(),
                    null,
                    messages(trigger.target(), input),
                    null,
                    metadata(trigger.name(), depth),
                    new Run.Asker("trigger " + trigger.name(), null, null),
                    NewRun.WhenBusy.REJECT,
                    idempotencyKey));
        } catch (Problem e) {
            // It was started before, by another definition of the trigger.
            if (e.code() == ErrorCode.CONFLICT) {
                return runs.startedWith(tenant, idempotencyKey).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    static String idempotencyKey(String trigger, String key) {
        return "trigger:" + trigger + ":" + key;
    }

    private static String metadata(String trigger, int depth) {
        var metadata = Json.mapper().createObjectNode().put(TRIGGER, trigger);
        if (depth > 0) {
            metadata.put(DEPTH, Integer.toString(depth));
        }
        return metadata.toString();
    }

    private static String messages(Trigger.Target target, JsonNode input) {
        String messages = target.kind().equals("workflow") ? WorkflowInput.messages(input) : told(input);
        if (messages.length() > LONGEST_INPUT) {
            throw new Problem(
                    ErrorCode.TOO_LARGE,
                    "The input has %,d characters; the limit is %,d".formatted(messages.length(), LONGEST_INPUT),
                    "Pick out what the run needs by `input`");
        }
        return Text.storable(messages);
    }

    /// An agent is told text.
    private static String told(JsonNode input) {
        String text = input.isTextual() ? input.textValue() : input.toString();
        var message = Json.mapper().createObjectNode().put("role", "user").put("content", text);
        return Json.write(List.of(message));
    }

    /// How many triggers in a row led to a run.
    static int depth(@Nullable String metadata) {
        String depth = Json.read(metadata == null ? "{}" : metadata).path(DEPTH).asText("0");
        return depth.matches("\\d{1,3}") ? Integer.parseInt(depth) : 0;
    }
}
