package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.definitions.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node of a workflow: what is done in it, and where it leads.
public sealed interface State {

    Way way();

    default String name() {
        return way().name();
    }

    /// The word for its kind, as definitions and the log have it.
    Kind kind();

    /// The kinds of states. A definition tells a state's kind by the key of this word.
    enum Kind {
        AGENT,
        TOOL,
        WORKFLOW,
        APPROVAL,
        CHOICE,
        PARALLEL,
        MAP,
        WAIT,
        SET,
        SUCCEED,
        FAIL;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /// Whether nothing comes after it.
        public boolean isEnd() {
            return this == SUCCEED || this == FAIL;
        }

        /// Whether it does something that can be tried again.
        public boolean acts() {
            return this == AGENT || this == TOOL || this == WORKFLOW;
        }
    }

    /// What every kind of state has.
    ///
    /// @param next null where the machine ends with it
    /// @param timeout of each attempt, or of the whole state where it makes no attempts; null for none of its own
    /// @param visits how often it may be entered in one run, 1 to 10,000
    /// @param undo what takes back what it did, null where nothing does
    record Way(
            String name,
            @Nullable String next,
            @Nullable Retry retry,
            List<Catch> catches,
            @Nullable Duration timeout,
            int visits,
            @Nullable State undo) {
        public static final int USUAL_VISITS = 25;

        public static Way alone(String name) {
            return new Way(name, null, null, List.of(), null, USUAL_VISITS, null);
        }
    }

    /// Codes of failures; `any` stands for all.
    record Codes(Set<String> codes) {
        static final String ANY = "any";

        public boolean has(String code) {
            return codes.isEmpty() || codes.contains(ANY) || codes.contains(code);
        }
    }

    /// @param attempts all of them, the first included, 2 to 100
    /// @param factor by which each pause is longer than the one before
    record Retry(int attempts, Duration delay, double factor, Codes on) {
        private static final Duration LONGEST = Duration.ofHours(24);

        /// The pause before this attempt, which is the second or a later one.
        public Duration pause(int attempt) {
            double millis = delay.toMillis() * Math.pow(factor, attempt - 2.0);
            return millis >= LONGEST.toMillis() ? LONGEST : Duration.ofMillis((long) millis);
        }
    }

    record Catch(Codes on, String next) {}

    /// States that lead to each other.
    ///
    /// @param retry begins again where it failed; null for no
    record Machine(
            String start,
            LinkedHashMap<String, State> states,
            @Nullable Retry retry,
            List<Catch> catches) {}

    /// @param input what the agent is told: text, or a value that is told as JSON
    /// @param schema that its answer has to match; null for the agent's own
    record Agent(
            Way way, String agent, Template input, @Nullable JsonNode schema) implements State {
        @Override
        public Kind kind() {
            return Kind.AGENT;
        }
    }

    record Tool(Way way, String tool, Template args) implements State {
        @Override
        public Kind kind() {
            return Kind.TOOL;
        }
    }

    record Workflow(Way way, String workflow, Template input) implements State {
        @Override
        public Kind kind() {
            return Kind.WORKFLOW;
        }
    }

    /// @param about what the person sees beside the message
    /// @param approvesOtherwise whether it counts as approved where nobody answers in time
    /// @param rejected where a rejection leads; null where it fails the state
    record Approval(
            Way way,
            Template message,
            Template about,
            Duration expires,
            boolean approvesOtherwise,
            boolean notRequester,
            @Nullable String rejected)
            implements State {
        @Override
        public Kind kind() {
            return Kind.APPROVAL;
        }
    }

    /// The first case that holds leads on.
    record Choice(Way way, List<Case> cases, String otherwise) implements State {

        /// @param when a condition in CEL
        public record Case(String when, String next) {}

        @Override
        public Kind kind() {
            return Kind.CHOICE;
        }
    }

    /// @param join how many branches have to succeed
    record Parallel(Way way, Map<String, Machine> branches, int join) implements State {
        @Override
        public Kind kind() {
            return Kind.PARALLEL;
        }

        /// Whether all branches are waited for.
        public boolean isAll() {
            return join == branches.size();
        }
    }

    /// @param over a list
    /// @param as what expressions call the item
    /// @param atMost how many items are under way at once
    /// @param tolerate how many items may fail; their outputs are null
    record Each(Way way, Template over, String as, int atMost, int tolerate, Machine each) implements State {
        @Override
        public Kind kind() {
            return Kind.MAP;
        }
    }

    record Wait(Way way, For awaited) implements State {

        public sealed interface For {}

        /// @param time a time such as `10m`, or seconds
        public record Time(Template time) implements For {}

        /// @param time as RFC 3339 has it
        public record Until(Template time) implements For {}

        public record Signal(String name) implements For {}

        @Override
        public Kind kind() {
            return Kind.WAIT;
        }
    }

    record Assign(Way way, Template values) implements State {
        @Override
        public Kind kind() {
            return Kind.SET;
        }
    }

    record Succeed(Way way, Template output) implements State {
        @Override
        public Kind kind() {
            return Kind.SUCCEED;
        }
    }

    record Fail(Way way, String code, Template message) implements State {
        @Override
        public Kind kind() {
            return Kind.FAIL;
        }
    }
}
