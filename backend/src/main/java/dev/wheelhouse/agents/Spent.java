package dev.wheelhouse.agents;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Prices;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a run has used by its history, that of the runs it called included: what is on record, and at their worst case
/// the calls of which nobody knows the end.
///
/// @param money in micro-units; without a price for them, calls without a known cost count nothing here
/// @param output bytes of tool results
/// @param next tokens that the next call would send, estimated rather too high
record Spent(int steps, int calls, long tokens, long money, long output, long next) {

    // The provider may have worked for these, and asks for its money.
    private static final Set<String> MAYBE_BILLED = Set.of("timeout", "stream_cut", "bad_answer", "model_failed");

    /// What bounds a call, and so its worst case.
    record Bounds(Definition.Limits limits, @Nullable Prices prices, int output) {}

    /// @param first tokens that the first call sends
    static Spent of(Bounds bounds, long first, History history, List<Turn> turns, LoopDetector loops) {
        var sum = new Sum(bounds);
        var lost = new ArrayList<>(history.takeovers());
        long sent = first;
        for (var turn : turns) {
            while (lost.remove(Integer.valueOf(turn.number() - 1))) {
                sum.unknown(sent);
            }
            sum.answered(turn.step(), sent);
            turn.results().forEach(sum::did);
            sent += turn.failure() == null ? said(turn, loops) : 0;
        }
        while ((turns.isEmpty() || turns.getLast().isDone())
                && lost.remove(Integer.valueOf(history.steps().size()))) {
            sum.unknown(sent);
        }
        return new Spent(sum.steps, sum.calls, sum.tokens, sum.money, sum.output, sent);
    }

    /// For rules about approvals.
    Map<String, Long> soFar() {
        return Map.of("tokens", tokens, "microUnits", money, "calls", (long) calls);
    }

    private static long said(Turn turn, LoopDetector loops) {
        long tokens = Estimate.tokens(new ModelMessage.Assistant(turn.text(), turn.wanted()));
        for (var step : turn.done()) {
            tokens += Estimate.tokens(loops.message(step));
        }
        return tokens;
    }

    private static final class Sum {
        private final Bounds bounds;
        private int steps;
        private int calls;
        private long tokens;
        private long money;
        private long output;

        Sum(Bounds bounds) {
            this.bounds = bounds;
        }

        /// A call whose answer nobody knows. It had no more than was left, so that is the most it took.
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

        /// The steps of a run that was called may all have been calls of a model: counted so, they are never too few.
        private void did(Step step) {
            int below = below(step);
            var usage = step.outcome().usage();
            steps += 1 + below;
            calls += below;
            tokens += usage.inputTokens() + usage.outputTokens();
            money += usage.costMicroUnits() == null ? 0 : usage.costMicroUnits();
            String text = step.outcome().output();
            output += text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        }

        private static int below(Step step) {
            String producer = step.outcome().producer();
            return step.kind().equals("agent") && producer != null
                    ? Json.read(producer).path("steps").asInt()
                    : 0;
        }
    }
}
