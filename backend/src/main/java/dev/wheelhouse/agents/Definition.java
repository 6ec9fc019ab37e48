package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.approvals.OperatorRule;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.tools.FetchHeader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an agent is: one revision's content.
///
/// @param fetch what `http_fetch` may reach, and what it sends
/// @param agents which agents `call_agent` may call
/// @param knowledge which collections `knowledge_search` may look in
/// @param whenBusy what happens to a new run while its thread has an open one, unless the request overrides it
/// @param approvals which of its calls need approval: those that match any of these rules
/// @param outputSchema JSON Schema that the answer has to match as JSON; null for text
public record Definition(
        String name,
        String description,
        String instructions,
        String model,
        List<String> tools,
        Fetch fetch,
        List<String> agents,
        List<String> knowledge,
        Limits limits,
        NewRun.WhenBusy whenBusy,
        List<Approval> approvals,
        @Nullable Double temperature,
        @Nullable Integer maxOutputTokens,
        @Nullable JsonNode outputSchema) {

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

    /// Whether it reads what others wrote, in documents, or keeps what it read: then it is watched for what it
    /// says and does.
    boolean readsOthers() {
        return !knowledge.isEmpty() || tools.contains("memory_save");
    }

    /// With the rule for what it reads, where it reads and can do harm.
    Definition guarded(boolean canAct) {
        return readsOthers() && canAct
                ? with(
                        tools,
                        limits,
                        Stream.concat(approvals.stream(), Stream.of(Approval.ofUntrusted()))
                                .toList())
                : this;
    }

    /// With the tools that its entries stand for, of which some ask first.
    Definition granted(List<String> names, List<String> asking) {
        var rules = asking.isEmpty()
                ? approvals
                : Stream.concat(Stream.of(Approval.ofTools(asking)), approvals.stream())
                        .toList();
        return with(names, limits, rules);
    }

    private Definition with(Limits otherLimits, List<Approval> otherApprovals) {
        return with(tools, otherLimits, otherApprovals);
    }

    private Definition with(List<String> otherTools, Limits otherLimits, List<Approval> otherApprovals) {
        return new Definition(
                name,
                description,
                instructions,
                model,
                otherTools,
                fetch,
                agents,
                knowledge,
                otherLimits,
                whenBusy,
                otherApprovals,
                temperature,
                maxOutputTokens,
                outputSchema);
    }

    /// What `http_fetch` may reach and send.
    ///
    /// @param hosts exact, or `*.` and a domain
    public record Fetch(List<String> hosts, List<FetchHeader> headers) {
        public static final Fetch NOTHING = new Fetch(List.of(), List.of());

        static final Set<String> KEYS = Set.of("allow", "headers");

        private static final Pattern HOST =
                Pattern.compile("(\\*\\.)?([a-z0-9-]+\\.)*[a-z0-9-]+", Pattern.CASE_INSENSITIVE);
        private static final String HOST_HINT =
                "Write a host such as example.org or *.example.org, without scheme or path";
        private static final Pattern HEADER = Pattern.compile(
                "(?!(?:host|connection|content-length|transfer-encoding|upgrade|expect|te|trailer|proxy-.*)$)"
                        + "[a-z0-9!#$%&'*+.^_`|~-]+",
                Pattern.CASE_INSENSITIVE);
        private static final Pattern BAD_REFERENCE = Pattern.compile("secret://(?![a-z])");

        static Fetch read(Fields fields) {
            return new Fetch(
                    hosts(fields),
                    fields.list("headers", 20, Set.of("to", "name", "value")).stream()
                            .map(Fetch::header)
                            .toList());
        }

        /// Whether a secret exists is checked when it is used: secrets can be set and removed at any time.
        private static FetchHeader header(Fields fields) {
            String to = fields.required("to", 253);
            if (!to.isEmpty() && !HOST.matcher(to).matches()) {
                fields.mistake("to", notAHost(to), HOST_HINT);
            }
            String name = fields.required("name", 64);
            if (!name.isEmpty() && !HEADER.matcher(name).matches()) {
                fields.mistake(
                        "name",
                        "\"%s\" is not a header you can set".formatted(Text.shorten(name, 64)),
                        "Use a header such as Authorization; connection headers such as Host cannot be set");
            }
            String value = fields.required("value", 2_000);
            if (!value.chars().allMatch(letter -> letter >= ' ' && letter < 127)) {
                fields.mistake(
                        "value",
                        "A header value must be one line of printable ASCII characters",
                        "Write it without line breaks");
            } else if (BAD_REFERENCE.matcher(value).find()) {
                fields.mistake(
                        "value", "\"secret://\" must be followed by the name of a secret", "Write secret://my-token");
            }
            return new FetchHeader(to, name, value);
        }

        private static String notAHost(String text) {
            return "\"%s\" is not a host name".formatted(Text.shorten(text, 80));
        }

        private static List<String> hosts(Fields fields) {
            var hosts = fields.texts("allow", 200);
            for (int n = 0; n < hosts.size(); n++) {
                if (!HOST.matcher(hosts.get(n)).matches()) {
                    fields.mistakeAt("allow", n, notAHost(hosts.get(n)), HOST_HINT);
                }
            }
            return List.copyOf(hosts);
        }
    }

    /// Limits that end a run whether or not it has finished.
    ///
    /// @param steps committed steps, 1 to 1,000
    /// @param calls model calls, 1 to 1,000
    /// @param tokens input and output together, 1 to 100,000,000
    /// @param money in millionths of a US dollar, 1 to 10,000 dollars, null for no limit
    /// @param time since a replica first claimed the run, not counting waits for people, 1 s to 7 days
    /// @param output total bytes of all tool results, 1 KB to 1 GB
    /// @param depth how many levels of calls there may be above a sub-run, 0 to 10
    /// @param repeats how often the same call may give the same result before the run ends, 1 to 100
    /// @param idle how many model answers in a row may produce no new result, 2 to 1,000
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

    /// A rule that makes calls need approval.
    ///
    /// @param when a condition in CEL over `tool`, `args` and `run`
    /// @param message shown to the approver, may be empty
    /// @param expires after this time `otherwise` applies, 1 s to 30 days
    /// @param otherwise `reject` or `approve`
    /// @param notRequester whether the requester of the run may not decide
    public record Approval(String when, String message, Duration expires, String otherwise, boolean notRequester) {
        public static final Duration USUALLY_EXPIRES = Duration.ofHours(24);

        /// For tools whose servers do not say that they do no harm.
        static Approval ofTools(List<String> names) {
            String list = names.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
            return new Approval(
                    "tool.name in [%s]".formatted(list),
                    "This tool changes things outside, and its tool server has every call of it approved",
                    USUALLY_EXPIRES,
                    "reject",
                    false);
        }

        /// For agents that read documents or remember people: what changes something, or carries something out, is
        /// asked about once the run has read what somebody else wrote.
        static Approval ofUntrusted() {
            return new Approval(
                    "run.untrusted && (tool.effect != \"read\" || tool.name == \"http_fetch\")"
                            + " || tool.name == \"memory_save\" && args.kind == \"instruction\"",
                    "This run has read what somebody else wrote",
                    USUALLY_EXPIRES,
                    "reject",
                    false);
        }

        static Approval of(OperatorRule rule) {
            return new Approval(rule.when(), rule.message(), rule.expires(), rule.otherwise(), rule.notRequester());
        }
    }
}
