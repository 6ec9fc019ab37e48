package dev.wheelhouse.reruns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompareTest {

    private static List<Step> steps(String... texts) {
        var steps = new ArrayList<Step>();
        for (String text : texts) {
            var parts = text.split(" ");
            steps.add(new Step(
                    steps.size() + 1,
                    "tool",
                    parts[0],
                    null,
                    Effect.READ,
                    1,
                    "{\"n\":" + parts[1] + "}",
                    parts.length == 2 ? Outcome.of("1") : Outcome.failed(new Failure(parts[2], "It failed"))));
        }
        return steps;
    }

    private static List<String> compared(List<Step> left, List<Step> right) {
        return Compare.steps(left, right).stream()
                .map(pair -> pair.left() + "-" + pair.right() + (pair.isSame() ? "" : " " + pair.differs()))
                .toList();
    }

    @Test
    void same_steps_stand_side_by_side() {
        assertThat(compared(steps("a 1", "b 2"), steps("a 1", "b 2"))).containsExactly("1-1", "2-2");
        assertThat(compared(List.of(), List.of())).isEmpty();
    }

    @Test
    void step_that_only_one_run_has_stands_alone() {
        assertThat(compared(steps("a 1", "b 2", "c 3"), steps("a 1", "c 3", "d 4")))
                .containsExactly("1-1", "2-null []", "3-2", "null-3 []");
    }

    @Test
    void changed_input_and_end_are_named() {
        assertThat(compared(steps("a 1", "b 2", "c 3"), steps("a 1", "b 5", "c 3 timeout")))
                .containsExactly("1-1", "2-2 [input]", "3-3 [state, output, error]");
    }

    @Test
    void longest_row_of_same_steps_stays_together_whatever_is_between() {
        var random = new Random(7);
        for (int round = 0; round < 50; round++) {
            var left = new ArrayList<String>();
            var right = new ArrayList<String>();
            for (int n = 0; n < 12; n++) {
                left.add("t " + n);
                right.add("t " + n);
                if (random.nextInt(3) == 0) {
                    left.add("only" + n + " 0");
                }
                if (random.nextInt(3) == 0) {
                    right.add("also" + n + " 0");
                }
            }
            var pairs = Compare.steps(steps(left.toArray(String[]::new)), steps(right.toArray(String[]::new)));
            assertThat(pairs.stream().filter(Reruns.Pair::isSame))
                    .as("seed 7, round " + round)
                    .hasSize(12);
            assertThat(pairs.stream().filter(pair -> pair.left() != null)).hasSameSizeAs(left);
            assertThat(pairs.stream().filter(pair -> pair.right() != null)).hasSameSizeAs(right);
        }
    }
}
