package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every table has one owner: the package whose SQL reads and writes it. Others use only the views and functions that
/// the owner offers. Read from the SQL in the sources and in the migrations.
class TableOwnersTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /// Owns what only replicas of the version before this one still need; the next version takes it away.
    private static final String FORMER = "the version before";

    /// Tables, views and functions by the package that owns them.
    private static final Map<String, Set<String>> OWNS = new TreeMap<>(Map.ofEntries(
            Map.entry("tenants", Set.of("tenants", "keys", "sessions")),
            Map.entry(
                    "runs",
                    Set.of(
                            "runs",
                            "events",
                            "questions",
                            "opened_threads",
                            "log",
                            "run_questions",
                            "turns",
                            "listed_runs",
                            "model_calls",
                            "run_epochs",
                            "awaited_signals",
                            "cancelled_runs",
                            "ended_runs",
                            "nudge_run",
                            "forget_runs",
                            "runs_made_from",
                            "open_thread")),
            Map.entry("threads", Set.of("threads")),
            Map.entry("agents", Set.of("agents", "revisions")),
            Map.entry("clients", Set.of("unanswered_calls")),
            Map.entry("secrets", Set.of("secrets", "secret_keys")),
            Map.entry("tools", Set.of("notes", "note_writes")),
            Map.entry("signins", Set.of("sign_ins", "open_sign_ins")),
            Map.entry("toolservers", Set.of("tool_servers", "server_tools")),
            Map.entry(
                    "budgets",
                    Set.of(
                            "budgets",
                            "spending",
                            "reservations",
                            "budget_now",
                            "budget_since",
                            "budget_ends",
                            "spend_budgets",
                            "sweep_reservations")),
            Map.entry(FORMER, Set.of("approvals", "announcements", "announce_once", "thread_opened", "look_in_time")),
            Map.entry("feedback", Set.of("feedback")),
            Map.entry("images", Set.of("images")),
            Map.entry("notices", Set.of("notices", "watchers", "note", "take_notices")),
            Map.entry("webhooks", Set.of("webhooks", "deliveries")),
            Map.entry("memories", Set.of("memories", "memory_pauses")),
            Map.entry("triggers", Set.of("triggers", "firings")),
            Map.entry("search", Set.of("saved_searches", "search_blocks")),
            Map.entry("signals", Set.of("signals")),
            Map.entry("telemetry", Set.of("trace_exports")),
            Map.entry("profiles", Set.of("profiles")),
            Map.entry("workflows", Set.of("workflows", "workflow_revisions", "undone_runs")),
            Map.entry(
                    "documents",
                    Set.of(
                            "collections",
                            "documents",
                            "document_bytes",
                            "document_pages",
                            "passages",
                            "terms",
                            "ready_passages",
                            "passage_vectors",
                            "lexical",
                            "withdraw_document",
                            "publish_document",
                            "delete_document",
                            "adopt_generation",
                            "add_crawled_page")),
            Map.entry("citations", Set.of("citations", "cite_passage")),
            Map.entry("grading", Set.of("graded_questions"))));

    /// The views and functions of other packages that a package may use.
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("approvals", Set.of("run_questions")),
            Map.entry("threads", Set.of("turns", "open_thread", "listed_runs", "runs_made_from")),
            Map.entry("budgets", Set.of("run_epochs")),
            Map.entry("search", Set.of("listed_runs")),
            Map.entry("usage", Set.of("listed_runs", "model_calls")),
            Map.entry("signals", Set.of("awaited_signals")),
            Map.entry("workflows", Set.of("cancelled_runs")),
            Map.entry("telemetry", Set.of("ended_runs")),
            Map.entry("triggers", Set.of("run_epochs", "take_notices")),
            Map.entry("runs", Set.of("note")),
            Map.entry("webhooks", Set.of("take_notices")),
            Map.entry("knowledge", Set.of("collections", "documents", "passages", "lexical")),
            Map.entry("citations", Set.of("documents", "passages", "ready_passages")),
            Map.entry("grading", Set.of("collections")),
            Map.entry(FORMER, Set.of("questions", "open_thread", "runs"))));

    private static final Pattern MADE = Pattern.compile(
            "(?m)^CREATE (?:OR REPLACE )?(?:TABLE|VIEW|FUNCTION) (\\w+)|^DROP (?:TABLE|VIEW|FUNCTION) (\\w+)"
                    + "|^ALTER TABLE (\\w+) RENAME TO (\\w+)");
    private static final Pattern STATEMENT = Pattern.compile(
            "(?ms)^CREATE (?:OR REPLACE )?(?:FUNCTION (\\w+).*?\\$\\$.*?\\$\\$|(?:TABLE|VIEW) (\\w+).*?);");
    private static final Pattern LITERAL = Pattern.compile("(?s)\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern IS_SQL = Pattern.compile("\\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|FROM|JOIN)\\b");
    private static final Pattern NAMED =
            Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE|USING|REFERENCES|TRUNCATE)\\s+(\\w+)(?!\\w*\\()|\\b(\\w+)\\(");
    private static final Pattern ENTITY = Pattern.compile("@MappedEntity\\((?:value = )?\"(\\w+)\"");

    @Test
    void every_table_view_and_function_has_one_owner() {
        var owned = OWNS.values().stream().flatMap(Set::stream).sorted().toList();

        assertThat(owned).doesNotHaveDuplicates().containsExactlyElementsOf(inSchema());
    }

    @Test
    void packages_use_only_their_own_tables_and_what_others_offer() {
        var wrong = new TreeSet<String>();
        used().forEach((home, names) -> names.forEach(name -> {
            String owner = owner(name);
            boolean isAllowed =
                    owner.equals(home) || MAY_USE.getOrDefault(home, Set.of()).contains(name);
            if (!isAllowed) {
                wrong.add("%s uses %s of %s".formatted(home, name, owner));
            }
        }));

        assertThat(wrong).isEmpty();
    }

    @Test
    void everything_in_the_schema_is_used() {
        var idle = new TreeSet<>(inSchema());
        idle.removeAll(OWNS.get(FORMER));
        used().values().forEach(idle::removeAll);

        assertThat(idle).isEmpty();
    }

    @Test
    void tables_and_imports_together_have_no_cycle() {
        var left = new TreeMap<String, Set<String>>();
        ImportTableTest.MAY_IMPORT.forEach((home, imported) -> left.put(home, new TreeSet<>(imported)));
        MAY_USE.forEach((home, names) -> names.forEach(
                name -> left.computeIfAbsent(home, key -> new TreeSet<>()).add(owner(name))));

        while (left.entrySet().removeIf(entry -> entry.getValue().stream().noneMatch(left::containsKey))) {}

        assertThat(left).as("packages in a cycle").isEmpty();
    }

    @Test
    void architecture_page_shows_the_owners() {
        String page = Sources.read(Path.of("../docs/walls.md"));
        var tables = tables();
        OWNS.forEach((home, names) -> {
            if (!home.equals(FORMER)) {
                var own = names.stream().filter(tables::contains).sorted().toList();
                var offered = names.stream()
                        .filter(name -> MAY_USE.entrySet().stream()
                                .anyMatch(user -> !user.getKey().equals(FORMER)
                                        && user.getValue().contains(name)))
                        .sorted()
                        .toList();
                assertThat(page)
                        .contains("| `%s` | %s | %s |"
                                .formatted(
                                        home,
                                        String.join(", ", own),
                                        offered.isEmpty() ? "–" : String.join(", ", offered)));
            }
        });
    }

    private static Set<String> tables() {
        var tables = new TreeSet<String>();
        var made = Pattern.compile("(?m)^CREATE TABLE (\\w+)|^ALTER TABLE \\w+ RENAME TO (\\w+)");
        migrations().forEach(text -> made.matcher(text)
                .results()
                .forEach(table -> tables.add(table.group(1) == null ? table.group(2) : table.group(1))));
        return tables;
    }

    /// The names that are there behind the last migration.
    private static Set<String> inSchema() {
        var names = new TreeSet<String>();
        migrations().forEach(text -> MADE.matcher(text).results().forEach(made -> {
            if (made.group(1) != null) {
                names.add(made.group(1));
            } else if (made.group(2) != null) {
                names.remove(made.group(2));
            } else {
                names.remove(made.group(3));
                names.add(made.group(4));
            }
        }));
        return names;
    }

    /// Which tables, views and functions the statements of each package name: those in its sources, and the bodies of
    /// its views and functions.
    private static Map<String, Set<String>> used() {
        var used = new TreeMap<String, Set<String>>();
        for (var file : Sources.files()) {
            String home = Sources.packageOf(file);
            var names = used.computeIfAbsent(home, key -> new TreeSet<>());
            String text = Sources.read(file);
            LITERAL.matcher(text)
                    .results()
                    .map(literal -> literal.group(1) == null ? literal.group(2) : literal.group(1))
                    .filter(literal -> IS_SQL.matcher(literal).find())
                    .forEach(sql -> names.addAll(named(sql)));
            ENTITY.matcher(text).results().map(entity -> entity.group(1)).forEach(names::add);
        }
        latest().forEach((name, sql) ->
                used.computeIfAbsent(owner(name), key -> new TreeSet<>()).addAll(named(sql)));
        return used;
    }

    /// The statement that made each thing of the schema; the last where it was made anew.
    private static Map<String, String> latest() {
        var latest = new TreeMap<String, String>();
        migrations().forEach(text -> STATEMENT
                .matcher(text)
                .results()
                .forEach(made -> latest.put(made.group(1) == null ? made.group(2) : made.group(1), made.group())));
        latest.keySet().retainAll(inSchema());
        return latest;
    }

    private static Set<String> named(String sql) {
        var known = inSchema();
        return NAMED.matcher(sql)
                .results()
                .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
                .filter(known::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String owner(String name) {
        return OWNS.entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("nobody");
    }

    /// In their order, without comments.
    private static List<String> migrations() {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.sorted()
                    .map(file -> Sources.read(file).replaceAll("(?m)--.*$", ""))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
