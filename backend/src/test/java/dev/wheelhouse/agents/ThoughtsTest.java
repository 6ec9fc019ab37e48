package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ModelReply;
import dev.wheelhouse.models.TokenUse;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a model lets be seen of how it came to an answer is kept for people.
class ThoughtsTest {

    private static String kept(String thoughts, String finish) {
        var reply = new ModelReply(
                "It is noon.",
                List.of(),
                finish,
                new TokenUse(1, 0, 1),
                null,
                "default",
                "openai",
                "m",
                false,
                1,
                true,
                null,
                thoughts);
        return String.valueOf(Turn.outcome(reply, new StepRequests.SentMark("00000000", null), _ -> null)
                .output());
    }

    @Test
    void thoughts_are_kept_beside_the_answer_and_not_in_it() {
        var output = Json.read(kept("Where is the \"sun\"?", "stop"));

        assertThat(output.path("text").asText()).isEqualTo("It is noon.");
        assertThat(output.path("thoughts").asText()).isEqualTo("Where is the \"sun\"?");
    }

    @Test
    void answer_that_was_cut_still_ends_as_one() {
        assertThat(kept("Long thoughts", "length")).endsWith(Turn.CUT);
    }

    @Test
    void answer_without_thoughts_is_written_as_before() {
        assertThat(kept("", "stop")).isEqualTo("{\"text\":\"It is noon.\"}");
    }
}
