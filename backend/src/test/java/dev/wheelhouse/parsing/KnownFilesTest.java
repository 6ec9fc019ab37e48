package dev.wheelhouse.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// 66 files of other projects' tests: each ends as its manifest says, and none in silence.
@Tag("slow")
class KnownFilesTest {

    private static final Path FILES = Path.of("src/test/resources/knowledge/files");

    /// Of what must not come out: why.
    private static final Map<String, List<String>> REFUSED = Map.ofEntries(
            Map.entry("testOCR.pdf", List.of("no_text")),
            Map.entry("testOCR.jpg", List.of("no_text")),
            // Its two words stand where PDFBox's stripper does not look; it says so and is not silent.
            Map.entry("testPDF_Version.10.x.pdf", List.of("no_text")),
            Map.entry("PasswordSample-256bit.pdf", List.of("encrypted")),
            Map.entry("testWORD.doc", List.of("unsupported_type")),
            Map.entry("testWORD_protected_passtika.docx", List.of("encrypted")),
            Map.entry("testWORD_truncated.docx", List.of("damaged")),
            Map.entry("testEXCEL_protected_passtika.xlsx", List.of("encrypted")),
            Map.entry("poc-xmlbomb.xlsx", List.of("too_large", "damaged")),
            Map.entry("poc-shared-strings.xlsx", List.of("too_large", "text_too_long")),
            Map.entry("testXXE.xml", List.of("unsupported_type")),
            Map.entry("quine.gz", List.of("unsupported_type")),
            Map.entry("testZIP_corrupted_oom.zip", List.of("unsupported_type", "damaged")),
            Map.entry("testODTEncrypted.odt", List.of("encrypted")),
            Map.entry("testRTF.rtf", List.of("unsupported_type")),
            Map.entry("testRTFJapanese.rtf", List.of("unsupported_type")));

    /// Whose damaged page others do not count.
    private static final Set<String> ANYWHERE = Set.of("testPDF_bad_page_303226.pdf");

    private static final Map<String, String> WARNED = Map.of(
            "testPDF_rotated.pdf", Parsed.LOW_QUALITY,
            "testExtraSpaces.pdf", Parsed.LOW_QUALITY);

    record Known(String file, String page, String contains) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Known> files() throws IOException {
        return Files.readAllLines(FILES.resolve("manifest.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t"))
                .map(cells -> new Known(cells[0], cells[2], cells[3]));
    }

    private static Parsing parsing() {
        return new Parsing(new CagedParser(new ParserConfig(null, "160m", Duration.ofSeconds(60), 2_000, 2)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void ends_as_the_manifest_says(Known known) throws Exception {
        try (var bytes = Files.newInputStream(FILES.resolve(known.file()))) {
            var parsed = parsing().read(bytes, new Parsing.Declared(known.file(), ""));

            assertThat(REFUSED)
                    .as("read although it must be refused: %s", parsed)
                    .doesNotContainKey(known.file());
            if (WARNED.containsKey(known.file())) {
                assertThat(parsed.warnings()).contains(WARNED.get(known.file()));
            }
            if (!known.contains().equals("-")) {
                boolean isOnPage = known.page().matches("\\d+") && !ANYWHERE.contains(known.file());
                var pages = parsed.pages();
                String text = isOnPage ? pages.get(Integer.parseInt(known.page()) - 1) : String.join("\n", pages);
                assertThat(folded(text)).contains(folded(known.contains()));
            }
            assertThat(String.join("", parsed.pages())).doesNotContain("\uFFFD");
        } catch (UnreadableException e) {
            assertThat(REFUSED).as(e.reason() + ": " + e.detail()).containsKey(known.file());
            assertThat(REFUSED.get(known.file())).contains(e.reason().code());
        }
    }

    private static String folded(String text) {
        return text.replaceAll("[\\s\\u00a0|#*_]+", " ").strip();
    }

    @Test
    void process_of_the_parser_can_do_nothing_but_read() throws Exception {
        var caged = new CagedParser(new ParserConfig(null, "160m", Duration.ofSeconds(60), 2_000, 1));

        var tried = caged.probe();

        assertThat(tried)
                .containsExactly("net refused", "exec refused", "file refused", "write refused", "thread allowed");
    }
}
