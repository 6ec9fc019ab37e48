package dev.wheelhouse.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.clients.ToolChoice;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.runs.EventType;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunEvent;
import dev.wheelhouse.runs.TestRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a client is shown of a run, from events as the log and other replicas tell them.
class FollowRunTest {

    private static final String LONG = "x".repeat(500);

    private final Run run = TestRuns.running(new Program.Pin("agent", "a", 1), Run.Asker.NOBODY);
    private final Shown shown = new Shown();
    private final FollowRun following = following(0, RunOptions.NONE, true);
    private int seq;

    private FollowRun following(int after, RunOptions options, boolean callsTools) {
        return new FollowRun(run, after, options, callsTools, false, shown);
    }

    private void tell(FollowRun to, EventType type, int step, String data) {
        to.event(new RunEvent(run.id(), ++seq, Instant.EPOCH, type, step, data));
    }

    private void answers(FollowRun to, int step, String output) {
        tell(to, EventType.STEP_SUCCEEDED, step, "{\"step\":{\"kind\":\"model\",\"output\":" + output + "}}");
    }

    private void succeeds(FollowRun to, String output) {
        tell(to, EventType.RUN_SUCCEEDED, 0, "{\"output\":" + Json.quote(output) + "}");
    }

    @Test
    void an_answer_without_deltas_comes_from_the_log() {
        answers(following, 1, "{\"text\":\"hello\"}");
        succeeds(following, "hello");

        assertThat(shown.text).hasToString("hello");
        assertThat(shown.ending.finish()).isEqualTo(Reply.Finish.STOP);
    }

    @Test
    void what_the_deltas_left_out_comes_from_the_log() {
        following.delta(1, 0, LONG);
        succeeds(following, LONG + " and the rest");

        assertThat(shown.text).hasToString(LONG + " and the rest");
    }

    @Test
    void text_before_a_call_of_the_agents_tool_is_no_content() {
        following.delta(1, 0, "Let me see.");
        answers(following, 1, "{\"text\":\"Let me see.\",\"toolCalls\":[{\"id\":\"1\",\"name\":\"clock\"}]}");
        following.delta(3, 0, "It is noon.");
        succeeds(following, "It is noon.");

        assertThat(shown.text).hasToString("It is noon.");
    }

    @Test
    void long_text_before_a_call_is_the_same_live_and_from_the_log() {
        String output = "{\"text\":\"" + LONG + "\",\"toolCalls\":[{\"id\":\"1\",\"name\":\"clock\"}]}";
        following.delta(1, 0, LONG);
        answers(following, 1, output);
        succeeds(following, "Noon.");
        String live = shown.text.toString();
        shown.text.setLength(0);
        var later = following(0, RunOptions.NONE, true);
        answers(later, 1, output);
        succeeds(later, "Noon.");

        assertThat(shown.text).hasToString(live).hasToString(LONG + "\n\nNoon.");
    }

    @Test
    void a_step_told_again_with_the_same_text_is_shown_once() {
        var plain = following(0, RunOptions.NONE, false);
        plain.delta(1, 0, "one ");
        plain.delta(1, 4, "two ");
        tell(plain, EventType.RUN_CLAIMED, 0, "{}");
        plain.delta(1, 0, "one ");
        plain.delta(1, 4, "two ");
        plain.delta(1, 8, "three");
        succeeds(plain, "one two three");

        assertThat(shown.text).hasToString("one two three");
    }

    @Test
    void an_answer_begun_again_with_other_words_is_an_error() {
        var plain = following(0, RunOptions.NONE, false);
        plain.delta(1, 0, "one ");
        tell(plain, EventType.RUN_CLAIMED, 0, "{}");
        plain.delta(1, 0, "uno ");

        assertThat(shown.failure.code()).isEqualTo("answer_begun_again");
    }

    @Test
    void an_answer_that_ends_sooner_the_second_time_is_an_error() {
        var plain = following(0, RunOptions.NONE, false);
        plain.delta(1, 0, "one two");
        succeeds(plain, "one");

        assertThat(shown.failure.code()).isEqualTo("answer_begun_again");
    }

    @Test
    void a_call_of_the_clients_tool_ends_the_reply() {
        var weather = new ToolDescription("weather", "", Json.read("{}"));
        var options = new RunOptions(List.of(weather), ToolChoice.AUTO, false, null, null, List.of(), null);
        var calling = following(0, options, true);
        answers(
                calling,
                1,
                "{\"text\":\"I look.\",\"toolCalls\":[{\"id\":\"a\",\"name\":\"weather\"},{\"id\":\"b\",\"name\":\"clock\"}]}");
        tell(
                calling,
                EventType.STEP_STARTED,
                2,
                "{\"step\":{\"kind\":\"client\",\"name\":\"weather\",\"call\":\"a\",\"input\":{\"arguments\":\"{}\"}}}");

        assertThat(shown.text).hasToString("I look.");
        assertThat(shown.calls).hasSize(1);
        assertThat(shown.calls.getFirst().place().step()).isEqualTo(2);
        assertThat(shown.ending.finish()).isEqualTo(Reply.Finish.TOOL_CALLS);
    }

    @Test
    void a_reply_after_a_result_leaves_out_what_was_before_it() {
        var second = following(2, RunOptions.NONE, true);
        second.delta(1, 0, LONG);
        answers(second, 1, "{\"text\":\"before\",\"toolCalls\":[{\"id\":\"a\",\"name\":\"weather\"}]}");
        succeeds(second, "after");

        assertThat(shown.text).hasToString("after");
    }

    @Test
    void a_failed_run_has_its_own_code() {
        tell(
                following,
                EventType.RUN_FAILED,
                0,
                "{\"error\":{\"code\":\"limit_tokens\",\"message\":\"Too many\",\"hint\":\"Raise it\"}}");

        assertThat(shown.failure.code()).isEqualTo("limit_tokens");
        assertThat(shown.failure.status().getCode()).isEqualTo(400);
        assertThat(shown.failure.message()).contains("Too many. Raise it");
    }

    @Test
    void a_run_that_waits_for_a_person_says_where_to_decide() throws Exception {
        tell(
                following,
                EventType.STEP_STARTED,
                2,
                "{\"step\":{\"kind\":\"question\",\"input\":{\"approval\":\"q-1\"}}}");
        tell(following, EventType.RUN_WAITING, 0, "{\"reason\":\"approval\",\"step\":2}");

        assertThat(following.awaitEnd(Duration.ofSeconds(30))).isTrue();
        assertThat(shown.failure.code()).isEqualTo("waiting_for_approval");
        assertThat(shown.failure.message()).contains("/api/v1/approvals/q-1/decision");
    }

    private static final class Shown implements Reply {
        final StringBuilder text = new StringBuilder();
        List<Call> calls = List.of();
        Ending ending = new Ending(Finish.STOP, 0, 0, 0);
        Unanswered failure = Unanswered.cancelled(dev.wheelhouse.runs.RunId.next());

        @Override
        public void text(String added) {
            text.append(added);
        }

        @Override
        public void calls(List<Call> all) {
            calls = List.copyOf(all);
        }

        @Override
        public void end(Ending end) {
            ending = end;
        }

        @Override
        public void fail(Unanswered why) {
            failure = why;
        }
    }
}
