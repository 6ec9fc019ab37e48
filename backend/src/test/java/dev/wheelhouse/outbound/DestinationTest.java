package dev.wheelhouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is bound to a place goes there and nowhere else.
class DestinationTest {

    @ParameterizedTest
    @CsvSource({
        "api.example.org, https://api.example.org/a?b=c",
        "api.example.org, https://API.Example.org:443/",
        "API.example.ORG., https://api.example.org/",
        "https://api.example.org/, https://api.example.org/",
        "api.example.org:8443, https://api.example.org:8443/",
        "http://localhost:8080, http://localhost:8080/x",
        "http://localhost, http://localhost:80/",
        "*.example.org, https://a.b.example.org/",
        "müller.example, https://xn--mller-kva.example/",
        "*.müller.example:8443, https://a.xn--mller-kva.example:8443/",
        "[::1]:8443, https://[::1]:8443/",
        "10.0.0.7, https://10.0.0.7/"
    })
    void place_holds_an_address_that_is_spelt_otherwise(String place, String url) {
        assertThat(Destination.parse(place).orElseThrow().contains(URI.create(url)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.org, http://api.example.org/",
        "api.example.org, https://api.example.org:8443/",
        "api.example.org, https://api.example.org./",
        "api.example.org, https://example.org/",
        "api.example.org, https://x.api.example.org/",
        "api.example.org, https://api.example.org.evil.example/",
        "api.example.org, https://api.example.org@evil.example/",
        "api.example.org, https://evil.example/api.example.org",
        "api.example.org:8443, https://api.example.org/",
        "http://localhost:8080, https://localhost:8080/",
        "http://localhost:8080, http://127.0.0.1:8080/",
        "*.example.org, https://example.org/",
        "*.example.org, https://badexample.org/",
        "müller.example, https://muller.example/"
    })
    void place_does_not_hold_a_neighbour(String place, String url) {
        assertThat(Destination.parse(place).orElseThrow().contains(URI.create(url)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "*.",
                "*.org",
                "*.com.",
                "a.*.org",
                "**.example.org",
                "ftp://example.org",
                "example.org/path",
                "example.org:0",
                "example.org:65536",
                "example.org:99999999999",
                "user@example.org",
                "exam ple.org",
                "example..org",
                ".example.org",
                "example.org?x",
                "example.org#x",
                "example.org\\evil",
                "-"
            })
    void text_that_names_no_place_is_refused(String text) {
        assertThat(Destination.parse(text)).isEmpty();
    }

    @Test
    void place_is_written_as_short_as_it_can_be() {
        assertThat(Destination.parse("https://API.example.org:443/").map(Destination::toString))
                .contains("api.example.org");
        assertThat(Destination.parse("http://localhost:80").map(Destination::toString))
                .contains("http://localhost");
        assertThat(Destination.parse("*.example.org:8443").map(Destination::toString))
                .contains("*.example.org:8443");
    }

    @Test
    void wildcard_fits_below_its_domain_only() {
        assertThat(Hosts.fits("*.example.org", "a.example.org")).isTrue();
        assertThat(Hosts.fits("*.example.org", "a.b.example.org")).isTrue();
        assertThat(Hosts.fits("*.example.org", "example.org")).isFalse();
        assertThat(Hosts.fits("*.example.org", "badexample.org")).isFalse();
        assertThat(Hosts.fits("example.org", "example.org.evil.com")).isFalse();
    }
}
