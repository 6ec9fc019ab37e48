package dev.wheelhouse.agents;

import dev.wheelhouse.approvals.OperatorRule;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.tools.FetchHeader;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an agent is: one revision's content.
///
/// @param fetch what `http_fetch` may reach, and what it sends
/// @param agents whom `call_agent` may call
/// @param whenBusy what becomes of a new run while its thread has an open one, unless the request says otherwise
/// @param approvals which of its calls a person has to approve: those to which any of these rules applies
public record Definition(
        String name,
        String description,
        String instructions,
        String model,
        List<String> tools,
        Fetch fetch,
        List<String> agents,
        Limits limits,
        NewRun.WhenBusy whenBusy,
        List<Approval> approvals,
        @Nullable Double temperature,
        @Nullable Integer maxOutputTokens) {

    Definition with(Limits other) {
        return with(other, approvals);
    }

    /// With the operator's rules before its own.
    Definition with(List<OperatorRule> rules) {
        if (rules.isEmpty()) {
            return this;
        }
        return with(
                limits,
                Stream.concat(rules.stream().map(Approval::of), approvals.stream())
                        .toList());
    }

    private Definition with(Limits otherLimits, List<Approval> otherApprovals) {
        return new Definition(
                name,
                description,
                instructions,
                model,
                tools,
                fetch,
                agents,
                otherLimits,
                whenBusy,
                otherApprovals,
                temperature,
                maxOutputTokens);
    }

    /// The reach of `http_fetch`.
    ///
    /// @param hosts exact, or `*.` and a domain
    public record Fetch(List<String> hosts, List<FetchHeader> headers) {
        public static final Fetch NOTHING = new Fetch(List.of(), List.of());
    }

    /// Where a run ends whether or not it is done.
    ///
    /// @param steps committed steps, 1 to 1,000
    /// @param calls of a model, 1 to 1,000
    /// @param tokens input and output together, 1 to 100,000,000
    /// @param money in millionths of a US dollar, 1 to 10,000 dollars, null for no limit
    /// @param time since the run was created, without waiting for people, 1 s to 7 days
    /// @param output bytes of all tool results together, 1 KB to 1 GB
    /// @param depth how many runs may stand above one that is called, 0 to 10
    /// @param repeats how often the same call may give the same result before the run ends, 1 to 100
    /// @param idle how many answers of the model in a row may bring no new result, 2 to 1,000
    public record Limits(
            int steps,
            int calls,
            long tokens,
            @Nullable Long money,
            Duration time,
            long output,
            int depth,
            int repeats,
            int idle) {
        public static final Limits USUAL =
                new Limits(40, 40, 200_000, null, Duration.ofMinutes(30), 1_000_000, 3, 3, 10);
    }

    /// A rule by which a call needs a person's approval.
    ///
    /// @param when a condition in CEL over `tool`, `args` and `run`
    /// @param message what the person is told, may be empty
    /// @param expires after which `otherwise` counts, 1 s to 30 days
    /// @param otherwise `reject` or `approve`
    /// @param notRequester whether somebody else than who asked for the run has to answer
    public record Approval(String when, String message, Duration expires, String otherwise, boolean notRequester) {
        public static final Duration USUALLY_EXPIRES = Duration.ofHours(24);

        static Approval of(OperatorRule rule) {
            return new Approval(rule.when(), rule.message(), rule.expires(), rule.otherwise(), rule.notRequester());
        }
    }
}
