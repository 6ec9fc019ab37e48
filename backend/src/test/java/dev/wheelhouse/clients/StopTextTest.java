package dev.wheelhouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopTextTest {

    @ParameterizedTest
    @CsvSource({
        "one END two, END, 'one '",
        "no stop in it, END, no stop in it",
        "ENEND, END, EN",
        "aab, ab, a",
        "ends with EN, END, ends with EN",
        "END, END, ''",
        "aaab, aab, a",
    })
    void text_ends_before_the_first_stop_however_it_comes(String text, String stop, String expected) {
        var random = new Random(7);
        for (int round = 0; round < 20; round++) {
            var shown = new StringBuilder();
            var stopping = new StopText(List.of(stop), shown::append);
            for (int at = 0; at < text.length(); ) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(3));
                stopping.add(text.substring(at, next));
                at = next;
            }
            stopping.end();

            assertThat(shown).hasToString(expected);
            assertThat(StopText.before(text, List.of(stop))).isEqualTo(expected);
        }
    }

    @Test
    void the_earliest_of_several_stops_counts() {
        var shown = new StringBuilder();
        var stopping = new StopText(List.of("three", "two"), shown::append);
        stopping.add("one two three");
        stopping.end();

        assertThat(shown).hasToString("one ");
    }

    @Test
    void what_cannot_begin_a_stop_is_shown_at_once() {
        var shown = new StringBuilder();
        new StopText(List.of("END"), shown::append).add("hello E");

        assertThat(shown).hasToString("hello ");
    }
}
