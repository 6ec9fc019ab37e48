package dev.wheelhouse.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-30T05:39:51.502Z",
                "2026-11-30T05:39:51.502999999Z",
                "2026-11-30T05:39:51.050Z",
                "2026-11-30T05:39:51.007Z",
                "2026-11-30T05:39:51.999999Z",
                "2026-11-30T05:39:51Z",
                "2026-11-30T05:39:51.000001Z",
                "2026-11-30T05:39:00Z",
                "2024-02-29T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.001Z",
                "-0001-01-01T00:00:00.010Z",
                "+12345-01-01T00:00:00.100Z"
            })
    void is_what_an_instant_says_of_its_milliseconds(String text) {
        var at = Instant.parse(text);

        assertThat(Timestamp.of(at)).isEqualTo(at.truncatedTo(ChronoUnit.MILLIS).toString());
        assertThat(Timestamp.of(at)).isEqualTo(at.truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
