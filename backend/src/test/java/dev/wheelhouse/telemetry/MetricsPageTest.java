package dev.wheelhouse.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every metric has its row in docs/metrics.md and a name of one of three families.
class MetricsPageTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/wheelhouse");
    private static final Pattern MADE = Pattern.compile(
            "(?:Timer\\.builder|Gauge\\.builder|\\bCounter\\.builder|meters\\.(?:counter|timer|gauge|summary|gaugeCollectionSize)|\\btimer)\\(\\s*\"([a-z_.]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

    @Test
    void page_lists_every_metric_and_no_other() throws IOException {
        var rows = found(ROW, Files.readString(Path.of("../docs/metrics.md")));

        Set<String> shown = rows.stream().map(MetricsPageTest::plain).collect(Collectors.toSet());
        Set<String> made = made().stream().map(name -> name.replace('.', '_')).collect(Collectors.toSet());
        assertThat(shown).isEqualTo(made);
    }

    @Test
    void metrics_are_ours_by_prefix_or_have_the_names_of_opentelemetry() throws IOException {
        assertThat(made())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("wheelhouse.")
                        || name.startsWith("http.server.")
                        || name.startsWith("gen_ai.client."));
    }

    private static String plain(String row) {
        return row.replaceAll("_total$|_bytes$|_seconds(_total)?$", "");
    }

    private static Set<String> made() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                names.addAll(found(MADE, Files.readString(file)));
            }
        }
        return names;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
