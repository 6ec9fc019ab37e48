package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Prices;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a run and its sub-runs have used, by its history: what is on record, and the worst case of calls whose outcome
/// is unknown.
///
/// @param money in micro-units; calls whose cost and price are unknown count as nothing
/// @param output bytes of tool results
/// @param next tokens that the next call would send, estimated on the high side
record Spent(int steps, int calls, long tokens, long money, long output, long next) {

    // The provider may have done the work and charged for it.
    private static final Set<String> MAYBE_BILLED = Set.of("timeout", "stream_cut", "bad_answer", "model_failed");

    /// What bounds a call, and therefore its worst case.
    record Bounds(Definition.Limits limits, @Nullable Prices prices, int output) {}

    /// How large committed steps are. Each is measured once: it does not change, and the program is asked after every
    /// end of a run that may have many.
    static final class Sizes {

        private record Size(Step step, long value) {}

        private final Map<Integer, Size> tokens = new ConcurrentHashMap<>();
        private final Map<Integer, Size> bytes = new ConcurrentHashMap<>();

        private long tokens(Step step, Supplier<ModelMessage> message) {
            return value(tokens, step, () -> Estimate.tokens(message.get()));
        }

        private long bytes(Step step) {
            String text = step.outcome().output();
            return text == null ? 0 : value(bytes, step, () -> text.getBytes(StandardCharsets.UTF_8).length);
        }

        private static long value(Map<Integer, Size> known, Step step, LongSupplier measured) {
            var before = known.get(step.number());
            if (before != null && before.step == step) {
                return before.value;
            }
            var size = new Size(step, measured.getAsLong());
            known.put(step.number(), size);
            return size.value;
        }
    }

    /// @param first tokens that the first call sends
    static Spent of(Bounds bounds, long first, History history, List<Turn> turns, LoopDetector loops, Sizes sizes) {
        var sum = new Sum(bounds, sizes);
        var lost = new ArrayList<>(history.takeovers());
        long sent = first;
        for (var turn : turns) {
            while (lost.remove(Integer.valueOf(turn.number() - 1))) {
                sum.unknown(sent);
            }
            sum.answered(turn.step(), sent);
            turn.results().forEach(sum::did);
            sent += turn.failure() == null ? said(turn, loops, sizes) : 0;
        }
        while ((turns.isEmpty() || turns.getLast().isDone())
                && lost.remove(Integer.valueOf(history.steps().size()))) {
            sum.unknown(sent);
        }
        return new Spent(sum.steps, sum.calls, sum.tokens, sum.money, sum.output, sent);
    }

    /// With a call that was stopped midway: nobody knows what it used, so its worst case counts, as it does in budgets.
    Spent stopped(Bounds bounds) {
        long left = Math.max(0, bounds.limits().tokens() - tokens - next);
        long answer = Math.min(bounds.output(), left);
        long cost = bounds.prices() == null ? 0 : bounds.prices().cost(new TokenUse(next, 0, answer));
        return new Spent(steps, calls + 1, tokens + next + answer, money + cost, output, next);
    }

    /// For rules about approvals.
    Map<String, Long> soFar() {
        return Map.of("tokens", tokens, "microUnits", money, "calls", (long) calls);
    }

    private static long said(Turn turn, LoopDetector loops, Sizes sizes) {
        long tokens =
                sizes.tokens(turn.step(), () -> new ModelMessage.Assistant(turn.text(), turn.wanted(), turn.kept()));
        for (var step : turn.done()) {
            // A warning comes and goes with the calls after it.
            tokens += loops.isWarned(step)
                    ? Estimate.tokens(loops.message(step))
                    : sizes.tokens(step, () -> loops.message(step));
        }
        var correction = turn.correction();
        tokens += correction == null ? 0 : Estimate.tokens(correction);
        return tokens;
    }

    /// Estimates the tokens of a request, on the high side: one for three ASCII characters, one for every other
    /// character, plus an overhead for each message and tool.
    static final class Estimate {

        private static final int AROUND = 8;

        // What the large providers count at most for one, whatever its size.
        private static final int IMAGE = 1_600;

        // Schemas are the same objects for the life of the process, so each is measured once.
        private static final Cache<JsonNode, Long> SCHEMAS =
                Caffeine.newBuilder().weakKeys().build();

        private Estimate() {}

        static long tokens(String text) {
            int plain = 0;
            for (int at = 0; at < text.length(); at++) {
                plain += text.charAt(at) < 0x80 ? 1 : 0;
            }
            return (plain + 2) / 3 + text.length() - plain;
        }

        static long tokens(ModelMessage message) {
            long tokens = AROUND + tokens(message.text());
            if (message instanceof ModelMessage.User user) {
                tokens += (long) IMAGE * user.images().size();
            }
            if (message instanceof ModelMessage.Assistant assistant) {
                var kept = assistant.kept();
                tokens += kept == null ? 0 : tokens(kept.json());
                for (var call : assistant.toolCalls()) {
                    tokens += AROUND + tokens(call.tool()) + tokens(call.arguments());
                }
            }
            return tokens;
        }

        /// A schema, such as that of the answer or of a tool's arguments.
        static long tokens(@Nullable JsonNode schema) {
            return schema == null ? 0 : AROUND + SCHEMAS.get(schema, known -> tokens(known.toString()));
        }

        static long tokens(String instructions, List<ModelMessage> messages, List<ToolDescription> tools) {
            long tokens = AROUND + tokens(instructions);
            for (var message : messages) {
                tokens += tokens(message);
            }
            for (var tool : tools) {
                tokens += tokens(tool.name()) + tokens(tool.description()) + tokens(tool.schema());
            }
            return tokens;
        }
    }

    private static final class Sum {
        private final Bounds bounds;
        private final Sizes sizes;
        private int steps;
        private int calls;
        private long tokens;
        private long money;
        private long output;

        Sum(Bounds bounds, Sizes sizes) {
            this.bounds = bounds;
            this.sizes = sizes;
        }

        /// A call whose answer is unknown. It was bounded by what was left, so it used at most that.
        private void unknown(long input) {
            long left = Math.max(0, bounds.limits().tokens() - tokens - input);
            long answer = Math.min(bounds.output(), left);
            calls++;
            tokens += input + answer;
            money += cost(input, answer);
        }

        private long cost(long input, long answer) {
            return bounds.prices() == null ? 0 : bounds.prices().cost(new TokenUse(input, 0, answer));
        }

        private void answered(Step step, long input) {
            steps++;
            if (step.kind().equals(PlanCalls.RECALL)) {
                return;
            }
            var failure = step.outcome().failure();
            if (step.outcome().producer() == null && failure != null && MAYBE_BILLED.contains(failure.code())) {
                unknown(input);
                return;
            }
            var usage = step.outcome().usage();
            calls++;
            tokens += usage.inputTokens() + usage.outputTokens();
            money += usage.costMicroUnits() == null
                    ? cost(Math.max(input, usage.inputTokens()), Math.max(bounds.output(), usage.outputTokens()))
                    : usage.costMicroUnits();
        }

        /// All steps of a sub-run count as model calls, so the count is never too low.
        private void did(Step step) {
            int below = below(step);
            var usage = step.outcome().usage();
            steps += 1 + below;
            calls += below;
            tokens += usage.inputTokens() + usage.outputTokens();
            money += usage.costMicroUnits() == null ? 0 : usage.costMicroUnits();
            output += sizes.bytes(step);
        }

        private static int below(Step step) {
            String producer = step.outcome().producer();
            return step.kind().equals("agent") && producer != null
                    ? Json.read(producer).path("steps").asInt()
                    : 0;
        }
    }
}
