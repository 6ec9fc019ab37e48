package dev.wheelhouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AskersTest {

    private static Step step(int number, @Nullable String call, @Nullable Integer askedBy) {
        return new Step(number, "k", "n", call, Effect.READ, 1, null, Outcome.of("1"), askedBy);
    }

    @Test
    void step_with_a_call_belongs_to_the_last_answer_before_it() {
        var askers = Askers.of(List.of(
                step(1, null, null), step(2, "a", null), step(3, "b", null), step(4, null, null), step(5, "a", null)));

        assertThat(askers.isAnswer(1)).isTrue();
        assertThat(askers.of(3)).isEqualTo(1);
        assertThat(askers.isAnswer(4)).isTrue();
        assertThat(askers.of(5)).isEqualTo(4);
    }

    @Test
    void step_that_names_its_asker_belongs_to_that_one() {
        var askers = Askers.of(List.of(
                step(1, null, null), step(2, null, null), step(3, "a", 1), step(4, "b", null), step(5, null, 2)));

        assertThat(askers.of(3)).isEqualTo(1);
        assertThat(askers.of(4)).isEqualTo(2);
        assertThat(askers.of(5)).isEqualTo(2);
    }

    @Test
    void usual_asker_takes_no_bytes_and_another_is_read_again() {
        var usual = new PlannedStep(
                3, "tool", "t", "a", Effect.READ, "{}", new PlannedStep.Action.Execute(context -> Outcome.of("1")));

        String stored = EventData.step(usual, 1, 5, Outcome.of("1"));
        assertThat(stored).isEqualTo("{\"ms\":5,\"name\":\"t\",\"call\":\"a\",\"input\":{},\"output\":1}");
        String other = EventData.step(usual.askedBy(1), 1, 5, Outcome.of("1"));
        assertThat(EventData.step(3, EventType.STEP_SUCCEEDED, other).askedBy()).isEqualTo(1);
        assertThat(EventData.seen(3, "succeeded", null, other)).contains("\"askedBy\":1");
    }
}
