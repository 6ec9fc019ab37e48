package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/agents.md` has a row for each key that a definition may have, and for no other.
class AgentsPageTest {

    private static final Set<String> WITH_KEYS_OF_THEIR_OWN = Set.of("limits", "http_fetch", "output");

    @Test
    void every_key_of_a_definition_has_its_row_and_every_row_its_key() throws IOException {
        var keys = new TreeSet<>(DefinitionReader.KEYS);
        keys.removeAll(WITH_KEYS_OF_THEIR_OWN);
        DefinitionReader.LIMITS.forEach(key -> keys.add("limits." + key));
        DefinitionReader.OUTPUT.forEach(key -> keys.add("output." + key));
        Definition.Fetch.KEYS.forEach(key -> keys.add("http_fetch." + key));

        assertThat(rows("| key | meaning |")).isEqualTo(keys);
    }

    @Test
    void the_row_of_approvals_names_the_keys_of_a_rule() throws IOException {
        String row = page().lines()
                .filter(line -> line.startsWith("| `approvals` |"))
                .findFirst()
                .orElseThrow();

        assertThat(Pattern.compile("`([a-zA-Z_]+)`")
                        .matcher(row)
                        .results()
                        .skip(1)
                        .map(match -> match.group(1)))
                .contains(DefinitionReader.APPROVALS.toArray(String[]::new));
    }

    private static TreeSet<String> rows(String head) throws IOException {
        String page = page();
        String table = page.substring(page.indexOf(head)).split("\n\n", 2)[0];
        var keys = new TreeSet<String>();
        Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(table).results().forEach(row -> keys.add(row.group(1)));
        return keys;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/agents.md"));
    }
}
