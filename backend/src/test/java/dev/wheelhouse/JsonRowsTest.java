package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Rows that go to Postgres as one JSON text are read by the names of their columns: one that no record has would be
/// null without a word.
class JsonRowsTest {

    private static final Pattern READ =
            Pattern.compile("json_to_recordset\\(CAST\\(:\\w+ AS json\\)\\)\\s+AS \\w+ \\(([^)]+)\\)");
    private static final Pattern RECORD = Pattern.compile("\\brecord \\w+\\(([^{]*)\\)\\s*\\{");
    private static final Pattern COMPONENT = Pattern.compile("(\\w+)\\s*(?:,|$)");

    @Test
    void columns_of_json_rows_are_properties_of_a_record() {
        int statements = 0;
        for (Path file : Sources.files()) {
            String text = Sources.read(file);
            var properties = properties(text);
            for (var read : READ.matcher(text).results().toList()) {
                statements++;
                var columns = Arrays.stream(read.group(1).strip().split(","))
                        .map(column -> column.strip().split("\\s+")[0])
                        .toList();
                assertThat(properties).as("records in %s", file).containsAll(columns);
            }
        }
        assertThat(statements).isGreaterThan(5);
    }

    private static Set<String> properties(String text) {
        return RECORD.matcher(text)
                .results()
                .flatMap(record -> COMPONENT.matcher(record.group(1).strip()).results())
                .map(component ->
                        component.group(1).replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
