package dev.wheelhouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ToolDescription;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunOptionsTest {

    private static final ToolDescription WEATHER =
            new ToolDescription("get_weather", "Tells it", Json.read("{\"type\":\"object\"}"));
    private static final ToolDescription CLOCK =
            new ToolDescription("clock", "Tells the time", Json.read("{\"type\":\"object\"}"));

    @Test
    void what_is_written_is_read_again() {
        var options = new RunOptions(
                List.of(WEATHER),
                ToolChoice.named("get_weather"),
                true,
                0.5,
                100,
                List.of("END", "STOP"),
                Json.read("{\"type\":\"object\"}"));

        assertThat(RunOptions.of(options.json())).isEqualTo(options);
    }

    @Test
    void nothing_asked_for_is_nothing_kept() {
        assertThat(RunOptions.NONE.json()).isNull();
        assertThat(RunOptions.of(null)).isEqualTo(RunOptions.NONE);
    }

    @Test
    void a_named_tool_is_offered_alone_until_it_was_called() {
        var options = options(ToolChoice.named("get_weather"));

        assertThat(options.offered(List.of(CLOCK), true)).containsExactly(WEATHER);
        assertThat(options.offered(List.of(CLOCK), false)).containsExactly(CLOCK, WEATHER);
    }

    @Test
    void no_tool_is_offered_where_none_may_be_called() {
        assertThat(options(ToolChoice.NONE).offered(List.of(CLOCK), true)).isEmpty();
    }

    @Test
    void the_smaller_bound_counts() {
        var options = new RunOptions(List.of(), ToolChoice.AUTO, false, null, 100, List.of(), null);

        assertThat(options.bound(50)).isEqualTo(50);
        assertThat(options.bound(500)).isEqualTo(100);
        assertThat(options.bound(null)).isEqualTo(100);
        assertThat(RunOptions.NONE.bound(50)).isEqualTo(50);
    }

    private static RunOptions options(ToolChoice choice) {
        return new RunOptions(List.of(WEATHER), choice, false, null, null, List.of(), null);
    }
}
