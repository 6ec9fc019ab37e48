package dev.wheelhouse.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures as clients write them.
class ImageTest {

    private static final String BASE64 = TestImages.PNG.substring(TestImages.PNG.indexOf(',') + 1);

    static Stream<String> spellings() {
        return Stream.of(
                "data:image/png;base64," + BASE64,
                "DATA:IMAGE/PNG;BASE64," + BASE64,
                "data:image/jpg;base64," + BASE64,
                "data:;base64," + BASE64,
                "data:image/png;name=a.png;base64," + BASE64,
                "data:image/png;charset=utf-8;base64," + BASE64,
                "data:application/octet-stream;base64," + BASE64,
                "data:image/png; base64," + BASE64,
                "data:image/png;base64, " + BASE64,
                "data:image/png;base64," + BASE64.replace("=", ""),
                "data:image/png;base64," + BASE64.replace("=", "%3D").replace("+", "%2B"),
                "data:image/png;base64," + BASE64.replace('+', '-').replace('/', '_'),
                "data:image/png;base64," + BASE64.substring(0, 20) + "\r\n" + BASE64.substring(20),
                "data:image/png;base64," + BASE64 + "\n");
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void every_spelling_of_a_picture_is_the_same_picture(String url) {
        var image = Image.read(url);

        assertThat(image.type()).isEqualTo("image/png");
        assertThat(image.hash()).isEqualTo(Image.read(TestImages.PNG).hash()).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource({
        "GIF89a and so on, image/gif",
        "GIF87a and so on, image/gif",
        "RIFF1234WEBPVP8 , image/webp",
        "\u00ff\u00d8\u00ff\u00e0 and so on, image/jpeg",
    })
    void the_type_is_what_the_bytes_say(String start, String type) {
        byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);

        assertThat(Image.read(url).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data:",
                "data:,",
                "data:image/png;base64,",
                "data:image/png;base64,!!!!",
                "data:image/png;base64,%zz",
                "data:image/png,abc",
                "data:image/svg+xml;base64,PHN2Zy8+",
                "data:text/plain;base64,aGVsbG8=",
                "data:application/pdf;base64,JVBERi0xLjQK",
                "https://example.org/cat.png",
                "HTTP://169.254.169.254/latest",
                "file:///etc/passwd",
                "iVBORw0KGgo",
                "blob:https://example.org/1",
            })
    void what_is_no_picture_is_refused_in_words(String url) {
        assertThatThrownBy(() -> Image.read(url)).isInstanceOf(Problem.class).hasMessageContaining("picture");
    }

    @Test
    void a_picture_that_is_too_large_is_refused_with_the_bound() {
        assertThat(Image.read(TestImages.png(Image.MOST_BYTES, 1)).bytes()).hasSize(Image.MOST_BYTES);

        assertThatThrownBy(() -> Image.read(TestImages.png(Image.MOST_BYTES + 1, 1)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.hint()).contains("5,242,880"));
    }
}
