package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The walls of the house: who may import whom, and who knows what. How large a thing may get is in [SizeLimitsTest].
/// The table is the one of `docs/walls.md`.
class ImportTableTest {

    private static final Pattern DOOR = Pattern.compile("(http|rest|api|automation|content|status|openai|console)/.*");
    private static final Pattern OURS = Pattern.compile("\\bdev\\.wheelhouse\\.([a-z]+)\\.[A-Z]");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\| ([a-z, –]+) \\|$");
    static final Map<String, Set<String>> MAY_IMPORT = table();

    /// The table under "Who may import whom".
    private static Map<String, Set<String>> table() {
        var table = new TreeMap<String, Set<String>>();
        String page = Sources.read(Path.of("../docs/walls.md"));
        ROW.matcher(page.substring(page.indexOf("## Who may import whom")))
                .results()
                .forEach(row -> table.put(
                        row.group(1),
                        row.group(2).equals("–")
                                ? Set.of()
                                : Set.of(row.group(2).split(", "))));
        return table;
    }

    @Test
    void packages_import_only_what_the_table_allows() {
        var wrong = new TreeSet<String>();
        imports().forEach((from, to) -> {
            var foreign = new TreeSet<>(to);
            foreign.remove(from);
            foreign.removeAll(MAY_IMPORT.getOrDefault(from, Set.of()));
            foreign.forEach(word -> wrong.add(from + " imports " + word));
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void table_names_every_package_and_has_no_cycle() {
        assertThat(imports().keySet()).isEqualTo(MAY_IMPORT.keySet());
        var left = new TreeMap<>(MAY_IMPORT);
        while (left.entrySet().removeIf(entry -> entry.getValue().stream().noneMatch(left::containsKey))) {}
        assertThat(left).as("packages in a cycle").isEmpty();
    }

    @Test
    void only_stores_and_database_hold_sql() {
        var sql = Pattern.compile(
                "\"(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) |\"\"\"\\s+(SELECT|INSERT|UPDATE|DELETE|WITH) ");
        assertThat(Sources.filesThat(text -> sql.matcher(text).find()))
                .allMatch(file -> file.matches(".*(Repository|Store|Sql)\\.java|database/.*"));
    }

    @Test
    void langchain4j_stays_inside_modules() {
        assertThat(Sources.filesThat(text -> text.contains("dev.langchain4j.")))
                .allMatch(file -> file.startsWith("modules/"));
    }

    /// Beside `outbound`: Postgres' own driver, and the sockets of our clients, which `http` hands to `streams`.
    @Test
    void only_outbound_connects_to_other_computers() {
        var connecting = Pattern.compile(
                "java\\.net\\.http\\.HttpClient\\b|HttpURLConnection|org\\.apache\\.hc\\.|"
                        + "\\bnew Socket\\(|SocketChannel|\\.openConnection\\(|\\.openStream\\(|\\.get(All)?ByName\\(|DriverManager");
        assertThat(Sources.filesThat(text -> connecting.matcher(text).find()))
                .allMatch(file -> file.matches("outbound/.*|database/.*|http/LiveEvents.java"));
    }

    @Test
    void recurring_work_has_one_mechanism() {
        assertThat(Sources.filesThat(
                        text -> text.contains("ScheduledExecutorService") || text.contains("scheduleAtFixedRate(")))
                .isEmpty();
    }

    @Test
    void yaml_and_cel_stay_inside_definitions() {
        assertThat(Sources.filesThat(text -> text.contains("org.yaml.snakeyaml.") || text.contains("import dev.cel.")))
                .allMatch(file -> file.startsWith("definitions/") || file.equals("RefuseStart.java"));
    }

    @Test
    void engine_reads_no_clock_but_the_databases_and_the_machines() {
        var clock = Pattern.compile(
                "Instant\\.now|System\\.(nanoTime|currentTimeMillis)|InstantSource|java\\.time\\.Clock|Thread\\.sleep"
                        + "|TimeUnit\\.\\w+\\.sleep");
        assertThat(Sources.filesThat(text -> clock.matcher(text).find())).noneMatch(file -> file.startsWith("runs/"));
    }

    @Test
    void only_the_server_and_its_doors_know_http() {
        assertThat(Sources.filesThat(text -> text.contains("import io.micronaut.http.")))
                .allMatch(file -> DOOR.matcher(file).matches() || file.startsWith("telemetry/"));
    }

    /// Below the doors a message names the act ("publish one"); its address is the doors' to add.
    @Test
    void no_message_below_the_doors_names_an_address_or_a_method_of_http() {
        var address = Pattern.compile(
                "\"[^\"\\n]*(/api/v\\d|/v1/|\\b(GET|POST|PUT|PATCH)\\b|DELETE /|Idempotency-Key|Retry-After)");
        assertThat(Sources.filesThat(text -> address.matcher(text).find()))
                .contains("status/ProblemPage.java")
                .as("outbound is a client, and speaks HTTP to others; wire reads it before the doors do")
                .allMatch(file -> DOOR.matcher(file).matches() || file.matches("(outbound|wire)/.*"));
        assertThat(Sources.read(Sources.ROOT.resolve("base/ErrorCode.java")))
                .as("a status is the doors' to choose")
                .doesNotContainPattern("\\b[1-5]\\d\\d\\b");
    }

    @Test
    void every_package_says_what_it_is_for() {
        for (var home : MAY_IMPORT.keySet()) {
            String text = Sources.read(Sources.ROOT.resolve(home).resolve("package-info.java"));
            assertThat(text).contains("@NullMarked").contains("**Invariants**");
        }
    }

    @Test
    void nobody_leaves_work_in_comments() {
        assertThat(Sources.filesThat(text ->
                        Pattern.compile("\\b(TODO|FIXME|XXX)\\b").matcher(text).find()))
                .isEmpty();
    }

    private static Map<String, Set<String>> imports() {
        var imports = new TreeMap<String, Set<String>>();
        for (var file : Sources.files()) {
            String home = Sources.packageOf(file);
            if (!home.isEmpty()) {
                var words = imports.computeIfAbsent(home, word -> new TreeSet<>());
                OURS.matcher(Sources.read(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(match -> words.add(match.split("\\.")[2]));
            }
        }
        return imports;
    }
}
