package dev.wheelhouse.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseTest {

    record Inner(String url, Duration time) {}

    record Outer(int atOnce, Map<String, List<Inner>> targets) {}

    @Test
    void ids_are_unique_sorted_by_time_and_of_version_seven() {
        UUID before = Ids.next();
        var seen = new HashSet<UUID>();
        for (int n = 0; n < 100_000; n++) {
            UUID id = Ids.next();
            assertThat(id.toString()).isGreaterThan(before.toString());
            assertThat(seen.add(id)).isTrue();
            before = id;
        }
        assertThat(before.version()).isEqualTo(7);
        assertThat(before.variant()).isEqualTo(2);
    }

    @Test
    void misspelt_name_finds_the_one_that_was_meant() {
        assertThat(Suggest.hint("asistant", List.of("assistant", "researcher")))
                .isEqualTo("Did you mean \"assistant\"?");
        assertThat(Suggest.hint("zzz", List.of("b", "a"))).isEqualTo("Known: a, b");
    }

    @Test
    void question_in_an_error_ends_with_its_mark_alone() {
        var asks = new Problem(ErrorCode.BAD_REQUEST, "Unknown field \"mesages\"", "Did you mean \"messages\"?");
        var tells = Problem.Mistake.at("/n", "n is 0", "Send at least 1");

        assertThat(asks.sentences()).isEqualTo("Unknown field \"mesages\". Did you mean \"messages\"?");
        assertThat(tells.sentences()).isEqualTo("n is 0. Send at least 1.");
    }

    @Test
    void refusal_with_several_mistakes_counts_them_and_tells_the_first() {
        var name = Problem.Mistake.at("/name", "The name is empty", "Write one");
        var cost = Problem.Mistake.at("/cost", "The cost is -1", null);

        var one = Problem.of(ErrorCode.BAD_REQUEST, List.of(name));
        var two = Problem.of(ErrorCode.BAD_REQUEST, List.of(name, cost));

        assertThat(one.sentences()).isEqualTo("The name is empty. Write one.");
        assertThat(two.sentences()).isEqualTo("There are 2 mistakes. The first: The name is empty. Write one.");
        assertThat(two.mistakes()).containsExactly(name, cost);
    }

    @Test
    void all_unknown_settings_are_refused_at_once() {
        var keys =
                List.of("runs.at-once", "runs.at-onc", "runs.targets.any[0].ulr", "runs.targets.any[0].url", "rums.x");

        assertThat(ConfigCheck.mistakes(keys, Map.of("runs", Outer.class)))
                .extracting(mistake -> mistake.path() + ": " + mistake.hint())
                .containsExactly(
                        "rums.x: Did you mean \"runs\"?",
                        "runs.at-onc: Did you mean \"at-once\"?",
                        "runs.targets.any[0].ulr: Did you mean \"url\"?");
    }

    @Test
    void keys_with_a_new_name_are_refused_with_it() {
        var keys = List.of("models.patience.first-chunk", "models.patience", "runs.at-once");

        assertThat(ConfigCheck.mistakes(keys, Map.of("runs", Outer.class)))
                .extracting(mistake -> mistake.message() + ". " + mistake.hint())
                .containsExactly(
                        "\"models.patience\" has a new name. Write models.timeouts",
                        "\"models.patience.first-chunk\" has a new name. Write models.timeouts.first-chunk");
    }

    @Test
    void only_text_that_postgres_cannot_store_is_replaced() {
        assertThat(Text.storable("a\u0000b\uD800c")).isEqualTo("a\uFFFDb\uFFFDc");
        String fine = "ship 🚢";
        assertThat(Text.storable(fine)).isEqualTo(fine);
        assertThat(Text.shorten("ship 🚢🚢", 7)).isEqualTo("ship …");
    }

    @Test
    void json_is_refused_when_deep_broken_or_followed_by_something() {
        assertThat(Json.read("{\"a\":1}").path("a").asInt()).isEqualTo(1);
        for (var bad : List.of("", "{", "{} {}", "[".repeat(100) + "]".repeat(100), "{\"a\":NaN}")) {
            assertThatThrownBy(() -> Json.read(bad)).as(bad).isInstanceOf(Problem.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "1.0",
                "100.00",
                "-0.0000001",
                "3.14159265358979323846264338327950288",
                "123456789012345678901234567890",
                "1E+400",
                "-1E-400",
                "1.7976931348623157E+309"
            })
    void number_keeps_exactly_the_value_that_was_written(String number) {
        String read = Json.read("{\"n\":" + number + "}").toString();

        assertThat(read).isNotEqualTo("{\"n\":\"Infinity\"}");
        assertThat(new java.math.BigDecimal(Json.read(read).path("n").asText()))
                .isEqualByComparingTo(new java.math.BigDecimal(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e999999999", "-1e1001", "1e-999999999", "1e2147483648", "NaN", "Infinity", "01", ".5", "+1"})
    void number_that_would_cost_too_much_is_refused(String number) {
        assertThatThrownBy(() -> Json.read("[" + number + "]")).isInstanceOf(Problem.class);
    }
}
