package dev.wheelhouse.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No form of a value is left in a text.
class ScrubberTest {

    private static final String AWKWARD = "p/a+s s\"w\\ö?&=%!'()*~<ord>";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertGone(String value, String form) {
        String clean = Scrubber.of(List.of(value)).scrub("before " + form + " after");
        assertThat(clean).as(form).isEqualTo("before [REDACTED] after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sesame-open-up", AWKWARD, "12345678", "ééééééééé"})
    void value_is_found_in_every_form(String value) {
        assertGone(value, value);
        assertGone(value, HexFormat.of().formatHex(utf8(value)));
        assertGone(value, HexFormat.of().withUpperCase().formatHex(utf8(value)));
        assertGone(value, URLEncoder.encode(value, StandardCharsets.UTF_8));
        assertGone(value, URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        assertGone(value, "%" + HexFormat.ofDelimiter("%").withUpperCase().formatHex(utf8(value)));
        assertGone(value, "%" + HexFormat.ofDelimiter("%").formatHex(utf8(value)));
        String quoted = Json.quote(value);
        assertGone(value, quoted.substring(1, quoted.length() - 1));
        String twice = Json.quote(quoted.substring(1, quoted.length() - 1));
        assertGone(value, twice.substring(1, twice.length() - 1));
    }

    @Test
    void form_of_an_address_is_found_however_much_of_it_is_encoded() {
        assertGone(AWKWARD, "p%2Fa%2Bs%20s%22w%5C%C3%B6%3F%26%3D%25!'()*~%3Cord%3E");
        assertGone(AWKWARD, "p%2fa%2bs%20s%22w%5c%c3%b6%3f%26%3d%25%21%27%28%29%2a~%3cord%3e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sesame-open-up", "12345678", AWKWARD, "????????>>>>", "eight888"})
    void value_is_found_in_base64_wherever_it_stands_in_what_was_encoded(String value) {
        for (int before = 0; before < 9; before++) {
            for (int after = 0; after < 9; after++) {
                byte[] all = utf8("u".repeat(before) + value + "v".repeat(after));
                for (var encoder : List.of(
                        Base64.getEncoder(),
                        Base64.getEncoder().withoutPadding(),
                        Base64.getUrlEncoder(),
                        Base64.getUrlEncoder().withoutPadding())) {
                    String encoded = encoder.encodeToString(all);
                    String clean = Scrubber.of(List.of(value)).scrub(encoded);
                    assertThat(clean).as("%d before, %d after", before, after).contains("[REDACTED]");
                    assertThat(lettersOf(value, before, encoded, clean))
                            .as("%s became %s", encoded, clean)
                            .isZero();
                }
            }
        }
    }

    /// How many letters are left that hold a bit of the value and nothing but the value and its neighbours.
    private static int lettersOf(String value, int before, String encoded, String clean) {
        int first = before * 8 / 6;
        int last = ((before + utf8(value).length) * 8 - 1) / 6;
        int head = clean.indexOf("[REDACTED]");
        int tail = clean.length() - head - "[REDACTED]".length();
        return Math.max(0, head - first) + Math.max(0, last - (encoded.length() - tail - 1));
    }

    @Test
    void values_that_contain_or_overlap_each_other_go_as_a_whole() {
        var scrubber = Scrubber.of(List.of("open-sesame", "open-sesame-forever", "forever-and-a-day"));

        assertThat(scrubber.scrub("say open-sesame-forever-and-a-day now, or open-sesame!"))
                .isEqualTo("say [REDACTED] now, or [REDACTED]!");
        assertThat(scrubber.scrub("open-sesameopen-sesame")).isEqualTo("[REDACTED]");
        assertThat(scrubber.scrub("open-sesam, forever and a day")).isEqualTo("open-sesam, forever and a day");
    }

    @Test
    void value_of_several_lines_is_found_as_a_whole_and_line_by_line() {
        String pem =
                "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----\n";
        var scrubber = Scrubber.of(List.of(pem));

        assertThat(scrubber.scrub("x" + pem + "y")).isEqualTo("x[REDACTED]y");
        assertThat(scrubber.scrub("x" + pem.replace("\n", "\r\n") + "y")).doesNotContain("MIIE", "AQEF");
        assertThat(scrubber.scrub("found AQEFAASCBKcwggSjAgEAAoIB there")).isEqualTo("found [REDACTED] there");
        assertThat(scrubber.scrub(Json.quote(pem))).doesNotContain("MIIE", "AQEF");
        assertThat(scrubber.scrub("-----BEGIN PRIVATE KEY-----")).isEqualTo("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void beginning_of_a_value_at_the_end_of_a_cut_text_goes_too() {
        var scrubber = Scrubber.of(List.of("sesame-open-up"));

        assertThat(scrubber.scrubCut("the token is sesame-open-u")).isEqualTo("the token is [REDACTED]");
        assertThat(scrubber.scrubCut("the token is sesa")).isEqualTo("the token is [REDACTED]");
        assertThat(scrubber.scrubCut("twice sesame-open-up sesame")).isEqualTo("twice [REDACTED] [REDACTED]");
        assertThat(scrubber.scrubCut("nothing of it")).isEqualTo("nothing of it");
    }

    @Test
    void tree_is_cleaned_in_its_texts_names_and_numbers_or_left_alone() {
        var scrubber = Scrubber.of(List.of("12345678", "say \"please\""));
        var harmless = Json.read("{\"a\":[1,true,null,\"x\"]}");
        var telling = Json.read(
                "{\"n\":12345678,\"12345678\":{\"q\":[\"say \\\"please\\\" now\"]},\"s\":\"{\\\"t\\\":\\\"say \\\\\\\"please\\\\\\\"\\\"}\"}");

        assertThat(scrubber.scrub(harmless)).isSameAs(harmless);
        assertThat(scrubber.scrub(telling))
                .isEqualTo(Json.read("{\"n\":\"[REDACTED]\",\"[REDACTED]\":{\"q\":[\"[REDACTED] now\"]},"
                        + "\"s\":\"{\\\"t\\\":\\\"[REDACTED]\\\"}\"}"));
    }

    @Test
    void without_values_nothing_is_done() {
        String text = "any text at all";

        assertThat(Scrubber.of(List.of())).isSameAs(Scrubber.NONE);
        assertThat(Scrubber.NONE.scrub(text)).isSameAs(text);
    }

    @Test
    void values_hidden_anywhere_in_random_texts_are_found_and_the_rest_is_left() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var values = new ArrayList<String>();
            for (int count = 0; count <= random.nextInt(4); count++) {
                values.add("k" + random.nextInt(10) + "-" + Long.toString(random.nextLong(1L << 40, 1L << 60), 36));
            }
            var text = new StringBuilder();
            var wanted = new StringBuilder();
            for (int piece = 0; piece < 20; piece++) {
                String noise = " " + Integer.toString(random.nextInt(), 36) + "\u00e4 ";
                text.append(noise).append(values.get(piece % values.size()));
                wanted.append(noise).append("[REDACTED]");
            }
            assertThat(Scrubber.of(values).scrub(text.toString()))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(wanted.toString());
        }
    }
}
