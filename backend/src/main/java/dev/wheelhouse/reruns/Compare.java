package dev.wheelhouse.reruns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Lays the steps of two runs side by side: the longest row of same steps (kind, name and input) stays together; what
/// is between is paired by kind and name where it can be.
final class Compare {

    /// @param input a number for each different input, so that long ones are not compared again and again
    private record Seen(int number, String kind, String name, int input, Step step) {
        boolean isSame(Seen other) {
            return input == other.input && isLike(other);
        }

        boolean isLike(Seen other) {
            return kind.equals(other.kind) && name.equals(other.name);
        }
    }

    private Compare() {}

    static List<Reruns.Pair> steps(List<Step> left, List<Step> right) {
        var pairs = new ArrayList<Reruns.Pair>();
        var inputs = new HashMap<@Nullable JsonNode, Integer>();
        align(
                seen(left, inputs),
                seen(right, inputs),
                Seen::isSame,
                (ours, theirs) -> align(ours, theirs, Seen::isLike, (mine, yours) -> alone(mine, yours, pairs), pairs),
                pairs);
        return pairs;
    }

    private static List<Seen> seen(List<Step> steps, Map<@Nullable JsonNode, Integer> inputs) {
        return steps.stream()
                .map(step -> new Seen(step.number(), step.kind(), step.name(), number(inputs, input(step)), step))
                .toList();
    }

    private static int number(Map<@Nullable JsonNode, Integer> inputs, @Nullable JsonNode input) {
        var before = inputs.putIfAbsent(input, inputs.size());
        return before == null ? inputs.size() - 1 : before;
    }

    /// Each question has an id of its own.
    private static @Nullable JsonNode input(Step step) {
        JsonNode input = step.input() == null ? null : Json.read(step.input());
        if (step.isQuestion() && input instanceof ObjectNode question) {
            question.remove("approval");
        }
        return input;
    }

    @FunctionalInterface
    private interface Between {
        void pair(List<Seen> left, List<Seen> right);
    }

    private static void align(
            List<Seen> left,
            List<Seen> right,
            BiPredicate<Seen, Seen> matches,
            Between between,
            List<Reruns.Pair> pairs) {
        int[][] longest = longest(left, right, matches);
        int l = 0;
        int r = 0;
        int fromLeft = 0;
        int fromRight = 0;
        while (l < left.size() && r < right.size()) {
            if (matches.test(left.get(l), right.get(r)) && longest[l][r] == longest[l + 1][r + 1] + 1) {
                between.pair(left.subList(fromLeft, l), right.subList(fromRight, r));
                pairs.add(pair(left.get(l++), right.get(r++)));
                fromLeft = l;
                fromRight = r;
            } else if (longest[l + 1][r] >= longest[l][r + 1]) {
                l++;
            } else {
                r++;
            }
        }
        between.pair(left.subList(fromLeft, left.size()), right.subList(fromRight, right.size()));
    }

    /// How many steps of both tails can be paired at most.
    private static int[][] longest(List<Seen> left, List<Seen> right, BiPredicate<Seen, Seen> matches) {
        int[][] longest = new int[left.size() + 1][right.size() + 1];
        for (int l = left.size() - 1; l >= 0; l--) {
            for (int r = right.size() - 1; r >= 0; r--) {
                longest[l][r] = matches.test(left.get(l), right.get(r))
                        ? longest[l + 1][r + 1] + 1
                        : Math.max(longest[l + 1][r], longest[l][r + 1]);
            }
        }
        return longest;
    }

    private static void alone(List<Seen> left, List<Seen> right, List<Reruns.Pair> pairs) {
        left.forEach(step -> pairs.add(new Reruns.Pair(step.number(), null, List.of())));
        right.forEach(step -> pairs.add(new Reruns.Pair(null, step.number(), List.of())));
    }

    private static Reruns.Pair pair(Seen left, Seen right) {
        var differs = new ArrayList<String>();
        note(differs, "input", left.input(), right.input());
        var ours = left.step().outcome();
        var theirs = right.step().outcome();
        note(differs, "state", ours.hasFailed(), theirs.hasFailed());
        note(differs, "output", json(ours.output()), json(theirs.output()));
        note(differs, "error", ours.failure(), theirs.failure());
        note(differs, "model", who(ours.producer()), who(theirs.producer()));
        return new Reruns.Pair(left.number(), right.number(), List.copyOf(differs));
    }

    /// Who answered; what that was sent is told by the inputs.
    private static @Nullable JsonNode who(@Nullable String producer) {
        JsonNode who = json(producer);
        if (who instanceof ObjectNode object) {
            object.remove("sent");
        }
        return who;
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.read(text);
    }

    private static void note(List<String> differs, String field, @Nullable Object left, @Nullable Object right) {
        if (!Objects.equals(left, right)) {
            differs.add(field);
        }
    }
}
