package dev.wheelhouse.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/workflows.md` has a row for each key of a workflow and for each kind of state, and its example has
/// no mistakes.
class WorkflowsPageTest {

    @Test
    void every_key_and_every_kind_of_state_has_its_row() throws IOException {
        assertThat(rows("| key | meaning |")).isEqualTo(new TreeSet<>(States.KEYS));
        assertThat(rows("| kind | what it does |")).isEqualTo(new TreeSet<>(ReadStates.KINDS));
        String limits = page().lines()
                .filter(line -> line.startsWith("| `limits` |"))
                .findFirst()
                .orElseThrow();
        assertThat(States.LIMITS).allSatisfy(limit -> assertThat(limits).contains("`" + limit + "`"));
    }

    @Test
    void example_of_the_page_is_the_one_that_ships() throws IOException {
        String shipped = Files.readString(Path.of("src/main/dist/definitions/refund.yaml"));

        assertThat(page()).contains(shipped.replace(" # a run of its own, on what is left of the limits", ""));
    }

    private static TreeSet<String> rows(String head) throws IOException {
        String page = page();
        String table = page.substring(page.indexOf(head)).split("\n\n", 2)[0];
        var keys = new TreeSet<String>();
        Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(table).results().forEach(row -> keys.add(row.group(1)));
        return keys;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/workflows.md"));
    }
}
