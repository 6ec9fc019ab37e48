package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `docs/architecture.md` says about packages, beside who imports whom, which [ImportTableTest] holds.
class ArchitecturePageTest {

    private static final Path PAGE = Path.of("../docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/wheelhouse");

    @Test
    void every_package_has_a_row_and_its_front_door_is_a_public_type() throws IOException {
        var doors = new TreeMap<String, String>();
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("| package | front door |")).split("\n\n", 2)[0];
        Pattern.compile("(?m)^\\| `([a-z]+)` \\| (?:`(\\w+)`|–) \\|")
                .matcher(table)
                .results()
                .forEach(row -> doors.put(row.group(1), row.group(2) == null ? "" : row.group(2)));

        assertThat(doors.keySet()).isEqualTo(packages());
        doors.forEach((home, door) -> {
            if (!door.isEmpty()) {
                assertThat(SOURCES.resolve(home).resolve(door + ".java"))
                        .exists()
                        .content()
                        .containsPattern("(?m)^public .*\\b" + door + "\\b");
            }
        });
    }

    @Test
    void every_folder_of_the_code_map_exists() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("| where | what |")).split("\n\n", 2)[0];
        var folders = Pattern.compile("(?m)^\\| (`[^|]+) \\|")
                .matcher(table)
                .results()
                .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ")))
                .toList();

        assertThat(folders).hasSizeGreaterThan(8).allSatisfy(folder -> assertThat(Path.of("..", folder))
                .isDirectory());
    }

    private static TreeSet<String> packages() throws IOException {
        try (Stream<Path> entries = Files.list(SOURCES)) {
            var names = new TreeSet<String>();
            entries.filter(Files::isDirectory).forEach(entry -> names.add(String.valueOf(entry.getFileName())));
            return names;
        }
    }
}
