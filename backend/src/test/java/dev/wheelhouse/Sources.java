package dev.wheelhouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The backend's own Java files, for tests that hold their shape.
final class Sources {

    static final Path ROOT = Path.of("src/main/java/dev/wheelhouse");

    private Sources() {}

    static List<Path> files() {
        try (Stream<Path> walk = Files.walk(ROOT)) {
            return walk.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The names of the files whose text is like this.
    static List<String> filesThat(Predicate<String> condition) {
        return files().stream()
                .filter(file -> condition.test(read(file)))
                .map(Sources::name)
                .toList();
    }

    /// Empty for the files above all packages.
    static String packageOf(Path file) {
        var relative = ROOT.relativize(file);
        return relative.getNameCount() == 1 ? "" : relative.getName(0).toString();
    }

    /// Such as `runs/Engine.java`.
    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
