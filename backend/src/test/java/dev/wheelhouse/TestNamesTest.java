package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A test's name is one sentence. One that needs more than 70 letters is two tests.
class TestNamesTest {

    private static final int LONGEST = 70;

    @Test
    void names_of_tests_are_one_short_sentence() throws IOException {
        var name = Pattern.compile("(?m)^    (?:public )?void (\\w{%d,})\\(".formatted(LONGEST + 1));
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            var tooLong = files.filter(file -> file.toString().endsWith("Test.java")
                            || file.toString().endsWith("Contract.java"))
                    .flatMap(file -> name.matcher(Sources.read(file))
                            .results()
                            .map((MatchResult match) -> file.getFileName() + ": " + match.group(1)))
                    .toList();

            assertThat(tooLong).isEmpty();
        }
    }
}
