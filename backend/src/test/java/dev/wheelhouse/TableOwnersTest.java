package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every table has one owner: the package whose SQL reads and writes it. Others see it only through a view or a
// function
/// that its owner offers. Read from the SQL in the sources and in the migrations; `docs/architecture.md` shows the
// same.
class TableOwnersTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/wheelhouse");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /// Owns what only replicas of the version before this one still need; the next version takes it away.
    private static final String FORMER = "the version before";

    /// Tables, views and functions by the package that owns them.
    private static final Map<String, Set<String>> OWNS = new TreeMap<>(Map.of(
            "tenants",
            Set.of("tenants", "keys", "sessions"),
            "runs",
            Set.of("runs", "events", "log", "nudge_run", "questions", "run_questions"),
            "approvals",
            Set.of("announcements"),
            FORMER,
            Set.of("approvals", "announce_once"),
            "threads",
            Set.of("threads"),
            "agents",
            Set.of("agents", "revisions"),
            "tools",
            Set.of("notes", "note_writes"),
            "budgets",
            Set.of(
                    "budgets",
                    "spending",
                    "reservations",
                    "budget_now",
                    "budget_since",
                    "budget_ends",
                    "spend_budgets",
                    "sweep_reservations")));

    /// What a package offers to others, and to whom: views and functions, never tables.
    private static final Map<String, Set<String>> MAY_USE =
            new TreeMap<>(Map.of("approvals", Set.of("run_questions"), FORMER, Set.of("questions", "announcements")));

    /// Still to be moved to their owners.
    private static final Set<String> EXCEPTIONS =
            Set.of("runs uses threads of threads", "threads uses runs of runs", "budgets uses runs of runs");

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

        assertThat(wrong).isEqualTo(new TreeSet<>(EXCEPTIONS));
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
        for (var file : files(SOURCES, ".java")) {
            String home = SOURCES.relativize(file).getName(0).toString();
            var names = used.computeIfAbsent(home, key -> new TreeSet<>());
            String text = read(file);
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

    private static List<String> migrations() {
        return files(MIGRATIONS, ".sql").stream()
                .map(TableOwnersTest::read)
                .map(text -> text.replaceAll("(?m)--.*$", ""))
                .toList();
    }

    private static List<Path> files(Path folder, String end) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(path -> path.toString().endsWith(end))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
